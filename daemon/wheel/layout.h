/* daemon/wheel/layout.h — where everything of a year wheel is. da: årshjul
 *
 * Lengths are tenths of a millimetre on A3 paper that lies, from its top left corner; angles are
 * radians clockwise from the top, where the year begins. Pure: the same plan gives the same wheel.
 */
#pragma once

#include "wheel/programme.h"

G_BEGIN_DECLS

#define TN_LAYOUT_WIDTH 4200.0
#define TN_LAYOUT_HEIGHT 2970.0
#define TN_LAYOUT_CENTRE_X 2100.0
#define TN_LAYOUT_CENTRE_Y 1500.0
#define TN_LAYOUT_RIM 1040.0 /* radius of the outermost ring */

typedef enum
{
  TN_ALIGN_START,
  TN_ALIGN_MIDDLE,
  TN_ALIGN_END
} TnAlign;

/* A line of text. */
typedef struct
{
  char *text;  /* (owned) */
  double x, y; /* of its base line, where `align` says */
  double size;
  double turn_deg; /* clockwise around (x, y) */
  double width;    /* at most */
  TnAlign align;
  gboolean is_bold;
  gboolean is_quiet;
} TnInscription;

/* The ring of a series. */
typedef struct
{
  const TnSeries *series; /* (unowned) of the plan */
  char *name;             /* (owned) */
  double inner, outer;    /* radii */
} TnLane;

typedef enum
{
  TN_ARC_PROPOSED,
  TN_ARC_CONFIRMED,
  TN_ARC_OFF /* cancelled or put off */
} TnArcState;

/* An occurrence in its ring. Of several at one time each has a part of the ring's breadth. */
typedef struct
{
  const TnProgrammeEvent *event; /* (unowned) of the programme */
  guint lane;                    /* index */
  double from, to;               /* angles; wider than its days where these were hard to see */
  double inner, outer;
  TnArcState state;
  char *title;        /* (owned) all about it on one line */
  gboolean has_label; /* FALSE: there was no room for one */
} TnArc;

/* A milestone in the ring of its series. */
typedef struct
{
  const TnProgrammeDeadline *deadline; /* (unowned) of the programme */
  guint lane;                          /* index */
  double angle, radius;
  char *title; /* (owned) */
} TnDot;

typedef enum
{
  TN_SHADE_BREAK,  /* of schools */
  TN_SHADE_HOLIDAY /* public */
} TnShadeKind;

typedef struct
{
  TnShadeKind kind;
  double from, to;
  char *title; /* (owned) names of all that it stands for */
} TnShade;

/* What stands beside the wheel about one event or deadline, and the line that leads to it: out of
 * the wheel, level to beside it, and aslant to the text. */
typedef struct
{
  const TnOccurrence *occurrence; /* (unowned) (nullable) NULL: tells how many have no label */
  gboolean is_deadline;           /* one of its milestones, else the occurrence itself */
  guint lane;
  gboolean is_right;
  double top, height;
  double swatch_x, swatch_y; /* the middle of the sign of its series */
  GPtrArray *lines;          /* (owned) (element-type TnInscription) */
  double leader[4][2];       /* points; meaningless without occurrence */
} TnLabel;

typedef enum
{
  TN_LEGEND_LANE, /* `lane` says which */
  TN_LEGEND_PROPOSED,
  TN_LEGEND_CONFIRMED,
  TN_LEGEND_OFF,
  TN_LEGEND_DOT,
  TN_LEGEND_HOLIDAY,
  TN_LEGEND_BREAK,
  TN_LEGEND_TODAY
} TnLegendKind;

/* A sign and what it means; its text is the inscription. */
typedef struct
{
  TnLegendKind kind;
  guint lane;
  double x, y; /* the middle of the sign */
} TnLegendSign;

typedef struct
{
  const TnCollaboration *collaboration; /* (unowned) of the plan */
  int year;
  TnSpan days;
  TnProgramme *programme;  /* (owned) what is shown */
  char *title;             /* (owned) `Årshjul 2027 - 7-by-samarbejdet` */
  char *description;       /* (owned) the same as the picture, to be listened to */
  double hub;              /* radius; within it the year */
  double months_rim;       /* radius; from the hub to there the months */
  double weeks_rim;        /* radius; from there the weeks, and out of it the rings */
  double today;            /* angle of the hand; negative when it is no day of this year */
  double months[13];       /* angles at which they begin, and the end */
  GArray *weeks;           /* (owned) (element-type double) angles at which Mondays begin */
  GPtrArray *lanes;        /* (owned) (element-type TnLane) from outside in */
  GPtrArray *shades;       /* (owned) (element-type TnShade) breaks before holidays */
  GPtrArray *arcs;         /* (owned) (element-type TnArc) by lane, then date */
  GPtrArray *dots;         /* (owned) (element-type TnDot) likewise */
  GPtrArray *labels;       /* (owned) (element-type TnLabel) right, then left, from above */
  GPtrArray *inscriptions; /* (owned) (element-type TnInscription) all that is in no label */
  GArray *signs;           /* (owned) (element-type TnLegendSign) */
} TnLayout;

TnLayout *tn_layout_new (const TnPlan *plan, const TnCollaboration *collaboration, int year,
                         TnDate today, const GArray *holidays);
void tn_layout_free (TnLayout *layout);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnLayout, tn_layout_free)

G_END_DECLS
