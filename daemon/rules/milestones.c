/* Milestones. They hang on the occurrence: before its first day, after its last. One that a person
 * moved by hand stays until the occurrence itself moves. Source: design section 4, Milestones. */
#include "rules/milestones.h"

#include "model/identity.h"
#include "rules/entry.h"
#include "rules/wording.h"

#include <string.h>

static TnDate
count_workdays (TnDate from, int amount, int step, const TnHolidays *holidays)
{
  TnDate day = from;
  for (int left = amount; left > 0;)
    {
      day += step;
      if (tn_holidays_is_workday (holidays, day))
        left--;
    }
  return day;
}

/**
 * tn_milestones_count:
 * @days: of the occurrence
 * @holidays: must know the days between
 *
 * Returns: the day that lies so long before the first or after the last of @days
 */
TnDate
tn_milestones_count (const TnMilestoneRule *rule, TnSpan days, const TnHolidays *holidays)
{
  TnDate from = rule->after ? days.end - 1 : days.start;
  int step = rule->after ? 1 : -1;
  switch (rule->unit)
    {
    case TN_UNIT_WORKDAYS:
      return count_workdays (from, rule->amount, step, holidays);
    case TN_UNIT_WEEKS:
      return from + step * rule->amount * 7;
    case TN_UNIT_MONTHS:
      return tn_date_add_months (from, step * rule->amount);
    case TN_UNIT_DAYS:
    default:
      return from + step * rule->amount;
    }
}

/**
 * tn_milestones_get_reach_days:
 *
 * Returns: how far from an occurrence of @series workdays may have to be counted, generously
 */
int
tn_milestones_get_reach_days (const TnSeries *series)
{
  int reach = 0;
  for (guint i = 0; i < series->milestones->len; i++)
    {
      const TnMilestoneRule *rule = g_ptr_array_index (series->milestones, i);
      if (rule->unit == TN_UNIT_WORKDAYS)
        reach = MAX (reach, rule->amount * 2 + 31);
    }
  return reach;
}

static const char *
name_unit (TnUnit unit)
{
  static const char *const names[] = { "days", "workdays", "weeks", "months" };
  return names[unit];
}

static void G_GNUC_PRINTF (4, 5)
    explain (TnMilestone *milestone, const char *rule, const char *source, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (milestone->reasons, tn_reason_new (rule, source, "%s", text));
}

/* A day set by hand holds only while the occurrence stands where it stood then. */
static void
apply_due (TnMilestone *milestone, const TnOccurrence *occurrence, const TnLedger *ledger)
{
  const TnDecision *due = tn_entry_find (ledger, TN_DECISION_DUE, occurrence, milestone->id);
  TnDate day = 0;
  if (due == NULL || due->value == NULL || !tn_date_parse (due->value, &day, NULL))
    return;
  g_autofree char *source = tn_entry_dup_source (due);
  g_autofree char *how = tn_entry_describe (due, occurrence->collaboration);
  if (due->anchor != TN_DATE_NONE && due->anchor != occurrence->when.days.start)
    {
      explain (milestone, "decision", source,
               "set to %s, but the event has moved since then and takes it along, %s", due->value,
               how);
      return;
    }
  milestone->due = day;
  milestone->moved = TRUE;
  explain (milestone, "decision", source, "set to %s by hand, %s", due->value, how);
}

static void
apply_done (TnMilestone *milestone, const TnOccurrence *occurrence, const TnLedger *ledger)
{
  const TnDecision *done = tn_entry_find (ledger, TN_DECISION_DONE, occurrence, milestone->id);
  milestone->done = done != NULL && !tn_entry_is_taken_back (done);
  if (!milestone->done)
    return;
  g_autofree char *source = tn_entry_dup_source (done);
  g_autofree char *how = tn_entry_describe (done, occurrence->collaboration);
  explain (milestone, "decision", source, "done, %s", how);
}

static char **
list_councils (const char *by, const TnOccurrence *occurrence, const TnMembership *membership)
{
  if (strcmp (by, "council") == 0)
    return tn_membership_list (membership, occurrence->when.days);
  const TnTurn *turn = tn_occurrence_find_turn (occurrence, by);
  return turn != NULL ? g_strdupv (turn->councils) : g_new0 (char *, 1);
}

/**
 * tn_milestones_make:
 * @id: permanent within its occurrence
 * @by: the role that has the duty; `council`: each council
 *
 * Returns: (transfer full): with its identity, to be given a reason and settled
 */
TnMilestone *
tn_milestones_make (const TnOccurrence *occurrence, const char *id, const char *title,
                    const char *by, TnDate due, const TnMembership *membership)
{
  TnMilestone *milestone = tn_milestone_new ();
  milestone->id = g_strdup (id);
  TnIdentity identity = { .collaboration = occurrence->collaboration->id,
                          .series = occurrence->series->id,
                          .cycle = occurrence->cycle_text,
                          .site = occurrence->site,
                          .milestone = id };
  milestone->key = tn_identity_to_key (&identity);
  milestone->uid = tn_identity_key_to_uid (milestone->key);
  milestone->title = tn_wording_expand (title, occurrence);
  milestone->by = g_strdup (by);
  milestone->councils = list_councils (by, occurrence, membership);
  milestone->due = due;
  return milestone;
}

/**
 * tn_milestones_settle:
 * @milestone: its day and whether it is done become what people decided
 */
void
tn_milestones_settle (TnMilestone *milestone, const TnOccurrence *occurrence,
                      const TnLedger *ledger)
{
  apply_due (milestone, occurrence, ledger);
  apply_done (milestone, occurrence, ledger);
}

static TnMilestone *
make_milestone (const TnMilestoneRule *rule, const TnOccurrence *occurrence, const TnLedger *ledger,
                const TnMembership *membership, const TnHolidays *holidays)
{
  TnDate due = tn_milestones_count (rule, occurrence->when.days, holidays);
  TnMilestone *milestone
      = tn_milestones_make (occurrence, rule->id, rule->title, rule->by, due, membership);

  g_autofree char *source = tn_origin_to_string (&rule->origin);
  g_autofree char *day = tn_date_to_string (rule->after ? occurrence->when.days.end - 1
                                                        : occurrence->when.days.start);
  explain (milestone, "milestone", source, "%d %s %s %s, the duty of %s", rule->amount,
           name_unit (rule->unit), rule->after ? "after" : "before", day,
           strcmp (rule->by, "council") == 0 ? "each council" : rule->by);
  tn_milestones_settle (milestone, occurrence, ledger);
  return milestone;
}

/**
 * tn_milestones_add:
 * @occurrence: its date, roles and number are settled; its milestones are filled in
 *
 * An occurrence without a date has no milestones; one that is cancelled or postponed keeps those of
 * its would-be date, so that whoever shows them can mark them.
 */
void
tn_milestones_add (TnOccurrence *occurrence, const TnLedger *ledger, const TnMembership *membership,
                   const TnHolidays *holidays)
{
  if (occurrence->status == TN_STATUS_UNPLACED)
    return;
  for (guint i = 0; i < occurrence->series->milestones->len; i++)
    {
      const TnMilestoneRule *rule = g_ptr_array_index (occurrence->series->milestones, i);
      if (rule->every == 0)
        g_ptr_array_add (occurrence->milestones,
                         make_milestone (rule, occurrence, ledger, membership, holidays));
    }
}
