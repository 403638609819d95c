/* The cycles of a series that a plan needs: those whose window lies in the years asked for, those
 * that a decision has put there, and every earlier one where a date depends on those before it. */
#include "rules/strand.h"

#include "rules/entry.h"
#include "rules/placement.h"
#include "rules/rhythm.h"
#include "rules/window.h"

/* A window begins in its cycle's period and ends within a year of it. */
static const int WINDOW_REACH_DAYS = 2 * 366;

static TnOccurrence *
make_occurrence (const TnStrand *strand, int index)
{
  TnCycle cycle = tn_rhythm_get_cycle (strand->series, index);
  return tn_occurrence_new (strand->collaboration, strand->series, &cycle);
}

/**
 * tn_strand_stays_close_to_last_year:
 *
 * Returns: %TRUE when each date of @series depends on the year before
 */
gboolean
tn_strand_stays_close_to_last_year (const TnSeries *series)
{
  for (guint i = 0; i < series->preferences->len; i++)
    if (((const TnPreference *) g_ptr_array_index (series->preferences, i))->kind
        == TN_PREFER_LAST_YEAR)
      return TRUE;
  return FALSE;
}

static void
add_index (GHashTable *indices, const TnSeries *series, int index)
{
  if (tn_rhythm_has (series, index))
    g_hash_table_add (indices, GINT_TO_POINTER (index));
}

static void
add_windows (const TnStrand *strand, TnSpan years, gboolean from_first, GHashTable *indices)
{
  const TnSeries *series = strand->series;
  int first = tn_rhythm_get_index_at (series, years.start - WINDOW_REACH_DAYS);
  int last = tn_rhythm_get_last_index_at (series, years.end + 7);
  if (from_first)
    first = 0;
  for (int index = MAX (first, 0); index <= last && tn_rhythm_has (series, index); index++)
    {
      TnCycle cycle = tn_rhythm_get_cycle (series, index);
      TnSpan window = tn_window_get_membership_span (series, &cycle);
      if (tn_span_overlaps (window, years) || (from_first && window.start < years.end))
        add_index (indices, series, index);
    }
}

/* Cycles that a decision has put into the years, wherever their window lies. */
static void
add_decided (const TnStrand *strand, const TnLedger *ledger, TnSpan years, GHashTable *indices)
{
  const TnSeries *series = strand->series;
  g_autoptr (GPtrArray) entries = tn_entry_list (ledger, strand->collaboration, series);
  for (guint i = 0; i < entries->len; i++)
    {
      const TnDecision *decision = g_ptr_array_index (entries, i);
      int index = 0;
      if ((decision->kind != TN_DECISION_DATE && decision->kind != TN_DECISION_PLACED)
          || !tn_rhythm_parse_index (series, decision->cycle, &index)
          || g_hash_table_contains (indices, GINT_TO_POINTER (index)))
        continue;
      TnOccurrence *occurrence = make_occurrence (strand, index);
      if (decision->site != NULL)
        tn_occurrence_set_site (occurrence, decision->site);
      TnWhen when = { 0 };
      if (tn_placement_find_known (ledger, occurrence, &when)
          && tn_span_overlaps (when.days, years))
        add_index (indices, series, index);
      tn_occurrence_free (occurrence);
    }
}

static int
compare_ints (gconstpointer a, gconstpointer b)
{
  int x = *(const int *) a;
  int y = *(const int *) b;
  return (x > y) - (x < y);
}

static GArray *
list_indices (GHashTable *indices)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (int));
  GHashTableIter iter;
  gpointer key = NULL;
  g_hash_table_iter_init (&iter, indices);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      int index = GPOINTER_TO_INT (key);
      g_array_append_val (list, index);
    }
  g_array_sort (list, compare_ints);
  return list;
}

static void
add_occurrence (TnStrand *strand, int index, const TnSite *site)
{
  TnOccurrence *occurrence = make_occurrence (strand, index);
  if (site != NULL)
    tn_occurrence_set_site (occurrence, site->id);
  g_ptr_array_add (strand->occurrences, occurrence);
  g_array_append_val (strand->indices, index);
}

/* One for each cycle, or for each site of it; a site with a date of its own has that one cycle. */
static void
add_occurrences (TnStrand *strand, const GArray *indices)
{
  for (guint i = 0; i < indices->len; i++)
    {
      int index = g_array_index (indices, int, i);
      TnCycle cycle = tn_rhythm_get_cycle (strand->series, index);
      for (guint j = 0; j < strand->series->sites->len; j++)
        {
          const TnSite *site = g_ptr_array_index (strand->series->sites, j);
          if (site->date == TN_DATE_NONE
              || tn_span_contains (tn_cycle_get_span (&cycle), site->date))
            add_occurrence (strand, index, site);
        }
      if (strand->series->sites->len == 0)
        add_occurrence (strand, index, NULL);
    }
}

/**
 * tn_strand_new:
 * @years: calendar years that are asked for
 * @from_first: whether a date depends on those before it, so that all from the first are needed
 *
 * Returns: (transfer full): the occurrences of the cycles, without dates
 */
TnStrand *
tn_strand_new (const TnCollaboration *collaboration, const TnSeries *series, const TnLedger *ledger,
               TnSpan years, gboolean from_first)
{
  TnStrand *strand = g_new0 (TnStrand, 1);
  strand->collaboration = collaboration;
  strand->series = series;
  strand->indices = g_array_new (FALSE, FALSE, sizeof (int));
  strand->occurrences = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_occurrence_free);
  g_autoptr (GHashTable) indices = g_hash_table_new (NULL, NULL);
  add_windows (strand, years, from_first, indices);
  add_decided (strand, ledger, years, indices);
  g_autoptr (GArray) rising = list_indices (indices);
  add_occurrences (strand, rising);
  strand->is_settled = g_new0 (gboolean, strand->indices->len + 1);
  return strand;
}

void
tn_strand_free (TnStrand *strand)
{
  if (strand == NULL)
    return;
  g_array_unref (strand->indices);
  g_ptr_array_unref (strand->occurrences);
  g_free (strand->is_settled);
  g_free (strand);
}

static void
cover (TnSpan *span, TnSpan more)
{
  span->start = MIN (span->start, more.start);
  span->end = MAX (span->end, more.end);
}

/**
 * tn_strand_cover:
 * @periods: (inout): made to hold the periods of all cycles
 * @days: (inout): made to hold every window and every known date
 */
void
tn_strand_cover (const TnStrand *strand, const TnLedger *ledger, TnSpan *periods, TnSpan *days)
{
  for (guint i = 0; i < strand->occurrences->len; i++)
    {
      const TnOccurrence *occurrence = g_ptr_array_index (strand->occurrences, i);
      TnWhen known = { 0 };
      cover (periods, tn_cycle_get_span (&occurrence->cycle));
      cover (days, tn_window_get_membership_span (strand->series, &occurrence->cycle));
      if (tn_placement_find_known (ledger, occurrence, &known))
        cover (days, known.days);
    }
}

/**
 * tn_strand_find_last:
 *
 * Returns: where the occurrence of the cycle one year or more before was, moved on by whole weeks;
 *   %TN_DATE_NONE when there was none
 */
TnDate
tn_strand_find_last (const TnStrand *strand, guint place)
{
  const TnOccurrence *occurrence = g_ptr_array_index (strand->occurrences, place);
  for (guint i = place; i > 0; i--)
    {
      const TnOccurrence *earlier = g_ptr_array_index (strand->occurrences, i - 1);
      int years = occurrence->cycle.year - earlier->cycle.year;
      if (years > 0 && earlier->cycle.part <= occurrence->cycle.part
          && earlier->status != TN_STATUS_UNPLACED)
        return earlier->when.days.start + years * 52 * 7;
    }
  return TN_DATE_NONE;
}
