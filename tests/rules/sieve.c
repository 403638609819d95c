/* Tests of what each day of a window is by itself. */
#include "seven-cities.h"

#include "rules/sieve.h"

typedef struct
{
  TnRulebook *rulebook; /* (owned) */
  TnHolidays *holidays; /* (owned) */
  TnSeries *series;     /* (owned) of one day */
  TnSpan may;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  static const char *const files[] = { "dk", NULL };
  fixture->rulebook = seven_new_rulebook ();
  fixture->holidays
      = tn_holidays_new (fixture->rulebook, files, tn_span_new (D (2026, 1, 1), D (2029, 1, 1)));
  fixture->series = tn_series_new ("m", TN_KIND_MEETING);
  fixture->may = tn_span_new (D (2027, 5, 1), D (2027, 6, 1));
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  tn_holidays_free (fixture->holidays);
  tn_series_free (fixture->series);
  tn_rulebook_unref (fixture->rulebook);
}

static TnSieveDay
judge (const Fixture *fixture, TnDate day)
{
  g_autoptr (TnSieve) sieve = tn_sieve_new (fixture->series, fixture->holidays, fixture->may);
  return *tn_sieve_get (sieve, day);
}

/* 6 May 2027, a Thursday, is Ascension Day, in week 18; the 8th is a Saturday. */
static void
test_verdicts (Fixture *fixture, gconstpointer unused)
{
  seven_add_avoidance (fixture->series, TN_AVOID_HOLIDAYS, TRUE);
  fixture->series->frequency.weeks_out = G_GUINT64_CONSTANT (1) << 20;

  g_assert_cmpint (judge (fixture, D (2027, 5, 5)).verdict, ==, TN_SIEVE_FREE);
  g_assert_cmpint (judge (fixture, D (2027, 5, 6)).verdict, ==, TN_SIEVE_AVOIDED);
  g_assert_cmpint (judge (fixture, D (2027, 5, 8)).verdict, ==, TN_SIEVE_WEEKDAY);
  g_assert_cmpint (judge (fixture, D (2027, 5, 19)).verdict, ==, TN_SIEVE_LEFT_OUT);
}

/* 17 May is Whit Monday, in week 20. */
static void
test_first_verdict (Fixture *fixture, gconstpointer unused)
{
  seven_add_avoidance (fixture->series, TN_AVOID_ELECTIONS, TRUE);
  seven_add_avoidance (fixture->series, TN_AVOID_HOLIDAYS, TRUE);

  TnSieveDay avoided = judge (fixture, D (2027, 5, 17));
  fixture->series->frequency.weeks_out = G_GUINT64_CONSTANT (1) << 20;
  TnSieveDay left_out = judge (fixture, D (2027, 5, 17));

  g_assert_cmpint (avoided.verdict, ==, TN_SIEVE_AVOIDED);
  g_assert_cmpuint (avoided.avoidance, ==, 1);
  g_assert_nonnull (avoided.holiday);
  g_assert_cmpint (left_out.verdict, ==, TN_SIEVE_LEFT_OUT);
}

/* Of two days that begin on a Sunday the second is Whit Monday. */
static void
test_soft (Fixture *fixture, gconstpointer unused)
{
  fixture->series->length_days = 2;
  fixture->series->weekdays = 1u << TN_SUNDAY | 1u << TN_MONDAY;
  seven_add_avoidance (fixture->series, TN_AVOID_HOLIDAYS, FALSE);
  seven_add_avoidance (fixture->series, TN_AVOID_HOLIDAYS, FALSE);

  TnSieveDay whit = judge (fixture, D (2027, 5, 16));
  TnSieveDay free = judge (fixture, D (2027, 5, 23));

  g_assert_cmpint (whit.verdict, ==, TN_SIEVE_FREE);
  g_assert_cmpint (whit.n_soft, ==, 2);
  g_assert_cmpint (free.n_soft, ==, 0);
}

static void
test_find_avoided (Fixture *fixture, gconstpointer unused)
{
  seven_add_avoidance (fixture->series, TN_AVOID_HOLIDAYS, TRUE);
  const TnAvoidance *avoidance = g_ptr_array_index (fixture->series->avoidances, 0);
  TnSpan week = tn_span_new (D (2027, 5, 10), D (2027, 5, 15));
  TnDate found = 0;

  g_assert_null (tn_sieve_find_avoided (fixture->holidays, avoidance, week, &found));
  g_assert_cmpint (found, ==, 0);
  week.end = D (2027, 5, 18);
  g_assert_nonnull (tn_sieve_find_avoided (fixture->holidays, avoidance, week, &found));
  g_assert_cmpint (found, ==, D (2027, 5, 17));
}

static void
test_is_of (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (TnSieve) sieve = tn_sieve_new (fixture->series, fixture->holidays, fixture->may);
  TnSeries *other = tn_series_new ("n", TN_KIND_MEETING);

  g_assert_true (tn_sieve_is_of (sieve, fixture->series, fixture->may));
  g_assert_false (tn_sieve_is_of (sieve, other, fixture->may));
  g_assert_false (tn_sieve_is_of (sieve, fixture->series,
                                  tn_span_new (fixture->may.start, fixture->may.end + 1)));
  tn_series_free (other);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/rules/sieve/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("weekdays-weeks-left-out-and-holidays-shut-out", test_verdicts);
  ADD ("the-first-that-shuts-a-day-out-is-named", test_first_verdict);
  ADD ("each-soft-rule-counts-on-every-day-of-several", test_soft);
  ADD ("what-is-avoided-is-found-on-its-day", test_find_avoided);
  ADD ("a-sieve-is-of-one-series-and-window", test_is_of);
  return g_test_run ();
}
