/* daemon/rules/barrier.h — days that are no holidays and still shut out */
#pragma once

#include "model/series.h"

G_BEGIN_DECLS

/* Another occurrence or a busy time that one must keep off. */
typedef struct
{
  TnSpan starts;          /* first days that are too near */
  gboolean is_soft;       /* weighed, and no barrier */
  const char *rule;       /* (unowned) `spacing`, `avoid` */
  const TnOrigin *origin; /* (unowned) of the rule */
  const char *what;       /* (unowned) `nearer than 42 days` */
  char *name;             /* (owned) `2027.1 on 2027-02-09` */
} TnNear;

/* One limit that a day breaks; all borrowed. */
typedef struct
{
  const char *rule;
  const TnOrigin *origin;
  const char *what;
  const char *name; /* (nullable) */
} TnBarrier;

GArray *tn_barrier_new_near (void);
TnSpan tn_barrier_get_starts (TnSpan other, int days, int length);
void tn_barrier_add (GArray *near, TnSpan starts, const char *rule, const TnOrigin *origin,
                     const char *what, char *name);
void tn_barrier_add_distance (GArray *near, TnSpan starts, const TnDistance *distance, char *name);
gboolean tn_barrier_is_left_out (const TnSeries *series, TnDate day);
gboolean tn_barrier_find_near (const GArray *near, TnDate day, guint skip, TnBarrier *ret_barrier);
gboolean tn_barrier_find (const TnSeries *series, int ordinal, const GArray *near, TnDate day,
                          guint skip, TnBarrier *ret_barrier);
char *tn_barrier_dup_words (const TnBarrier *barrier, const TnFrequency *frequency);

G_END_DECLS
