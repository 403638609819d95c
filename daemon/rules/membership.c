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
  GHashTable *changes; /* (owned) (element-type utf8 GArray) council id to Change, sorted; of those
                          about whom something was decided */
  TnDate frozen_from;
};

typedef struct
{
  TnDate since;
  gboolean joins;
  const TnDecision *decision; /* (unowned) (nullable) of the ledger; %NULL: the charter */
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

/* @known_by: what was decided on this day or later does not count; %TN_DATE_NONE: all does */
static GArray *
fold_changes (const GArray *changes, TnDate frozen_from, TnDate known_by)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (TnSpan));
  TnSpan open = { 0, 0 };
  gboolean is_member = FALSE;
  for (guint i = 0; i < changes->len; i++)
    {
      const Change *change = &g_array_index (changes, Change, i);
      if (frozen_from != TN_DATE_NONE && change->since > frozen_from)
        break;
      if (known_by != TN_DATE_NONE && change->decision != NULL && change->decision->on >= known_by)
        continue;
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
 * @ledger: likewise
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
  membership->changes
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_array_unref);
  membership->frozen_from = frozen_from;
  g_autoptr (GPtrArray) decisions = tn_ledger_list_series (ledger, collaboration->id, NULL);
  for (guint i = 0; i < collaboration->councils->len; i++)
    {
      const TnCouncil *council = g_ptr_array_index (collaboration->councils, i);
      g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (Change));
      add_charter_changes (changes, council);
      guint n_written = changes->len;
      add_decided_changes (changes, council, decisions);
      g_array_sort (changes, compare_changes);
      g_hash_table_insert (membership->spans, council->id,
                           fold_changes (changes, frozen_from, TN_DATE_NONE));
      if (changes->len > n_written)
        g_hash_table_insert (membership->changes, council->id, g_array_ref (changes));
    }
  return membership;
}

void
tn_membership_free (TnMembership *membership)
{
  if (membership == NULL)
    return;
  g_hash_table_unref (membership->spans);
  g_hash_table_unref (membership->changes);
  g_free (membership);
}

static gboolean
covers (const GArray *spans, TnSpan span)
{
  for (guint i = 0; spans != NULL && i < spans->len; i++)
    if (tn_span_contains_span (g_array_index (spans, TnSpan, i), span))
      return TRUE;
  return FALSE;
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
  return covers (g_hash_table_lookup (membership->spans, council), span);
}

/**
 * tn_membership_had:
 * @last_day: of what was held; %TN_DATE_NONE when that is not known
 *
 * Whoever leaves or joins shifts nobody's past: what was decided when it had been held is not for
 * the turn that was held.
 *
 * Returns: %TRUE when @council was a member on every day of @span, as it was known on @last_day
 */
gboolean
tn_membership_had (const TnMembership *membership, const char *council, TnSpan span,
                   TnDate last_day)
{
  const GArray *changes = g_hash_table_lookup (membership->changes, council);
  if (last_day == TN_DATE_NONE || changes == NULL)
    return tn_membership_has (membership, council, span);
  g_autoptr (GArray) spans = fold_changes (changes, membership->frozen_from, last_day);
  return covers (spans, span);
}

/**
 * tn_membership_is_decided:
 *
 * Returns: %TRUE when somebody joins or leaves by a decision
 */
gboolean
tn_membership_is_decided (const TnMembership *membership)
{
  return g_hash_table_size (membership->changes) > 0;
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
