/* turnusctl calendars: where the plan is kept, and how the daemon gets in there. */
#include "base/error.h"
#include "base/log.h"
#include "ctl/answer.h"
#include "ctl/bus.h"
#include "ctl/command.h"
#include "ctl/offer.h"
#include "ctl/sign-in.h"
#include "ctl/table.h"
#include "model/catalogue.h"

#include <string.h>

static int
list (TnCall *call)
{
  static const char *const headings[]
      = { N_ ("CALENDAR"), N_ ("PROVIDER"), N_ ("OF"), N_ ("MODE"), N_ ("STATE"), NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = tn_bus_ask (call, "Status", NULL, &error);
  if (answer == NULL)
    return tn_call_fail (call, error);
  JsonObject *status = json_node_get_object (answer);
  JsonNode *all = json_object_get_member (status, "calendars");
  JsonArray *calendars = json_node_get_array (all);
  g_autoptr (TnTable) table = tn_table_new_in (call->language, headings);
  tn_table_keep_whole (table, 0);
  tn_table_let_judge (table, 4);
  for (guint i = 0; i < json_array_get_length (calendars); i++)
    {
      JsonObject *calendar = json_array_get_object_element (calendars, i);
      const char *council = tn_answer_get (calendar, "council");
      tn_table_add (table, tn_answer_get (calendar, "id"), tn_answer_get (calendar, "provider"),
                    council != NULL ? council : "all", tn_answer_get (calendar, "mode"),
                    tn_answer_get (calendar, "state"), NULL);
    }
  if (tn_call_wants_json (call))
    tn_call_print_json (call, all);
  else
    tn_table_print (table, call->out);
  return tn_answer_find_exit (status);
}

static int
discover (TnCall *call, const char *what)
{
  g_autoptr (GError) error = NULL;
  gboolean is_url = strstr (what, "://") != NULL;
  g_autoptr (JsonNode) answer
      = is_url ? tn_offer_ask (call, what, &error)
               : tn_bus_ask (call, "Discover", g_variant_new ("(s)", what), &error);
  if (answer == NULL)
    {
      g_prefix_error (&error, "cannot find out what the account of %s offers: ", what);
      return tn_call_fail (call, error);
    }
  if (tn_call_wants_json (call))
    tn_call_print_json (call, answer);
  else
    tn_offer_print (call, json_node_get_array (answer), is_url ? NULL : what);
  return TN_EXIT_DONE;
}

static gboolean
login_by_daemon (TnCall *call, const char *calendar, GError **error)
{
  g_autoptr (JsonNode) shown = tn_bus_ask (call, "Login", g_variant_new ("(s)", calendar), error);
  if (shown == NULL)
    return FALSE;
  JsonObject *where = json_node_get_object (shown);
  tn_sign_in_print_code (call, tn_answer_get (where, "url"), tn_answer_get (where, "code"),
                         json_object_get_int_member (where, "lifetime_s"));
  g_autoptr (JsonNode) done = tn_bus_ask (call, "LoggedIn", g_variant_new ("(s)", calendar), error);
  if (done == NULL)
    return FALSE;
  const char *const one[] = { calendar, NULL };
  g_autoptr (JsonNode) report = tn_bus_ask (call, "Sync", g_variant_new ("(^as)", one), NULL);
  return TRUE;
}

/* The daemon does it while it runs, for it holds the state; without it, this program. */
static int
login (TnCall *call, const char *calendar)
{
  g_autoptr (GError) error = NULL;
  gboolean done = tn_bus_has_daemon (call) ? login_by_daemon (call, calendar, &error)
                                           : tn_sign_in_run (call, calendar, &error);
  if (!done)
    {
      g_prefix_error (&error, "cannot log calendar %s in: ", calendar);
      return tn_call_fail (call, error);
    }
  if (!tn_call_wants_json (call))
    tn_call_print (call, tn_say (call->language, "calendar %s is logged in\n"), calendar);
  else
    tn_call_print (call, "{ \"logged_in\": true }\n");
  return TN_EXIT_DONE;
}

static void
print_found (TnCall *call, JsonArray *found)
{
  static const char *const headings[] = { N_ ("EVENT"), N_ ("BY"), N_ ("ITEM"), NULL };
  g_autoptr (TnTable) table = tn_table_new_in (call->language, headings);
  for (guint i = 0; i < json_array_get_length (found); i++)
    {
      JsonObject *finding = json_array_get_object_element (found, i);
      JsonArray *items = json_object_get_array_member (finding, "items");
      guint n = json_array_get_length (items);
      for (guint k = 0; k < n; k++)
        {
          g_autofree char *item = tn_log_make_safe (json_array_get_string_element (items, k));
          g_autofree char *shown = n > 1 ? g_strconcat ("? ", item, NULL) : g_strdup (item);
          tn_table_add (table, tn_answer_get (finding, "reference"), tn_answer_get (finding, "by"),
                        shown, NULL);
        }
    }
  tn_table_print (table, call->out);
}

static void
print_rebinding (TnCall *call, const char *calendar, JsonObject *told)
{
  JsonArray *missing = json_object_get_array_member (told, "missing");
  gint64 n_questions = json_object_get_int_member (told, "questions");
  print_found (call, json_object_get_array_member (told, "found"));
  for (guint i = 0; i < json_array_get_length (missing); i++)
    tn_call_print (call, tn_say (call->language, "not there: %s\n"),
                   json_array_get_string_element (missing, i));
  if (json_object_get_boolean_member (told, "done"))
    tn_call_print (
        call, tn_say (call->language, "calendar %s is bound anew; nothing was written to it\n"),
        calendar);
  else if (n_questions > 0)
    tn_call_print (
        call,
        tn_say_count (call->language,
                      "%lu event may be more than one item (?): say which with "
                      "--take EVENT=ITEM, or --take EVENT= for none; nothing is done yet\n",
                      "%lu events may be more than one item (?): say which with "
                      "--take EVENT=ITEM, or --take EVENT= for none; nothing is done yet\n",
                      (gulong) n_questions),
        (gulong) n_questions);
  else
    tn_call_print (call,
                   tn_say (call->language,
                           "nothing is done yet: turnusctl calendars rebind %s --yes does it\n"),
                   calendar);
}

static int
rebind (TnCall *call, const char *calendar)
{
  static const char *const none[] = { NULL };
  g_autoptr (GError) error = NULL;
  const char *const *answers = tn_call_list_option (call, "take");
  g_autoptr (JsonNode) answer
      = tn_bus_ask (call, "Rebind",
                    g_variant_new ("(s^asb)", calendar, answers != NULL ? answers : none,
                                   tn_call_has_option (call, "yes")),
                    &error);
  if (answer == NULL)
    {
      g_prefix_error (&error, "cannot bind calendar %s anew: ", calendar);
      return tn_call_fail (call, error);
    }
  JsonObject *told = json_node_get_object (answer);
  if (tn_call_wants_json (call))
    tn_call_print_json (call, answer);
  else
    print_rebinding (call, calendar, told);
  return json_object_get_boolean_member (told, "done") ? TN_EXIT_DONE : TN_EXIT_WAITS;
}

static int
run (TnCall *call)
{
  const char *verb = call->n_words > 0 ? call->words[0] : NULL;
  if (verb == NULL)
    return list (call);
  if (call->n_words == 2 && strcmp (verb, "discover") == 0)
    return discover (call, call->words[1]);
  if (call->n_words == 2 && strcmp (verb, "login") == 0)
    return login (call, call->words[1]);
  if (call->n_words == 2 && strcmp (verb, "rebind") == 0)
    return rebind (call, call->words[1]);
  g_autoptr (GError) error
      = g_error_new (TN_ERROR, TN_ERROR_INVALID,
                     "it goes `turnusctl calendars`, `turnusctl calendars discover URL|CALENDAR`, "
                     "`turnusctl calendars login CALENDAR` or `turnusctl calendars rebind "
                     "CALENDAR`");
  return tn_call_fail (call, error);
}

static const TnOption OPTIONS[] = {
  { "user", "NAME", N_ ("discover URL: who logs in"), 'u', FALSE },
  { "password-file", "FILE", N_ ("discover URL: where the password is; nobody else may read it"), 0,
    FALSE },
  { "provider", "NAME", N_ ("discover URL: another provider than caldav"), 0, FALSE },
  { "with", "KEY=VALUE", N_ ("discover URL: a setting of the provider, like protocol=ews"), 0,
    TRUE },
  { "take", "EVENT=ITEM", N_ ("rebind: this item is the event; EVENT= for none of them"), 0, TRUE },
  { "yes", NULL, N_ ("rebind: do it"), 'y', FALSE },
  { NULL, NULL, NULL, 0, FALSE },
};

const TnCommand tn_cmd_calendars = {
  .name = "calendars",
  .topic = TN_TOPIC_BEGIN,
  .see_also = "status doctor",
  .arguments = "[discover URL|CALENDAR | login CALENDAR | rebind CALENDAR]",
  .summary = N_ ("the calendars; what an account offers; log one in; bind one anew"),
  .help
  = N_ ("Lists the calendars of the settings: provider, whose it is, mode and state.\n\n"
        "discover asks an account which calendars it offers, and says the line to put into\n"
        "turnus.conf. Of a CALENDAR of the settings the daemon asks, with its login; a URL\n"
        "(of a host, an account or a calendar) is asked by this program, with --user and\n"
        "--password-file. Another provider than caldav, and what it wants to know, is said with\n"
        "--provider and --with. An account with oauth or Kerberos is put into the settings first,\n"
        "and asked as CALENDAR. Nothing is written.\n\n"
        "login is for calendars with oauth that a person logs in to: it shows where to type which\n"
        "code, waits for it, and keeps the token. Where the daemon logs in as itself, with a\n"
        "secret or certificate, it says until when. A running daemon does it and goes on with the "
        "calendar; without\n"
        "one this program does it, as the owner of the state folder.\n\n"
        "rebind is for a calendar that moved to another system: it finds the known events by\n"
        "key, by UID and by the reference in their text, and lists them. With --yes it binds the\n"
        "calendar anew, once --take has answered which item an event is where there are two.\n"
        "Nothing is written; what was changed meanwhile is judged at the next pass. Ends with 3\n"
        "until it is done.\n\n"
        "Example\n"
        "  turnusctl calendars discover https://dav.example.org/ --user turnus "
        "--password-file dav.pw"),
  .needs_daemon = TRUE,
  .n_max_words = 2,
  .options = OPTIONS,
  .run = run,
};
