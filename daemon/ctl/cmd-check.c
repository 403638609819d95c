/* turnusctl check: all that is wrong with charters and settings, and what follows from them. */
#include "base/error.h"
#include "ctl/against.h"
#include "ctl/command.h"
#include "ctl/editions.h"
#include "ctl/json.h"
#include "ctl/listing.h"
#include "ctl/papers.h"
#include "ctl/prose.h"
#include "model/catalogue.h"
#include "rules/explanation.h"

#include <string.h>

/* So far ahead an occurrence without a date is worth a warning … */
static const int WARN_YEARS = 5;
/* … and so far decisions are looked at: none may name a date further away (rules/placement.c). */
static const int DECIDED_YEARS = 11;

/* What was found. */
typedef struct
{
  const TnPapers *papers; /* (unowned) */
  TnPlan *plan;           /* (owned) from the first cycle of all to well into the future */
  GPtrArray *warnings;    /* (owned) (element-type TnReason) */
} Findings;

static void
findings_clear (Findings *findings)
{
  g_clear_pointer (&findings->plan, tn_plan_unref);
  g_clear_pointer (&findings->warnings, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Findings, findings_clear)

static TnSpan
find_span (const TnPapers *papers)
{
  TnSpan span = tn_span_new (papers->today, tn_papers_look_ahead (papers->today, DECIDED_YEARS));
  for (guint i = 0; i < papers->rulebook->collaborations->len; i++)
    {
      const TnCollaboration *collaboration
          = g_ptr_array_index (papers->rulebook->collaborations, i);
      for (guint j = 0; j < collaboration->series->len; j++)
        {
          const TnSeries *series = g_ptr_array_index (collaboration->series, j);
          span.start = MIN (span.start, tn_cycle_get_span (&series->first).start);
        }
    }
  return span;
}

static gboolean
is_count (const TnReason *reason)
{
  return strcmp (reason->rule, "window") == 0 || strcmp (reason->rule, "weekdays") == 0
         || strcmp (reason->rule, "avoid") == 0;
}

/* One warning says which rule took how many days. */
static TnReason *
describe_unplaced (const TnOccurrence *occurrence)
{
  g_autoptr (GString) counts = g_string_new (NULL);
  for (guint i = 0; i < occurrence->reasons->len; i++)
    {
      const TnReason *reason = g_ptr_array_index (occurrence->reasons, i);
      if (is_count (reason))
        g_string_append_printf (counts, "%s%s [%s]", counts->len > 0 ? "; " : "", reason->text,
                                reason->source);
    }
  g_autofree char *reference = tn_occurrence_to_reference (occurrence);
  g_autofree char *source = tn_origin_to_string (&occurrence->series->origin);
  return tn_reason_new ("unplaced", source, "%s has no date: %s", reference, counts->str);
}

static void
add_unplaced (Findings *findings)
{
  TnDate end = tn_papers_look_ahead (findings->papers->today, WARN_YEARS);
  for (guint i = 0; i < tn_plan_get_size (findings->plan); i++)
    {
      const TnOccurrence *occurrence = tn_plan_get (findings->plan, i);
      TnSpan period = tn_cycle_get_span (&occurrence->cycle);
      if (occurrence->status == TN_STATUS_UNPLACED && period.end > findings->papers->today
          && period.start < end)
        g_ptr_array_add (findings->warnings, describe_unplaced (occurrence));
    }
}

static void
add_editions (Findings *findings)
{
  if (findings->papers->before == NULL)
    return;
  g_autoptr (GPtrArray) more
      = tn_editions_compare (findings->papers->rulebook, findings->papers->before);
  g_ptr_array_extend_and_steal (findings->warnings, g_steal_pointer (&more));
}

static void
find (Findings *findings, const TnPapers *papers)
{
  findings->papers = papers;
  findings->plan = tn_papers_plan (papers, find_span (papers));
  findings->warnings = tn_explanation_list_breaches (findings->plan);
  add_unplaced (findings);
  add_editions (findings);
}

static const TnOccurrence *
find_next (const Findings *findings, const TnSeries *series)
{
  for (guint i = 0; i < tn_plan_get_size (findings->plan); i++)
    {
      const TnOccurrence *occurrence = tn_plan_get (findings->plan, i);
      if (occurrence->series == series && occurrence->when.days.end > findings->papers->today
          && (occurrence->status == TN_STATUS_PROPOSED
              || occurrence->status == TN_STATUS_CONFIRMED))
        return occurrence;
    }
  return NULL;
}

/* `3 times `, `4 to 5 times `, or nothing for once */
static char *
describe_times (TnLanguage language, const TnFrequency *frequency)
{
  if (frequency->most == 0)
    return g_strdup ("");
  if (frequency->least == frequency->most)
    return g_strdup_printf (tn_say (language, "%d times "), frequency->most);
  return g_strdup_printf (tn_say (language, "%d to %d times "), frequency->least, frequency->most);
}

static char *
describe_several (TnLanguage language, TnPeriod period, int n)
{
  switch (period)
    {
    case TN_PERIOD_HALF:
      return g_strdup_printf (tn_say (language, "every %d half-years"), n);
    case TN_PERIOD_QUARTER:
      return g_strdup_printf (tn_say (language, "every %d quarters"), n);
    case TN_PERIOD_MONTH:
      return g_strdup_printf (tn_say (language, "every %d months"), n);
    case TN_PERIOD_SCHOOL_YEAR:
      return g_strdup_printf (tn_say (language, "every %d school years"), n);
    case TN_PERIOD_YEAR:
    default:
      return g_strdup_printf (tn_say (language, "every %d years"), n);
    }
}

static char *
describe_period (TnLanguage language, const TnSeries *series)
{
  static const char *const single[]
      = { N_ ("every year"), N_ ("every half-year"), N_ ("every quarter"), N_ ("every month"),
          N_ ("every school year") };
  return series->every_n == 1 ? g_strdup (tn_say (language, single[series->every]))
                              : describe_several (language, series->every, series->every_n);
}

/* `every year from 2018`, `3 times every 2 years from 2018 to 2030` */
static char *
describe_rhythm (TnLanguage language, const TnSeries *series)
{
  g_autofree char *first = tn_cycle_to_string (&series->first);
  g_autofree char *last = series->has_last ? tn_cycle_to_string (&series->last) : NULL;
  g_autofree char *every = describe_period (language, series);
  g_autofree char *times = describe_times (language, &series->frequency);
  if (last == NULL)
    return g_strdup_printf (tn_say (language, "%s%s from %s"), times, every, first);
  return g_strdup_printf (tn_say (language, "%s%s from %s to %s"), times, every, first, last);
}

static char *
join_councils (const TnCollaboration *collaboration, TnDate today)
{
  GString *names = g_string_new (NULL);
  for (guint i = 0; i < collaboration->councils->len; i++)
    {
      const TnCouncil *council = g_ptr_array_index (collaboration->councils, i);
      if (tn_council_is_member (council, tn_span_new (today, today + 1)))
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", council->name);
    }
  return g_string_free (names, FALSE);
}

static void
print_series (const TnCall *call, const Findings *findings, const TnSeries *series)
{
  g_autofree char *rhythm = describe_rhythm (call->language, series);
  const TnOccurrence *next = find_next (findings, series);
  tn_call_print (call, "  %s: %s, %s; ", series->id,
                 tn_say_code (call->language, tn_kind_to_string (series->kind)), rhythm);
  if (next == NULL)
    {
      tn_call_print (call, tn_say (call->language, "none to come\n"));
      return;
    }
  g_autofree char *when = tn_listing_format_when (call->language, next);
  g_autofree char *roles = tn_listing_format_roles (call->language, next);
  if (roles[0] != '\0')
    tn_call_print (call, tn_say (call->language, "next %s, %s (%s)\n"), when, next->title, roles);
  else
    tn_call_print (call, tn_say (call->language, "next %s, %s\n"), when, next->title);
}

static void
print_charter (const TnCall *call, const Findings *findings, const char *path,
               const TnCollaboration *collaboration)
{
  g_autofree char *councils = join_councils (collaboration, findings->papers->today);
  tn_call_print (call,
                 tn_say (call->language,
                         "%s: ok\n  %s (%s), edition %d, digest %.12s, engine %d; members: %s\n"),
                 path, collaboration->name, collaboration->id, collaboration->edition,
                 collaboration->digest, TN_ENGINE, councils);
  for (guint i = 0; i < collaboration->series->len; i++)
    print_series (call, findings, g_ptr_array_index (collaboration->series, i));
}

/* Collaborations stand in the order of their files, between which there may be holiday files. */
static const TnCollaboration *
find_collaboration (const Findings *findings, const char *path, guint *next)
{
  const GPtrArray *collaborations = findings->papers->rulebook->collaborations;
  g_autofree char *name = g_path_get_basename (path);
  if (*next >= collaborations->len)
    return NULL;
  const TnCollaboration *collaboration = g_ptr_array_index (collaborations, *next);
  if (g_strcmp0 (collaboration->origin.file, name) != 0)
    return NULL;
  (*next)++;
  return collaboration;
}

static void
print_text (const TnCall *call, const Findings *findings)
{
  const TnPapers *papers = findings->papers;
  guint next = 0;
  for (gsize i = 0; papers->charters[i] != NULL; i++)
    {
      const TnCollaboration *collaboration
          = find_collaboration (findings, papers->charters[i], &next);
      if (collaboration == NULL)
        tn_call_print (call, tn_say (call->language, "%s: ok\n  holidays\n"), papers->charters[i]);
      for (; collaboration != NULL; /* a template makes several of one file */
           collaboration = find_collaboration (findings, papers->charters[i], &next))
        print_charter (call, findings, papers->charters[i], collaboration);
    }
  if (papers->settings != NULL)
    tn_call_print (call,
                   tn_say_count (call->language,
                                 "%s: ok\n  settings of %s, %u calendar, state in %s\n",
                                 "%s: ok\n  settings of %s, %u calendars, state in %s\n",
                                 papers->settings->calendars->len),
                   papers->settings->path, papers->settings->council,
                   papers->settings->calendars->len, papers->settings->state);
  for (guint i = 0; i < findings->warnings->len; i++)
    {
      const TnReason *warning = g_ptr_array_index (findings->warnings, i);
      g_autofree char *text = tn_tell (call->language, warning->text);
      tn_call_print (call, tn_say (call->language, "warning: %s [%s]\n"), text, warning->source);
    }
}

static void
add_series (JsonBuilder *builder, const Findings *findings, const TnSeries *series)
{
  const TnOccurrence *next = find_next (findings, series);
  g_autofree char *rhythm = describe_rhythm (TN_LANGUAGE_EN, series);
  g_autofree char *reference = next != NULL ? tn_occurrence_to_reference (next) : NULL;
  json_builder_begin_object (builder);
  tn_json_add_text (builder, "series", series->id);
  tn_json_add_text (builder, "kind", tn_kind_to_string (series->kind));
  tn_json_add_text (builder, "rhythm", rhythm);
  tn_json_add_text (builder, "next", reference);
  json_builder_end_object (builder);
}

static void
add_charter (JsonBuilder *builder, const Findings *findings, const char *path,
             const TnCollaboration *collaboration)
{
  json_builder_begin_object (builder);
  tn_json_add_text (builder, "file", path);
  tn_json_add_text (builder, "collaboration", collaboration->id);
  tn_json_add_text (builder, "name", collaboration->name);
  tn_json_add_number (builder, "edition", collaboration->edition);
  tn_json_add_text (builder, "digest", collaboration->digest);
  tn_json_add_number (builder, "engine", TN_ENGINE);
  tn_json_begin_array (builder, "series");
  for (guint i = 0; i < collaboration->series->len; i++)
    add_series (builder, findings, g_ptr_array_index (collaboration->series, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
print_json (const TnCall *call, const Findings *findings)
{
  const TnPapers *papers = findings->papers;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  tn_json_add_flag (builder, "ok", TRUE);
  tn_json_begin_array (builder, "errors");
  json_builder_end_array (builder);
  tn_json_add_reasons (builder, "warnings", findings->warnings);
  tn_json_begin_array (builder, "charters");
  guint next = 0;
  for (gsize i = 0; papers->charters[i] != NULL; i++)
    {
      const TnCollaboration *collaboration
          = find_collaboration (findings, papers->charters[i], &next);
      for (; collaboration != NULL;
           collaboration = find_collaboration (findings, papers->charters[i], &next))
        add_charter (builder, findings, papers->charters[i], collaboration);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  tn_call_print_json (call, root);
}

/* Programs get the errors on stdout too, as whole lines. */
static void
print_errors (const TnCall *call, const GError *error)
{
  g_auto (GStrv) lines = g_strsplit (error->message, "\n", -1);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  tn_json_add_flag (builder, "ok", FALSE);
  tn_json_add_texts (builder, "errors", lines);
  json_builder_end_object (builder);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  tn_call_print_json (call, root);
}

static void
add_prose (JsonBuilder *builder, const TnProse *prose)
{
  json_builder_begin_object (builder);
  tn_json_add_text (builder, "collaboration", prose->collaboration->id);
  tn_json_add_text (builder, "language", tn_language_to_string (prose->collaboration->language));
  tn_json_begin_array (builder, "passages");
  for (guint i = 0; i < prose->passages->len; i++)
    {
      const TnPassage *passage = g_ptr_array_index (prose->passages, i);
      json_builder_begin_object (builder);
      tn_json_add_text (builder, "heading", passage->heading);
      tn_json_begin_array (builder, "paragraphs");
      for (guint j = 0; j < passage->paragraphs->len; j++)
        json_builder_add_string_value (builder, g_ptr_array_index (passage->paragraphs, j));
      json_builder_end_array (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static int
print_prose (const TnCall *call, const TnPapers *papers)
{
  const GPtrArray *collaborations = papers->rulebook->collaborations;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_array (builder);
  for (guint i = 0; i < collaborations->len; i++)
    {
      g_autoptr (TnProse) prose
          = tn_prose_new (papers->rulebook, g_ptr_array_index (collaborations, i));
      g_autofree char *text = tn_prose_to_text (prose);
      add_prose (builder, prose);
      if (!tn_call_wants_json (call))
        tn_call_print (call, "%s%s", i > 0 ? "\n\n" : "", text);
    }
  json_builder_end_array (builder);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  if (tn_call_wants_json (call))
    tn_call_print_json (call, root);
  return TN_EXIT_DONE;
}

static gboolean
is_one_answer (const TnCall *call, GError **error)
{
  if (!tn_call_has_option (call, "prose") || !tn_call_has_option (call, "against"))
    return TRUE;
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
               "--prose and --against are two answers: ask for one of them");
  return FALSE;
}

static int
run (TnCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnPapers) papers = is_one_answer (call, &error) ? tn_papers_load (call, &error) : NULL;
  if (papers == NULL)
    {
      if (tn_call_wants_json (call))
        print_errors (call, error);
      return tn_call_fail (call, error);
    }
  if (tn_call_has_option (call, "prose"))
    return print_prose (call, papers);
  if (tn_call_has_option (call, "against"))
    return tn_against_run (call, papers, tn_call_get_option (call, "against"));
  g_auto (Findings) findings = { .papers = NULL };
  find (&findings, papers);
  if (tn_call_wants_json (call))
    print_json (call, &findings);
  else
    print_text (call, &findings);
  return TN_EXIT_DONE;
}

static const TnOption OPTIONS[] = {
  { "previous", "FILE", N_ ("an older copy of the charter: was the edition raised?"), 0, FALSE },
  { "against", "FILE", N_ ("replay recorded history: lines of series, date and holder, by tabs"), 0,
    FALSE },
  { "prose", NULL, N_ ("tell the charter back in plain sentences, in its own language"), 0, FALSE },
  { NULL, NULL, NULL, 0, FALSE },
};

const TnCommand tn_cmd_check = {
  .name = "check",
  .topic = TN_TOPIC_BEGIN,
  .see_also = "explain export doctor",
  .arguments = "",
  .summary = N_ ("all that is wrong with charters and settings"),
  .help
  = N_ ("Reads charters, holiday files and settings, and says what is wrong, with file and line: "
        "all of it\n"
        "at once, after a syntax error the first only. What is right is told back in short. "
        "Warnings are\n"
        "decisions that break a rule, and occurrences of the next five years that find no date, "
        "with how\n"
        "many days which rule took away.\n\n"
        "With --prose the charter is told back instead, for approval at a meeting. With --against "
        "what was\n"
        "held is laid beside what the rules give: exit code 3 when a line is a miss.\n\n"
        "Example: after editing a charter\n"
        "  turnusctl check --charter 7by.conf\n"
        "Example: a council's proof before it trusts the rules\n"
        "  turnusctl check --charter 7by.conf --against history.tsv"),
  .n_max_words = 0,
  .options = OPTIONS,
  .for_each_council = TRUE,
  .run = run,
};
