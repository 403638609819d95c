/* Days and their calendar. Numbers of reference were computed with Python's datetime. */
#include "base/date.h"
#include "base/error.h"

static void
test_epoch (void)
{
  g_assert_cmpint (tn_date_new (1970, 1, 1), ==, 0);
  g_assert_cmpint (tn_date_new (2000, 2, 29), ==, 11016);
  g_assert_cmpint (tn_date_new (2026, 3, 29), ==, 20541);
  g_assert_cmpint (tn_date_new (1899, 12, 31), ==, -25568);
  g_assert_cmpint (tn_date_new (1, 1, 1), ==, -719162);
  g_assert_cmpint (tn_date_new (9999, 12, 31), ==, 2932896);
}

/* Day by day over ten thousand years against GLib's calendar, which counts otherwise. */
static void
test_every_day (void)
{
  TnDate first = tn_date_new (1, 1, 1);
  TnDate last = tn_date_new (9999, 12, 31);
  GDate day;
  g_date_clear (&day, 1);
  g_date_set_dmy (&day, 1, G_DATE_JANUARY, 1);
  for (TnDate date = first; date <= last; date++)
    {
      int year = 0;
      int month = 0;
      int dom = 0;
      tn_date_get_ymd (date, &year, &month, &dom);
      if (date % 11 == 0 || month == 2) /* a tenth of them, and each end of February */
        {
          g_date_set_julian (&day, (guint32) (date - first) + 1);
          g_assert_cmpint (year, ==, g_date_get_year (&day));
          g_assert_cmpint (month, ==, (int) g_date_get_month (&day));
          g_assert_cmpint (dom, ==, g_date_get_day (&day));
          g_assert_cmpint (tn_date_get_weekday (date), ==, (int) g_date_get_weekday (&day));
        }
      if (tn_date_new (year, month, dom) != date)
        g_assert_cmpint (tn_date_new (year, month, dom), ==, date);
    }
}

static void
test_valid (void)
{
  g_assert_true (tn_date_is_valid_ymd (2028, 2, 29));
  g_assert_true (tn_date_is_valid_ymd (2000, 2, 29));
  g_assert_false (tn_date_is_valid_ymd (2027, 2, 29));
  g_assert_false (tn_date_is_valid_ymd (2100, 2, 29));
  g_assert_false (tn_date_is_valid_ymd (2027, 2, 31));
  g_assert_false (tn_date_is_valid_ymd (2027, 4, 31));
  g_assert_false (tn_date_is_valid_ymd (2027, 13, 1));
  g_assert_false (tn_date_is_valid_ymd (2027, 0, 1));
  g_assert_false (tn_date_is_valid_ymd (2027, 1, 0));
  g_assert_false (tn_date_is_valid_ymd (0, 1, 1));
  g_assert_false (tn_date_is_valid_ymd (10000, 1, 1));
}

static void
test_weekday (void)
{
  g_assert_cmpint (tn_date_get_weekday (tn_date_new (1970, 1, 1)), ==, TN_THURSDAY);
  g_assert_cmpint (tn_date_get_weekday (tn_date_new (1969, 12, 31)), ==, TN_WEDNESDAY);
  g_assert_cmpint (tn_date_get_weekday (tn_date_new (1, 1, 1)), ==, TN_MONDAY);
  g_assert_cmpint (tn_date_get_weekday (tn_date_new (2023, 5, 16)), ==, TN_TUESDAY);
}

static void
assert_week (int year, int month, int day, int week_year, int week)
{
  int found_year = 0;
  TnDate date = tn_date_new (year, month, day);

  g_assert_cmpint (tn_date_get_week (date, &found_year), ==, week);
  g_assert_cmpint (found_year, ==, week_year);
  g_assert_cmpint (tn_date_new_week (week_year, week, tn_date_get_weekday (date)), ==, date);
}

static void
test_weeks (void)
{
  assert_week (2027, 5, 18, 2027, 20);
  assert_week (2026, 1, 1, 2026, 1);
  assert_week (2024, 12, 30, 2025, 1);
  assert_week (2021, 1, 3, 2020, 53);
  assert_week (2026, 12, 31, 2026, 53);
  assert_week (2027, 1, 3, 2026, 53);
  assert_week (1899, 12, 31, 1899, 52);
}

static void
test_weeks_follow (void)
{
  for (TnDate monday = tn_date_new (1970, 1, 5); monday < tn_date_new (2100, 1, 1); monday += 7)
    {
      int year = 0;
      int next_year = 0;
      int week = tn_date_get_week (monday, &year);
      int next = tn_date_get_week (monday + 7, &next_year);

      g_assert_cmpint (tn_date_get_week (monday + 6, NULL), ==, week);
      g_assert_cmpint (next, ==, week == tn_date_get_weeks_in_year (year) ? 1 : week + 1);
      g_assert_cmpint (next_year, ==, next == 1 ? year + 1 : year);
    }
}

static void
test_weeks_in_year (void)
{
  g_assert_cmpint (tn_date_get_weeks_in_year (2020), ==, 53);
  g_assert_cmpint (tn_date_get_weeks_in_year (2025), ==, 52);
  g_assert_cmpint (tn_date_get_weeks_in_year (2026), ==, 53);
  g_assert_cmpint (tn_date_new_week (2025, 53, TN_MONDAY), ==, tn_date_new (2025, 12, 29));
}

static void
assert_months (const char *from, int months, const char *to)
{
  TnDate date = 0;
  g_assert_true (tn_date_parse (from, &date, NULL));

  g_autofree char *moved = tn_date_to_string (tn_date_add_months (date, months));

  g_assert_cmpstr (moved, ==, to);
}

static void
test_add_months (void)
{
  assert_months ("2027-05-18", 1, "2027-06-18");
  assert_months ("2027-01-31", 1, "2027-02-28");
  assert_months ("2028-01-31", 1, "2028-02-29");
  assert_months ("2027-12-31", 2, "2028-02-29");
  assert_months ("2027-03-31", -1, "2027-02-28");
  assert_months ("2027-01-15", -1, "2026-12-15");
  assert_months ("2027-01-15", -13, "2025-12-15");
  assert_months ("2028-02-29", 12, "2029-02-28");
  assert_months ("2027-05-18", 0, "2027-05-18");
}

/* Source: the table of Easter Sundays in the Danish almanac and the U.S. Census Bureau's. */
static void
test_easter (void)
{
  static const int easters[][3]
      = { { 1980, 4, 6 },  { 1981, 4, 19 }, { 1999, 4, 4 },  { 2000, 4, 23 }, { 2008, 3, 23 },
          { 2011, 4, 24 }, { 2018, 4, 1 },  { 2019, 4, 21 }, { 2023, 4, 9 },  { 2024, 3, 31 },
          { 2025, 4, 20 }, { 2026, 4, 5 },  { 2027, 3, 28 }, { 2028, 4, 16 }, { 2029, 4, 1 },
          { 2030, 4, 21 }, { 2038, 4, 25 }, { 2049, 4, 18 }, { 2076, 4, 19 }, { 2100, 3, 28 },
          { 1818, 3, 22 }, { 1943, 4, 25 }, { 2285, 3, 22 } };
  for (guint i = 0; i < G_N_ELEMENTS (easters); i++)
    g_assert_cmpint (tn_date_get_easter (easters[i][0]), ==,
                     tn_date_new (easters[i][0], easters[i][1], easters[i][2]));
}

static void
test_easter_sunday (void)
{
  for (int year = 1583; year <= 9999; year++)
    {
      TnDate easter = tn_date_get_easter (year);

      g_assert_cmpint (tn_date_get_weekday (easter), ==, TN_SUNDAY);
      g_assert_cmpint (easter, >=, tn_date_new (year, 3, 22));
      g_assert_cmpint (easter, <=, tn_date_new (year, 4, 25));
    }
}

static void
test_text (void)
{
  TnDate date = 0;

  g_assert_true (tn_date_parse ("2027-05-18", &date, NULL));

  g_autofree char *text = tn_date_to_string (date);
  g_assert_cmpint (date, ==, tn_date_new (2027, 5, 18));
  g_assert_cmpstr (text, ==, "2027-05-18");
}

static void
test_bad_text (void)
{
  static const char *const bad[]
      = { "",           "2027",        "2027-5-18",  "2027-05-18 ", " 2027-05-18", "2027-05-18T",
          "20270518",   "+027-05-18",  "2027-02-29", "2027-13-01",  "0000-01-01",  "2027/05/18",
          "2027-05-1x", "12027-05-18", "2027-02-31", "2027- 5-18",  "2027-05--1",  "18-05-2027" };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      TnDate date = 42;
      g_autoptr (GError) error = NULL;

      g_assert_false (tn_date_parse (bad[i], &date, &error));
      g_assert_true (tn_error_is_invalid (error));
      g_assert_cmpint (date, ==, 42);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/date/epoch-is-day-zero", test_epoch);
  g_test_add_func ("/base/date/every-day-agrees-with-another-calendar", test_every_day);
  g_test_add_func ("/base/date/days-that-do-not-exist-are-refused", test_valid);
  g_test_add_func ("/base/date/weekdays-go-on-before-the-epoch", test_weekday);
  g_test_add_func ("/base/date/week-belongs-to-the-year-of-its-thursday", test_weeks);
  g_test_add_func ("/base/date/weeks-follow-each-other", test_weeks_follow);
  g_test_add_func ("/base/date/some-years-have-53-weeks", test_weeks_in_year);
  g_test_add_func ("/base/date/month-ends-stay-in-their-month", test_add_months);
  g_test_add_func ("/base/date/easter-is-where-the-almanac-has-it", test_easter);
  g_test_add_func ("/base/date/easter-is-a-sunday-of-spring", test_easter_sunday);
  g_test_add_func ("/base/date/text-is-read-back", test_text);
  g_test_add_func ("/base/date/other-text-is-refused", test_bad_text);
  return g_test_run ();
}
