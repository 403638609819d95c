/* turnusctl ledger: what was decided, by whom, and where it is minuted. */
#include "base/error.h"
#include "ctl/answer.h"
#include "ctl/bus.h"
#include "ctl/command.h"
#include "ctl/prompt.h"
#include "ctl/table.h"
#include "model/catalogue.h"

#include <string.h>

/* What it is about: `7by/studietur/2027`, with the milestone, the other cycle or the council. */
static char *
format_subject (const TnCall *call, JsonObject *entry)
{
  static const char *const names[] = { "series", "cycle", "site", "milestone", "council" };
  gboolean is_swap = tn_answer_get (entry, "other_cycle") != NULL; /* its council agreed */
  GString *subject = g_string_new (tn_answer_get (entry, "collaboration"));
  for (gsize i = 0; i < G_N_ELEMENTS (names) - (is_swap ? 1 : 0); i++)
    if (tn_answer_get (entry, names[i]) != NULL)
      g_string_append_printf (subject, "%s%s", i < 3 ? "/" : " ", tn_answer_get (entry, names[i]));
  if (is_swap)
    g_string_append_printf (subject, tn_say (call->language, " with %s"),
                            tn_answer_get (entry, "other_cycle"));
  return g_string_free (subject, FALSE);
}

/* Who decided: of a swap also who agreed. */
static char *
format_deciders (JsonObject *entry)
{
  const char *by = tn_answer_get (entry, "by");
  const char *other
      = tn_answer_get (entry, "other_cycle") != NULL ? tn_answer_get (entry, "council") : NULL;
  if (by != NULL && other != NULL)
    return g_strjoin (", ", by, other, NULL);
  return g_strdup (by != NULL ? by : "-");
}

static void
print_entries (const TnCall *call, JsonArray *entries)
{
  static const char *const headings[]
      = { N_ ("ENTRY"),  N_ ("ON"),   N_ ("BY"), N_ ("DECISION"), N_ ("ABOUT"), N_ ("VALUE"),
          N_ ("SOURCE"), N_ ("NOTE"), NULL };
  g_autoptr (TnTable) table = tn_table_new_in (call->language, headings);
  tn_table_keep_whole (table, 0);
  tn_table_let_wrap (table, 7);
  guint n_shown = 0;
  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);
      g_autofree char *by = format_deciders (entry);
      gboolean by_rule = strcmp (tn_answer_get (entry, "kind"), "placed") == 0;
      g_autofree char *subject = format_subject (call, entry);
      g_autofree char *value = tn_answer_dup_shown (entry, "value");
      g_autofree char *source = tn_answer_dup_told (call, entry, "source");
      g_autofree char *note = tn_answer_dup_shown (entry, "note");
      if (by_rule && !tn_call_has_option (call, "all"))
        continue;
      n_shown++;
      tn_table_add (table, tn_answer_get (entry, "id"), tn_answer_get (entry, "on"), by,
                    tn_say_code (call->language, tn_answer_get (entry, "kind")), subject, value,
                    source, note, NULL);
    }
  if (n_shown > 0)
    tn_table_print (table, call->out);
  else
    tn_call_print (call, "%s\n",
                   tn_say (call->language, "no decision yet; --all shows the dates that the rules "
                                           "chose, and the charter may record more"));
}

static void
print_redacted (const TnCall *call, JsonObject *entry)
{
  const char *id = tn_answer_get (entry, "id");
  const char *origin = tn_answer_get (entry, "origin");
  if (origin == NULL)
    tn_call_print (
        call,
        tn_say (call->language,
                "the note of %s is blanked; the journal takes that to the others at the next "
                "passes, backups and calendar programs may keep it\n"),
        id);
  else
    tn_call_print (
        call,
        tn_say (call->language,
                "the note of %s is blanked here; it stands in the journal of %s until it is "
                "blanked there, too\n"),
        id, origin);
}

static int
redact (TnCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *question
      = g_strdup_printf (tn_say (call->language, "Blank the note of %s for good?"), call->words[1]);
  if (!tn_prompt_allows (call, question, &error))
    return tn_call_fail (call, error);
  g_autoptr (JsonNode) answer
      = tn_bus_ask (call, "Redact", g_variant_new ("(s)", call->words[1]), &error);
  if (answer == NULL)
    return tn_call_fail (call, error);
  if (tn_call_wants_json (call))
    tn_call_print_json (call, answer);
  else
    print_redacted (call, json_node_get_object (answer));
  return TN_EXIT_DONE;
}

static int
run (TnCall *call)
{
  g_autoptr (GError) error = NULL;
  if (call->n_words == 2 && strcmp (call->words[0], "redact") == 0)
    return redact (call);
  if (call->n_words > 0)
    {
      g_set_error (&error, TN_ERROR, TN_ERROR_INVALID,
                   "it goes `turnusctl ledger` or `turnusctl ledger redact ID`");
      return tn_call_fail (call, error);
    }
  g_autoptr (JsonNode) answer = tn_bus_ask (call, "Ledger", NULL, &error);
  if (answer == NULL)
    return tn_call_fail (call, error);
  if (tn_call_wants_json (call))
    tn_call_print_json (call, answer);
  else
    print_entries (call, json_node_get_array (answer));
  return TN_EXIT_DONE;
}

static const TnOption OPTIONS[] = {
  { "all", NULL, N_ ("also the dates that the rules chose at first publication"), 'a', FALSE },
  { "yes", NULL, N_ ("redact: do it without asking at the terminal"), 'y', FALSE },
  { NULL, NULL, NULL, 0, FALSE },
};

const TnCommand tn_cmd_ledger = {
  .name = "ledger",
  .topic = TN_TOPIC_ANSWER,
  .see_also = "history export",
  .arguments = "[redact ID]",
  .summary = N_ ("what was decided, by whom, and why; blank a note"),
  .help
  = N_ ("Lists the decisions that the daemon keeps; those that a charter records stand there.\n"
        "Where one came from is said: a calendar, a command, or `journal COUNCIL` when it was\n"
        "taken at that council's daemon and read in a shared calendar.\n\n"
        "`redact` blanks the note of one, for somebody who is named in it; day, council and\n"
        "effect stay. The beginning of an ID will do.\n\n"
        "Example\n"
        "  turnusctl ledger redact 1f2e3d4c"),
  .n_max_words = 2,
  .needs_daemon = TRUE,
  .options = OPTIONS,
  .run = run,
};
