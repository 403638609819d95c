/* Tests of the choice of a day: the trip of 2027 in spring, and what passes days over. */
#include "seven-cities.h"

#include "rules/choice.h"

typedef struct
{
  TnRulebook *rulebook; /* (owned) */
  TnHolidays *holidays; /* (owned) */
  TnSeries *trip;       /* (unowned) */
  GPtrArray *reasons;   /* (owned) */
  TnCycle cycle;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  static const char *const files[] = { "dk", NULL };
  fixture->rulebook = seven_new_rulebook ();
  fixture->holidays
      = tn_holidays_new (fixture->rulebook, files, tn_span_new (D (2026, 1, 1), D (2029, 1, 1)));
  fixture->trip = seven_get_series (fixture->rulebook, 0);
  fixture->reasons = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_reason_free);
  fixture->cycle = (TnCycle){ TN_PERIOD_YEAR, 2027, 1, 0 };
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_ptr_array_unref (fixture->reasons);
  tn_holidays_free (fixture->holidays);
  tn_rulebook_unref (fixture->rulebook);
}

static TnChoice
make (const Fixture *fixture)
{
  return tn_choice_make (fixture->trip, &fixture->cycle, fixture->holidays);
}

/* 92 days: 53 on no Tuesday to Thursday, 25 March and 6 May are holidays. */
static void
test_counts (Fixture *fixture, gconstpointer unused)
{
  TnChoice choice = make (fixture);
  TnDate day = 0;
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (TnCandidate));

  g_assert_true (tn_choice_pick (&choice, &day, fixture->reasons));
  tn_choice_list_candidates (&choice, candidates);

  g_assert_cmpint (day, ==, D (2027, 5, 18));
  g_assert_true (seven_has_reason (fixture->reasons, "window", "92 days to begin on"));
  g_assert_true (seven_has_reason (fixture->reasons, "weekdays", "53 days passed over"));
  g_assert_true (seven_has_reason (fixture->reasons, "avoid", "2 days passed over: holidays"));
  g_assert_cmpuint (candidates->len, ==, 92 - 53 - 2);
}

static void
test_no_day (Fixture *fixture, gconstpointer unused)
{
  seven_set_window (fixture->trip, "Easter", 3, 25, 3, 26);
  TnChoice choice = make (fixture);
  TnDate day = 7;

  g_assert_false (tn_choice_pick (&choice, &day, fixture->reasons));

  g_assert_cmpint (day, ==, 7);
  g_assert_true (seven_has_reason (fixture->reasons, "unplaced", "2 of 2 passed over"));
}

static void
test_too_long (Fixture *fixture, gconstpointer unused)
{
  seven_set_window (fixture->trip, "two days", 3, 9, 3, 10);
  fixture->trip->length_days = 3;
  TnChoice choice = make (fixture);
  TnDate day = 7;

  g_assert_false (tn_choice_pick (&choice, &day, fixture->reasons));

  g_assert_true (seven_has_reason (fixture->reasons, "window", "has no room for 3 days"));
}

static void
test_breaches (Fixture *fixture, gconstpointer unused)
{
  TnChoice choice = make (fixture);
  TnDate ascension = D (2027, 5, 6);
  TnDate sunday = D (2027, 6, 6);

  g_assert_false (tn_choice_list_breaches (&choice, tn_span_new (D (2027, 5, 18), D (2027, 5, 19)),
                                           fixture->reasons));
  g_assert_true (
      tn_choice_list_breaches (&choice, tn_span_new (ascension, ascension + 1), fixture->reasons));
  g_assert_true (
      tn_choice_list_breaches (&choice, tn_span_new (sunday, sunday + 1), fixture->reasons));

  g_assert_true (seven_has_reason (fixture->reasons, "breach",
                                   "breaks avoid holidays: 2027-05-06 is Kristi himmelfartsdag"));
  g_assert_true (seven_has_reason (fixture->reasons, "breach", "breaks window: 2027-06-06"));
  g_assert_true (seven_has_reason (fixture->reasons, "breach", "breaks weekdays: 2027-06-06"));
}

/* Of three in a year the second has the second third of it, and its own week. */
static void
test_shares (Fixture *fixture, gconstpointer unused)
{
  int week = 25;
  fixture->trip->window.kind = TN_WINDOW_PERIOD;
  fixture->trip->frequency.least = fixture->trip->frequency.most = 3;
  g_array_append_val (fixture->trip->frequency.weeks, week);
  g_array_append_val (fixture->trip->frequency.weeks, week);
  fixture->cycle.ordinal = 2;

  TnChoice choice = make (fixture);

  g_assert_cmpint (choice.part.start, ==, D (2027, 1, 1) + 365 / 3);
  g_assert_cmpint (choice.part.end, ==, D (2027, 1, 1) + 2 * 365 / 3);
  g_assert_cmpint (choice.week, ==, 25);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/rules/choice/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("counts-of-days-add-up-to-the-window", test_counts);
  ADD ("without-a-day-it-says-what-passed-them-over", test_no_day);
  ADD ("a-window-may-be-too-short", test_too_long);
  ADD ("every-rule-that-a-day-breaks-is-named", test_breaches);
  ADD ("each-of-several-has-its-share-and-week", test_shares);
  return g_test_run ();
}
