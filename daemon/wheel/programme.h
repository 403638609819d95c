/* daemon/wheel/programme.h — a year of one collaboration on a page. da: årsprogram */
#pragma once

#include "model/plan.h"

G_BEGIN_DECLS

/* Texts are clean lines in the collaboration's language. */
typedef struct
{
  const TnOccurrence *occurrence; /* (unowned) of the plan */
  char *weeks;                    /* (owned) ISO weeks: `20`; "" without a date, as below */
  char *days;                     /* (owned) `tirsdag 18. maj` */
  char *hours;                    /* (owned) `kl. 10.00-15.00`, "" when all day */
  char *title;                    /* (owned) */
  char **roles;                   /* (owned) `Vært: Esbjerg` */
  char *place;                    /* (owned) "" when nobody said it */
  char *theme;                    /* (owned) likewise */
  char *status;                   /* (owned) */
  gboolean is_off;                /* cancelled or put off */
} TnProgrammeEvent;

typedef struct
{
  const TnOccurrence *occurrence; /* (unowned) of the plan */
  const TnMilestone *milestone;   /* (unowned) of the plan */
  char *week;                     /* (owned) */
  char *day;                      /* (owned) */
  char *title;                    /* (owned) names its event where the charter's text does not */
  char *who;                      /* (owned) */
  char *status;                   /* (owned) "" unless it is done */
} TnProgrammeDeadline;

typedef struct
{
  const TnCollaboration *collaboration; /* (unowned) of the plan */
  int year;
  char *name;           /* (owned) of the collaboration */
  char *heading;        /* (owned) `Program 2027` */
  char *edition;        /* (owned) `Udgave 1` */
  GPtrArray *events;    /* (owned) (element-type TnProgrammeEvent) by date, undated ones last */
  GPtrArray *deadlines; /* (owned) (element-type TnProgrammeDeadline) by date */
} TnProgramme;

TnProgramme *tn_programme_new (const TnPlan *plan, const TnCollaboration *collaboration, int year);
void tn_programme_free (TnProgramme *programme);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnProgramme, tn_programme_free)

G_END_DECLS
