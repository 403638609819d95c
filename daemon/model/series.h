/* daemon/model/series.h — one kind of recurring event, with all its rules */
#pragma once

#include "base/span.h"
#include "model/cycle.h"
#include "model/reason.h"
#include "model/theme.h"

G_BEGIN_DECLS

typedef enum
{
  TN_KIND_TRIP,
  TN_KIND_ERFA,
  TN_KIND_THEME,
  TN_KIND_MEETING,
  TN_KIND_REPORT
} TnKind;

const char *tn_kind_to_string (TnKind kind);
gboolean tn_kind_from_string (const char *text, TnKind *ret_kind);

/* Where in a cycle's period an occurrence may lie. */
typedef enum
{
  TN_WINDOW_PERIOD, /* anywhere in the cycle's period */
  TN_WINDOW_DAYS,   /* from a month and day to a month and day, both included; a season is one */
  TN_WINDOW_WEEKS   /* ISO weeks, both included */
} TnWindowKind;

typedef struct
{
  TnWindowKind kind;
  int first_month, first_day; /* DAYS */
  int last_month, last_day;   /* DAYS: included; before the first: reaches into the next year */
  int first_week, last_week;  /* WEEKS */
  char *words;                /* (owned) as the charter says it: `spring`, `weeks 17-21` */
  TnOrigin origin;
} TnWindow;

typedef enum
{
  TN_PREFER_EARLY,
  TN_PREFER_MIDDLE,
  TN_PREFER_LATE,
  TN_PREFER_WEEK,     /* near ISO week `week` */
  TN_PREFER_LAST_YEAR /* near the day that is 52 weeks after the last one */
} TnPreferKind;

typedef struct
{
  TnPreferKind kind;
  int week;
  TnOrigin origin;
} TnPreference;

typedef enum
{
  TN_AVOID_HOLIDAYS,      /* public holidays */
  TN_AVOID_BRIDGE_DAYS,   /* a day between a holiday and a weekend */
  TN_AVOID_SCHOOL_BREAKS, /* of every area of the collaboration's holiday files */
  TN_AVOID_ELECTIONS,
  TN_AVOID_BUSY /* busy times of files that the settings name */
} TnAvoidKind;

typedef struct
{
  TnAvoidKind kind;
  char *area;    /* (owned) (nullable) SCHOOL_BREAKS: only those of this area */
  char *name;    /* (owned) `school-breaks:aarhus` */
  gboolean hard; /* `avoid` is hard, `prefer_not` is weighed */
  TnOrigin origin;
} TnAvoidance;

const char *tn_avoid_kind_to_string (TnAvoidKind kind);

typedef enum
{
  TN_ROLE_RING,    /* goes round */
  TN_ROLE_FIXED,   /* always the same council */
  TN_ROLE_FOLLOWS, /* another series' role of the same period */
  TN_ROLE_SHARED,  /* several councils together */
  TN_ROLE_TERMS    /* one council for each of several spans of time */
} TnRoleKind;

/* Who has a role for an election period, or any other span of time. */
typedef struct
{
  TnSpan days;
  char *council; /* (owned) */
  TnOrigin origin;
} TnTerm;

typedef struct
{
  char *name; /* (owned) `host`, `organiser`, `venue`, `secretariat`, or the charter's own */
  TnRoleKind kind;
  char **ring;          /* (owned) RING: council ids in order; may name former members */
  TnCycle start_cycle;  /* RING: the cycle whose holder is known … */
  char *start_council;  /* (owned) … and that holder */
  char *council;        /* (owned) FIXED */
  char *follows_series; /* (owned) FOLLOWS */
  char *follows_role;   /* (owned) FOLLOWS */
  char **shared;        /* (owned) SHARED: council ids */
  GPtrArray *terms;     /* (owned) (element-type TnTerm) TERMS: by date, not overlapping */
  int rest;             /* RING: cycles after a turn in which a council has no other */
  TnOrigin origin;
} TnRoleRule;

typedef enum
{
  TN_UNIT_DAYS,
  TN_UNIT_WORKDAYS, /* Monday to Friday, public holidays left out */
  TN_UNIT_WEEKS,
  TN_UNIT_MONTHS
} TnUnit;

/* What the day of a milestone goes by. */
typedef enum
{
  TN_ANCHOR_EVENT, /* counted from the first day of the occurrence, or from its last */
  TN_ANCHOR_CYCLE, /* counted from the first day of the cycle */
  TN_ANCHOR_DAY,   /* a month and day, where it lies in the cycle */
  TN_ANCHOR_DATE   /* one single day, of the cycle in which it lies */
} TnAnchor;

/* Where a milestone goes whose day is no workday. */
typedef enum
{
  TN_SHIFT_NONE,
  TN_SHIFT_PREVIOUS,
  TN_SHIFT_NEXT
} TnShift;

/* More repetitions of homework between two occurrences are a slip. */
#define TN_HOMEWORK_MOST 60

/* A dated duty: `before = "8 weeks"`. da: frist, sv: tidsfrist */
typedef struct
{
  char *id;    /* (owned) */
  char *title; /* (owned) with placeholders */
  TnAnchor anchor;
  gboolean after; /* EVENT, CYCLE: else before */
  int amount;     /* EVENT, CYCLE */
  TnUnit unit;    /* EVENT, CYCLE */
  int month, day; /* DAY */
  TnDate date;    /* DATE */
  TnShift shift;
  char *by;  /* (owned) the role that has the duty; `council`: each council */
  int every; /* homework: again and again until the next occurrence; 0: once */
  TnUnit every_unit;
  char *until; /* (owned) (nullable) of that series; %NULL: of its own */
  TnOrigin origin;
} TnMilestoneRule;

/* Fields of an occurrence that people may change. */
typedef enum
{
  TN_RIGHT_WHEN,
  TN_RIGHT_WHERE,
  TN_RIGHT_WHAT,
  TN_RIGHT_STATUS,
  TN_RIGHT_TURN, /* swap, skip, postpone, set, insert */
  TN_N_RIGHTS
} TnRight;

const char *tn_right_to_string (TnRight right);

typedef struct
{
  char *group; /* (owned) */
  int count;   /* 0 when not said */
} TnParticipant;

/* A day of a month: the fourth Friday, the last one, or the 15th. */
typedef struct
{
  TnWeekday weekday; /* 0: `number` says it */
  int nth;           /* 1 to 5 from the month's start, -1 to -5 from its end */
  int number;        /* 1 to 31 from the month's start, -1 to -31 from its end */
} TnMonthDay;

/* One of several places at which each cycle is held. */
typedef struct
{
  char *id;    /* (owned) */
  char *name;  /* (owned) */
  TnDate date; /* fixed: only the cycle in whose period it lies; else %TN_DATE_NONE */
  TnOrigin origin;
} TnSite;

/* One of the `dates` that a charter fixes. */
typedef struct
{
  TnCycle cycle; /* numbered in its period, in the order in which they are written */
  TnDate date;
} TnFixedDate;

/* Held off another series: at least so many days from it. */
typedef struct
{
  char *collaboration; /* (owned) (nullable) %NULL: the same */
  char *series;        /* (owned) */
  int days;            /* 1: not on the same day */
  gboolean is_soft;    /* only worse than other days, not shut out */
  TnOrigin origin;
} TnDistance;

/* From when to when on one day. */
typedef struct
{
  int start_minute;
  int end_minute; /* exclusive, up to 1440 */
} TnHours;

/* How often a series is held in one period, and how far apart. */
typedef struct
{
  int least, most;        /* 0, 0: once, and its cycles bear no ordinal */
  int spacing_days;       /* from first day to first day; 0: none */
  GArray *weeks;          /* (owned) (element-type int) preferred ISO week of each; may be empty */
  GArray *election_weeks; /* (owned) (element-type int) instead of these in an election year */
  int term_years;         /* of an election period; 0: there is none */
  TnDate term_start;      /* first day of one of them */
  guint months_out;       /* bit (1 << month) of each month that is left out */
  guint64 weeks_out;      /* bit (1 << ISO week) likewise */
  GArray *month_days;     /* (owned) (element-type TnMonthDay) only these; empty: all */
  char *month_days_words; /* (owned) (nullable) as the charter says them */
  GArray *dates;          /* (owned) (element-type TnFixedDate) only these, by cycle; empty: all */
  TnOrigin times_origin;  /* where each of these stands */
  TnOrigin spacing_origin;
  TnOrigin weeks_origin;
  TnOrigin out_origin;
  TnOrigin month_days_origin;
  TnOrigin dates_origin;
} TnFrequency;

typedef struct
{
  char *id; /* (owned) */
  char **was;
  TnKind kind;
  char *title;       /* (owned) with placeholders {host} {cycle} {theme} {number} */
  char *description; /* (owned) (nullable) with placeholders */
  TnPeriod every;
  int every_n; /* every Nth period, 1 when each */
  TnCycle first;
  gboolean has_last;
  TnCycle last;
  TnFrequency frequency;
  TnWindow window;
  guint weekdays; /* bit (1 << TnWeekday); 0: Monday to Friday */
  int length_days;
  gboolean has_time;
  int start_minute; /* of the first day */
  int end_minute;   /* of the last day */
  GArray *hours;    /* (owned) (element-type TnHours) of each day; empty: from first to last */
  int due_month;    /* of a report; 0 when not said */
  int due_day;      /* 0: the last of the month */
  GPtrArray *preferences; /* (owned) (element-type TnPreference) */
  GPtrArray *avoidances;  /* (owned) (element-type TnAvoidance) */
  GPtrArray *distances;   /* (owned) (element-type TnDistance) */
  GPtrArray *roles;       /* (owned) (element-type TnRoleRule) */
  GPtrArray *milestones;  /* (owned) (element-type TnMilestoneRule) */
  GPtrArray *themes;      /* (owned) (element-type TnTheme) */
  GPtrArray *matters;     /* (owned) (element-type TnMatter) */
  TnThemePlan theme_plan;
  GPtrArray *participants; /* (owned) (element-type TnParticipant) */
  GPtrArray *sites;        /* (owned) (element-type TnSite) empty: one place */
  int seats;               /* of each council; 0 when not said */
  int capacity_least;      /* councils in all; 0 when not said */
  int capacity_most;
  char **guests; /* (owned) */
  char *costs;   /* (owned) (nullable) */
  char *place;   /* (owned) (nullable) where it is held, when not the venue's or host's city */
  gboolean shares_text;    /* what people write above the marker travels */
  char **may[TN_N_RIGHTS]; /* (owned) roles that may change it; `all` */
  TnOrigin origin;
} TnSeries;

TnSeries *tn_series_new (const char *id, TnKind kind);
void tn_series_free (TnSeries *series);
const TnRoleRule *tn_series_find_role (const TnSeries *series, const char *name);
const TnRoleRule *tn_series_find_named_role (const TnSeries *series, const char *name);
const TnMilestoneRule *tn_series_find_milestone (const TnSeries *series, const char *id);
const TnMilestoneRule *tn_series_find_homework (const TnSeries *series, const char *id);
gboolean tn_series_has_milestone (const TnSeries *series, const char *id);

TnRoleRule *tn_role_rule_new (const char *name, TnRoleKind kind);
TnSite *tn_site_new (const char *id, const char *name);
const TnSite *tn_series_find_site (const TnSeries *series, const char *id);
TnTerm *tn_term_new (const char *council, TnSpan days);
TnMilestoneRule *tn_milestone_rule_new (const char *id);
TnPreference *tn_preference_new (TnPreferKind kind);
TnAvoidance *tn_avoidance_new (TnAvoidKind kind, gboolean hard);
void tn_avoidance_set_area (TnAvoidance *avoidance, const char *area);
TnDistance *tn_distance_new (const char *collaboration, const char *series, int days);
gboolean tn_series_is_election_year (const TnSeries *series, int year);
TnParticipant *tn_participant_new (const char *group, int count);

G_END_DECLS
