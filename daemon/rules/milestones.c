/* Milestones. They hang on the occurrence: before its first day, after its last; or on its cycle:
 * before or after its first day, or on a fixed day in it. One that a person moved by hand stays
 * until the occurrence itself moves. Source: design section 4, Milestones. */
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

static TnDate
count (const TnMilestoneRule *rule, TnDate from, const TnHolidays *holidays)
{
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

/* Returns: the month and day that lies in @period; 29 February is the 28th where there is none. */
static TnDate
find_day (TnSpan period, int month, int day)
{
  for (int year = tn_date_get_year (period.start); year <= tn_date_get_year (period.end - 1);
       year++)
    {
      int last = tn_date_is_valid_ymd (year, month, day) ? day : day - 1;
      TnDate date = tn_date_new (year, month, last);
      if (tn_span_contains (period, date))
        return date;
    }
  return TN_DATE_NONE;
}

/* Returns: the day itself, or the one that is counted from; TN_DATE_NONE: it is of another cycle.
 */
static TnDate
find_anchor (const TnMilestoneRule *rule, const TnOccurrence *occurrence)
{
  TnSpan period = tn_cycle_get_span (&occurrence->cycle);
  TnSpan days = occurrence->when.days;
  switch (rule->anchor)
    {
    case TN_ANCHOR_CYCLE:
      return period.start;
    case TN_ANCHOR_DAY:
      return find_day (period, rule->month, rule->day);
    case TN_ANCHOR_DATE:
      return tn_span_contains (period, rule->date) ? rule->date : TN_DATE_NONE;
    case TN_ANCHOR_EVENT:
    default:
      return rule->after ? days.end - 1 : days.start;
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

static const char *
name_rest (TnDate day, const TnHolidays *holidays)
{
  const TnHoliday *holiday = tn_holidays_find (holidays, day, TN_HOLIDAY_PUBLIC);
  if (holiday != NULL)
    return holiday->rule->name;
  return tn_date_get_weekday (day) == TN_SATURDAY ? "a Saturday" : "a Sunday";
}

/**
 * tn_milestones_shift:
 * @milestone: whose day was counted out, not yet settled
 * @rule: says whether it goes to the workday before or after when its day is none
 */
void
tn_milestones_shift (TnMilestone *milestone, const TnMilestoneRule *rule,
                     const TnHolidays *holidays)
{
  if (rule->shift == TN_SHIFT_NONE || tn_holidays_is_workday (holidays, milestone->due))
    return;
  gboolean is_next = rule->shift == TN_SHIFT_NEXT;
  g_autofree char *source = tn_origin_to_string (&rule->origin);
  g_autofree char *day = tn_date_to_string (milestone->due);
  const char *rest = name_rest (milestone->due, holidays);
  milestone->due = count_workdays (milestone->due, 1, is_next ? 1 : -1, holidays);
  g_autofree char *workday = tn_date_to_string (milestone->due);
  explain (milestone, "shift", source, "%s is no workday (%s): the %s one is %s", day, rest,
           is_next ? "next" : "previous", workday);
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

/* Why the day is what it is. */
static void
explain_rule (TnMilestone *milestone, const TnMilestoneRule *rule, const TnOccurrence *occurrence,
              TnDate anchor)
{
  g_autofree char *source = tn_origin_to_string (&rule->origin);
  g_autofree char *day = tn_date_to_string (anchor);
  const char *who = strcmp (rule->by, "council") == 0 ? "each council" : rule->by;
  if (rule->anchor == TN_ANCHOR_EVENT)
    explain (milestone, "milestone", source, "%d %s %s %s, the duty of %s", rule->amount,
             name_unit (rule->unit), rule->after ? "after" : "before", day, who);
  else if (rule->anchor == TN_ANCHOR_CYCLE)
    explain (milestone, "milestone", source,
             "%d %s %s %s, the first day of the period of %s, the duty of %s", rule->amount,
             name_unit (rule->unit), rule->after ? "after" : "before", day, occurrence->cycle_text,
             who);
  else
    explain (milestone, "milestone", source, "%s, a fixed day in the period of %s, the duty of %s",
             day, occurrence->cycle_text, who);
}

static TnMilestone *
make_milestone (const TnMilestoneRule *rule, TnDate anchor, const TnOccurrence *occurrence,
                const TnLedger *ledger, const TnMembership *membership, const TnHolidays *holidays)
{
  TnMilestone *milestone = tn_milestones_make (occurrence, rule->id, rule->title, rule->by,
                                               count (rule, anchor, holidays), membership);
  explain_rule (milestone, rule, occurrence, anchor);
  tn_milestones_shift (milestone, rule, holidays);
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
      TnDate anchor = find_anchor (rule, occurrence);
      if (rule->every == 0 && anchor != TN_DATE_NONE)
        g_ptr_array_add (occurrence->milestones,
                         make_milestone (rule, anchor, occurrence, ledger, membership, holidays));
    }
}
