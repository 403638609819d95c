/* The history of an event from the ledger and the store. Who sat at the keyboard and what they
 * wrote beside it is nobody's business here (promise 11): shown are councils, ways, dates and
 * states. Notes are never shown, so a blanked one needs no care. */
#include "site/chronicle.h"

#include <string.h>

#include "model/catalogue.h"
#include "rules/entry.h"
#include "site/html.h"
#include "site/wording.h"

static const guint MOST_STEPS = 60;

/* By which way a decision came; the rest of its source may be somebody's name. */
static const struct
{
  const char *beginning;
  const char *text;
} WAYS[] = {
  { "calendar ", N_ ("in a calendar") }, { "command ", N_ ("by command") },
  { "page ", N_ ("on a page") },         { "proposal ", N_ ("answer to a proposal") },
  { "charter ", N_ ("in the charter") }, { "rules", N_ ("by the rules") },
};

static const char *
find_way (TnLanguage language, const char *source)
{
  for (guint i = 0; source != NULL && i < G_N_ELEMENTS (WAYS); i++)
    if (g_str_has_prefix (source, WAYS[i].beginning))
      return tn_say (language, WAYS[i].text);
  return "–";
}

static gboolean
is_about (const TnDecision *decision, const TnOccurrence *occurrence)
{
  return decision->series != NULL
         && (g_strcmp0 (decision->cycle, occurrence->cycle_text) == 0
             || g_strcmp0 (decision->other_cycle, occurrence->cycle_text) == 0)
         && g_strcmp0 (decision->site, occurrence->site) == 0;
}

/* What was decided, in so far as it is no text of a person. */
static char *
dup_content (const TnReader *reader, const TnDecision *decision)
{
  switch (decision->kind)
    {
    case TN_DECISION_DATE:
    case TN_DECISION_PLACED:
    case TN_DECISION_DUE:
      return tn_wording_dup_value (reader->language, decision->value);
    case TN_DECISION_SWAP:
      return g_strdup_printf ("%s ↔ %s", decision->cycle, decision->other_cycle);
    case TN_DECISION_SKIP:
    case TN_DECISION_SET:
    case TN_DECISION_INSERT:
      return g_strdup (tn_reader_get_council_name (reader, decision->council));
    case TN_DECISION_DONE:
      return g_strdup (decision->milestone);
    default:
      return g_strdup ("");
    }
}

static void
add_decision (GString *html, const TnReader *reader, const TnDecision *decision, gboolean in_force)
{
  g_autofree char *on = tn_word_format_day (reader->language, decision->on);
  g_autofree char *content = dup_content (reader, decision);
  tn_html_add (html, "<tr><td>");
  tn_wording_add_time (html, decision->on, on);
  tn_html_add (html,
               in_force ? "</td><th scope=\"row\">" : "</td><th scope=\"row\" class=\"off\">");
  tn_html_add (html, "%s</th><td><bdi>%s</bdi></td><td><bdi>%s</bdi></td><td>%s</td></tr>\n",
               tn_wording_get_kind (reader->language, decision->kind), content,
               decision->by != NULL ? tn_reader_get_council_name (reader, decision->by) : "–",
               find_way (reader->language, decision->source));
}

/**
 * tn_chronicle_add_decisions:
 *
 * The entries of the ledger about @occurrence; one that was replaced is crossed out.
 */
void
tn_chronicle_add_decisions (GString *html, const TnReader *reader, const TnOccurrence *occurrence)
{
  TnLanguage language = reader->language;
  const TnLedger *ledger = tn_plan_get_ledger (reader->plan);
  g_autoptr (GPtrArray) entries
      = tn_entry_list_history (ledger, occurrence->collaboration, occurrence->series);
  const char *const columns[]
      = { tn_say (language, N_ ("Day")),         tn_say (language, N_ ("Decision")),
          tn_say (language, N_ ("What")),        tn_say (language, N_ ("Council")),
          tn_say (language, N_ ("How it came")), NULL };
  guint n = 0;
  tn_html_table (html, tn_say (language, N_ ("What was decided")), columns);
  for (guint i = 0; i < entries->len; i++)
    {
      const TnDecision *decision = g_ptr_array_index (entries, i);
      if (!is_about (decision, occurrence))
        continue;
      add_decision (html, reader, decision, tn_ledger_is_in_force (ledger, decision));
      n++;
    }
  if (n == 0)
    tn_html_add (html, "<tr><td colspan=\"5\">%s</td></tr>\n",
                 tn_say (language, N_ ("Nothing was decided yet; the rules of the charter hold.")));
  tn_html_table_end (html);
}

static const struct
{
  const char *what;
  const char *text;
} STEPS[] = {
  { "created", N_ ("entered into the calendar") },
  { "changed", N_ ("changed in the calendar") },
  { "put back", N_ ("put back as it was") },
  { "removed", N_ ("taken out of the calendar") },
  { "decided", N_ ("decided") },
  { "proposed", N_ ("proposed") },
  { "rejected", N_ ("a proposal was rejected") },
  { "withdrawn", N_ ("a proposal was taken back") },
  { "claimed", N_ ("an entry made by hand was taken for it") },
  { "blanked", N_ ("a note was blanked") },
  { "answered", N_ ("answered on a page") },
};

static const char *
find_step (TnLanguage language, const char *what)
{
  for (guint i = 0; i < G_N_ELEMENTS (STEPS); i++)
    if (strcmp (STEPS[i].what, what) == 0)
      return tn_say (language, STEPS[i].text);
  return tn_say (language, N_ ("something else was done"));
}

/* Dates and states; any other field may hold what a person wrote. */
static gboolean
is_shown (const char *field)
{
  static const char *const fields[] = { "when", "status", "date", NULL };
  return field != NULL && g_strv_contains (fields, field);
}

static void
add_step (GString *html, const TnReader *reader, const TnHistory *step)
{
  g_autofree char *at = tn_wording_dup_time (reader, step->at_us);
  gboolean shows = is_shown (step->field);
  g_autofree char *before = shows ? tn_wording_dup_value (reader->language, step->before) : NULL;
  g_autofree char *after = shows ? tn_wording_dup_value (reader->language, step->after) : NULL;
  tn_html_add (html, "<tr><td>%s</td><th scope=\"row\">%s</th><td>%s</td>", at,
               find_step (reader->language, step->what),
               step->calendar != NULL && *step->calendar != '\0' ? step->calendar : "–");
  if (shows)
    tn_html_add (html, "<td>%s → %s</td></tr>\n", before, after);
  else
    tn_html_add (html, "<td></td></tr>\n");
}

/**
 * tn_chronicle_add_steps:
 *
 * What was done in the calendars, newest first; nothing where nothing was done.
 */
void
tn_chronicle_add_steps (GString *html, const TnReader *reader, const TnOccurrence *occurrence)
{
  TnLanguage language = reader->language;
  g_autoptr (GPtrArray) steps
      = tn_store_load_history (tn_reader_get_store (reader), occurrence->uid, MOST_STEPS, NULL);
  const char *const columns[]
      = { tn_say (language, N_ ("Time")), tn_say (language, N_ ("What was done")),
          tn_say (language, N_ ("Calendar")), tn_say (language, N_ ("Before and after")), NULL };
  if (steps == NULL || steps->len == 0)
    return;
  tn_html_table (html, tn_say (language, N_ ("What was done in the calendars")), columns);
  for (guint i = 0; i < steps->len; i++)
    add_step (html, reader, g_ptr_array_index (steps, i));
  tn_html_table_end (html);
}

static char *
replace (const char *text, const char *old, const char *new)
{
  g_auto (GStrv) parts = g_strsplit (text, old, -1);
  return g_strjoinv (new, parts);
}

/**
 * tn_chronicle_dup_safe:
 * @text: a reason of @occurrence
 *
 * Explanations tell decisions with their source and note. For a page they are told without.
 *
 * Returns: (transfer full)
 */
char *
tn_chronicle_dup_safe (const TnReader *reader, const TnOccurrence *occurrence, const char *text)
{
  g_autoptr (GPtrArray) entries = tn_entry_list_history (
      tn_plan_get_ledger (reader->plan), occurrence->collaboration, occurrence->series);
  char *safe = g_strdup (text);
  for (guint i = 0; i < entries->len; i++)
    {
      const TnDecision *decision = g_ptr_array_index (entries, i);
      g_autofree char *whole = tn_entry_describe (decision, occurrence->collaboration);
      TnDecisionDraft draft = tn_decision_to_draft (decision);
      draft.source = NULL;
      draft.note = NULL;
      draft.minutes = NULL;
      g_autoptr (TnDecision) bare = tn_decision_new (&draft);
      g_autofree char *told = tn_entry_describe (bare, occurrence->collaboration);
      g_autofree char *old = safe;
      safe = replace (old, whole, told);
    }
  return safe;
}
