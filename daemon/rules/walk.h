/* daemon/rules/walk.h — one way along a ring, cycle by cycle */
#pragma once

#include "rules/membership.h"
#include "rules/ring.h"

G_BEGIN_DECLS

/* A turn began in this cycle. */
typedef struct
{
  int index;
  const char *council;
} TnBegun;

/* One way along the ring; borrows what is not said to be owned. */
typedef struct
{
  const TnRing *ring;
  GHashTable *idle_swaps; /* (unowned) (nullable) */
  const TnMembership *membership;
  GPtrArray *places;    /* (owned) (element-type utf8) council ids in the ring's order */
  guint position;       /* of the last who had, or lost, a turn */
  guint n_inserts;      /* how many joined the ring already */
  GArray *trades;       /* (owned) (element-type TnTrade) */
  const char *kept;     /* (nullable) whose turn was put off */
  int kept_trade;       /* which traded turn that is, or -1 */
  int kept_index;       /* where it began */
  const char *kept_for; /* (nullable) who was set to hold it */
  GArray *begun;        /* (owned) (element-type TnBegun) each turn that began */
  GArray *held;         /* (owned) (element-type TnBegun) who had each cycle that is held */
  GPtrArray *reasons;   /* (unowned) (nullable) of the cycle that is being worked out */
  int index;
  TnSpan span;     /* days on which its holder must be a member */
  TnDate last_day; /* of what stands in the ledger for the cycle; %TN_DATE_NONE when nothing does */
} TnWalk;

/* What came out for one cycle. */
typedef struct
{
  const char *regular; /* (nullable) whose turn it is by the ring */
  const char *holder;  /* (nullable) who has it */
  int trade;           /* which traded turn it is, or -1 */
  int begun_index;     /* where the turn began: earlier when it was put off */
  TnTurnStatus status;
} TnStep;

void tn_walk_init (TnWalk *walk, const TnRing *ring, const TnMembership *membership,
                   const GArray *trades, GHashTable *idle_swaps);
void tn_walk_clear (TnWalk *walk);
void tn_walk_step (TnWalk *walk, int index, GPtrArray *reasons, TnStep *step);
int tn_walk_count_begun (const TnWalk *walk, const char *council, int from, int to);

G_END_DECLS
