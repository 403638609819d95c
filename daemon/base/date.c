/* Days as numbers: the planner compares, adds and subtracts days by the thousand, so a day is an
 * integer. The calendar is computed with H. Hinnant's civil algorithms (400-year eras), which need
 * no table and no locale. */
#include "base/date.h"

#include "base/error.h"

#include <stdio.h>
#include <string.h>

static const int DAYS_TO_EPOCH = 719468; /* from 0000-03-01 to 1970-01-01 */
static const int DAYS_IN_ERA = 146097;   /* 400 years */

static gboolean
is_leap (int year)
{
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int
days_in_month (int year, int month)
{
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  return month == 2 && is_leap (year) ? 29 : days[month - 1];
}

/**
 * tn_date_is_valid_ymd:
 *
 * Returns: %TRUE when the three name a day of years 1 to 9999.
 */
gboolean
tn_date_is_valid_ymd (int year, int month, int day)
{
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1
         && day <= days_in_month (year, month);
}

/**
 * tn_date_new:
 *
 * The day of @year-@month-@day, which must be valid.
 */
TnDate
tn_date_new (int year, int month, int day)
{
  g_return_val_if_fail (tn_date_is_valid_ymd (year, month, day), TN_DATE_NONE);

  int y = month <= 2 ? year - 1 : year; /* years begin in March: the leap day comes last */
  int era = y / 400;
  int year_of_era = y - era * 400;
  int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * DAYS_IN_ERA + day_of_era - DAYS_TO_EPOCH;
}

/**
 * tn_date_get_ymd:
 * @ret_year: (out) (optional)
 * @ret_month: (out) (optional): 1 to 12
 * @ret_day: (out) (optional): 1 to 31
 *
 * The inverse of tn_date_new().
 */
void
tn_date_get_ymd (TnDate date, int *ret_year, int *ret_month, int *ret_day)
{
  int days = date + DAYS_TO_EPOCH;
  int era = (days >= 0 ? days : days - (DAYS_IN_ERA - 1)) / DAYS_IN_ERA;
  int day_of_era = days - era * DAYS_IN_ERA;
  int year_of_era
      = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int shifted_month = (5 * day_of_year + 2) / 153;
  int month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;

  if (ret_year != NULL)
    *ret_year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  if (ret_month != NULL)
    *ret_month = month;
  if (ret_day != NULL)
    *ret_day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
}

int
tn_date_get_year (TnDate date)
{
  int year = 0;
  tn_date_get_ymd (date, &year, NULL, NULL);
  return year;
}

TnWeekday
tn_date_get_weekday (TnDate date)
{
  int from_monday = (date + 3) % 7; /* 1970-01-01 was a Thursday */
  return (TnWeekday) ((from_monday < 0 ? from_monday + 7 : from_monday) + 1);
}

/**
 * tn_date_get_week:
 * @ret_week_year: (out) (optional): the year that the week belongs to
 *
 * Source: ISO 8601: a week belongs to the year of its Thursday.
 * Returns: the week, 1 to 53.
 */
int
tn_date_get_week (TnDate date, int *ret_week_year)
{
  static const int before[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334 };
  int year = 0;
  int month = 0;
  int day = 0;
  tn_date_get_ymd (date - (int) tn_date_get_weekday (date) + TN_THURSDAY, &year, &month, &day);
  if (ret_week_year != NULL)
    *ret_week_year = year;
  return (before[month - 1] + day - 1 + (month > 2 && is_leap (year) ? 1 : 0)) / 7 + 1;
}

/**
 * tn_date_new_week:
 * @week: 1 to 53; week 53 of a year that has 52 is week 1 of the next
 *
 * Returns: the day @weekday of ISO week @week.
 */
TnDate
tn_date_new_week (int week_year, int week, TnWeekday weekday)
{
  TnDate fourth = tn_date_new (week_year, 1, 4); /* always in week 1 */
  TnDate first_monday = fourth - (int) tn_date_get_weekday (fourth) + 1;
  return first_monday + (week - 1) * 7 + (int) weekday - 1;
}

int
tn_date_get_weeks_in_year (int week_year)
{
  return tn_date_get_week (tn_date_new (week_year, 12, 28), NULL);
}

/**
 * tn_date_add_months:
 *
 * Adds whole months; a day that the month does not have becomes its last (31 January and one month
 * is 28 or 29 February), as people count deadlines.
 */
TnDate
tn_date_add_months (TnDate date, int months)
{
  int year = 0;
  int month = 0;
  int day = 0;
  tn_date_get_ymd (date, &year, &month, &day);

  int total = year * 12 + month - 1 + months;
  year = total / 12;
  month = total % 12 + 1;
  return tn_date_new (year, month, MIN (day, days_in_month (year, month)));
}

/**
 * tn_date_get_easter:
 *
 * Source: the anonymous Gregorian computus (Meeus, Jones, Butcher).
 * Returns: Easter Sunday of @year.
 */
TnDate
tn_date_get_easter (int year)
{
  int a = year % 19;
  int b = year / 100;
  int c = year % 100;
  int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  int m = (a + 11 * h + 22 * l) / 451;
  int sum = h + l - 7 * m + 114;
  return tn_date_new (year, sum / 31, sum % 31 + 1);
}

static gboolean
all_digits (const char *text, const char *pattern)
{
  for (gsize i = 0; pattern[i] != '\0'; i++)
    if (pattern[i] == '9' ? !g_ascii_isdigit (text[i]) : text[i] != pattern[i])
      return FALSE;
  return text[strlen (pattern)] == '\0';
}

/**
 * tn_date_parse:
 * @text: `2027-05-18`
 * @ret_date: (out): untouched on failure
 *
 * Errors: %TN_ERROR_INVALID when @text is no such day.
 */
gboolean
tn_date_parse (const char *text, TnDate *ret_date, GError **error)
{
  g_return_val_if_fail (text != NULL, FALSE);

  int year = 0;
  int month = 0;
  int day = 0;
  if (!all_digits (text, "9999-99-99") || sscanf (text, "%4d-%2d-%2d", &year, &month, &day) != 3)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                   "'%s' is no date, expected one like 2027-05-18", text);
      return FALSE;
    }
  if (!tn_date_is_valid_ymd (year, month, day))
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "there is no day %s in the calendar", text);
      return FALSE;
    }
  *ret_date = tn_date_new (year, month, day);
  return TRUE;
}

/**
 * tn_date_to_string:
 *
 * Returns: (transfer full): `2027-05-18`
 */
char *
tn_date_to_string (TnDate date)
{
  int year = 0;
  int month = 0;
  int day = 0;
  tn_date_get_ymd (date, &year, &month, &day);
  return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
}
