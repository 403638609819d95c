/* Entries of the ledger as the rules look for them: under the id that a series has now and under
 * those that it had (`was`, design section 4). */
#include "rules/entry.h"

#include <string.h>

static gboolean
is_later (const TnDecision *decision, const TnDecision *than)
{
  return than == NULL || tn_decision_compare (decision, than) > 0;
}

/**
 * tn_entry_find:
 * @milestone: (nullable): id of one of its milestones
 *
 * Returns: (transfer none) (nullable): the decision of @kind in force for @occurrence
 */
const TnDecision *
tn_entry_find (const TnLedger *ledger, TnDecisionKind kind, const TnOccurrence *occurrence,
               const char *milestone)
{
  const TnSeries *series = occurrence->series;
  const TnDecision *best = tn_ledger_find (ledger, kind, occurrence->collaboration->id, series->id,
                                           occurrence->cycle_text, occurrence->site, milestone);
  for (gsize i = 0; series->was[i] != NULL; i++)
    {
      const TnDecision *old
          = tn_ledger_find (ledger, kind, occurrence->collaboration->id, series->was[i],
                            occurrence->cycle_text, occurrence->site, milestone);
      if (old != NULL && is_later (old, best))
        best = old;
    }
  return best;
}

/* A date many years from its cycle is a slip or worse; it would make one entry of somebody's
 * journal stretch every plan. */
static const int REACH_DAYS = 10 * 366;

/**
 * tn_entry_parse_when:
 * @cycle: what the decision is about
 * @decision: (nullable)
 * @ret_when: (out): untouched on failure
 *
 * Returns: %TRUE when @decision says a date that can be meant for @cycle
 */
gboolean
tn_entry_parse_when (const TnCycle *cycle, const TnDecision *decision, TnWhen *ret_when)
{
  TnWhen when = { 0 };
  if (decision == NULL || decision->value == NULL || !tn_when_parse (decision->value, &when, NULL))
    return FALSE;
  if (ABS (when.days.start - tn_cycle_get_span (cycle).start) > REACH_DAYS)
    return FALSE;
  *ret_when = when;
  return TRUE;
}

/**
 * tn_entry_find_last_day:
 *
 * Returns: the last day of what people or the rules have put into @cycle, as the ledger has it;
 *   %TN_DATE_NONE when it has no date there
 */
TnDate
tn_entry_find_last_day (const TnLedger *ledger, const TnCollaboration *collaboration,
                        const TnSeries *series, const TnCycle *cycle)
{
  static const TnDecisionKind kinds[] = { TN_DECISION_DATE, TN_DECISION_PLACED };
  g_autofree char *text = tn_cycle_to_string (cycle);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const TnDecision *found
          = tn_ledger_find (ledger, kinds[i], collaboration->id, series->id, text, NULL, NULL);
      for (gsize j = 0; found == NULL && series->was[j] != NULL; j++)
        found = tn_ledger_find (ledger, kinds[i], collaboration->id, series->was[j], text, NULL,
                                NULL);
      TnWhen when = { 0 };
      if (tn_entry_parse_when (cycle, found, &when))
        return when.days.end - 1;
    }
  return TN_DATE_NONE;
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  return tn_decision_compare (*(TnDecision *const *) a, *(TnDecision *const *) b);
}

/**
 * tn_entry_list:
 *
 * Returns: (transfer container) (element-type TnDecision): the decisions in force for @series, by
 *   date, then id
 */
GPtrArray *
tn_entry_list (const TnLedger *ledger, const TnCollaboration *collaboration, const TnSeries *series)
{
  GPtrArray *list = tn_ledger_list_series (ledger, collaboration->id, series->id);
  for (gsize i = 0; series->was[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) old = tn_ledger_list_series (ledger, collaboration->id, series->was[i]);
      for (guint j = 0; j < old->len; j++)
        g_ptr_array_add (list, g_ptr_array_index (old, j));
    }
  g_ptr_array_sort (list, compare_entries);
  return list;
}

/**
 * tn_entry_list_history:
 *
 * Returns: (transfer container) (element-type TnDecision): every entry on @series and on the whole
 *   collaboration, also those that later ones replaced, by date, then id
 */
GPtrArray *
tn_entry_list_history (const TnLedger *ledger, const TnCollaboration *collaboration,
                       const TnSeries *series)
{
  GPtrArray *list = g_ptr_array_new ();
  for (guint i = 0; i < tn_ledger_get_size (ledger); i++)
    {
      const TnDecision *decision = tn_ledger_get (ledger, i);
      if (g_strcmp0 (decision->collaboration, collaboration->id) == 0
          && (decision->series == NULL || strcmp (decision->series, series->id) == 0
              || g_strv_contains ((const char *const *) series->was, decision->series)))
        g_ptr_array_add (list, (gpointer) decision);
    }
  return list;
}

/**
 * tn_entry_is_taken_back:
 *
 * Returns: %TRUE when the entry says that what an earlier one settled does not hold
 */
gboolean
tn_entry_is_taken_back (const TnDecision *decision)
{
  return g_strcmp0 (decision->value, "no") == 0;
}

/**
 * tn_entry_dup_source:
 *
 * Returns: (transfer full): where the decision stands: `7by.conf:41` or `ledger 8f3a…`
 */
char *
tn_entry_dup_source (const TnDecision *decision)
{
  if (decision->source != NULL && g_str_has_prefix (decision->source, "charter "))
    return g_strdup (decision->source + strlen ("charter "));
  return g_strdup_printf ("ledger %s", decision->id);
}

/**
 * tn_entry_describe:
 *
 * Returns: (transfer full): `decided on 2022-11-01 by Randers as host (command anna): note`
 */
char *
tn_entry_describe (const TnDecision *decision, const TnCollaboration *collaboration)
{
  g_autofree char *on = tn_date_to_string (decision->on);
  GString *text = g_string_new (NULL);
  g_string_append_printf (text, "decided on %s", on);
  if (decision->by != NULL)
    g_string_append_printf (text, " by %s",
                            tn_collaboration_get_council_name (collaboration, decision->by));
  if (decision->kind == TN_DECISION_SWAP && decision->council != NULL)
    g_string_append_printf (text, " and %s",
                            tn_collaboration_get_council_name (collaboration, decision->council));
  if (decision->role != NULL)
    g_string_append_printf (text, " as %s", decision->role);
  if (decision->source != NULL)
    g_string_append_printf (text, " (%s)", decision->source);
  if (decision->minutes != NULL)
    g_string_append_printf (text, ", minuted in %s", decision->minutes);
  if (decision->note != NULL)
    g_string_append_printf (text, ": %s", decision->note);
  return g_string_free (text, FALSE);
}
