/* daemon/ical/repetition.h — the days that a recurrence rule names, in bounded time */
#pragma once

#include "ical/moment.h"

G_BEGIN_DECLS

#define TN_REPETITION_MOST_NUMBERED 60 /* days like 2MO, and positions, of one rule */

/* A recurrence rule whose smallest step is a day. Values as RFC 5545 3.3.10 has them. */
typedef struct
{
  enum
  {
    TN_REPEAT_DAILY,
    TN_REPEAT_WEEKLY,
    TN_REPEAT_MONTHLY,
    TN_REPEAT_YEARLY
  } unit;
  int interval;
  int count; /* 0: without end, or until `until` */
  gboolean has_until;
  TnMoment until;
  TnWeekday week_start;
  guint months;              /* bit (1 << month); 0: all */
  guint32 month_days;        /* bit (1 << day) from the month's start */
  guint32 month_days_back;   /* … and from its end */
  gboolean names_month_days; /* any of both */
  guint weekdays;            /* bit (1 << TnWeekday) of each without a number */
  guint n_numbered, n_places;
  struct
  {
    int weekday, nth;
  } numbered[TN_REPETITION_MOST_NUMBERED]; /* `2MO`, `-1FR` */
  int places[TN_REPETITION_MOST_NUMBERED]; /* BYSETPOS */
} TnRepetition;

gboolean tn_repetition_parse (const char *value, TnRepetition *ret_repetition, GError **error);
gboolean tn_repetition_walk (const TnRepetition *repetition, TnDate start, TnDate last_day,
                             guint *steps, GArray *ret_days);

G_END_DECLS
