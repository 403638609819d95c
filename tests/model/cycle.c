/* Cycles as text and as spans. */
#include "model/cycle.h"

#include "base/error.h"

static TnCycle
cycle_of (const char *text)
{
  TnCycle cycle = { 0 };
  g_assert_true (tn_cycle_parse (text, &cycle, NULL));
  return cycle;
}

static void
test_parse (void)
{
  TnCycle month = cycle_of ("2027-04");
  TnCycle school = cycle_of ("2026/27");
  TnCycle third = cycle_of ("2027.3");

  g_assert_cmpint (month.period, ==, TN_PERIOD_MONTH);
  g_assert_cmpint (month.part, ==, 4);
  g_assert_cmpint (school.period, ==, TN_PERIOD_SCHOOL_YEAR);
  g_assert_cmpint (school.year, ==, 2026);
  g_assert_cmpint (third.period, ==, TN_PERIOD_YEAR);
  g_assert_cmpint (third.ordinal, ==, 3);
}

static void
test_inverse (void)
{
  static const char *const texts[]
      = { "2027",      "0001",      "2027-H1", "2027-H2",  "2027-Q1",   "2027-Q4",
          "2027-01",   "2027-12",   "2026/27", "1999/00",  "2027.1",    "2027-H2.12",
          "2027-04.3", "2026/27.2", "9998",    "2027.999", "2099/00.1", "9998/99" };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      TnCycle cycle = cycle_of (texts[i]);
      g_autofree char *text = tn_cycle_to_string (&cycle);

      g_assert_cmpstr (text, ==, texts[i]);
    }
}

static void
test_bad (void)
{
  static const char *const bad[]
      = { "",         "27",      "2027-H3", "2027-H0", "2027-Q5",   "2027-13",    "2027-00",
          "2027-4",   "2026/28", "2026/7",  "2027.0",  "2027.",     "2027.03",    "2027.-1",
          " 2027",    "2027 ",   "+027",    "2027-h1", "2027-H1x",  "0000",       "2027-Q",
          "2027-H 1", "2027-+4", "2027- 4", "20270",   "2027.1000", "2027-04-01", "9999" };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      TnCycle cycle = { TN_PERIOD_MONTH, 1, 2, 3 };
      g_autoptr (GError) error = NULL;

      gboolean taken = tn_cycle_parse (bad[i], &cycle, &error);

      g_test_message ("'%s'", bad[i]);
      g_assert_false (taken);
      g_assert_true (tn_error_is_invalid (error));
      g_assert_cmpint (cycle.part, ==, 2);
    }
}

static void
assert_span (const char *text, TnDate start, TnDate end)
{
  TnCycle cycle = cycle_of (text);

  TnSpan span = tn_cycle_get_span (&cycle);

  g_assert_cmpint (span.start, ==, start);
  g_assert_cmpint (span.end, ==, end);
}

static void
test_span (void)
{
  assert_span ("2027", tn_date_new (2027, 1, 1), tn_date_new (2028, 1, 1));
  assert_span ("2027-H2", tn_date_new (2027, 7, 1), tn_date_new (2028, 1, 1));
  assert_span ("2027-Q3", tn_date_new (2027, 7, 1), tn_date_new (2027, 10, 1));
  assert_span ("2028-02", tn_date_new (2028, 2, 1), tn_date_new (2028, 3, 1));
  assert_span ("2026/27", tn_date_new (2026, 8, 1), tn_date_new (2027, 8, 1));
  assert_span ("2027.3", tn_date_new (2027, 1, 1), tn_date_new (2028, 1, 1));
  assert_span ("9998-12", tn_date_new (9998, 12, 1), tn_date_new (9999, 1, 1));
}

/* Every day lies in the cycle that it is asked for, and the next cycle begins where that ends. */
static void
test_cover (void)
{
  for (TnPeriod period = TN_PERIOD_YEAR; period <= TN_PERIOD_SCHOOL_YEAR; period++)
    for (TnDate date = tn_date_new (2026, 1, 1); date < tn_date_new (2030, 1, 1); date++)
      {
        TnCycle cycle = tn_cycle_at (period, date);
        TnCycle next = tn_cycle_step (&cycle, 1);
        TnCycle back = tn_cycle_step (&next, -1);
        TnSpan span = tn_cycle_get_span (&cycle);

        g_assert_true (tn_span_contains (span, date));
        g_assert_cmpint (tn_cycle_get_span (&next).start, ==, span.end);
        g_assert_true (tn_cycle_equal (&back, &cycle));
        g_assert_cmpint (tn_cycle_compare (&cycle, &next), <, 0);
      }
}

static void
test_step (void)
{
  TnCycle quarter = cycle_of ("2027-Q3");
  TnCycle third = cycle_of ("2027.3");

  TnCycle later = tn_cycle_step (&quarter, 6);
  TnCycle earlier = tn_cycle_step (&quarter, -7);
  TnCycle next = tn_cycle_step (&third, 1);

  g_autofree char *later_text = tn_cycle_to_string (&later);
  g_autofree char *earlier_text = tn_cycle_to_string (&earlier);
  g_autofree char *next_text = tn_cycle_to_string (&next);
  g_assert_cmpstr (later_text, ==, "2029-Q1");
  g_assert_cmpstr (earlier_text, ==, "2025-Q4");
  g_assert_cmpstr (next_text, ==, "2028.3");
}

static void
test_order (void)
{
  static const char *const sorted[] = { "2026",    "2026/27", "2027",    "2027.1", "2027.2",
                                        "2027-H1", "2027-Q1", "2027-01", "2027-02" };
  for (guint i = 0; i < G_N_ELEMENTS (sorted); i++)
    for (guint j = 0; j < G_N_ELEMENTS (sorted); j++)
      {
        TnCycle a = cycle_of (sorted[i]);
        TnCycle b = cycle_of (sorted[j]);

        g_assert_cmpint (CLAMP (tn_cycle_compare (&a, &b), -1, 1), ==, (i > j) - (i < j));
        g_assert_cmpint (tn_cycle_equal (&a, &b), ==, i == j);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/cycle/periods-are-told-by-their-form", test_parse);
  g_test_add_func ("/model/cycle/text-is-read-back", test_inverse);
  g_test_add_func ("/model/cycle/other-text-is-refused", test_bad);
  g_test_add_func ("/model/cycle/spans-end-where-the-next-begins", test_span);
  g_test_add_func ("/model/cycle/every-day-lies-in-one", test_cover);
  g_test_add_func ("/model/cycle/steps-keep-the-ordinal", test_step);
  g_test_add_func ("/model/cycle/come-by-first-day-then-ordinal", test_order);
  return g_test_run ();
}
