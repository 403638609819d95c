/* Homework: a milestone that comes back every so often after an occurrence until the next one, of
 * its own series or of another that is named. Each repetition has a number of its own, so that it
 * stays the same event when the next occurrence moves. Source: charters.md section 5. */
#include "rules/homework.h"

#include "rules/milestones.h"
#include "rules/strand.h"

#include <string.h>

static gboolean
is_until (const TnStrand *strand, const TnOccurrence *occurrence, const char *until)
{
  if (until == NULL)
    return strand->series == occurrence->series;
  return strcmp (strand->series->id, until) == 0;
}

/* Returns: the next occurrence, or NULL: the programme is at its end. */
static const TnOccurrence *
find_next (const TnOccurrence *occurrence, const GPtrArray *strands, const char *until)
{
  const TnOccurrence *next = NULL;
  for (guint i = 0; i < strands->len; i++)
    {
      const TnStrand *strand = g_ptr_array_index (strands, i);
      for (guint j = 0; is_until (strand, occurrence, until) && j < strand->occurrences->len; j++)
        {
          const TnOccurrence *other = g_ptr_array_index (strand->occurrences, j);
          if (other->status != TN_STATUS_UNPLACED && other->status != TN_STATUS_CANCELLED
              && other->when.days.start >= occurrence->when.days.end
              && (next == NULL || other->when.days.start < next->when.days.start))
            next = other;
        }
    }
  return next;
}

static TnDate
count_on (const TnMilestoneRule *rule, TnDate from, int times)
{
  if (rule->every_unit == TN_UNIT_MONTHS)
    return tn_date_add_months (from, rule->every * times);
  return from + rule->every * times * (rule->every_unit == TN_UNIT_WEEKS ? 7 : 1);
}

static void
add_rule (const TnMilestoneRule *rule, TnOccurrence *occurrence, const TnOccurrence *next,
          const TnLedger *ledger, const TnMembership *membership, const TnHolidays *holidays)
{
  g_autofree char *source = tn_origin_to_string (&rule->origin);
  g_autofree char *reference = tn_occurrence_to_reference (next);
  for (int times = 1; times <= TN_HOMEWORK_MOST; times++)
    {
      TnDate due = count_on (rule, occurrence->when.days.end - 1, times);
      if (due >= next->when.days.start)
        return;
      g_autofree char *id = g_strdup_printf ("%s-%d", rule->id, times);
      g_autoptr (TnMilestone) milestone
          = tn_milestones_make (occurrence, id, rule->title, rule->by, due, membership);
      g_ptr_array_add (milestone->reasons,
                       tn_reason_new ("homework", source,
                                      "the %d. between %s and %s, the duty of %s", times,
                                      occurrence->cycle_text, reference, rule->by));
      tn_milestones_shift (milestone, rule, holidays);
      /* The workday after it may be too late. */
      if (milestone->due >= next->when.days.start)
        return;
      tn_milestones_settle (milestone, occurrence, ledger);
      g_ptr_array_add (occurrence->milestones, g_steal_pointer (&milestone));
    }
}

/* How far apart two of @series may be when two in a row are not held. */
static int
get_gap_years (const TnSeries *series)
{
  static const int parts[] = { 1, 2, 4, 12, 1 }; /* cycles in a year, by TnPeriod */
  const GArray *dates = series->frequency.dates;
  if (dates->len == 0)
    return 3 * series->every_n / parts[series->every] + 1;
  const TnFixedDate *first = &g_array_index (dates, TnFixedDate, 0);
  const TnFixedDate *last = &g_array_index (dates, TnFixedDate, dates->len - 1);
  return last->cycle.year - first->cycle.year + 1;
}

/**
 * tn_homework_get_reach_years:
 *
 * Returns: how many years after an occurrence the one may lie that ends its homework; 0 when there
 *   is no homework
 */
int
tn_homework_get_reach_years (const TnCollaboration *collaboration)
{
  int reach = 0;
  for (guint i = 0; i < collaboration->series->len; i++)
    {
      const TnSeries *series = g_ptr_array_index (collaboration->series, i);
      for (guint j = 0; j < series->milestones->len; j++)
        {
          const TnMilestoneRule *rule = g_ptr_array_index (series->milestones, j);
          const TnSeries *until = rule->until != NULL
                                      ? tn_collaboration_find_series (collaboration, rule->until)
                                      : series;
          if (rule->every > 0 && until != NULL)
            reach = MAX (reach, get_gap_years (until) + 1);
        }
    }
  return reach;
}

/**
 * tn_homework_add:
 * @occurrence: its other milestones are there
 * @strands: (element-type TnStrand): of its collaboration, all dates settled
 * @holidays: must know the days between
 */
void
tn_homework_add (TnOccurrence *occurrence, const GPtrArray *strands, const TnLedger *ledger,
                 const TnMembership *membership, const TnHolidays *holidays)
{
  for (guint i = 0; i < occurrence->series->milestones->len; i++)
    {
      const TnMilestoneRule *rule = g_ptr_array_index (occurrence->series->milestones, i);
      if (rule->every == 0 || occurrence->status == TN_STATUS_UNPLACED)
        continue;
      const TnOccurrence *next = find_next (occurrence, strands, rule->until);
      if (next != NULL)
        add_rule (rule, occurrence, next, ledger, membership, holidays);
    }
}
