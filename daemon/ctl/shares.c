/* What a decision does to the fairness of a ring. */
#include "ctl/shares.h"

#include "ctl/answer.h"
#include "ctl/table.h"
#include "model/catalogue.h"

#include <string.h>

static char *
format_value (JsonObject *fairness, const char *name)
{
  JsonNode *value = json_object_get_member (fairness, name);
  if (value == NULL || JSON_NODE_HOLDS_NULL (value))
    return g_strdup ("-");
  return json_node_get_value_type (value) == G_TYPE_STRING
             ? json_node_dup_string (value)
             : g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (value));
}

/* `1`, or `1 → 2` where the decision changes it. */
static char *
format_count (JsonObject *share, const char *name)
{
  g_autofree char *before = format_value (json_object_get_object_member (share, "before"), name);
  g_autofree char *after = format_value (json_object_get_object_member (share, "after"), name);
  return strcmp (before, after) == 0 ? g_strdup (before)
                                     : g_strdup_printf ("%s → %s", before, after);
}

static void
add_share (TnTable *table, JsonObject *share)
{
  g_autofree char *held = format_count (share, "held");
  g_autofree char *planned = format_count (share, "planned");
  g_autofree char *given = format_count (share, "given");
  g_autofree char *taken = format_count (share, "taken");
  g_autofree char *skipped = format_count (share, "skipped");
  g_autofree char *since = format_count (share, "years_since");
  g_autofree char *next = format_count (share, "next");
  tn_table_add (table, tn_answer_get (share, "council"), held, planned, given, taken, skipped,
                since, next, NULL);
}

static gboolean
is_same_ring (JsonObject *a, JsonObject *b)
{
  return strcmp (tn_answer_get (a, "series"), tn_answer_get (b, "series")) == 0
         && strcmp (tn_answer_get (a, "role"), tn_answer_get (b, "role")) == 0;
}

static void
print_ring (const TnCall *call, JsonArray *shares, guint first, guint end)
{
  static const char *const headings[]
      = { N_ ("COUNCIL"), N_ ("HELD"),        N_ ("PLANNED"), N_ ("GIVEN"), N_ ("TAKEN"),
          N_ ("SKIPPED"), N_ ("YEARS SINCE"), N_ ("NEXT"),    NULL };
  JsonObject *ring = json_array_get_object_element (shares, first);
  g_autoptr (TnTable) table = tn_table_new_in (call->language, headings);
  for (guint i = first; i < end; i++)
    add_share (table, json_array_get_object_element (shares, i));
  tn_call_print (
      call, tn_say (call->language, "\nfairness of the %s's turns of %s/%s, before → after\n\n"),
      tn_say_code (call->language, tn_answer_get (ring, "role")),
      tn_answer_get (ring, "collaboration"), tn_answer_get (ring, "series"));
  tn_table_print (table, call->out);
}

/**
 * tn_shares_print:
 * @shares: as the daemon gives them, those of one ring behind each other
 *
 * Prints how fair the turns of each ring are, before and after a decision.
 */
void
tn_shares_print (const TnCall *call, JsonArray *shares)
{
  guint n = json_array_get_length (shares);
  guint end = 0;
  for (guint first = 0; first < n; first = end)
    {
      JsonObject *ring = json_array_get_object_element (shares, first);
      for (end = first + 1;
           end < n && is_same_ring (ring, json_array_get_object_element (shares, end)); end++)
        ;
      print_ring (call, shares, first, end);
    }
}
