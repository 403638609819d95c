/* turnusctl doctor: whether each calendar of the settings can be reached and used. */
#include "base/error.h"
#include "ctl/checkup.h"
#include "ctl/command.h"
#include "ctl/json.h"
#include "ctl/prompt.h"
#include "ctl/table.h"
#include "ctl/test-letter.h"
#include "ctl/tryout.h"
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

/* A calendar that is well so far; what is bad already, a write cannot mend. */
static gboolean
is_well (GPtrArray *findings, guint first)
{
  for (guint i = first; i < findings->len; i++)
    if (((const TnFinding *) g_ptr_array_index (findings, i))->verdict == TN_VERDICT_BAD)
      return FALSE;
  return TRUE;
}

/* What only a write would show was said to be unknown: now it will be known. */
static void
drop_unknown (GPtrArray *findings, guint first)
{
  for (guint i = findings->len; i > first; i--)
    {
      const TnFinding *finding = g_ptr_array_index (findings, i - 1);
      if (finding->verdict == TN_VERDICT_UNKNOWN
          && (g_str_equal (finding->what, "writing") || g_str_equal (finding->what, "listing")))
        g_ptr_array_remove_index (findings, i - 1);
    }
}

static gboolean
may_write (const TnCall *call)
{
  return tn_call_has_option (call, "write")
         || (!tn_call_wants_json (call) && tn_prompt_is_there (call)
             && tn_prompt_confirm (call, tn_say (call->language,
                                                 "Try with a test event on 1 January 2001, which "
                                                 "is removed again, that events can be written?")));
}

static GPtrArray *
look (const TnCall *call, const TnSettings *settings, const char *wanted)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_finding_free);
  gboolean writes = may_write (call);
  for (guint i = 0; i < settings->calendars->len; i++)
    {
      const TnCalendar *calendar = g_ptr_array_index (settings->calendars, i);
      guint first = findings->len;
      if (wanted != NULL && !g_str_equal (wanted, calendar->id))
        continue;
      tn_checkup_run (settings, calendar, tn_call_get_option (call, "not-mailbox"), findings);
      if (!writes || !is_well (findings, first) || calendar->mode == TN_MODE_OBSERVE)
        continue;
      drop_unknown (findings, first);
      tn_tryout_run (call, settings, calendar, findings);
    }
  return findings;
}

static gboolean
check_wanted (const TnCall *call, const TnSettings *settings, const char *wanted, GError **error)
{
  const char *not_mailbox = tn_call_get_option (call, "not-mailbox");
  if (not_mailbox != NULL && (wanted == NULL || *not_mailbox == '\0'))
    {
      g_set_error_literal (error, TN_ERROR, TN_ERROR_INVALID,
                           "--not-mailbox is asked of one calendar: it goes `turnusctl doctor "
                           "CALENDAR --not-mailbox ADDRESS`");
      return FALSE;
    }
  if (wanted == NULL || tn_settings_find_calendar (settings, wanted) != NULL)
    return TRUE;
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "there is no calendar '%s' in the settings",
               wanted);
  return FALSE;
}

static int
run (TnCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnSettings) settings = tn_call_load_settings (call, &error);
  const char *wanted = call->n_words > 0 ? call->words[0] : NULL;
  if (settings == NULL || !check_wanted (call, settings, wanted, &error))
    return tn_call_fail (call, error);
  g_autoptr (GPtrArray) findings = look (call, settings, wanted);
  if (tn_call_has_option (call, "mail"))
    tn_test_letter_send (call, tn_call_get_option (call, "mail"), findings);
  if (tn_call_wants_json (call))
    print_json (call, findings);
  else
    print_table (call, findings);
  return find_exit (findings);
}

static const TnOption OPTIONS[] = {
  { "write", NULL,
    N_ ("send a test event through each calendar, and take it away again; at a terminal it is "
        "asked"),
    'w', FALSE },
  { "not-mailbox", "ADDRESS",
    N_ ("of Exchange: a mailbox that must not answer to the calendar's login"), 0, FALSE },
  { "mail", "ADDRESS", N_ ("send a test letter to this mailbox of the settings"), 0, FALSE },
  { NULL, NULL, NULL, 0, FALSE },
};

const TnCommand tn_cmd_doctor = {
  .name = "doctor",
  .topic = TN_TOPIC_BEGIN,
  .see_also = "status calendars check",
  .arguments = "[CALENDAR]",
  .summary = N_ ("whether each calendar can be reached, used and, with --write, written"),
  .help = N_ (
      "Looks at each calendar of the settings as the daemon would use it, and stops at the\n"
      "first thing that fails: its settings, its secret and until when it holds, the connection\n"
      "with TLS, the clock, the listing, the right to write. Run it as the daemon's user, who\n"
      "alone can read the secrets. It only asks: what a write alone would show is `unknown`,\n"
      "and so is the login of a person, whose token only the daemon may use.\n\n"
      "With --write, or a yes at the terminal, a test event is created on 1 January 2001, private\n"
      "and without guests; it is read back, changed, written on an old revision (which must be\n"
      "refused), removed, made again under the same UID, and removed. What each of these shows is\n"
      "said. `weak` is what turnus gets along with. The daemon does it while it runs, and lets no\n"
      "pass see the event; what a crash leaves is removed by the next --write. In mode observe\n"
      "nothing is written.\n\n"
      "With --not-mailbox it asks for the calendars of that mailbox, too, and calls it bad when\n"
      "they are shown: turnus needs one mailbox, and should not reach any other.\n\n"
      "With --mail the daemon sends a test letter to a mailbox that `contacts` names.\n\n"
      "Ends with 1 when something is bad, with 3 when something ends soon.\n\n"
      "Example\n"
      "  turnusctl doctor --config turnus.conf\n"
      "  turnusctl doctor faelles --write\n"
      "  turnusctl doctor faelles --not-mailbox somebody.else@example.org"),
  .needs_daemon = TRUE,
  .n_max_words = 1,
  .options = OPTIONS,
  .run = run,
};
