/* Facts as values. Their keys and values are stored for years and compared byte by byte: ids, days
 * and words of ours, never a title, a place or a text. */
#include "notice/fact.h"

#include <string.h>

static const char *const NAMES[] = { "answer", "wish", "date", "turn", "duty", "calendar", "end" };

/**
 * tn_fact_dup_scope:
 * @council: (nullable)
 *
 * Returns: (transfer full): the beginning of all keys that are told to a council, or to the admin;
 *   no id of a council is `*`
 */
char *
tn_fact_dup_scope (const char *council)
{
  return g_strdup_printf ("%s ", council != NULL ? council : "*");
}

/**
 * tn_fact_new:
 * @council: (nullable) (unowned): who is told
 * @about: of what it is, within its kind
 *
 * Returns: (transfer full)
 */
TnFact *
tn_fact_new (TnFactKind kind, const char *council, const char *about, const char *value)
{
  g_autofree char *scope = tn_fact_dup_scope (council);
  TnFact *fact = g_new0 (TnFact, 1);
  fact->kind = kind;
  fact->council = council;
  fact->key = g_strdup_printf ("%s%s %s", scope, NAMES[kind], about);
  fact->value = g_strdup (value);
  fact->end = TN_DATE_NONE;
  return fact;
}

void
tn_fact_free (TnFact *fact)
{
  if (fact == NULL)
    return;
  g_free (fact->key);
  g_free (fact->value);
  g_strfreev (fact->deciders);
  g_free (fact);
}

static const char *
find_status (const TnOccurrence *occurrence)
{
  if (occurrence->is_postponed)
    return "postponed";
  if (occurrence->status != TN_STATUS_CANCELLED && !occurrence->is_placed)
    return "open";
  return tn_status_to_string (occurrence->status);
}

/**
 * tn_fact_dup_date_value:
 *
 * Returns: (transfer full): `confirmed 2027-05-18`
 */
char *
tn_fact_dup_date_value (const TnOccurrence *occurrence)
{
  g_autofree char *when = tn_when_to_string (&occurrence->when);
  return g_strdup_printf ("%s %s", find_status (occurrence), when);
}

/**
 * tn_fact_parse_date_value:
 * @ret_status: (out) (transfer full): untouched on failure, as @ret_when
 *
 * Returns: %TRUE when @value is one of tn_fact_dup_date_value()
 */
gboolean
tn_fact_parse_date_value (const char *value, char **ret_status, TnWhen *ret_when)
{
  const char *blank = strchr (value, ' ');
  if (blank == NULL || !tn_when_parse (blank + 1, ret_when, NULL))
    return FALSE;
  *ret_status = g_strndup (value, (gsize) (blank - value));
  return TRUE;
}
