/* turnusctl list: what is when, with its deadlines. */
#include "base/error.h"
#include "ctl/command.h"
#include "ctl/listing.h"
#include "ctl/papers.h"
#include "ctl/reference.h"
#include "ctl/table.h"
#include "ctl/visitors.h"
#include "model/catalogue.h"

/* What the caller wants to see. */
typedef struct
{
  TnSpan span;
  const TnCollaboration *collaboration; /* (unowned) (nullable) %NULL: all */
  const TnSeries *series;               /* (unowned) (nullable) %NULL: all */
} Choice;

static gboolean
is_chosen (const Choice *choice, const TnOccurrence *occurrence)
{
  return (choice->collaboration == NULL || occurrence->collaboration == choice->collaboration)
         && (choice->series == NULL || occurrence->series == choice->series);
}

static gboolean
find_span (const TnCall *call, const TnPapers *papers, TnSpan *ret_span, GError **error)
{
  TnDate from = papers->today;
  if (!tn_call_find_date (call, "from", &from, error))
    return FALSE;
  TnDate last_day = tn_papers_look_ahead (from, 2);
  if (!tn_call_find_date (call, "to", &last_day, error))
    return FALSE;
  if (last_day < from)
    {
      g_autofree char *text = tn_date_to_string (from);
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                   "--to %s is before the first day, %s: expected a later one",
                   tn_call_get_option (call, "to"), text);
      return FALSE;
    }
  *ret_span = tn_span_new (from, last_day + 1);
  return TRUE;
}

static gboolean
find_choice (const TnCall *call, const TnPapers *papers, Choice *ret_choice, GError **error)
{
  const char *collaboration = tn_call_get_option (call, "collaboration");
  const char *series = tn_call_get_option (call, "series");
  if (!find_span (call, papers, &ret_choice->span, error))
    return FALSE;
  if (series != NULL)
    return tn_reference_find_series (papers->rulebook, collaboration, series,
                                     &ret_choice->collaboration, &ret_choice->series, error);
  return collaboration == NULL
         || tn_reference_find_collaboration (papers->rulebook, collaboration,
                                             &ret_choice->collaboration, error);
}

static void
print_json (const TnCall *call, const TnPlan *plan, const Choice *choice, GPtrArray *visitors)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_array (builder);
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    {
      const TnOccurrence *occurrence = tn_plan_get (plan, i);
      if (is_chosen (choice, occurrence))
        tn_listing_add_occurrence (builder, occurrence);
    }
  for (guint i = 0; i < visitors->len; i++)
    tn_visitors_add (builder, g_ptr_array_index (visitors, i));
  json_builder_end_array (builder);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  tn_call_print_json (call, root);
}

/* What a table must not keep back: that nobody confirmed that a past one was held. */
static char *
format_status (TnLanguage language, const TnOccurrence *occurrence)
{
  return g_strdup_printf (
      "%s%s%s", tn_say_code (language, tn_status_to_string (occurrence->status)),
      occurrence->is_postponed ? tn_say (language, " (put off)") : "",
      tn_listing_is_computed (occurrence) ? tn_say (language, " (computed)") : "");
}

static void
add_rows (TnTable *table, TnLanguage language, const TnOccurrence *occurrence)
{
  g_autofree char *when = tn_listing_format_when (language, occurrence);
  g_autofree char *reference = tn_occurrence_to_reference (occurrence);
  g_autofree char *roles = tn_listing_format_roles (language, occurrence);
  g_autofree char *status = format_status (language, occurrence);
  tn_table_add (table, when, occurrence->title, roles, status, reference, NULL);
  for (guint i = 0; i < occurrence->milestones->len; i++)
    {
      const TnMilestone *milestone = g_ptr_array_index (occurrence->milestones, i);
      g_autofree char *due = tn_date_to_string (milestone->due);
      g_autofree char *row_due = g_strconcat ("  ", due, NULL);
      g_autofree char *title = g_strconcat ("  ", milestone->title, NULL);
      g_autofree char *duty = tn_listing_format_duty (language, occurrence, milestone);
      g_autofree char *id = g_strconcat ("  #", milestone->id, NULL);
      tn_table_add (table, row_due, title, duty,
                    milestone->done ? tn_say_code (language, "done") : "", id, NULL);
    }
}

static TnDate
get_start (GPtrArray *visitors, guint index)
{
  return ((const TnVisitor *) g_ptr_array_index (visitors, index))->event->when.days.start;
}

/* By day, occurrences before the guests of a day. */
static void
print_table (const TnCall *call, const TnPlan *plan, const Choice *choice, GPtrArray *visitors)
{
  static const char *const headings[]
      = { N_ ("WHEN"), N_ ("WHAT"), N_ ("WHO"), N_ ("STATUS"), N_ ("REFERENCE"), NULL };
  g_autoptr (TnTable) table = tn_table_new_in (call->language, headings);
  tn_table_let_wrap (table, 0);
  tn_table_let_wrap (table, 1);
  tn_table_let_wrap (table, 2);
  tn_table_let_judge (table, 3);
  tn_table_keep_whole (table, 4);
  guint n_rows = 0;
  guint next = 0;
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    {
      const TnOccurrence *occurrence = tn_plan_get (plan, i);
      if (!is_chosen (choice, occurrence))
        continue;
      while (next < visitors->len && get_start (visitors, next) < occurrence->when.days.start)
        tn_visitors_add_row (table, call->language, g_ptr_array_index (visitors, next++));
      add_rows (table, call->language, occurrence);
      n_rows++;
    }
  while (next < visitors->len)
    tn_visitors_add_row (table, call->language, g_ptr_array_index (visitors, next++));
  g_autofree char *from = tn_date_to_string (choice->span.start);
  g_autofree char *last = tn_date_to_string (choice->span.end - 1);
  if (n_rows + visitors->len == 0)
    tn_call_print (call, tn_say (call->language, "nothing from %s to %s\n"), from, last);
  else
    tn_table_print (table, call->out);
}

/* A choice of series or collaboration is none of guests. */
static GPtrArray *
load_visitors (const TnCall *call, const TnPapers *papers, const Choice *choice)
{
  return choice->collaboration == NULL ? tn_visitors_load (call, papers, choice->span)
                                       : g_ptr_array_new ();
}

static int
run (TnCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnPapers) papers = tn_papers_load (call, &error);
  Choice choice = { .collaboration = NULL };
  if (papers == NULL || !find_choice (call, papers, &choice, &error))
    return tn_call_fail (call, error);
  g_autoptr (TnPlan) plan = tn_papers_plan (papers, choice.span);
  g_autoptr (GPtrArray) visitors = load_visitors (call, papers, &choice);
  if (tn_call_wants_json (call))
    print_json (call, plan, &choice, visitors);
  else
    print_table (call, plan, &choice, visitors);
  return TN_EXIT_DONE;
}

static const TnOption OPTIONS[] = {
  { "from", "DATE", N_ ("first day; today when not said"), 0, FALSE },
  { "to", "DATE", N_ ("last day; two years later when not said"), 0, FALSE },
  { "series", "SERIES", N_ ("only this one"), 0, FALSE },
  { "collaboration", "COLLABORATION", N_ ("only this one"), 0, FALSE },
  { NULL, NULL, NULL, 0, FALSE },
};

const TnCommand tn_cmd_list = {
  .name = "list",
  .topic = TN_TOPIC_PLAN,
  .see_also = "hosts explain programme",
  .arguments = "",
  .summary = N_ ("what is when, with its deadlines"),
  .help = N_ (
      "Lists occurrences by date and, below each, its deadlines. The last column is what the "
      "other\n"
      "commands call it. A past one that no decision confirms is marked `computed`: the rules say "
      "so,\n"
      "nobody else does. Ad-hoc events that people let out of their calendar stand among them, "
      "unless\n"
      "a series or a collaboration is asked for.\n\n"
      "Example: the meetings of 2027\n"
      "  turnusctl list --charter 7by.conf --from 2027-01-01 --to 2027-12-31"),
  .n_max_words = 0,
  .options = OPTIONS,
  .run = run,
};
