/* The ledger: the union of all decisions, in an order that does not depend on who heard of them
 * when (design section 6). Of several on one subject the one in force is, among those that no other
 * replaces, the last by date and id. What a planner asks for each event is found by halving: an
 * index of ten thousand small lists would be larger than the ledger. */
#include "model/ledger.h"

#include <string.h>

struct _TnLedger
{
  GPtrArray *sorted;    /* (owned) (element-type TnDecision) by date, then id */
  GHashTable *by_id;    /* (owned) (element-type utf8 TnDecision) keys borrowed */
  GHashTable *replaced; /* (owned) ids that another entry on the same subject replaces; borrowed */
  GPtrArray *by_event;  /* (owned) (element-type TnDecision) by event, then as above; borrowed */
};

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  return tn_decision_compare (*(TnDecision *const *) a, *(TnDecision *const *) b);
}

/* A text that is missing stands before all others: decisions on a whole series or collaboration
 * have no cycle. */
static int
compare_events (const TnDecision *a, const char *collaboration, const char *series,
                const char *cycle)
{
  int by_collaboration = g_strcmp0 (a->collaboration, collaboration);
  int by_series = by_collaboration != 0 ? 0 : g_strcmp0 (a->series, series);
  return by_collaboration != 0 ? by_collaboration
         : by_series != 0      ? by_series
                               : g_strcmp0 (a->cycle, cycle);
}

static int
compare_by_event (gconstpointer a, gconstpointer b)
{
  const TnDecision *x = *(TnDecision *const *) a;
  const TnDecision *y = *(TnDecision *const *) b;
  int by_event = compare_events (x, y->collaboration, y->series, y->cycle);
  return by_event != 0 ? by_event : tn_decision_compare (x, y);
}

/* Returns: the place of the first decision on the event, or on one behind it */
static guint
find_event (const TnLedger *ledger, const char *collaboration, const char *series,
            const char *cycle)
{
  guint first = 0;
  guint end = ledger->by_event->len;
  while (first < end)
    {
      guint middle = first + (end - first) / 2;
      if (compare_events (g_ptr_array_index (ledger->by_event, middle), collaboration, series,
                          cycle)
          < 0)
        first = middle + 1;
      else
        end = middle;
    }
  return first;
}

/* Returns: the place behind the last decision on the event, of which the first is at @first */
static guint
find_event_end (const TnLedger *ledger, guint first, const char *collaboration, const char *series,
                const char *cycle)
{
  guint end = first;
  while (end < ledger->by_event->len
         && compare_events (g_ptr_array_index (ledger->by_event, end), collaboration, series, cycle)
                == 0)
    end++;
  return end;
}

static void
index_entries (TnLedger *ledger)
{
  ledger->by_event = g_ptr_array_copy (ledger->sorted, NULL, NULL);
  g_ptr_array_set_free_func (ledger->by_event, NULL);
  g_ptr_array_sort (ledger->by_event, compare_by_event);
  for (guint i = 0; i < ledger->sorted->len; i++)
    {
      TnDecision *decision = g_ptr_array_index (ledger->sorted, i);
      TnDecision *old = decision->replaces == NULL
                            ? NULL
                            : g_hash_table_lookup (ledger->by_id, decision->replaces);
      if (old != NULL && tn_decision_can_replace (decision, old))
        g_hash_table_add (ledger->replaced, old->id);
    }
}

/**
 * tn_ledger_new:
 * @decisions: (element-type TnDecision) (nullable): in any order, with repetitions; references are
 * taken
 *
 * Returns: (transfer full): a ledger of them
 */
TnLedger *
tn_ledger_new (GPtrArray *decisions)
{
  TnLedger *ledger = g_atomic_rc_box_new0 (TnLedger);
  ledger->sorted = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_decision_unref);
  ledger->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  ledger->replaced = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; decisions != NULL && i < decisions->len; i++)
    {
      TnDecision *decision = g_ptr_array_index (decisions, i);
      if (g_hash_table_contains (ledger->by_id, decision->id))
        continue;
      g_hash_table_insert (ledger->by_id, decision->id, decision);
      g_ptr_array_add (ledger->sorted, tn_decision_ref (decision));
    }
  g_ptr_array_sort (ledger->sorted, compare_entries);
  index_entries (ledger);
  return ledger;
}

TnLedger *
tn_ledger_ref (const TnLedger *ledger)
{
  return g_atomic_rc_box_acquire ((TnLedger *) ledger);
}

static void
ledger_clear (TnLedger *ledger)
{
  g_ptr_array_unref (ledger->by_event);
  g_hash_table_unref (ledger->replaced);
  g_hash_table_unref (ledger->by_id);
  g_ptr_array_unref (ledger->sorted);
}

void
tn_ledger_unref (TnLedger *ledger)
{
  if (ledger != NULL)
    g_atomic_rc_box_release_full (ledger, (GDestroyNotify) ledger_clear);
}

/**
 * tn_ledger_with:
 * @more: (element-type TnDecision): entries to add
 *
 * Returns: (transfer full): a ledger that has those of @ledger and @more
 */
TnLedger *
tn_ledger_with (const TnLedger *ledger, GPtrArray *more)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  for (guint i = 0; i < ledger->sorted->len; i++)
    g_ptr_array_add (all, g_ptr_array_index (ledger->sorted, i));
  for (guint i = 0; i < more->len; i++)
    g_ptr_array_add (all, g_ptr_array_index (more, i));
  return tn_ledger_new (all);
}

guint
tn_ledger_get_size (const TnLedger *ledger)
{
  return ledger->sorted->len;
}

const TnDecision *
tn_ledger_get (const TnLedger *ledger, guint index)
{
  return g_ptr_array_index (ledger->sorted, index);
}

/**
 * tn_ledger_find_id:
 *
 * Returns: (transfer none) (nullable): the entry @id
 */
const TnDecision *
tn_ledger_find_id (const TnLedger *ledger, const char *id)
{
  return g_hash_table_lookup (ledger->by_id, id);
}

/**
 * tn_ledger_is_in_force:
 *
 * Returns: %TRUE when no other entry on the same subject replaces or outranks @decision
 */
gboolean
tn_ledger_is_in_force (const TnLedger *ledger, const TnDecision *decision)
{
  if (g_hash_table_contains (ledger->replaced, decision->id))
    return FALSE;
  guint first = find_event (ledger, decision->collaboration, decision->series, decision->cycle);
  guint end
      = find_event_end (ledger, first, decision->collaboration, decision->series, decision->cycle);
  for (guint i = first; i < end; i++)
    {
      const TnDecision *other = g_ptr_array_index (ledger->by_event, i);
      if (tn_decision_is_same_subject (other, decision)
          && !g_hash_table_contains (ledger->replaced, other->id)
          && tn_decision_compare (other, decision) > 0)
        return FALSE;
    }
  return TRUE;
}

/**
 * tn_ledger_find_last:
 * @kinds: mask of (1 << TnDecisionKind)
 * @site: (nullable)
 * @milestone: (nullable)
 *
 * Returns: (transfer none) (nullable): of the decisions of any of @kinds in force for the event the
 *   last one
 */
const TnDecision *
tn_ledger_find_last (const TnLedger *ledger, guint kinds, const char *collaboration,
                     const char *series, const char *cycle, const char *site, const char *milestone)
{
  guint first = find_event (ledger, collaboration, series, cycle);
  for (guint i = find_event_end (ledger, first, collaboration, series, cycle); i > first; i--)
    {
      const TnDecision *decision = g_ptr_array_index (ledger->by_event, i - 1);
      if ((kinds & (1u << decision->kind)) != 0 && g_strcmp0 (decision->site, site) == 0
          && g_strcmp0 (decision->milestone, milestone) == 0
          && !g_hash_table_contains (ledger->replaced, decision->id))
        return decision;
    }
  return NULL;
}

/**
 * tn_ledger_find:
 * @site: (nullable)
 * @milestone: (nullable)
 *
 * Returns: (transfer none) (nullable): the decision of @kind in force for the event
 */
const TnDecision *
tn_ledger_find (const TnLedger *ledger, TnDecisionKind kind, const char *collaboration,
                const char *series, const char *cycle, const char *site, const char *milestone)
{
  return tn_ledger_find_last (ledger, 1u << kind, collaboration, series, cycle, site, milestone);
}

/**
 * tn_ledger_succeed:
 *
 * Returns: (transfer full): @decision as the successor of the entry on its subject that is in
 *   force: it says that it knew that one, so that no order of dates and hashes puts it behind
 */
TnDecision *
tn_ledger_succeed (const TnLedger *ledger, const TnDecision *decision)
{
  guint first = find_event (ledger, decision->collaboration, decision->series, decision->cycle);
  guint end
      = find_event_end (ledger, first, decision->collaboration, decision->series, decision->cycle);
  TnDecisionDraft draft = tn_decision_to_draft (decision);
  for (guint i = first; i < end; i++)
    {
      const TnDecision *old = g_ptr_array_index (ledger->by_event, i);
      if (tn_decision_is_same_subject (old, decision) && tn_ledger_is_in_force (ledger, old))
        draft.replaces = old->id;
    }
  return tn_decision_new (&draft);
}

/**
 * tn_ledger_list_series:
 * @series: (nullable): %NULL for decisions on the whole collaboration (join, leave)
 *
 * Returns: (transfer container) (element-type TnDecision): those in force, by date, then id
 */
GPtrArray *
tn_ledger_list_series (const TnLedger *ledger, const char *collaboration, const char *series)
{
  GPtrArray *list = g_ptr_array_new ();
  for (guint i = find_event (ledger, collaboration, series, NULL); i < ledger->by_event->len; i++)
    {
      TnDecision *decision = g_ptr_array_index (ledger->by_event, i);
      if (g_strcmp0 (decision->collaboration, collaboration) != 0
          || g_strcmp0 (decision->series, series) != 0)
        break;
      if (tn_ledger_is_in_force (ledger, decision))
        g_ptr_array_add (list, decision);
    }
  g_ptr_array_sort (list, compare_entries);
  return list;
}
