/* turnusctl plan: what a pass would do, and what it would wait for; no calendar is written. */
#include "ctl/answer.h"
#include "ctl/bus.h"
#include "ctl/command.h"
#include "ctl/delivery.h"

#include "base/log.h"
#include "model/catalogue.h"

#include <string.h>

/* What one calendar's plan says in numbers. */
typedef struct
{
  guint n_changes;
  guint n_waiting;
} Count;

static gboolean
is_waiting (JsonObject *change)
{
  const char *sign = tn_answer_get (change, "sign");
  return json_object_get_boolean_member (change, "held") || strcmp (sign, "?") == 0
         || strcmp (sign, "!") == 0;
}

/* `! + …` is an addition that waits. */
static void
print_change (const TnCall *call, JsonObject *change)
{
  g_autofree char *label = tn_answer_dup_shown (change, "label");
  const char *sign = tn_answer_get (change, "sign");
  gboolean held = json_object_get_boolean_member (change, "held");
  tn_call_print (call, "  %s%s %s\n", held ? "! " : "", sign, label);
  tn_answer_print_fields (call, change, "        ");
}

/* A reason is said once, below those that it holds for. */
static gboolean
is_last_of_reason (JsonArray *changes, guint place)
{
  JsonObject *change = json_array_get_object_element (changes, place);
  const char *why = tn_answer_get (change, "why");
  if (why == NULL)
    return FALSE;
  if (place + 1 == json_array_get_length (changes))
    return TRUE;
  JsonObject *next = json_array_get_object_element (changes, place + 1);
  return g_strcmp0 (why, tn_answer_get (next, "why")) != 0;
}

static Count
print_changes (const TnCall *call, JsonArray *changes)
{
  Count count = { 0 };
  for (guint i = 0; i < json_array_get_length (changes); i++)
    {
      JsonObject *change = json_array_get_object_element (changes, i);
      count.n_changes++;
      count.n_waiting += is_waiting (change) ? 1 : 0;
      print_change (call, change);
      if (is_last_of_reason (changes, i))
        {
          g_autofree char *why = tn_answer_dup_told (call, change, "why");
          tn_call_print (call, "      %s\n", why);
        }
    }
  return count;
}

static Count
print_calendar (const TnCall *call, JsonObject *calendar)
{
  gint64 n_edits = json_object_get_int_member (calendar, "decisions")
                   + json_object_get_int_member (calendar, "proposals");
  gboolean has_problem = tn_answer_get (calendar, "problem") != NULL;
  gboolean has_hold = tn_answer_get (calendar, "hold_text") != NULL;
  g_autofree char *problem = tn_answer_dup_told (call, calendar, "problem");
  g_autofree char *hold = tn_answer_dup_told (call, calendar, "hold_text");
  tn_call_print (call, "%s\n", tn_answer_get (calendar, "calendar"));
  if (json_object_get_boolean_member (calendar, "new_rulebook"))
    tn_call_print (
        call, tn_say (call->language, "  with the new edition that waits for turnusctl apply:\n"));
  Count count = print_changes (call, json_object_get_array_member (calendar, "changes"));
  if (n_edits > 0)
    tn_call_print (call,
                   tn_say_count (call->language, "  %lu change made there would be taken up\n",
                                 "  %lu changes made there would be taken up\n", (gulong) n_edits),
                   (gulong) n_edits);
  if (has_problem)
    tn_call_print (call, tn_say (call->language, "  cannot be read: %s\n"), problem);
  else if (has_hold)
    tn_call_print (call, tn_say (call->language, "  on hold: %s\n"), hold);
  else if (count.n_changes == 0 && n_edits == 0)
    tn_call_print (call, tn_say (call->language, "  in step\n"));
  count.n_waiting += has_hold ? 1 : 0;
  return count;
}

static int
find_exit (JsonArray *calendars)
{
  int code = TN_EXIT_DONE;
  for (guint i = 0; i < json_array_get_length (calendars); i++)
    {
      JsonObject *calendar = json_array_get_object_element (calendars, i);
      JsonArray *changes = json_object_get_array_member (calendar, "changes");
      if (tn_answer_get (calendar, "problem") != NULL)
        return TN_EXIT_FAILED;
      if (tn_answer_get (calendar, "hold") != NULL
          || json_object_get_boolean_member (calendar, "new_rulebook"))
        code = TN_EXIT_WAITS;
      for (guint j = 0; j < json_array_get_length (changes); j++)
        if (is_waiting (json_array_get_object_element (changes, j)))
          code = TN_EXIT_WAITS;
    }
  return code;
}

static int
show (const TnCall *call, JsonArray *calendars)
{
  for (guint i = 0; i < json_array_get_length (calendars); i++)
    print_calendar (call, json_array_get_object_element (calendars, i));
  return find_exit (calendars);
}

/* A word with neither is the name of a calendar to `apply`. */
static const char *
find_lead (const char *path)
{
  return strpbrk (path, "./") == NULL ? "./" : "";
}

static int
keep (const TnCall *call, JsonNode *plan, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *pretty = json_to_string (plan, TRUE);
  g_autofree char *text = g_strconcat (pretty, "\n", NULL);
  if (!tn_delivery_hand_over (call, text, &error))
    return tn_call_fail (call, error);
  JsonArray *calendars = json_object_get_array_member (json_node_get_object (plan), "calendars");
  if (strcmp (path, "-") == 0)
    return find_exit (calendars);
  if (tn_call_wants_json (call))
    tn_call_print_json (call, plan);
  else
    tn_call_print (call,
                   tn_say (call->language,
                           "%s: the plan that follows; turnusctl apply %s%s does exactly that\n"),
                   path, find_lead (path), path);
  return tn_call_wants_json (call) ? find_exit (calendars) : show (call, calendars);
}

static int
run (TnCall *call)
{
  const char *path = tn_call_get_option (call, "output");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = tn_bus_ask (call, path != NULL ? "PlanFile" : "Plan",
                                            g_variant_new ("(^as)", call->words), &error);
  if (answer == NULL)
    return tn_call_fail (call, error);
  if (path != NULL)
    return keep (call, answer, path);
  JsonArray *calendars = json_node_get_array (answer);
  if (!tn_call_wants_json (call))
    return show (call, calendars);
  tn_call_print_json (call, answer);
  return find_exit (calendars);
}

static const TnOption OPTIONS[] = {
  { "output", "FILE", N_ ("keep the plan in this file, for turnusctl apply FILE"), 'o', FALSE },
  { NULL, NULL, NULL, 0, FALSE },
};

const TnCommand tn_cmd_plan = {
  .name = "plan",
  .topic = TN_TOPIC_CALENDARS,
  .see_also = "apply status claim",
  .arguments = "[CALENDAR…]",
  .summary = N_ ("what a pass would do: + add, ~ change, - remove, ? twin, ! waits"),
  .help
  = N_ ("Reads the calendars and shows what a pass would do there; nothing is written.\n"
        "  +  a new event              ~  a changed one, field by field\n"
        "  -  one that goes            ?  an entry made by hand that may be the same\n"
        "  !  waits for a person; `! +` is a new event that waits\n"
        "While a new edition of the charter waits, it shows what that would change.\n"
        "With -o the plan is kept in a file, with all that it stands on, and `turnusctl apply\n"
        "FILE` does exactly that later, or says what has moved since and writes nothing.\n\n"
        "Ends with 3 when something waits, with 1 when a calendar cannot be read.\n\n"
        "Example\n"
        "  turnusctl plan egen"),
  .needs_daemon = TRUE,
  .n_max_words = G_MAXUINT,
  .options = OPTIONS,
  .run = run,
};
