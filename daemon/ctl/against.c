/* `check --against`: hits in a line each, misses with why the rules say something else. */
#include "ctl/against.h"

#include "ctl/history.h"
#include "ctl/json.h"
#include "ctl/listing.h"
#include "model/catalogue.h"

#include <string.h>

static gboolean
is_hit (const TnHistoryResult *result)
{
  return result->is_date_hit && result->is_holder_hit;
}

static gboolean
has_decision (const GPtrArray *reasons)
{
  for (guint i = 0; i < reasons->len; i++)
    if (strcmp (((const TnReason *) g_ptr_array_index (reasons, i))->rule, "decision") == 0)
      return TRUE;
  return FALSE;
}

/* A date that somebody decided proves nothing about the rules: it is told. */
static gboolean
is_decided (const TnHistoryResult *result)
{
  return result->occurrence != NULL
         && (has_decision (result->occurrence->reasons)
             || (result->turn != NULL && has_decision (result->turn->reasons)));
}

static char *
dup_reference (const TnHistoryResult *result)
{
  if (result->occurrence != NULL)
    return tn_occurrence_to_reference (result->occurrence);
  return g_strdup_printf ("%s/%s", result->row->collaboration->id, result->row->series->id);
}

static char *
join_names (const TnCollaboration *collaboration, char **councils, const char *none)
{
  GString *names = g_string_new (councils == NULL || councils[0] == NULL ? none : NULL);
  for (gsize i = 0; councils != NULL && councils[i] != NULL; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            tn_collaboration_get_council_name (collaboration, councils[i]));
  return g_string_free (names, FALSE);
}

/* No occurrence is free for the line: it is outside the series' life, or others have them all. */
static char *
describe_nothing (const TnCall *call, const TnHistoryRow *row)
{
  const TnSeries *series = row->series;
  g_autofree char *source = tn_origin_to_string (&series->origin);
  g_autofree char *first = tn_cycle_to_string (&series->first);
  g_autofree char *last = series->has_last ? tn_cycle_to_string (&series->last) : NULL;
  if (row->date < tn_cycle_get_span (&series->first).start)
    return g_strdup_printf (
        tn_say (call->language, "the rules give nothing: the series begins with %s [%s]"), first,
        source);
  if (series->has_last && row->date >= tn_cycle_get_span (&series->last).end)
    return g_strdup_printf (
        tn_say (call->language, "the rules give nothing: the series ends with %s [%s]"), last,
        source);
  return g_strdup_printf (
      tn_say (call->language, "the rules give nothing near that day that no other line has, by the "
                              "rhythm of the series [%s]"),
      source);
}

static char *
format_given (const TnCall *call, const TnHistoryResult *result)
{
  if (result->occurrence == NULL)
    return describe_nothing (call, result->row);
  g_autofree char *when = tn_listing_format_when (call->language, result->occurrence);
  g_autofree char *names = join_names (result->row->collaboration,
                                       result->turn != NULL ? result->turn->councils : NULL,
                                       tn_say_code (call->language, "nobody"));
  gboolean is_cancelled = result->occurrence->status == TN_STATUS_CANCELLED;
  return g_strdup_printf (result->occurrence->is_postponed
                              ? tn_say (call->language, "the rules give %s, %s, put off, cancelled")
                          : is_cancelled
                              ? tn_say (call->language, "the rules give %s, %s, cancelled")
                              : tn_say (call->language, "the rules give %s, %s"),
                          when, names);
}

static void
print_reasons (const TnCall *call, const char *of, const GPtrArray *reasons)
{
  for (guint i = 0; i < reasons->len; i++)
    {
      const TnReason *reason = g_ptr_array_index (reasons, i);
      g_autofree char *text = tn_tell (call->language, reason->text);
      tn_call_print (call, "        %s: %s: %s [%s]\n", tn_say_code (call->language, of),
                     tn_say_code (call->language, reason->rule), text, reason->source);
    }
}

static void
print_result (const TnCall *call, const TnHistoryResult *result)
{
  g_autofree char *reference = dup_reference (result);
  g_autofree char *date = tn_date_to_string (result->row->date);
  g_autofree char *names = join_names (result->row->collaboration, result->row->holders,
                                       tn_say (call->language, "holder unknown"));
  tn_call_print (call, "%s  %s: %s, %s",
                 is_hit (result) ? tn_say (call->language, "hit ")
                                 : tn_say (call->language, "miss"),
                 reference, date, names);
  if (is_hit (result))
    {
      tn_call_print (call, "%s\n",
                     is_decided (result) ? tn_say (call->language, " (by decision)") : "");
      return;
    }
  g_autofree char *given = format_given (call, result);
  tn_call_print (call, "; %s\n", given);
  if (result->occurrence != NULL && !result->is_date_hit)
    print_reasons (call, "date", result->occurrence->reasons);
  if (result->turn != NULL && !result->is_holder_hit)
    print_reasons (call, result->turn->rule->name, result->turn->reasons);
}

static void
print_text (const TnCall *call, const TnReplay *replay)
{
  for (guint i = 0; i < replay->results->len; i++)
    print_result (call, g_ptr_array_index (replay->results, i));
  for (guint i = 0; i < replay->unrecorded->len; i++)
    {
      const TnOccurrence *occurrence = g_ptr_array_index (replay->unrecorded, i);
      g_autofree char *reference = tn_occurrence_to_reference (occurrence);
      g_autofree char *when = tn_listing_format_when (call->language, occurrence);
      tn_call_print (call, tn_say (call->language, "      %s: not recorded; the rules give %s\n"),
                     reference, when);
    }
  tn_call_print (call, tn_say_count (call->language, "%u hit, ", "%u hits, ", replay->n_hits),
                 replay->n_hits);
  tn_call_print (call, tn_say_count (call->language, "%u miss\n", "%u misses\n", replay->n_misses),
                 replay->n_misses);
}

static void
add_result (JsonBuilder *builder, const TnHistoryResult *result)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  char *nobody[] = { NULL };
  g_autofree char *reference = dup_reference (result);
  json_builder_begin_object (builder);
  tn_json_add_number (builder, "line", result->row->line);
  tn_json_add_text (builder, "reference", reference);
  tn_json_add_flag (builder, "hit", is_hit (result));
  tn_json_add_flag (builder, "decided", is_decided (result));
  tn_json_add_date (builder, "date", result->row->date);
  tn_json_add_texts (builder, "holders", result->row->holders);
  tn_json_begin_object (builder, "given");
  if (result->occurrence != NULL)
    tn_listing_add_when (builder, result->occurrence);
  tn_json_add_texts (builder, "holders", result->turn != NULL ? result->turn->councils : nobody);
  json_builder_end_object (builder);
  tn_json_add_reasons (
      builder, "why_date",
      result->occurrence != NULL && !result->is_date_hit ? result->occurrence->reasons : none);
  tn_json_add_reasons (builder, "why_holder",
                       result->turn != NULL && !result->is_holder_hit ? result->turn->reasons
                                                                      : none);
  json_builder_end_object (builder);
}

static void
print_json (const TnCall *call, const TnReplay *replay)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  tn_json_add_number (builder, "hits", replay->n_hits);
  tn_json_add_number (builder, "misses", replay->n_misses);
  tn_json_begin_array (builder, "rows");
  for (guint i = 0; i < replay->results->len; i++)
    add_result (builder, g_ptr_array_index (replay->results, i));
  json_builder_end_array (builder);
  tn_json_begin_array (builder, "unrecorded");
  for (guint i = 0; i < replay->unrecorded->len; i++)
    {
      g_autofree char *reference
          = tn_occurrence_to_reference (g_ptr_array_index (replay->unrecorded, i));
      json_builder_add_string_value (builder, reference);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  tn_call_print_json (call, root);
}

static TnPlan *
plan_rows (const TnPapers *papers, const GPtrArray *rows)
{
  TnDate first = ((const TnHistoryRow *) g_ptr_array_index (rows, 0))->date;
  TnDate last = first;
  for (guint i = 0; i < rows->len; i++)
    {
      const TnHistoryRow *row = g_ptr_array_index (rows, i);
      first = MIN (first, row->date);
      last = MAX (last, row->date);
    }
  TnCycle first_year = tn_cycle_at (TN_PERIOD_YEAR, first);
  TnCycle last_year = tn_cycle_at (TN_PERIOD_YEAR, last);
  return tn_papers_plan_cycle (papers, &first_year, &last_year);
}

/**
 * tn_against_run:
 * @path: of the record
 *
 * Returns: the exit code: done when each line is a hit, waits when one is a miss
 */
int
tn_against_run (const TnCall *call, const TnPapers *papers, const char *path)
{
  g_autoptr (GError) error = NULL;
  TnSourceFile *file = tn_source_file_load (path, &error);
  if (file == NULL)
    return tn_call_fail (call, error);
  g_autoptr (GPtrArray) rows = tn_history_read (file, papers->rulebook, &error);
  tn_source_file_free (file);
  if (rows == NULL)
    return tn_call_fail (call, error);
  g_autoptr (TnPlan) plan = plan_rows (papers, rows);
  g_autoptr (TnReplay) replay = tn_history_replay (rows, plan);
  if (tn_call_wants_json (call))
    print_json (call, replay);
  else
    print_text (call, replay);
  return replay->n_misses == 0 ? TN_EXIT_DONE : TN_EXIT_WAITS;
}
