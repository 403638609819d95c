/* A walk along a ring, one cycle a step: whose turn it is, who loses it, who is named or takes it
 * in a trade, and whether it is kept for the next cycle. Each step depends on those before it only,
 * so what is decided about one cycle cannot change an earlier one. Source: design section 4,
 * Rotation. */
#include "rules/walk.h"

#include "rules/entry.h"
#include "rules/rhythm.h"
#include "rules/trade.h"
#include "rules/window.h"

#include <string.h>

static const char *
get_name (const TnWalk *walk, const char *id)
{
  return tn_collaboration_get_council_name (walk->ring->collaboration, id);
}

static void G_GNUC_PRINTF (4, 5)
    explain (TnWalk *walk, const char *rule, const TnDecision *decision, const char *format, ...)
{
  if (walk->reasons == NULL)
    return;
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  g_autofree char *source = decision != NULL ? tn_entry_dup_source (decision)
                                             : tn_origin_to_string (&walk->ring->role->origin);
  g_autofree char *how
      = decision != NULL ? tn_entry_describe (decision, walk->ring->collaboration) : NULL;
  g_ptr_array_add (walk->reasons, tn_reason_new (rule, source, "%s%s%s", text,
                                                 how != NULL ? ", " : "", how != NULL ? how : ""));
}

static gboolean
is_eligible (const TnWalk *walk, const char *council)
{
  return tn_membership_had (walk->membership, council, walk->span, walk->last_day);
}

static gboolean
find_place (const TnWalk *walk, const char *council, guint from, guint *ret_place)
{
  for (guint i = 0; council != NULL && i < walk->places->len; i++)
    {
      guint place = (from + i) % walk->places->len;
      if (strcmp (g_ptr_array_index (walk->places, place), council) == 0)
        {
          *ret_place = place;
          return TRUE;
        }
    }
  return FALSE;
}

/* A council that stands in the ring already moves to its new place. */
static void
insert_council (TnWalk *walk, const TnDecision *decision)
{
  const char *council = tn_ring_find_council (walk->ring, decision->council);
  if (council == NULL)
    return;
  guint place = 0;
  if (find_place (walk, council, 0, &place))
    {
      g_ptr_array_remove_index (walk->places, place);
      if (place <= walk->position)
        walk->position = walk->position > 0      ? walk->position - 1
                         : walk->places->len > 0 ? walk->places->len - 1
                                                 : 0;
    }
  guint after = walk->places->len;
  if (find_place (walk, tn_ring_find_council (walk->ring, decision->after_council), 0, &place))
    after = place + 1;
  g_ptr_array_insert (walk->places, (gint) after, (gpointer) council);
  if (after <= walk->position)
    walk->position++;
  explain (walk, "insert", decision, "%s stands in the ring from this cycle on",
           get_name (walk, council));
}

static void
insert_councils (TnWalk *walk)
{
  GPtrArray *inserts = walk->ring->inserts;
  for (; walk->n_inserts < inserts->len; walk->n_inserts++)
    {
      const TnDecision *decision = g_ptr_array_index (inserts, walk->n_inserts);
      int index = 0;
      if (!tn_rhythm_parse_index (walk->ring->series, decision->cycle, &index)
          || index > walk->index)
        return;
      insert_council (walk, decision);
    }
}

/* A turn begins: counted for the trades, which speak of the how-many-th turn of a council. */
static void
begin_turn (TnWalk *walk, TnStep *step, const char *council)
{
  TnBegun begun = { walk->index, council };
  g_array_append_val (walk->begun, begun);
  step->regular = council;
  step->begun_index = walk->index;
  step->trade = tn_trade_count_turn (walk->trades, walk->index, council);
}

/* `rest = 2`: a council that had a turn has none in the two cycles after it. */
static gboolean
rests (const TnWalk *walk, const char *council)
{
  int rest = walk->ring->role->rest;
  for (guint i = walk->held->len; rest > 0 && i > 0; i--)
    {
      const TnBegun *held = &g_array_index (walk->held, TnBegun, i - 1);
      if (strcmp (held->council, council) == 0)
        return walk->index - held->index <= rest;
    }
  return FALSE;
}

/* Where fewer councils are left than the rest asks for, nobody can rest. */
static gboolean
can_rest (const TnWalk *walk)
{
  for (guint i = 0; i < walk->places->len; i++)
    {
      const char *council = g_ptr_array_index (walk->places, i);
      if (is_eligible (walk, council) && !rests (walk, council))
        return TRUE;
    }
  return FALSE;
}

static void
take_next (TnWalk *walk, TnStep *step)
{
  guint n = walk->places->len;
  gboolean may_rest = walk->ring->role->rest > 0 && can_rest (walk);
  const char *last = n > 0 ? g_ptr_array_index (walk->places, walk->position) : NULL;
  for (guint i = 1; i <= n; i++)
    {
      guint place = (walk->position + i) % n;
      const char *council = g_ptr_array_index (walk->places, place);
      if (may_rest && is_eligible (walk, council) && rests (walk, council))
        {
          explain (walk, "rest", NULL, "passed over: %s, which rests %d cycles after its turn",
                   get_name (walk, council), walk->ring->role->rest);
          continue;
        }
      if (is_eligible (walk, council))
        {
          explain (walk, "rotation", NULL, "%s is next in the ring after %s",
                   get_name (walk, council), get_name (walk, last));
          walk->position = place;
          begin_turn (walk, step, council);
          return;
        }
      g_autofree char *cycle = tn_ring_dup_cycle (walk->ring, walk->index);
      explain (walk, "membership", NULL, "passed over: %s, not a member in %s",
               get_name (walk, council), cycle);
    }
  step->regular = NULL;
  step->trade = -1;
  explain (walk, "rotation", NULL, "nobody: the ring names no council that is a member then");
}

static void
take_start (TnWalk *walk, TnStep *step)
{
  const TnRoleRule *role = walk->ring->role;
  const char *council = tn_ring_find_council (walk->ring, role->start_council);
  g_autofree char *cycle = tn_ring_dup_cycle (walk->ring, walk->index);
  guint place = 0;
  if (!find_place (walk, council, 0, &place))
    {
      take_next (walk, step);
      return;
    }
  explain (walk, "rotation", NULL, "the charter says that %s has %s: the ring begins there",
           get_name (walk, council), cycle);
  walk->position = place;
  begin_turn (walk, step, council);
}

static void
take_first (TnWalk *walk, TnStep *step)
{
  if (walk->index == walk->ring->start)
    take_start (walk, step);
  else if (walk->kept == NULL)
    take_next (walk, step);
  else
    {
      g_autofree char *cycle = tn_ring_dup_cycle (walk->ring, walk->kept_index);
      explain (walk, "postpone", NULL, "%s has the turn that it was to have in %s and kept",
               get_name (walk, walk->kept), cycle);
      step->regular = walk->kept;
      step->trade = walk->kept_trade;
      step->begun_index = walk->kept_index;
    }
}

static TnTrade *
get_trade (const TnWalk *walk, const TnStep *step)
{
  return tn_trade_get (walk->trades, step->trade, walk->index);
}

static void
pick_holder (TnWalk *walk, TnStep *step)
{
  step->holder = step->regular;
  if (step->trade >= 0)
    step->holder = get_trade (walk, step)->holder;
  else if (step->regular == walk->kept && walk->kept_for != NULL && step->begun_index != walk->index
           && is_eligible (walk, walk->kept_for))
    step->holder = walk->kept_for;
}

/* Who was to take this turn in a trade is no member any more. When the other council has had its
 * half, its turn here is used; otherwise the trade is undone, for both. */
static gboolean
loses_trade (TnWalk *walk, TnStep *step)
{
  TnTrade *trade = get_trade (walk, step);
  int other = tn_trade_find_by_holder (walk->trades, step->regular, step->trade, walk->index);
  TnTrade *half = other >= 0 ? tn_trade_get (walk->trades, other, walk->index) : NULL;
  const char *taker = get_name (walk, step->holder);
  const char *owner = get_name (walk, step->regular);
  if (half != NULL && g_array_index (walk->trades, TnTrade, other).is_taken)
    {
      explain (
          walk, "swap", trade->decision,
          "%s has had its turn in trade for this one, and %s, not a member now, cannot take it",
          owner, taker);
      return TRUE;
    }
  explain (walk, "swap", trade->decision, "the trade falls away: %s is not a member now", taker);
  if (half != NULL)
    half->holder = trade->holder;
  trade->holder = step->regular;
  step->holder = step->regular;
  return !is_eligible (walk, step->regular);
}

static gboolean
loses_turn (TnWalk *walk, TnStep *step)
{
  const TnDecision *skip = tn_ring_find (walk->ring, walk->index, TN_DECISION_SKIP, step->holder);
  if (skip != NULL)
    {
      explain (walk, "skip", skip, "%s loses its turn", get_name (walk, step->holder));
      return TRUE;
    }
  if (walk->index == walk->ring->start || is_eligible (walk, step->holder))
    return FALSE;
  if (step->holder != step->regular && step->trade >= 0)
    return loses_trade (walk, step);
  explain (walk, "membership", NULL, "%s cannot have the turn that it kept: not a member now",
           get_name (walk, step->holder));
  return TRUE;
}

static void
take_turn (TnWalk *walk, TnStep *step)
{
  take_first (walk, step);
  for (guint tries = 0; step->regular != NULL; tries++)
    {
      pick_holder (walk, step);
      if (!loses_turn (walk, step))
        return;
      if (step->trade >= 0)
        g_array_index (walk->trades, TnTrade, step->trade).is_taken = TRUE;
      if (tries >= walk->places->len)
        break;
      take_next (walk, step);
    }
  if (step->regular != NULL)
    explain (walk, "rotation", NULL, "nobody: every council of the ring lost its turn");
  step->regular = NULL;
  step->holder = NULL;
  step->trade = -1;
}

/* A skip of a council that does not have the turn is said, not kept quiet. */
static void
explain_idle_skips (TnWalk *walk)
{
  const GPtrArray *list = tn_ring_get_decisions (walk->ring, walk->index);
  for (guint i = 0; walk->reasons != NULL && list != NULL && i < list->len; i++)
    {
      const TnDecision *decision = g_ptr_array_index (list, i);
      if (decision->kind != TN_DECISION_SKIP)
        continue;
      g_autofree char *source = tn_entry_dup_source (decision);
      gboolean had_effect = FALSE;
      for (guint j = 0; j < walk->reasons->len; j++)
        {
          const TnReason *reason = g_ptr_array_index (walk->reasons, j);
          had_effect |= strcmp (reason->rule, "skip") == 0 && strcmp (reason->source, source) == 0;
        }
      if (!had_effect)
        explain (walk, "decision", decision, "%s cannot be skipped: it is not its turn",
                 decision->council != NULL ? get_name (walk, decision->council) : "nobody");
    }
}

static void
explain_swap (TnWalk *walk, const TnStep *step)
{
  if (step->trade >= 0 && step->holder != step->regular && get_trade (walk, step)->decision != NULL)
    explain (walk, "swap", get_trade (walk, step)->decision, "%s has the turn of %s in a trade",
             get_name (walk, step->holder), get_name (walk, step->regular));
  const GPtrArray *list = tn_ring_get_decisions (walk->ring, walk->index);
  for (guint i = 0; walk->reasons != NULL && list != NULL && i < list->len; i++)
    {
      const TnDecision *decision = g_ptr_array_index (list, i);
      const char *why = g_hash_table_lookup (walk->idle_swaps, decision);
      if (why != NULL)
        explain (walk, "decision", decision, "the trade of %s and %s has no effect: %s",
                 decision->cycle, decision->other_cycle, why);
    }
}

/* `set`: who holds the cycle is said; the ring goes on after it, or as if the regular holder had.
 */
static void
apply_set (TnWalk *walk, TnStep *step)
{
  const TnDecision *set = tn_ring_find (walk->ring, walk->index, TN_DECISION_SET, NULL);
  const char *council = set != NULL ? tn_ring_find_council (walk->ring, set->council) : NULL;
  if (council == NULL)
    return;
  const TnDecision *swap = step->trade >= 0 ? get_trade (walk, step)->decision : NULL;
  if (swap != NULL && tn_decision_compare (swap, set) > 0)
    return; /* the trade came later and took the set holder into account */

  gboolean goes_on_after = g_strcmp0 (set->value, "unchanged") != 0;
  guint place = 0;
  gboolean in_ring = find_place (walk, council, walk->position, &place);
  explain (walk, "set", set, "%s is named for this cycle; the ring goes on %s%s",
           get_name (walk, council),
           goes_on_after && in_ring ? "after it" : "as if it had not been",
           goes_on_after && !in_ring ? ", because it does not stand in the ring" : "");
  if (!is_eligible (walk, council))
    explain (walk, "breach", set, "breaks membership: %s is not a member then",
             get_name (walk, council));
  if (goes_on_after && in_ring && g_strcmp0 (step->regular, council) != 0)
    {
      walk->position = place;
      begin_turn (walk, step, council);
    }
  step->holder = council;
}

static void
apply_postpone (TnWalk *walk, TnStep *step)
{
  const TnDecision *decision = tn_ring_find (walk->ring, walk->index, TN_DECISION_POSTPONE, NULL);
  gboolean keeps
      = decision != NULL && step->regular != NULL && g_strcmp0 (decision->value, "used") != 0;
  walk->kept = keeps ? step->regular : NULL;
  walk->kept_trade = keeps ? step->trade : -1;
  walk->kept_index = keeps ? step->begun_index : walk->index;
  walk->kept_for = keeps && step->trade < 0 && step->holder != step->regular ? step->holder : NULL;
  if (!keeps && step->trade >= 0)
    g_array_index (walk->trades, TnTrade, step->trade).is_taken = TRUE;
  if (decision == NULL)
    return;
  step->status = TN_TURN_POSTPONED;
  explain (walk, "postpone", decision,
           keeps ? "put off: %s keeps its turn for the next cycle"
                 : "put off: %s has used its turn",
           step->holder != NULL ? get_name (walk, step->holder) : "nobody");
}

/* What is put off has no day of its own: its turn is settled when its window is over. */
static TnDate
find_last_day (const TnWalk *walk, const TnCycle *cycle)
{
  const TnRing *ring = walk->ring;
  if (!tn_membership_is_decided (walk->membership))
    return TN_DATE_NONE;
  if (tn_ring_find (ring, walk->index, TN_DECISION_POSTPONE, NULL) != NULL)
    return walk->span.end - 1;
  return tn_entry_find_last_day (ring->ledger, ring->collaboration, ring->series, cycle);
}

/**
 * tn_walk_step:
 * @index: the cycle after the one of the step before; the ring's start at first
 * @reasons: (nullable) (element-type TnReason): appended to
 * @step: (out): what came out
 */
void
tn_walk_step (TnWalk *walk, int index, GPtrArray *reasons, TnStep *step)
{
  TnCycle cycle = tn_rhythm_get_cycle (walk->ring->series, index);
  walk->index = index;
  walk->span = tn_window_get_membership_span (walk->ring->series, &cycle);
  walk->last_day = find_last_day (walk, &cycle);
  walk->reasons = reasons;
  *step = (TnStep){ .trade = -1, .status = TN_TURN_PLANNED };

  insert_councils (walk);
  take_turn (walk, step);
  apply_set (walk, step);
  explain_swap (walk, step);
  if (step->trade >= 0 && step->holder != step->regular
      && step->holder == get_trade (walk, step)->holder && get_trade (walk, step)->decision != NULL)
    step->status = TN_TURN_SWAPPED;
  apply_postpone (walk, step);
  TnBegun held = { index, step->holder };
  if (step->holder != NULL && step->status != TN_TURN_POSTPONED)
    g_array_append_val (walk->held, held);
  explain_idle_skips (walk);
}

/**
 * tn_walk_init:
 * @ring: must outlive the walk, as must all that follows
 * @trades: (element-type TnTrade): copied
 * @idle_swaps: (nullable) (element-type TnDecision utf8): why a swap has no effect, to be said
 *
 * Stands before the cycle whose holder the charter knows; tn_walk_clear() it.
 */
void
tn_walk_init (TnWalk *walk, const TnRing *ring, const TnMembership *membership,
              const GArray *trades, GHashTable *idle_swaps)
{
  *walk = (TnWalk){ .ring = ring, .membership = membership };
  walk->idle_swaps = idle_swaps;
  walk->places = tn_ring_list_places (ring);
  walk->trades = g_array_copy ((GArray *) trades);
  walk->begun = g_array_new (FALSE, FALSE, sizeof (TnBegun));
  walk->held = g_array_new (FALSE, FALSE, sizeof (TnBegun));
  walk->kept_trade = -1;
}

void
tn_walk_clear (TnWalk *walk)
{
  g_ptr_array_unref (walk->places);
  g_array_unref (walk->trades);
  g_array_unref (walk->begun);
  g_array_unref (walk->held);
}

/**
 * tn_walk_count_begun:
 *
 * Returns: how many turns of @council began in the cycles @from to @to, the last included
 */
int
tn_walk_count_begun (const TnWalk *walk, const char *council, int from, int to)
{
  int n = 0;
  for (guint i = 0; i < walk->begun->len; i++)
    {
      const TnBegun *begun = &g_array_index (walk->begun, TnBegun, i);
      if (begun->index >= from && begun->index <= to && strcmp (begun->council, council) == 0)
        n++;
    }
  return n;
}
