/* Tests of what is against a day. */
#include "seven-cities.h"

#include "rules/weighing.h"

typedef struct
{
  TnRulebook *rulebook; /* (owned) */
  TnHolidays *holidays; /* (owned) */
  TnSeries *series;     /* (owned) of two days, from 1 to 31 May */
  TnChoice choice;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  static const char *const files[] = { "dk", NULL };
  TnSpan may = tn_span_new (D (2027, 5, 1), D (2027, 6, 1));
  fixture->rulebook = seven_new_rulebook ();
  fixture->holidays
      = tn_holidays_new (fixture->rulebook, files, tn_span_new (D (2026, 1, 1), D (2029, 1, 1)));
  fixture->series = tn_series_new ("m", TN_KIND_MEETING);
  fixture->series->length_days = 2;
  fixture->choice = (TnChoice){ .series = fixture->series,
                                .holidays = fixture->holidays,
                                .last = TN_DATE_NONE };
  tn_choice_set_window (&fixture->choice, may);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  tn_holidays_free (fixture->holidays);
  tn_series_free (fixture->series);
  tn_rulebook_unref (fixture->rulebook);
}

static int
get_cost (const Fixture *fixture, TnPreferKind kind, TnDate day)
{
  TnPreference preference = { .kind = kind, .week = 20 };
  return tn_weighing_get_cost (&fixture->choice, &preference, day);
}

/* The last day on which two days can begin is the 30th. */
static void
test_parts (Fixture *fixture, gconstpointer unused)
{
  g_assert_cmpint (get_cost (fixture, TN_PREFER_EARLY, D (2027, 5, 4)), ==, 3);
  g_assert_cmpint (get_cost (fixture, TN_PREFER_LATE, D (2027, 5, 30)), ==, 0);
  g_assert_cmpint (get_cost (fixture, TN_PREFER_LATE, D (2027, 5, 28)), ==, 2);
  g_assert_cmpint (get_cost (fixture, TN_PREFER_MIDDLE, D (2027, 5, 15)), ==, 0);
  g_assert_cmpint (get_cost (fixture, TN_PREFER_MIDDLE, D (2027, 5, 20)), ==, 4);
}

/* Week 20 of 2027 is 17 to 23 May. */
static void
test_week (Fixture *fixture, gconstpointer unused)
{
  g_assert_cmpint (get_cost (fixture, TN_PREFER_WEEK, D (2027, 5, 14)), ==, 3);
  g_assert_cmpint (get_cost (fixture, TN_PREFER_WEEK, D (2027, 5, 23)), ==, 0);
  g_assert_cmpint (get_cost (fixture, TN_PREFER_WEEK, D (2027, 5, 24)), ==, 1);
}

static void
test_week_over_new_year (Fixture *fixture, gconstpointer unused)
{
  tn_choice_set_window (&fixture->choice, tn_span_new (D (2027, 12, 1), D (2028, 2, 1)));

  g_assert_cmpint (tn_weighing_get_week_distance (&fixture->choice, 1, D (2028, 1, 3)), ==, 0);
  g_assert_cmpint (tn_weighing_get_week_distance (&fixture->choice, 50, D (2027, 12, 20)), ==, 1);
}

static void
test_last_year (Fixture *fixture, gconstpointer unused)
{
  g_assert_cmpint (get_cost (fixture, TN_PREFER_LAST_YEAR, D (2027, 5, 20)), ==, 0);

  fixture->choice.last = D (2027, 5, 18);

  g_assert_cmpint (get_cost (fixture, TN_PREFER_LAST_YEAR, D (2027, 5, 20)), ==, 2);
}

static void
test_soft_outweighs (Fixture *fixture, gconstpointer unused)
{
  TnPreference *early = tn_preference_new (TN_PREFER_EARLY);
  g_ptr_array_add (fixture->series->preferences, early);

  int on_holiday = tn_weighing_weigh (&fixture->choice, D (2027, 5, 1), 1);
  int far_away = tn_weighing_weigh (&fixture->choice, D (2027, 5, 30), 0);

  g_assert_cmpint (far_away, ==, 29);
  g_assert_cmpint (on_holiday, >, 1000 * far_away);
}

/* Two soft distances that both have a day for too near count twice; a hard one is no matter of
 * weight. */
static void
test_soft_distances (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GArray) near = tn_barrier_new_near ();
  TnDistance soft = { .days = 7, .is_soft = TRUE };
  TnDistance hard = { .days = 7 };
  TnSpan week = tn_span_new (D (2027, 5, 10), D (2027, 5, 17));
  tn_barrier_add_distance (near, week, &soft, g_strdup ("one"));
  tn_barrier_add_distance (near, week, &hard, g_strdup ("other"));
  tn_barrier_add_distance (near, week, &soft, g_strdup ("third"));
  fixture->choice.near = near;

  int inside = tn_weighing_weigh (&fixture->choice, D (2027, 5, 16), 0);
  int outside = tn_weighing_weigh (&fixture->choice, D (2027, 5, 17), 0);

  g_assert_cmpint (inside, ==, 2 * TN_WEIGHING_SOFT_COST);
  g_assert_cmpint (outside, ==, 0);
  g_assert_cmpstr (tn_weighing_find_near (&fixture->choice, D (2027, 5, 10), 1)->name, ==, "third");
}

/* One of several of which nothing else is said lies in the middle of its share. */
static void
test_spread (Fixture *fixture, gconstpointer unused)
{
  fixture->choice.ordinal = 1;
  fixture->choice.part = tn_span_new (D (2027, 5, 1), D (2027, 5, 12));

  g_assert_true (tn_weighing_is_spread (&fixture->choice));
  g_assert_cmpint (tn_weighing_get_spread_cost (&fixture->choice, D (2027, 5, 8)), ==, 2);
  fixture->choice.week = 18;
  g_assert_false (tn_weighing_is_spread (&fixture->choice));
  g_assert_cmpint (tn_weighing_get_spread_cost (&fixture->choice, D (2027, 5, 8)), ==, 0);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/rules/weighing/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("early-middle-and-late-are-of-the-days-to-begin-on", test_parts);
  ADD ("a-week-is-near-from-both-sides", test_week);
  ADD ("a-week-comes-twice-over-new-year", test_week_over_new_year);
  ADD ("close-to-last-year-where-there-was-one", test_last_year);
  ADD ("what-is-better-avoided-outweighs-any-distance", test_soft_outweighs);
  ADD ("each-soft-distance-that-is-broken-counts", test_soft_distances);
  ADD ("several-lie-apart-by-themselves", test_spread);
  return g_test_run ();
}
