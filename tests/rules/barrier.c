/* Tests of the limits of a day that are no holidays. */
#include "seven-cities.h"

#include "rules/barrier.h"

static gboolean
is_allowed (const TnSeries *series, int ordinal, TnDate day)
{
  TnBarrier barrier = { 0 };
  return !tn_barrier_find (series, ordinal, NULL, day, 0, &barrier);
}

static void
add_month_day (TnSeries *series, TnWeekday weekday, int nth, int number)
{
  TnMonthDay day = { weekday, nth, number };
  g_array_append_val (series->frequency.month_days, day);
}

/* Two days, 11 and 12 May: who lasts three days and keeps a week off begins by the 2nd or from the
 * 19th. */
static void
test_starts (void)
{
  TnSpan other = tn_span_new (D (2027, 5, 11), D (2027, 5, 13));

  TnSpan same_day = tn_barrier_get_starts (other, 1, 1);
  TnSpan week = tn_barrier_get_starts (other, 7, 3);

  g_assert_cmpint (same_day.start, ==, D (2027, 5, 11));
  g_assert_cmpint (same_day.end, ==, D (2027, 5, 13));
  g_assert_cmpint (week.start - 1, ==, D (2027, 5, 2));
  g_assert_cmpint (week.end, ==, D (2027, 5, 19));
}

static void
test_month_days (void)
{
  TnSeries *series = tn_series_new ("m", TN_KIND_MEETING);
  add_month_day (series, TN_FRIDAY, 4, 0);
  add_month_day (series, TN_THURSDAY, -1, 0);
  add_month_day (series, 0, 0, -1);

  g_assert_true (is_allowed (series, 0, D (2016, 10, 28)));  /* charters.md section 4 */
  g_assert_false (is_allowed (series, 0, D (2016, 10, 21))); /* the third */
  g_assert_true (is_allowed (series, 0, D (2027, 4, 29)));   /* the fifth and last */
  g_assert_false (is_allowed (series, 0, D (2027, 4, 22)));
  g_assert_true (is_allowed (series, 0, D (2028, 2, 29)));
  g_assert_false (is_allowed (series, 0, D (2028, 2, 28)));
  tn_series_free (series);
}

/* Of as many as the period has occurrences each has its own. */
static void
test_own_month_day (void)
{
  TnSeries *series = tn_series_new ("m", TN_KIND_MEETING);
  series->frequency.least = series->frequency.most = 2;
  add_month_day (series, TN_MONDAY, 1, 0);
  add_month_day (series, TN_MONDAY, 3, 0);

  g_assert_true (is_allowed (series, 1, D (2027, 5, 3)));
  g_assert_false (is_allowed (series, 2, D (2027, 5, 3)));
  g_assert_true (is_allowed (series, 2, D (2027, 5, 17)));
  tn_series_free (series);
}

/* KKR: never in week 7, 8 or 42, never in July. Week 53 of 2026 ends on 3 January. */
static void
test_left_out (void)
{
  TnSeries *series = tn_series_new ("m", TN_KIND_MEETING);
  series->frequency.months_out = 1u << 7;
  series->frequency.weeks_out = G_GUINT64_CONSTANT (1) << 7 | G_GUINT64_CONSTANT (1) << 53;

  g_assert_false (is_allowed (series, 0, D (2027, 7, 1)));
  g_assert_true (is_allowed (series, 0, D (2027, 6, 30)));
  g_assert_false (is_allowed (series, 0, D (2027, 2, 15)));
  g_assert_true (is_allowed (series, 0, D (2027, 2, 22)));
  g_assert_false (is_allowed (series, 0, D (2027, 1, 3)));
  tn_series_free (series);
}

static void
test_each_limit (void)
{
  TnSeries *series = tn_series_new ("m", TN_KIND_MEETING);
  series->frequency.months_out = 1u << 5;
  TnOrigin origin = tn_origin_make ("c.conf", 7);
  g_autoptr (GArray) near = tn_barrier_new_near ();
  tn_barrier_add (near, tn_span_new (D (2027, 5, 10), D (2027, 5, 20)), "spacing", &origin,
                  "nearer than 42 days", g_strdup ("2027.1"));
  TnBarrier barrier = { 0 };

  g_assert_true (tn_barrier_find (series, 0, near, D (2027, 5, 12), 0, &barrier));
  g_assert_cmpstr (barrier.rule, ==, "except");
  g_assert_true (tn_barrier_find (series, 0, near, D (2027, 5, 12), 1, &barrier));
  g_assert_cmpstr (barrier.rule, ==, "spacing");
  g_assert_cmpstr (barrier.name, ==, "2027.1");
  g_assert_false (tn_barrier_find (series, 0, near, D (2027, 5, 12), 2, &barrier));
  g_assert_false (tn_barrier_find (series, 0, near, D (2027, 5, 20), 1, &barrier));
  tn_origin_clear (&origin);
  tn_series_free (series);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/barrier/days-are-kept-on-both-sides", test_starts);
  g_test_add_func ("/rules/barrier/days-of-a-month-count-from-both-ends", test_month_days);
  g_test_add_func ("/rules/barrier/each-of-several-has-its-day-of-the-month", test_own_month_day);
  g_test_add_func ("/rules/barrier/months-and-weeks-are-left-out", test_left_out);
  g_test_add_func ("/rules/barrier/every-limit-is-named", test_each_limit);
  return g_test_run ();
}
