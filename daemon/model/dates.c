/* Dates in words. No strftime: it goes by the machine's locale, and the language is the
 * collaboration's (promise 9). The forms of days and times are those that stand in events, too. */
#include "model/dates.h"

#include "model/catalogue.h"

static const char *const WEEKDAYS[] = {
  NC_ ("weekday", "Monday"),   NC_ ("weekday", "Tuesday"), NC_ ("weekday", "Wednesday"),
  NC_ ("weekday", "Thursday"), NC_ ("weekday", "Friday"),  NC_ ("weekday", "Saturday"),
  NC_ ("weekday", "Sunday"),
};

/**
 * tn_dates_get_weekday:
 *
 * Returns: (transfer none): `tirsdag`
 */
const char *
tn_dates_get_weekday (TnLanguage language, TnWeekday weekday)
{
  return tn_say_in (language, "weekday", WEEKDAYS[weekday - TN_MONDAY]);
}

/**
 * tn_dates_get_month:
 * @month: 1 to 12
 *
 * Returns: (transfer none): `maj`
 */
const char *
tn_dates_get_month (TnLanguage language, int month)
{
  return tn_word_for_month (language, month);
}

/**
 * tn_dates_format_month_day:
 *
 * Returns: (transfer full): `18. maj`, sv `18 maj`, en `18 May`
 */
char *
tn_dates_format_month_day (TnLanguage language, int month, int day)
{
  return tn_word_format_month_day (language, month, day);
}

/**
 * tn_dates_format_day:
 *
 * Returns: (transfer full): `18. maj 2027`
 */
char *
tn_dates_format_day (TnLanguage language, TnDate date)
{
  return tn_word_format_day (language, date);
}

/**
 * tn_dates_format_weekday:
 *
 * Returns: (transfer full): `tirsdag 18. maj`: for a page that says the year
 */
char *
tn_dates_format_weekday (TnLanguage language, TnDate date)
{
  int month = 0;
  int day = 0;
  int year = 0;
  tn_date_get_ymd (date, &year, &month, &day);
  g_autofree char *month_day = tn_dates_format_month_day (language, month, day);
  return g_strdup_printf ("%s %s", tn_dates_get_weekday (language, tn_date_get_weekday (date)),
                          month_day);
}

/**
 * tn_dates_format_minute:
 * @minute: of the day
 *
 * Returns: (transfer full): `kl. 10.00`, en `10:00`
 */
char *
tn_dates_format_minute (TnLanguage language, int minute)
{
  g_autofree char *clock = tn_word_format_clock (language, minute);
  return g_strdup_printf (tn_say_in (language, "time of day", "%s"), clock);
}

/**
 * tn_dates_format_hours:
 *
 * Returns: (transfer full) (nullable): `kl. 10.00-15.00`; %NULL when it is all day
 */
char *
tn_dates_format_hours (TnLanguage language, const TnWhen *when)
{
  if (when->all_day)
    return NULL;
  g_autofree char *start = tn_dates_format_minute (language, when->start_minute);
  g_autofree char *end = tn_word_format_clock (language, when->end_minute);
  return g_strdup_printf ("%s-%s", start, end);
}

static char *
format_long (TnLanguage language, TnDate date)
{
  g_autofree char *day = tn_dates_format_day (language, date);
  return g_strdup_printf (tn_say_in (language, "weekday and date", "%s %s"),
                          tn_dates_get_weekday (language, tn_date_get_weekday (date)), day);
}

static char *
join (TnLanguage language, const char *from, const char *to)
{
  return g_strdup_printf (tn_say_in (language, "dates", "%s to %s"), from, to);
}

static char *
add_minute (TnLanguage language, const TnWhen *when, const char *day, int minute)
{
  g_autofree char *clock = tn_dates_format_minute (language, minute);
  return when->all_day ? g_strdup (day) : g_strdup_printf ("%s %s", day, clock);
}

/**
 * tn_dates_format_when:
 *
 * Returns: (transfer full): `tirsdag den 16. maj 2023 kl. 10.00-15.00`, `… kl. 10.00 til …`
 */
char *
tn_dates_format_when (TnLanguage language, const TnWhen *when)
{
  g_autofree char *start = format_long (language, when->days.start);
  g_autofree char *last = format_long (language, when->days.end - 1);
  if (tn_span_get_days (when->days) == 1)
    {
      g_autofree char *hours = tn_dates_format_hours (language, when);
      return hours != NULL ? g_strdup_printf ("%s %s", start, hours) : g_steal_pointer (&start);
    }
  g_autofree char *from = add_minute (language, when, start, when->start_minute);
  g_autofree char *to = add_minute (language, when, last, when->end_minute);
  return join (language, from, to);
}

/**
 * tn_dates_format_days:
 *
 * Returns: (transfer full): `tirsdag 18. maj`, `… til …`: for a page that says the year
 */
char *
tn_dates_format_days (TnLanguage language, const TnWhen *when)
{
  g_autofree char *start = tn_dates_format_weekday (language, when->days.start);
  g_autofree char *last = tn_dates_format_weekday (language, when->days.end - 1);
  return tn_span_get_days (when->days) == 1 ? g_steal_pointer (&start)
                                            : join (language, start, last);
}

/**
 * tn_dates_format_weeks:
 *
 * Returns: (transfer full): the ISO week or weeks: `20`, `52-1`
 */
char *
tn_dates_format_weeks (const TnWhen *when)
{
  int first = tn_date_get_week (when->days.start, NULL);
  int last = tn_date_get_week (when->days.end - 1, NULL);
  return first == last ? g_strdup_printf ("%d", first) : g_strdup_printf ("%d-%d", first, last);
}
