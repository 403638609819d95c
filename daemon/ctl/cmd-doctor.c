/* turnusctl doctor: whether each calendar of the settings can be reached and used. */
#include "base/error.h"
#include "ctl/checkup.h"
#include "ctl/command.h"
#include "ctl/json.h"
#include "ctl/table.h"
#include "model/catalogue.h"

static void
print_json (TnCall *call, GPtrArray *findings)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_array (builder);
  for (guint i = 0; i < findings->len; i++)
    {
      const TnFinding *finding = g_ptr_array_index (findings, i);
      json_builder_begin_object (builder);
      tn_json_add_text (builder, "calendar", finding->calendar);
      tn_json_add_text (builder, "what", finding->what);
      tn_json_add_text (builder, "verdict", tn_verdict_to_string (finding->verdict));
      tn_json_add_text (builder, "text", finding->text);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  tn_call_print_json (call, root);
}

static void
print_table (TnCall *call, GPtrArray *findings)
{
  static const char *const headings[] = { N_ ("CALENDAR"), N_ ("WHAT"), "", N_ ("FOUND"), NULL };
  g_autoptr (TnTable) table = tn_table_new_in (call->language, headings);
  tn_table_let_judge (table, 2);
  tn_table_let_wrap (table, 3);
  for (guint i = 0; i < findings->len; i++)
    {
      const TnFinding *finding = g_ptr_array_index (findings, i);
      g_autofree char *text = tn_tell (call->language, finding->text);
      tn_table_add (table, finding->calendar, tn_say_code (call->language, finding->what),
                    tn_say_code (call->language, tn_verdict_to_string (finding->verdict)), text,
                    NULL);
    }
  tn_table_print (table, call->out);
}

static int
find_exit (GPtrArray *findings)
{
  int code = TN_EXIT_DONE;
  for (guint i = 0; i < findings->len; i++)
    {
      const TnFinding *finding = g_ptr_array_index (findings, i);
      if (finding->verdict == TN_VERDICT_BAD)
        return TN_EXIT_FAILED;
      if (finding->verdict == TN_VERDICT_SOON)
        code = TN_EXIT_WAITS;
    }
  return code;
}

static int
run (TnCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnSettings) settings = tn_call_load_settings (call, &error);
  if (settings == NULL)
    return tn_call_fail (call, error);
  const char *wanted = call->n_words > 0 ? call->words[0] : NULL;
  const char *not_mailbox = tn_call_get_option (call, "not-mailbox");
  if (not_mailbox != NULL && (wanted == NULL || *not_mailbox == '\0'))
    {
      g_set_error_literal (&error, TN_ERROR, TN_ERROR_INVALID,
                           "--not-mailbox is asked of one calendar: it goes `turnusctl doctor "
                           "CALENDAR --not-mailbox ADDRESS`");
      return tn_call_fail (call, error);
    }
  if (wanted != NULL && tn_settings_find_calendar (settings, wanted) == NULL)
    {
      g_set_error (&error, TN_ERROR, TN_ERROR_INVALID, "there is no calendar '%s' in the settings",
                   wanted);
      return tn_call_fail (call, error);
    }
  g_autoptr (GPtrArray) findings
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_finding_free);
  for (guint i = 0; i < settings->calendars->len; i++)
    {
      const TnCalendar *calendar = g_ptr_array_index (settings->calendars, i);
      if (wanted == NULL || g_str_equal (wanted, calendar->id))
        tn_checkup_run (settings, calendar, not_mailbox, findings);
    }
  if (tn_call_wants_json (call))
    print_json (call, findings);
  else
    print_table (call, findings);
  return find_exit (findings);
}

static const TnOption OPTIONS[] = {
  { "not-mailbox", "ADDRESS",
    N_ ("of Exchange: a mailbox that must not answer to the calendar's login"), 0, FALSE },
  { NULL, NULL, NULL, 0, FALSE },
};

const TnCommand tn_cmd_doctor = {
  .name = "doctor",
  .topic = TN_TOPIC_BEGIN,
  .see_also = "status calendars check",
  .arguments = "[CALENDAR]",
  .summary = N_ ("whether each calendar can be reached and used; writes nothing"),
  .help
  = N_ ("Looks at each calendar of the settings as the daemon would use it, and stops at the\n"
        "first thing that fails: its settings, its secret and until when it holds, the connection\n"
        "with TLS, the clock, the listing, the right to write. Run it as the daemon's user, who\n"
        "alone can read the secrets. It only asks: what a write alone would show is `unknown`,\n"
        "and so is the login of a person, whose token only the daemon may use.\n\n"
        "With --not-mailbox it asks for the calendars of that mailbox, too, and calls it bad when\n"
        "they are shown: turnus needs one mailbox, and should not reach any other.\n\n"
        "Ends with 1 when something is bad, with 3 when something ends soon.\n\n"
        "Example\n"
        "  turnusctl doctor --config turnus.conf\n"
        "  turnusctl doctor faelles --not-mailbox somebody.else@example.org"),
  .needs_daemon = TRUE,
  .n_max_words = 1,
  .options = OPTIONS,
  .run = run,
};
