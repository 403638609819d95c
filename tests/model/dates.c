/* tests/model/dates.c — dates as people of a language write them */
#include "model/dates.h"

static void
assert_day (TnLanguage language, const char *day, const char *weekday, const char *when)
{
  TnWhen timed = tn_when_new_timed (tn_date_new (2027, 5, 18), 9 * 60 + 5,
                                    tn_date_new (2027, 5, 18), 15 * 60);
  g_autofree char *got_day = tn_dates_format_day (language, tn_date_new (2027, 5, 18));
  g_autofree char *got_weekday = tn_dates_format_weekday (language, tn_date_new (2027, 5, 18));
  g_autofree char *got_when = tn_dates_format_when (language, &timed);
  g_assert_cmpstr (got_day, ==, day);
  g_assert_cmpstr (got_weekday, ==, weekday);
  g_assert_cmpstr (got_when, ==, when);
}

static void
test_forms (void)
{
  assert_day (TN_LANGUAGE_DA, "18. maj 2027", "tirsdag 18. maj",
              "tirsdag den 18. maj 2027 kl. 09.05-15.00");
  assert_day (TN_LANGUAGE_SV, "18 maj 2027", "tisdag 18 maj", "tisdag 18 maj 2027 kl. 09.05-15.00");
  assert_day (TN_LANGUAGE_NB, "18. mai 2027", "tirsdag 18. mai",
              "tirsdag 18. mai 2027 kl. 09.05-15.00");
  assert_day (TN_LANGUAGE_EN, "18 May 2027", "Tuesday 18 May", "Tuesday 18 May 2027 09:05-15:00");
}

static void
test_days (void)
{
  TnWhen days = tn_when_new_days (tn_date_new (2026, 12, 31), 5);
  g_autofree char *when = tn_dates_format_when (TN_LANGUAGE_SV, &days);
  g_autofree char *weeks = tn_dates_format_weeks (&days);
  g_assert_cmpstr (when, ==, "torsdag 31 december 2026 till måndag 4 januari 2027");
  g_assert_cmpstr (weeks, ==, "53-1"); /* hazard: the week of a year's end is of another year */
  g_assert_null (tn_dates_format_hours (TN_LANGUAGE_SV, &days));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/dates/each-language-has-its-form", test_forms);
  g_test_add_func ("/model/dates/several-days-are-told-from-first-to-last", test_days);
  return g_test_run ();
}
