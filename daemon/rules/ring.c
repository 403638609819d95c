/* The decisions on one ring. The ledger knows them by date; a walk along the ring asks for those of
 * each cycle, so they are sorted into cycles once. */
#include "rules/ring.h"

#include "rules/entry.h"
#include "rules/rhythm.h"

#include <string.h>

static gboolean
is_same_pair (const TnDecision *a, const TnDecision *b)
{
  return (g_strcmp0 (a->cycle, b->cycle) == 0 && g_strcmp0 (a->other_cycle, b->other_cycle) == 0)
         || (g_strcmp0 (a->cycle, b->other_cycle) == 0
             && g_strcmp0 (a->other_cycle, b->cycle) == 0);
}

/* Both councils may record the same trade, each from its side: the last entry on a pair counts, and
 * none when that one takes it back. */
static void
keep_last_of_pairs (GPtrArray *swaps)
{
  for (guint i = swaps->len; i > 0; i--)
    {
      const TnDecision *last = g_ptr_array_index (swaps, i - 1);
      for (guint j = i - 1; j > 0; j--)
        if (is_same_pair (g_ptr_array_index (swaps, j - 1), last))
          {
            g_ptr_array_remove_index (swaps, j - 1);
            i--;
          }
    }
  for (guint i = swaps->len; i > 0; i--)
    if (tn_entry_is_taken_back (g_ptr_array_index (swaps, i - 1)))
      g_ptr_array_remove_index (swaps, i - 1);
}

static void
index_decision (TnRing *ring, const char *cycle, const TnDecision *decision)
{
  int index = 0;
  if (!tn_rhythm_parse_index (ring->series, cycle, &index))
    return;
  GPtrArray *list = g_hash_table_lookup (ring->by_index, GINT_TO_POINTER (index));
  if (list == NULL)
    {
      list = g_ptr_array_new ();
      g_hash_table_insert (ring->by_index, GINT_TO_POINTER (index), list);
    }
  g_ptr_array_add (list, (gpointer) decision);
}

static int
compare_inserts (gconstpointer a, gconstpointer b, gpointer series)
{
  const TnDecision *x = *(TnDecision *const *) a;
  const TnDecision *y = *(TnDecision *const *) b;
  int index_x = G_MAXINT;
  int index_y = G_MAXINT;
  tn_rhythm_parse_index (series, x->cycle, &index_x);
  tn_rhythm_parse_index (series, y->cycle, &index_y);
  if (index_x != index_y)
    return index_x < index_y ? -1 : 1;
  return tn_decision_compare (x, y);
}

/**
 * tn_ring_concerns:
 * @decision: on the ring's series
 *
 * Returns: %TRUE when @decision is about this ring. A year that is put off is put off for all
 * roles, unless the decision names one.
 */
gboolean
tn_ring_concerns (const TnRing *ring, const TnDecision *decision)
{
  if (decision->role_name != NULL)
    return strcmp (decision->role_name, ring->role->name) == 0;
  return decision->kind == TN_DECISION_POSTPONE
         || g_strcmp0 (tn_ring_get_default (ring->series), ring->role->name) == 0;
}

static void
sort_decision (TnRing *ring, TnDecision *decision)
{
  switch (decision->kind)
    {
    case TN_DECISION_SWAP:
      g_ptr_array_add (ring->swaps, decision);
      break;
    case TN_DECISION_INSERT:
      if (!tn_entry_is_taken_back (decision))
        g_ptr_array_add (ring->inserts, decision);
      break;
    case TN_DECISION_SKIP:
    case TN_DECISION_SET:
    case TN_DECISION_POSTPONE:
      if (!tn_entry_is_taken_back (decision))
        index_decision (ring, decision->cycle, decision);
      break;
    default:
      break;
    }
}

static void
sort_decisions (TnRing *ring)
{
  g_autoptr (GPtrArray) list = tn_entry_list (ring->ledger, ring->collaboration, ring->series);
  for (guint i = 0; i < list->len; i++)
    if (tn_ring_concerns (ring, g_ptr_array_index (list, i)))
      sort_decision (ring, g_ptr_array_index (list, i));

  keep_last_of_pairs (ring->swaps);
  for (guint i = 0; i < ring->swaps->len; i++)
    {
      const TnDecision *swap = g_ptr_array_index (ring->swaps, i);
      index_decision (ring, swap->cycle, swap);
      index_decision (ring, swap->other_cycle, swap);
    }
  g_ptr_array_sort_with_data (ring->inserts, compare_inserts, (gpointer) ring->series);
}

static int
find_start (const TnRing *ring)
{
  TnSpan known = tn_cycle_get_span (&ring->role->start_cycle);
  int index = 0;
  if (tn_rhythm_find_index (ring->series, &ring->role->start_cycle, &index))
    return index;
  index = tn_rhythm_get_index_at (ring->series, known.start);
  TnCycle at = tn_rhythm_get_cycle (ring->series, index);
  /* Between two cycles of a series that is not held in each period the next one is meant. */
  return tn_cycle_get_span (&at).end <= known.start ? index + 1 : index;
}

/**
 * tn_ring_new:
 *
 * Returns: (transfer full): the ring of @role with the decisions in force on it
 */
TnRing *
tn_ring_new (const TnCollaboration *collaboration, const TnSeries *series, const TnRoleRule *role,
             const TnLedger *ledger)
{
  TnRing *ring = g_new0 (TnRing, 1);
  ring->collaboration = collaboration;
  ring->series = series;
  ring->role = role;
  ring->ledger = ledger;
  ring->start = find_start (ring);
  ring->by_index = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  ring->inserts = g_ptr_array_new ();
  ring->swaps = g_ptr_array_new ();
  sort_decisions (ring);
  return ring;
}

void
tn_ring_free (TnRing *ring)
{
  if (ring == NULL)
    return;
  g_hash_table_unref (ring->by_index);
  g_ptr_array_unref (ring->inserts);
  g_ptr_array_unref (ring->swaps);
  g_free (ring);
}

/**
 * tn_ring_find_council:
 * @id: (nullable): an id that the council has or had
 *
 * Returns: (transfer none) (nullable): its present id; %NULL when it is no council of ours
 */
const char *
tn_ring_find_council (const TnRing *ring, const char *id)
{
  const TnCouncil *council
      = id != NULL ? tn_collaboration_find_council (ring->collaboration, id) : NULL;
  return council != NULL ? council->id : NULL;
}

/**
 * tn_ring_get_decisions:
 *
 * Returns: (transfer none) (nullable) (element-type TnDecision): skip, set, postpone and swap of
 * the cycle @index
 */
const GPtrArray *
tn_ring_get_decisions (const TnRing *ring, int index)
{
  return g_hash_table_lookup (ring->by_index, GINT_TO_POINTER (index));
}

/**
 * tn_ring_find:
 * @council: (nullable): present id of the council that the decision must name
 *
 * Returns: (transfer none) (nullable): the last decision of @kind on the cycle @index
 */
const TnDecision *
tn_ring_find (const TnRing *ring, int index, TnDecisionKind kind, const char *council)
{
  const GPtrArray *list = tn_ring_get_decisions (ring, index);
  for (guint i = list != NULL ? list->len : 0; i > 0; i--)
    {
      const TnDecision *decision = g_ptr_array_index (list, i - 1);
      if (decision->kind == kind
          && (council == NULL
              || g_strcmp0 (tn_ring_find_council (ring, decision->council), council) == 0))
        return decision;
    }
  return NULL;
}

/**
 * tn_ring_list_places:
 *
 * Returns: (transfer container) (element-type utf8): ids of the councils in the charter's order
 */
GPtrArray *
tn_ring_list_places (const TnRing *ring)
{
  GPtrArray *places = g_ptr_array_new ();
  for (gsize i = 0; ring->role->ring[i] != NULL; i++)
    {
      const char *council = tn_ring_find_council (ring, ring->role->ring[i]);
      if (council != NULL)
        g_ptr_array_add (places, (gpointer) council);
    }
  return places;
}

/**
 * tn_ring_dup_cycle:
 *
 * Returns: (transfer full): what the cycle @index is called
 */
char *
tn_ring_dup_cycle (const TnRing *ring, int index)
{
  TnCycle cycle = tn_rhythm_get_cycle (ring->series, index);
  return tn_cycle_to_string (&cycle);
}

/**
 * tn_ring_get_default:
 *
 * Returns: (nullable): the role whose ring a decision means that names none: `host`, else the first
 *   role that goes round
 */
const char *
tn_ring_get_default (const TnSeries *series)
{
  const TnRoleRule *role = tn_series_find_named_role (series, NULL);
  return role != NULL && role->kind == TN_ROLE_RING ? role->name : NULL;
}
