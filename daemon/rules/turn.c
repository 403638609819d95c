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

/* The turns that were traded, found one trade after the other. */
typedef struct
{
  const TnRing *ring;
  GArray *trades;         /* (owned) (element-type TnTrade) */
  GHashTable *idle_swaps; /* (owned) (element-type TnDecision utf8) why a swap has no effect */
} Trades;

static int
name_turn (Trades *trades, const TnWalk *walk, const TnStep *step, int base)
{
  if (step->trade >= 0)
    return step->trade;
  int from = MIN (base, step->begun_index);
  int nth = tn_walk_count_begun (walk, step->regular, from, step->begun_index);
  return tn_trade_name_turn (trades->trades, step->regular, from, nth, step->holder);
}

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

/* Lets the holders of the cycles @one and @other change places, as the ring stood on the day of the
 * decision. */
static const char *
exchange_turns (Trades *trades, TnWalk *walk, const TnDecision *swap, int one, int other)
{
  TnStep at_one = { 0 };
  TnStep at_other = { 0 };
  for (int index = trades->ring->start; index <= other; index++)
    {
      tn_walk_step (walk, index, NULL, &at_other);
      if (index == one)
        at_one = at_other;
    }
  if (at_one.status == TN_TURN_POSTPONED || at_other.status == TN_TURN_POSTPONED)
    return "one of them was put off";
  if (at_one.regular == NULL || at_other.regular == NULL)
    return "one of them has no holder";

  /* Turns are counted from the decision on: those before it cannot change any more. */
  int base = MIN (tn_rhythm_get_index_at (trades->ring->series, swap->on) + 1, one);
  base = MAX (base, trades->ring->start);
  int a = name_turn (trades, walk, &at_one, base);
  int b = name_turn (trades, walk, &at_other, base);
  /* A turn that was put off before was put off by the council that had it then. */
  tn_trade_agree (trades->trades, a, at_one.begun_index < one ? one : base, at_other.holder, swap);
  tn_trade_agree (trades->trades, b, at_other.begun_index < other ? other : base, at_one.holder,
                  swap);
  return NULL;
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

static const char *
trade_turns (Trades *trades, const GPtrArray *history, const TnDecision *swap)
{
  int one = 0;
  int other = 0;
  const TnRing *ring = trades->ring;
  const char *fault = find_fault (ring, swap, &one, &other);
  if (fault != NULL)
    return fault;

  g_autoptr (TnLedger) ledger = make_earlier_ledger (history, swap);
  g_autoptr (TnRing) earlier = tn_ring_new (ring->collaboration, ring->series, ring->role, ledger);
  g_autoptr (TnMembership) membership
      = tn_membership_new (ring->collaboration, ledger, TN_DATE_NONE);
  TnWalk walk;
  tn_walk_init (&walk, earlier, membership, trades->trades, NULL);
  fault = exchange_turns (trades, &walk, swap, one, other);
  tn_walk_clear (&walk);
  return fault;
}

static void
find_trades (Trades *trades)
{
  const TnRing *ring = trades->ring;
  if (ring->swaps->len == 0)
    return;
  g_autoptr (GPtrArray) history
      = tn_entry_list_history (ring->ledger, ring->collaboration, ring->series);
  for (guint i = 0; i < ring->swaps->len; i++)
    {
      const TnDecision *swap = g_ptr_array_index (ring->swaps, i);
      const char *fault = trade_turns (trades, history, swap);
      if (fault != NULL)
        g_hash_table_insert (trades->idle_swaps, (gpointer) swap, (gpointer) fault);
    }
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
  g_autoptr (GArray) traded = g_array_new (FALSE, FALSE, sizeof (TnTrade));
  g_autoptr (GHashTable) idle_swaps = g_hash_table_new (NULL, NULL);
  Trades trades = { ring, traded, idle_swaps };
  find_trades (&trades);

  TnWalk walk;
  TnStep step;
  tn_walk_init (&walk, ring, membership, traded, idle_swaps);
  for (int index = first; index < MIN (end, ring->start); index++)
    g_ptr_array_add (turns, make_unknown (ring));
  for (int index = ring->start; index < MIN (first, end); index++)
    tn_walk_step (&walk, index, NULL, &step);
  for (int index = MAX (ring->start, first); index < end; index++)
    g_ptr_array_add (turns, make_turn (ring, &walk, index));
  tn_walk_clear (&walk);
  return turns;
}
