/* What follows from a decision: what changes in the plan, who is asked, and how fair it is. */
#include "ctl/outcome.h"

#include "ctl/answer.h"
#include "ctl/table.h"

#include <string.h>

static void
print_effects (const TnCall *call, JsonArray *effects)
{
  for (guint i = 0; i < json_array_get_length (effects); i++)
    {
      JsonObject *effect = json_array_get_object_element (effects, i);
      g_autofree char *title = tn_answer_dup_shown (effect, "title");
      g_autofree char *before = tn_answer_dup_shown (effect, "before");
      g_autofree char *after = tn_answer_dup_shown (effect, "after");
      tn_call_print (call, "  %s (%s) %s: \"%s\" → \"%s\"\n", tn_answer_get (effect, "reference"),
                     title, tn_answer_get (effect, "field"), before, after);
    }
  if (json_array_get_length (effects) == 0)
    tn_call_print (call, "  nothing changes in the plan\n");
}

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
      = { "COUNCIL", "HELD", "PLANNED", "GIVEN", "TAKEN", "SKIPPED", "YEARS SINCE", "NEXT", NULL };
  JsonObject *ring = json_array_get_object_element (shares, first);
  g_autoptr (TnTable) table = tn_table_new (headings);
  for (guint i = first; i < end; i++)
    add_share (table, json_array_get_object_element (shares, i));
  tn_call_print (call, "\nfairness of the %s's turns of %s/%s, before → after\n\n",
                 tn_answer_get (ring, "role"), tn_answer_get (ring, "collaboration"),
                 tn_answer_get (ring, "series"));
  tn_table_print (table, call->out);
}

static void
print_fairness (const TnCall *call, JsonArray *shares)
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

/**
 * tn_outcome_is_proposed:
 *
 * Returns: whether it waits for another council
 */
gboolean
tn_outcome_is_proposed (JsonObject *told)
{
  return !json_object_get_null_member (told, "proposal")
         && strcmp (tn_answer_get (json_object_get_object_member (told, "proposal"), "state"),
                    "open")
                == 0;
}

static void
print_proposed (const TnCall *call, JsonObject *proposal, gboolean dry_run)
{
  const char *id = tn_answer_get (proposal, "id");
  g_autofree char *deciders = tn_answer_join (json_object_get_array_member (proposal, "deciders"));
  if (dry_run)
    tn_call_print (call, "would be proposed to %s, and change (nothing is decided):\n", deciders);
  else
    tn_call_print (call,
                   "proposed to %s, who can say: turnusctl proposals accept %.8s, or reject "
                   "%.8s\nthen it changes:\n",
                   deciders, id, id);
}

static void
print_head (const TnCall *call, JsonObject *told, gboolean dry_run)
{
  JsonObject *decision = json_object_get_object_member (told, "decision");
  if (tn_outcome_is_proposed (told))
    print_proposed (call, json_object_get_object_member (told, "proposal"), dry_run);
  else if (dry_run)
    tn_call_print (call, "would change (nothing is decided):\n");
  else
    tn_call_print (call, "decided for %s, entry %s:\n", tn_answer_get (decision, "by"),
                   tn_answer_get (decision, "id"));
}

/**
 * tn_outcome_print:
 * @told: what `Decide` answered
 */
void
tn_outcome_print (const TnCall *call, JsonObject *told, gboolean dry_run)
{
  print_head (call, told, dry_run);
  print_effects (call, json_object_get_array_member (told, "effects"));
  if (dry_run)
    print_fairness (call, json_object_get_array_member (told, "fairness"));
}
