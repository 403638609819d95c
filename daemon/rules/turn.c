/* Turns of a ring. A turn is never a function of the year: a walk begins at the cycle whose holder
 * the charter knows and goes from one actual holder to the next, through every decision. Trades are
 * found first, each on a walk of its own as the ring stood when it was made. Cycles are named by
 * their index in the rhythm. Source: design section 4, Rotation; charters.md section 1. */
#include "rules/turn.h"

#include "rules/entry.h"
#include "rules/rhythm.h"
#include "rules/trade.h"
#include "rules/walk.h"

/* No two councils trade turns that lie further apart; bounds how far a walk looks ahead. */
static const int TRADE_MAX_CYCLES = 100;

/* One council's half of a trade. */
typedef struct
{
  const char *council; /* (unowned) whose turn it is by the ring: the how-many-th from a cycle on */
  int base;
  int nth;
  const char *before; /* (unowned) who had it */
  const char *taker;  /* (unowned) who takes it … */
  int from;           /* … from this cycle on */
} Half;

/* What a swap came to on the day on which it was decided; that does not change any more, whatever
 * is decided later. */
typedef struct
{
  const char *fault; /* (nullable) why it came to nothing */
  Half one;
  Half other;
} Deal;

static const char *
find_fault (const TnRing *ring, const TnDecision *swap, int *ret_one, int *ret_other)
{
  int one = 0;
  int other = 0;
  if (!tn_rhythm_parse_index (ring->series, swap->cycle, &one)
      || !tn_rhythm_parse_index (ring->series, swap->other_cycle, &other))
    return "there is no such cycle";
  if (one == other)
    return "both are the same cycle";
  if (MIN (one, other) < ring->start)
    return "who had the earlier one is not known";
  if (ABS (other - one) > TRADE_MAX_CYCLES)
    return "they lie more than 100 cycles apart";
  *ret_one = MIN (one, other);
  *ret_other = MAX (one, other);
  return NULL;
}

/* A turn that was put off before was put off by the council that had it then: the trade holds from
 * its cycle on. */
static Half
make_half (const TnWalk *walk, const TnStep *step, int cycle, int base, const char *taker)
{
  Half half = { .council = step->regular, .before = step->holder, .taker = taker };
  half.from = step->begun_index < cycle ? cycle : base;
  half.base = MIN (base, step->begun_index);
  half.nth = tn_walk_count_begun (walk, step->regular, half.base, step->begun_index);
  if (step->trade >= 0)
    {
      const TnTrade *named = &g_array_index (walk->trades, TnTrade, step->trade);
      half.base = named->base;
      half.nth = named->nth;
      half.before = named->holder;
    }
  return half;
}

/* Finds the turns that have the cycles @one and @other, as the ring stands on @walk. */
static void
find_turns (Deal *deal, TnWalk *walk, const TnDecision *swap, int one, int other)
{
  TnStep at_one = { 0 };
  TnStep at_other = { 0 };
  const TnRing *ring = walk->ring;
  for (int index = ring->start; index <= other; index++)
    {
      tn_walk_step (walk, index, NULL, &at_other);
      if (index == one)
        at_one = at_other;
    }
  if (at_one.status == TN_TURN_POSTPONED || at_other.status == TN_TURN_POSTPONED)
    deal->fault = "one of them was put off";
  else if (at_one.regular == NULL || at_other.regular == NULL)
    deal->fault = "one of them has no holder";
  if (deal->fault != NULL)
    return;

  /* Turns are counted from the decision on: those before it cannot change any more. */
  int base = MIN (tn_rhythm_get_last_index_at (ring->series, swap->on) + 1, one);
  base = MAX (base, ring->start);
  deal->one = make_half (walk, &at_one, one, base, at_other.holder);
  deal->other = make_half (walk, &at_other, other, base, at_one.holder);
}

static void
apply_half (GArray *trades, const Half *half, const TnDecision *swap)
{
  int turn = tn_trade_name_turn (trades, half->council, half->base, half->nth, half->before);
  tn_trade_agree (trades, turn, half->from, half->taker, swap);
}

/* Returns: (transfer full) (element-type TnTrade): what the swaps of @ring come to, those that were
 * decided before @until. */
static GArray *
list_trades (const TnRing *ring, GHashTable *deals, const TnDecision *until)
{
  GArray *trades = g_array_new (FALSE, FALSE, sizeof (TnTrade));
  for (guint i = 0; i < ring->swaps->len; i++)
    {
      const TnDecision *swap = g_ptr_array_index (ring->swaps, i);
      const Deal *deal = g_hash_table_lookup (deals, swap);
      if (deal == NULL || deal->fault != NULL
          || (until != NULL && tn_decision_compare (swap, until) >= 0))
        continue;
      apply_half (trades, &deal->one, swap);
      apply_half (trades, &deal->other, swap);
    }
  return trades;
}

/* What was in the ledger on the day of @swap, entries that later ones replaced included. */
static TnLedger *
make_earlier_ledger (const GPtrArray *history, const TnDecision *swap)
{
  g_autoptr (GPtrArray) earlier = g_ptr_array_new ();
  for (guint i = 0; i < history->len; i++)
    {
      TnDecision *decision = g_ptr_array_index (history, i);
      if (decision->on <= swap->on)
        g_ptr_array_add (earlier, decision);
    }
  return tn_ledger_new (earlier);
}

static Deal *
make_deal (const TnRing *ring, GHashTable *deals, const GPtrArray *history, const TnDecision *swap)
{
  int one = 0;
  int other = 0;
  Deal *deal = g_new0 (Deal, 1);
  deal->fault = find_fault (ring, swap, &one, &other);
  if (deal->fault != NULL)
    return deal;

  g_autoptr (TnLedger) ledger = make_earlier_ledger (history, swap);
  g_autoptr (TnRing) earlier = tn_ring_new (ring->collaboration, ring->series, ring->role, ledger);
  g_autoptr (TnMembership) membership
      = tn_membership_new (ring->collaboration, ledger, TN_DATE_NONE);
  g_autoptr (GArray) trades = list_trades (earlier, deals, swap);
  TnWalk walk;
  tn_walk_init (&walk, earlier, membership, trades, NULL);
  find_turns (deal, &walk, swap, one, other);
  tn_walk_clear (&walk);
  return deal;
}

/* Returns: (transfer full) (element-type TnDecision Deal): every swap that was ever decided, each
 * judged by what held on its day. */
static GHashTable *
make_deals (const TnRing *ring)
{
  GHashTable *deals = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  if (ring->swaps->len == 0)
    return deals;
  g_autoptr (GPtrArray) history
      = tn_entry_list_history (ring->ledger, ring->collaboration, ring->series);
  for (guint i = 0; i < history->len; i++)
    {
      TnDecision *decision = g_ptr_array_index (history, i);
      if (decision->kind == TN_DECISION_SWAP && tn_ring_concerns (ring, decision)
          && !tn_entry_is_taken_back (decision))
        g_hash_table_insert (deals, decision, make_deal (ring, deals, history, decision));
    }
  return deals;
}

static GHashTable *
list_idle_swaps (GHashTable *deals)
{
  GHashTable *idle = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer swap = NULL;
  gpointer deal = NULL;
  g_hash_table_iter_init (&iter, deals);
  while (g_hash_table_iter_next (&iter, &swap, &deal))
    if (((const Deal *) deal)->fault != NULL)
      g_hash_table_insert (idle, swap, (gpointer) ((const Deal *) deal)->fault);
  return idle;
}

static TnTurn *
make_unknown (const TnRing *ring)
{
  g_autofree char *start = tn_ring_dup_cycle (ring, ring->start);
  g_autofree char *source = tn_origin_to_string (&ring->role->origin);
  TnTurn *turn = tn_turn_new (ring->role);
  g_ptr_array_add (turn->reasons, tn_reason_new ("rotation", source,
                                                 "nobody is known: the ring begins in %s", start));
  return turn;
}

static TnTurn *
make_turn (const TnRing *ring, TnWalk *walk, int index)
{
  TnStep step = { 0 };
  TnTurn *turn = tn_turn_new (ring->role);
  tn_walk_step (walk, index, turn->reasons, &step);
  turn->status = step.status;
  if (step.holder != NULL)
    {
      const char *const councils[] = { step.holder, NULL };
      g_strfreev (turn->councils);
      turn->councils = g_strdupv ((char **) councils);
      if (step.status == TN_TURN_SWAPPED)
        turn->owner = g_strdup (step.regular);
    }
  return turn;
}

/**
 * tn_turn_list:
 * @membership: of its collaboration
 * @first: index of the first wanted cycle
 * @end: index after the last wanted one
 *
 * Works out the turns of a ring from the cycle whose holder the charter knows; what comes out for a
 * cycle does not depend on which others are wanted. The council of a postponed turn is the one
 * whose turn was put off. Turns are planned, swapped or postponed: whether one is held is a matter
 * of the date.
 *
 * Returns: (transfer full) (element-type TnTurn): one for each index
 */
GPtrArray *
tn_turn_list (const TnRing *ring, const TnMembership *membership, int first, int end)
{
  GPtrArray *turns = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_turn_free);
  g_autoptr (GHashTable) deals = make_deals (ring);
  g_autoptr (GArray) trades = list_trades (ring, deals, NULL);
  g_autoptr (GHashTable) idle_swaps = list_idle_swaps (deals);

  TnWalk walk;
  TnStep step;
  tn_walk_init (&walk, ring, membership, trades, idle_swaps);
  for (int index = first; index < MIN (end, ring->start); index++)
    g_ptr_array_add (turns, make_unknown (ring));
  for (int index = ring->start; index < MIN (first, end); index++)
    tn_walk_step (&walk, index, NULL, &step);
  for (int index = MAX (ring->start, first); index < end; index++)
    g_ptr_array_add (turns, make_turn (ring, &walk, index));
  tn_walk_clear (&walk);
  return turns;
}
