/* turnusctl status: how each calendar is, and what a person must do. */
#include "ctl/answer.h"
#include "ctl/bus.h"
#include "ctl/command.h"
#include "ctl/table.h"
#include "model/catalogue.h"

#include <string.h>

static char *
format_next (const TnCall *call, JsonObject *calendar)
{
  if (json_object_get_null_member (calendar, "next_in_s"))
    return g_strdup ("-");
  gint64 next_s = json_object_get_int_member (calendar, "next_in_s");
  return next_s < 120
             ? g_strdup_printf (tn_say (call->language, "in %lu s"), (gulong) next_s)
             : g_strdup_printf (tn_say (call->language, "in %lu min"), (gulong) next_s / 60);
}

static void
print_calendars (const TnCall *call, JsonArray *calendars)
{
  static const char *const headings[]
      = { N_ ("CALENDAR"), N_ ("OF"),   N_ ("STATE"),   N_ ("LAST GOOD"),
          N_ ("NEXT"),     N_ ("MODE"), N_ ("WAITING"), NULL };
  g_autoptr (TnTable) table = tn_table_new_in (call->language, headings);
  tn_table_keep_whole (table, 0);
  tn_table_let_judge (table, 2);
  for (guint i = 0; i < json_array_get_length (calendars); i++)
    {
      JsonObject *calendar = json_array_get_object_element (calendars, i);
      const char *council = tn_answer_get (calendar, "council");
      g_autofree char *last = tn_answer_dup_time (calendar, "last_good");
      g_autofree char *next = format_next (call, calendar);
      g_autofree char *waiting = g_strdup_printf ("%u", tn_answer_count (calendar, "waiting"));
      tn_table_add (table, tn_answer_get (calendar, "id"),
                    council != NULL ? council : tn_say_code (call->language, "all"),
                    tn_say_code (call->language, tn_answer_get (calendar, "state")),
                    *last != '\0' ? last : tn_say_code (call->language, "never"), next,
                    tn_answer_get (calendar, "mode"), waiting, NULL);
    }
  tn_table_print (table, call->out);
}

static void
print_problem (const TnCall *call, JsonObject *calendar)
{
  g_autofree char *problem = tn_answer_dup_told (call, calendar, "problem");
  g_autofree char *advice = tn_answer_dup_told (call, calendar, "advice");
  tn_call_print (call, "\n%s: %s\n", tn_answer_get (calendar, "id"), problem);
  if (*advice != '\0')
    tn_call_print (call, tn_say (call->language, "  to do: %s\n"), advice);
}

static void
print_troubles (const TnCall *call, JsonArray *calendars)
{
  for (guint i = 0; i < json_array_get_length (calendars); i++)
    {
      JsonObject *calendar = json_array_get_object_element (calendars, i);
      const char *id = tn_answer_get (calendar, "id");
      gint64 n_unreadable = json_object_get_int_member (calendar, "n_unreadable");
      if (tn_answer_is_failing (calendar))
        print_problem (call, calendar);
      if (n_unreadable == 0)
        continue;
      JsonArray *unreadable = json_object_get_array_member (calendar, "unreadable");
      JsonObject *first = json_array_get_object_element (unreadable, 0);
      g_autofree char *item = tn_answer_dup_shown (first, "item");
      g_autofree char *problem = tn_answer_dup_told (call, first, "problem");
      tn_call_print (call,
                     tn_say_count (call->language,
                                   "\n%s: %lu entry cannot be read and is left alone, %s: %s\n",
                                   "\n%s: %lu entries cannot be read and are left alone; the "
                                   "first, %s: %s\n",
                                   (gulong) n_unreadable),
                     id, (gulong) n_unreadable, item, problem);
    }
}

static int
run (TnCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = tn_bus_ask (call, "Status", NULL, &error);
  if (answer == NULL)
    return tn_call_fail (call, error);
  JsonObject *status = json_node_get_object (answer);
  JsonArray *calendars = json_object_get_array_member (status, "calendars");
  if (tn_call_wants_json (call))
    {
      tn_call_print_json (call, answer);
      return tn_answer_find_exit (status);
    }
  print_calendars (call, calendars);
  print_troubles (call, calendars);
  if (tn_answer_get (status, "settings") != NULL)
    tn_call_print (call,
                   tn_say (call->language,
                           "\nthe settings on disk are faulty, the old ones are in force:\n%s\n"),
                   tn_answer_get (status, "settings"));
  if (tn_answer_get (status, "store") != NULL)
    tn_call_print (call, tn_say (call->language, "\nthe daemon's memory: %s\n"),
                   tn_answer_get (status, "store"));
  tn_answer_print_waiting (call, status);
  return tn_answer_find_exit (status);
}

const TnCommand tn_cmd_status = {
  .name = "status",
  .topic = TN_TOPIC_CALENDARS,
  .see_also = "sync plan doctor proposals",
  .arguments = "",
  .summary = N_ ("how each calendar is, and what waits for a person"),
  .help
  = N_ ("Shows each calendar with its state, and below, what only a person can settle, with what\n"
        "to do. The states: `ok`; `new` (no pass yet); `degraded` (out of reach, busy or full: it\n"
        "is tried again); `read-only` (it cannot be written to any more); `needs login` (the\n"
        "server does not let turnus in); `on hold` (stopped until a person looks); `failing`\n"
        "(anything else that goes wrong); `refused` (it cannot be opened). What is to be written\n"
        "waits, and the other calendars go on.\n\n"
        "Ends with 1 when a calendar fails, with 3 when something waits.\n\n"
        "Example\n"
        "  turnusctl status --config turnus.conf"),
  .needs_daemon = TRUE,
  .for_each_council = TRUE,
  .run = run,
};
