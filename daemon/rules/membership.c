/* Membership over time: the charter's periods and the ledger's joining and leaving on one line of
 * changes for each council. What holds on a day is the last change on or before it, in whatever
 * order people heard of them. */
#include "rules/membership.h"

#include "rules/entry.h"

#include <string.h>

struct _TnMembership
{
  GHashTable *spans; /* (owned) (element-type utf8 GArray) council id to TnSpan, sorted; ids of the
                        collaboration, which outlives us */
};

typedef struct
{
  TnDate since;
  gboolean joins;
  const TnDecision *decision; /* (unowned) (nullable) %NULL: the charter */
} Change;

static int
compare_changes (gconstpointer a, gconstpointer b)
{
  const Change *x = a;
  const Change *y = b;
  if (x->since != y->since)
    return x->since < y->since ? -1 : 1;
  if (x->decision != NULL && y->decision != NULL)
    return tn_decision_compare (x->decision, y->decision);
  if (x->decision != y->decision)
    return x->decision == NULL ? -1 : 1;
  return x->joins - y->joins;
}

static void
add_charter_changes (GArray *changes, const TnCouncil *council)
{
  for (guint i = 0; i < council->memberships->len; i++)
    {
      TnSpan span = g_array_index (council->memberships, TnSpan, i);
      Change from = { span.start, TRUE, NULL };
      Change to = { span.end, FALSE, NULL };
      g_array_append_val (changes, from);
      g_array_append_val (changes, to);
    }
}

static void
add_decided_changes (GArray *changes, const TnCouncil *council, GPtrArray *decisions)
{
  for (guint i = 0; i < decisions->len; i++)
    {
      const TnDecision *decision = g_ptr_array_index (decisions, i);
      gboolean joins = decision->kind == TN_DECISION_JOIN;
      if ((!joins && decision->kind != TN_DECISION_LEAVE) || decision->council == NULL
          || tn_entry_is_taken_back (decision))
        continue;
      if (strcmp (decision->council, council->id) != 0
          && !g_strv_contains ((const char *const *) council->was, decision->council))
        continue;
      TnDate since = decision->since != TN_DATE_NONE ? decision->since : decision->on;
      Change change = { since, joins, decision };
      g_array_append_val (changes, change);
    }
}

static GArray *
fold_changes (GArray *changes, TnDate frozen_from)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (TnSpan));
  TnSpan open = { 0, 0 };
  gboolean is_member = FALSE;
  g_array_sort (changes, compare_changes);
  for (guint i = 0; i < changes->len; i++)
    {
      const Change *change = &g_array_index (changes, Change, i);
      if (frozen_from != TN_DATE_NONE && change->since > frozen_from)
        break;
      if (change->joins && !is_member)
        open.start = change->since;
      else if (!change->joins && is_member)
        {
          open.end = change->since;
          g_array_append_val (spans, open);
        }
      is_member = change->joins;
    }
  open.end = TN_SPAN_ALWAYS.end;
  if (is_member)
    g_array_append_val (spans, open);
  return spans;
}

/**
 * tn_membership_new:
 * @collaboration: must outlive it
 * @frozen_from: membership stays for ever as it is on this day; %TN_DATE_NONE not to
 *
 * Returns: (transfer full): who is a member when
 */
TnMembership *
tn_membership_new (const TnCollaboration *collaboration, const TnLedger *ledger, TnDate frozen_from)
{
  TnMembership *membership = g_new0 (TnMembership, 1);
  membership->spans
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_array_unref);
  g_autoptr (GPtrArray) decisions = tn_ledger_list_series (ledger, collaboration->id, NULL);
  for (guint i = 0; i < collaboration->councils->len; i++)
    {
      const TnCouncil *council = g_ptr_array_index (collaboration->councils, i);
      g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (Change));
      add_charter_changes (changes, council);
      add_decided_changes (changes, council, decisions);
      g_hash_table_insert (membership->spans, council->id, fold_changes (changes, frozen_from));
    }
  return membership;
}

void
tn_membership_free (TnMembership *membership)
{
  if (membership == NULL)
    return;
  g_hash_table_unref (membership->spans);
  g_free (membership);
}

/**
 * tn_membership_has:
 * @council: its present id
 *
 * Returns: %TRUE when @council is a member on every day of @span
 */
gboolean
tn_membership_has (const TnMembership *membership, const char *council, TnSpan span)
{
  GArray *spans = g_hash_table_lookup (membership->spans, council);
  for (guint i = 0; spans != NULL && i < spans->len; i++)
    if (tn_span_contains_span (g_array_index (spans, TnSpan, i), span))
      return TRUE;
  return FALSE;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/**
 * tn_membership_list:
 *
 * Returns: (transfer full): ids of those who are members on every day of @span, in their order
 */
char **
tn_membership_list (const TnMembership *membership, TnSpan span)
{
  GPtrArray *ids = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer id = NULL;
  g_hash_table_iter_init (&iter, membership->spans);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (tn_membership_has (membership, id, span))
      g_ptr_array_add (ids, g_strdup (id));
  g_ptr_array_sort (ids, compare_ids);
  g_ptr_array_add (ids, NULL);
  return (char **) g_ptr_array_free (ids, FALSE);
}
