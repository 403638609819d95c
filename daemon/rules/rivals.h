/* daemon/rules/rivals.h — occurrences that compete for days, and the best days for all of them */
#pragma once

#include "base/span.h"

G_BEGIN_DECLS

/* A day on which an occurrence can begin, and what is against it. */
typedef struct
{
  TnDate day;
  int cost;
} TnCandidate;

/* One of those that compete. */
typedef struct
{
  GArray *candidates; /* (owned) (element-type TnCandidate) by day */
  guint chain;        /* those of one chain keep their order */
  gint64 unplaced;    /* what it costs to leave it without a day */
} TnRival;

/* Two of different chains had better lie so far apart; the first and the later or the other way
 * round, it counts once. */
typedef struct
{
  int days;
  int cost; /* when they lie nearer */
} TnRivalWish;

/* Storage is the caller's; see tn_rivals_init(). */
typedef struct
{
  GArray *rivals; /* (owned) (element-type TnRival) those of a chain side by side in order */
  GArray *gaps;   /* (owned) (element-type int) [i * n + j]: days from i to a later j, at least */
  GArray *wishes; /* (owned) (element-type TnRivalWish) likewise, but only better */
} TnRivals;

/* What it costs to leave one without a day: more than any sum of costs of a group; of one that may
 * be left out, more than any sum but less than one that must be held. */
#define TN_RIVALS_UNPLACED G_GINT64_CONSTANT (1000000000000000)
#define TN_RIVALS_LEFT_OUT G_GINT64_CONSTANT (1000000000000)

/* Days that the search for several chains looks at before it is content with the best so far. */
#define TN_RIVALS_MOST_WORK 500000

void tn_rivals_init (TnRivals *rivals);
void tn_rivals_clear (TnRivals *rivals);
GArray *tn_rivals_add (TnRivals *rivals, guint chain, gint64 unplaced);
void tn_rivals_close (TnRivals *rivals);
void tn_rivals_set_gap (TnRivals *rivals, guint first, guint later, int days);
void tn_rivals_set_wish (TnRivals *rivals, guint first, guint later, int days, int cost);
TnSpan tn_rivals_get_shut (const TnRivals *rivals, guint i, TnDate day, guint j);
TnSpan tn_rivals_get_wished (const TnRivals *rivals, guint i, TnDate day, guint j);
int tn_rivals_get_wish_cost (const TnRivals *rivals, guint i, TnDate day_i, guint j, TnDate day_j);
gint64 tn_rivals_solve (const TnRivals *rivals, TnDate *ret_days, gboolean *ret_is_best);

G_END_DECLS
