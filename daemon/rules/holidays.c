/* Holiday rules become days here, once for each span that is planned. The days lie in one array by
 * date beside a table of where each date begins, both filled by counting: building is linear in the
 * days of the span and looking one up costs the same for ten years as for a hundred, because the
 * planner asks for every day of every window. */
#include "rules/holidays.h"

struct _TnHolidays
{
  TnSpan known;    /* the span asked for and a day on both sides, for bridges across its edges */
  TnHoliday *days; /* (owned) by date, then file, then place in the file */
  guint *starts;   /* (owned) for each day of `known` its first in `days`, and one past the last */
  guint first;     /* of the span asked for, in `days` */
  guint n_asked;
};

/* Collects what the rules name, in their order; sorted afterwards. */
typedef struct
{
  TnSpan span;
  GArray *found; /* (element-type TnHoliday) */
} Harvest;

static void
add_day (Harvest *harvest, const TnHolidayFile *file, const TnHolidayRule *rule, TnDate date)
{
  if (!tn_span_contains (harvest->span, date))
    return;
  TnHoliday holiday = { date, rule, file };
  g_array_append_val (harvest->found, holiday);
}

/* A rule for 29 February names no day in a year without one. */
static void
add_fixed (Harvest *harvest, const TnHolidayFile *file, const TnHolidayRule *rule, int year)
{
  if (tn_date_is_valid_ymd (year, rule->month, rule->day))
    add_day (harvest, file, rule, tn_date_new (year, rule->month, rule->day));
}

static void
add_weekday (Harvest *harvest, const TnHolidayFile *file, const TnHolidayRule *rule, int year)
{
  /* On or after 29 February is on or after 1 March in most years. */
  TnDate from = tn_date_is_valid_ymd (year, rule->month, rule->day)
                    ? tn_date_new (year, rule->month, rule->day)
                    : tn_date_new (year, rule->month + 1, 1);
  int wait_days = ((int) rule->weekday - (int) tn_date_get_weekday (from) + 7) % 7;
  add_day (harvest, file, rule, from + wait_days);
}

/* Weeks from a higher to a lower number go over New Year, as Christmas breaks do. Week 53 is left
 * out of a year that has none. */
static void
add_weeks (Harvest *harvest, const TnHolidayFile *file, const TnHolidayRule *rule, int year)
{
  int n_weeks = tn_date_get_weeks_in_year (year);
  if (rule->first_week > n_weeks)
    return;
  gboolean over_new_year = rule->last_week < rule->first_week;
  TnDate start = tn_date_new_week (year, rule->first_week, TN_MONDAY);
  TnDate last_day = over_new_year
                        ? tn_date_new_week (year + 1, rule->last_week, TN_SUNDAY)
                        : tn_date_new_week (year, MIN (rule->last_week, n_weeks), TN_SUNDAY);
  for (TnDate date = start; date <= last_day; date++)
    add_day (harvest, file, rule, date);
}

static void
add_year (Harvest *harvest, const TnHolidayFile *file, const TnHolidayRule *rule, int year)
{
  switch (rule->rule)
    {
    case TN_DAY_FIXED:
      add_fixed (harvest, file, rule, year);
      break;
    case TN_DAY_EASTER:
      add_day (harvest, file, rule, tn_date_get_easter (year) + rule->easter_days);
      break;
    case TN_DAY_WEEKDAY:
      add_weekday (harvest, file, rule, year);
      break;
    case TN_DAY_WEEKS:
      add_weeks (harvest, file, rule, year);
      break;
    case TN_DAY_DATE:
    case TN_DAY_SPANS:
      break; /* named once, not by the year */
    }
}

static void
add_spans (Harvest *harvest, const TnHolidayFile *file, const TnHolidayRule *rule)
{
  for (guint i = 0; i < rule->spans->len; i++)
    {
      TnSpan span = g_array_index (rule->spans, TnSpan, i);
      TnDate end = MIN (span.end, harvest->span.end);
      for (TnDate date = MAX (span.start, harvest->span.start); date < end; date++)
        add_day (harvest, file, rule, date);
    }
}

/* The years around the span are asked as well: a rule of December can name a day of January. */
static void
add_rule (Harvest *harvest, const TnHolidayFile *file, const TnHolidayRule *rule)
{
  if (rule->rule == TN_DAY_DATE)
    {
      add_day (harvest, file, rule, rule->date);
      return;
    }
  if (rule->rule == TN_DAY_SPANS)
    {
      add_spans (harvest, file, rule);
      return;
    }
  int first_year = MAX (tn_date_get_year (harvest->span.start) - 1, rule->first_year);
  int last_year = tn_date_get_year (harvest->span.end - 1) + 1;
  if (rule->last_year != 0)
    last_year = MIN (last_year, rule->last_year);
  for (int year = first_year; year <= last_year; year++)
    add_year (harvest, file, rule, year);
}

/* A counting sort; it keeps the order of the rules among those of one date. */
static void
sort_by_date (TnHolidays *holidays, const GArray *found)
{
  TnDate origin = holidays->known.start;
  guint n_dates = (guint) tn_span_get_days (holidays->known);
  holidays->days = g_new (TnHoliday, found->len);
  holidays->starts = g_new0 (guint, n_dates + 1);

  for (guint i = 0; i < found->len; i++)
    holidays->starts[g_array_index (found, TnHoliday, i).date - origin + 1]++;
  for (guint i = 0; i < n_dates; i++)
    holidays->starts[i + 1] += holidays->starts[i];

  g_autofree guint *next = g_memdup2 (holidays->starts, (n_dates + 1) * sizeof (guint));
  for (guint i = 0; i < found->len; i++)
    {
      const TnHoliday *holiday = &g_array_index (found, TnHoliday, i);
      holidays->days[next[holiday->date - origin]++] = *holiday;
    }
}

/* Years 2 to 9997: rules look one year ahead and back, and breaks over New Year one more. */
static TnSpan
clamp_span (TnSpan span)
{
  TnDate earliest = tn_date_new (2, 1, 3);
  TnDate end = tn_date_new (9997, 12, 30);
  TnDate start = CLAMP (span.start, earliest, end);
  return tn_span_new (start, CLAMP (span.end, start, end));
}

static void
add_file (Harvest *harvest, const TnHolidayFile *file)
{
  for (guint i = 0; i < file->rules->len; i++)
    add_rule (harvest, file, g_ptr_array_index (file->rules, i));
}

static TnHolidays *
make (const TnRulebook *rulebook, const char *const *ids, const GPtrArray *calendars, TnSpan span)
{
  TnSpan asked = clamp_span (span);
  TnHolidays *holidays = g_new0 (TnHolidays, 1);
  holidays->known = tn_span_new (asked.start - 1, asked.end + 1);

  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (TnHoliday));
  Harvest harvest = { holidays->known, found };
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      const TnHolidayFile *file = tn_rulebook_find_holidays (rulebook, ids[i]);
      if (file != NULL)
        add_file (&harvest, file);
    }
  for (guint i = 0; calendars != NULL && i < calendars->len; i++)
    add_file (&harvest, g_ptr_array_index (calendars, i));

  sort_by_date (holidays, found);
  holidays->first = holidays->starts[1];
  holidays->n_asked = holidays->starts[asked.end - holidays->known.start] - holidays->first;
  return holidays;
}

/**
 * tn_holidays_new:
 * @rulebook: (unowned): must outlive the result
 * @ids: (nullable) (array zero-terminated=1): which of its holiday files count; one that is not
 *   loaded counts nothing, the charter's reader has refused it long before
 * @span: the days that the caller will ask about
 *
 * Works out every holiday in @span. Dates outside @span are known for no holiday at all, its
 * neighbours excepted: who counts workdays back from a day must ask for a span that holds them.
 *
 * Returns: (transfer full)
 */
TnHolidays *
tn_holidays_new (const TnRulebook *rulebook, const char *const *ids, TnSpan span)
{
  g_return_val_if_fail (rulebook != NULL, NULL);

  return make (rulebook, ids, NULL, span);
}

/**
 * tn_holidays_new_for:
 *
 * As tn_holidays_new(), of all files of @collaboration, which must outlive the result, too.
 *
 * Returns: (transfer full)
 */
TnHolidays *
tn_holidays_new_for (const TnRulebook *rulebook, const TnCollaboration *collaboration, TnSpan span)
{
  g_return_val_if_fail (rulebook != NULL && collaboration != NULL, NULL);

  return make (rulebook, (const char *const *) collaboration->holidays, collaboration->calendars,
               span);
}

/**
 * tn_holidays_free:
 * @holidays: (nullable) (transfer full)
 */
void
tn_holidays_free (TnHolidays *holidays)
{
  if (holidays == NULL)
    return;
  g_free (holidays->days);
  g_free (holidays->starts);
  g_free (holidays);
}

/**
 * tn_holidays_get_size:
 *
 * Returns: how many holidays the span has; a day that two rules name counts twice.
 */
guint
tn_holidays_get_size (const TnHolidays *holidays)
{
  g_return_val_if_fail (holidays != NULL, 0);

  return holidays->n_asked;
}

/**
 * tn_holidays_get:
 * @index: below tn_holidays_get_size()
 *
 * Returns: (transfer none): the holiday at @index, by date, then in the order of files and rules.
 */
const TnHoliday *
tn_holidays_get (const TnHolidays *holidays, guint index)
{
  g_return_val_if_fail (holidays != NULL && index < holidays->n_asked, NULL);

  return &holidays->days[holidays->first + index];
}

/**
 * tn_holidays_find:
 *
 * Returns: (transfer none) (nullable): the first holiday of @kind on @date; %NULL when there is
 *   none or @date is not in the span.
 */
const TnHoliday *
tn_holidays_find (const TnHolidays *holidays, TnDate date, TnHolidayKind kind)
{
  g_return_val_if_fail (holidays != NULL, NULL);

  if (!tn_span_contains (holidays->known, date))
    return NULL;
  guint place = (guint) (date - holidays->known.start);
  for (guint i = holidays->starts[place]; i < holidays->starts[place + 1]; i++)
    if (holidays->days[i].rule->kind == kind)
      return &holidays->days[i];
  return NULL;
}

/**
 * tn_holidays_find_break:
 * @area: (nullable): %NULL: of any area
 *
 * Returns: (transfer none) (nullable): the first school break on @date, one for all areas included
 */
const TnHoliday *
tn_holidays_find_break (const TnHolidays *holidays, TnDate date, const char *area)
{
  g_return_val_if_fail (holidays != NULL, NULL);

  if (!tn_span_contains (holidays->known, date))
    return NULL;
  guint place = (guint) (date - holidays->known.start);
  for (guint i = holidays->starts[place]; i < holidays->starts[place + 1]; i++)
    {
      const TnHolidayRule *rule = holidays->days[i].rule;
      if (rule->kind == TN_HOLIDAY_SCHOOL_BREAK
          && (area == NULL || rule->area == NULL || g_str_equal (rule->area, area)))
        return &holidays->days[i];
    }
  return NULL;
}

/**
 * tn_holidays_find_bridged:
 *
 * A bridge day is the one working day between a public holiday and a weekend: the Friday after a
 * Thursday, the Monday before a Tuesday. Many take it off (da: indeklemt fridag, sv: klämdag, nb:
 * inneklemt dag).
 *
 * Returns: (transfer none) (nullable): the public holiday that makes @date a bridge day.
 */
const TnHoliday *
tn_holidays_find_bridged (const TnHolidays *holidays, TnDate date)
{
  g_return_val_if_fail (holidays != NULL, NULL);

  if (!tn_holidays_is_workday (holidays, date))
    return NULL;
  switch (tn_date_get_weekday (date))
    {
    case TN_MONDAY:
      return tn_holidays_find (holidays, date + 1, TN_HOLIDAY_PUBLIC);
    case TN_FRIDAY:
      return tn_holidays_find (holidays, date - 1, TN_HOLIDAY_PUBLIC);
    default:
      return NULL;
    }
}

/* A break of weeks names each of its days: they come one after the other, between those of other
 * rules. */
static void
add_to_span (GArray *spans, const TnHoliday *holiday)
{
  for (guint i = spans->len; i > 0; i--)
    {
      TnHolidaySpan *span = &g_array_index (spans, TnHolidaySpan, i - 1);
      if (span->rule == holiday->rule)
        {
          if (span->days.end != holiday->date)
            break;
          span->days.end++;
          return;
        }
    }
  TnHolidaySpan span = { tn_span_new (holiday->date, holiday->date + 1), holiday->rule };
  g_array_append_val (spans, span);
}

/**
 * tn_holidays_list_spans:
 *
 * Returns: (transfer full) (element-type TnHolidaySpan): the holidays of the span asked for, days
 *   of one rule that follow each other taken together, by first day
 */
GArray *
tn_holidays_list_spans (const TnHolidays *holidays)
{
  g_return_val_if_fail (holidays != NULL, NULL);

  GArray *spans = g_array_new (FALSE, FALSE, sizeof (TnHolidaySpan));
  for (guint i = 0; i < holidays->n_asked; i++)
    add_to_span (spans, tn_holidays_get (holidays, i));
  return spans;
}

/**
 * tn_holidays_is_workday:
 *
 * Returns: %TRUE when @date is Monday to Friday and no public holiday. Eves and observances are
 *   workdays: offices that close on them say so in a holiday file of their own.
 */
gboolean
tn_holidays_is_workday (const TnHolidays *holidays, TnDate date)
{
  g_return_val_if_fail (holidays != NULL, FALSE);

  return tn_date_get_weekday (date) <= TN_FRIDAY
         && tn_holidays_find (holidays, date, TN_HOLIDAY_PUBLIC) == NULL;
}
