/* tests/charter/value.c — one written value, and what it means */
#include "charter/value.h"

#include <string.h>

#include "base/error.h"
#include "model/series.h"

static TnValue
take (const char *kind, const char *name, const char *text)
{
  TnValue value = { 0 };
  g_autoptr (GError) error = NULL;
  g_assert_true (tn_value_parse (tn_keys_find (kind, name), text, &value, &error));
  g_assert_no_error (error);
  g_assert_true (value.text == text);
  return value;
}

static void
assert_wrong (const char *kind, const char *name, const char *text)
{
  TnValue value = { .number = 4711 };
  g_autoptr (GError) error = NULL;
  g_test_message ("%s", text);
  g_assert_false (tn_value_parse (tn_keys_find (kind, name), text, &value, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "expected"));
  g_assert_cmpint (value.number, ==, 4711);
}

static void
assert_all_wrong (const char *kind, const char *name, const char *const *texts)
{
  for (; *texts != NULL; texts++)
    assert_wrong (kind, name, *texts);
}

#define assert_none(kind, name, ...)                                                               \
  assert_all_wrong (kind, name, (const char *const[]){ __VA_ARGS__, NULL })

static void
test_ids (void)
{
  take ("council", "id", "kobenhavn-2");
  assert_none ("council", "id", "", "København", "a b", "a_b", "A",
               "a2345678901234567890123456789012345678901");
}

static void
test_texts (void)
{
  take ("council", "name", "København");
  take ("decision", "note", "to linjer\nher");
  assert_none ("council", "name", "", "  ", "a\nb", "a\x1b[2J", "\xc2\x9b");
}

static void
test_titles (void)
{
  take ("series", "title", "Møde {number} i {cycle} hos {host}: {theme}");
  assert_none ("series", "title", "{Host}", "{ }", "{", "}", "{host", "{}", "{{host}}");
}

static void
test_amounts (void)
{
  TnValue weeks = take ("milestone", "before", "8 weeks");
  TnValue month = take ("milestone", "after", "1 month");
  TnValue back = take ("publish", "from", "-1 year");
  TnValue on = take ("publish", "to", "+3 years");

  g_assert_cmpint (weeks.number, ==, 8);
  g_assert_cmpint (weeks.unit, ==, TN_UNIT_WEEKS);
  g_assert_cmpint (month.number, ==, 1);
  g_assert_cmpint (month.unit, ==, TN_UNIT_MONTHS);
  g_assert_cmpint (back.number, ==, -1);
  g_assert_cmpint (on.number, ==, 3);
  assert_none ("milestone", "before", "", "8", "8weeks", "weeks", "-1 weeks", "+1 weeks",
               "8  weeks", "8 week s", "1001 days", "99999999999 days", "8 weeks ", "8 wekes");
}

static void
test_rhythms (void)
{
  TnValue year = take ("series", "every", "year");
  TnValue second = take ("series", "every", "2 years");
  TnValue half = take ("series", "every", "half-year");
  TnValue school = take ("series", "every", "school-year");

  g_assert_cmpint (year.number, ==, 1);
  g_assert_cmpint (year.unit, ==, TN_PERIOD_YEAR);
  g_assert_cmpint (second.number, ==, 2);
  g_assert_cmpint (half.unit, ==, TN_PERIOD_HALF);
  g_assert_cmpint (school.unit, ==, TN_PERIOD_SCHOOL_YEAR);
  assert_none ("series", "every", "fortnigth", "0 years", "51 years", "2", "2years", "Year");
}

static void
test_nearest_word (void)
{
  TnValue value = { 0 };
  g_autoptr (GError) error = NULL;
  tn_value_parse (tn_keys_find ("milestone", "before"), "8 weesk", &value, &error);
  g_assert_true (g_str_has_suffix (error->message, "did you mean '8 weeks'?"));
}

static void
test_days (void)
{
  TnValue day = take ("window", "from", "02-29");
  TnValue bound = take ("council", "to", "2031");
  TnValue date = take ("decision", "on", "2020-04-02");

  g_assert_cmpint (day.first, ==, 2);
  g_assert_cmpint (day.last, ==, 29);
  g_assert_cmpint (bound.days.start, ==, tn_date_new (2031, 1, 1));
  g_assert_cmpint (bound.days.end, ==, tn_date_new (2032, 1, 1));
  g_assert_cmpint (tn_span_get_days (date.days), ==, 1);
  assert_none ("window", "from", "02-31", "2-3", "13-01", "00-10", "01-00", "1--01", "-1-01",
               "01-1 ");
  assert_none ("decision", "on", "2027-02-31", "2027-2-3", "31-02-2027", "2027", "");
  assert_none ("council", "to", "31", "2031-13", "2031-02-30", "to");
}

static void
test_ranges (void)
{
  TnValue week = take ("window", "weeks", "20");
  TnValue weeks = take ("window", "weeks", "17-21");
  TnValue hours = take ("series", "time", "08:30-24:00");

  g_assert_cmpint (week.first, ==, 20);
  g_assert_cmpint (week.last, ==, 20);
  g_assert_cmpint (weeks.last, ==, 21);
  g_assert_cmpint (hours.first, ==, 510);
  g_assert_cmpint (hours.last, ==, 1440);
  assert_none ("window", "weeks", "0", "54", "21-17", "17-", "-21", "17 - 21", "x");
  assert_none ("window", "months", "0", "13", "5-3", "maj");
  assert_none ("series", "time", "10:00", "10-15", "24:00-24:00", "10:60-11:00", "25:00-26:00",
               "10:00-15:00 ", "1:00-2:00");
}

static void
test_preferences (void)
{
  TnValue week = take ("series", "prefer", "week 20");
  TnValue late = take ("series", "prefer", "late");
  TnValue last = take ("series", "prefer", "last year");

  g_assert_cmpint (week.unit, ==, TN_PREFER_WEEK);
  g_assert_cmpint (week.number, ==, 20);
  g_assert_cmpint (late.unit, ==, TN_PREFER_LATE);
  g_assert_cmpint (last.unit, ==, TN_PREFER_LAST_YEAR);
  assert_none ("series", "prefer", "week", "week 0", "week 54", "week 20 ", "soon", "");
}

static void
test_others (void)
{
  take ("series", "first", "2027-H1");
  take ("role", "follows", "studietur.host");
  take ("collaboration", "timezone", "Europe/Oslo");
  take ("decision", "date", "2027-05-18..2027-05-19");
  assert_none ("series", "first", "27", "2027-H3", "2027/29", "2027-13", "2027-1");
  assert_none ("role", "follows", "studietur", "a.b.c", ".host", "studietur.");
  assert_none ("collaboration", "timezone", "Europe/Kobenhavn", "+01:00", "../etc/passwd", "");
  assert_none ("decision", "date", "2027-05-32", "2027-05-19..2027-05-18", "snart");
}

static void
test_numbers (void)
{
  const TnKey *key = tn_keys_find ("participant", "count");
  g_autoptr (GError) error = NULL;

  g_assert_true (tn_value_check_number (key, 1, NULL));
  g_assert_true (tn_value_check_number (key, 10000, NULL));
  g_assert_false (tn_value_check_number (key, 0, NULL));
  g_assert_false (tn_value_check_number (key, 10001, &error));
  g_assert_cmpstr (error->message, ==,
                   "count = 10001 is out of range, expected a number from 1 to 10000");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charter/value/ids-are-lower-case-ascii", test_ids);
  g_test_add_func ("/charter/value/texts-are-of-people", test_texts);
  g_test_add_func ("/charter/value/titles-have-known-placeholders", test_titles);
  g_test_add_func ("/charter/value/amounts-have-a-unit", test_amounts);
  g_test_add_func ("/charter/value/rhythms-are-periods", test_rhythms);
  g_test_add_func ("/charter/value/a-misspelt-word-is-guessed", test_nearest_word);
  g_test_add_func ("/charter/value/days-exist", test_days);
  g_test_add_func ("/charter/value/ranges-run-forward", test_ranges);
  g_test_add_func ("/charter/value/preferences-are-words-or-a-week", test_preferences);
  g_test_add_func ("/charter/value/cycles-references-zones-and-whens", test_others);
  g_test_add_func ("/charter/value/numbers-have-a-range", test_numbers);
  return g_test_run ();
}
