/* Tests of the choice for a group: small cases whose best is plain; property/rivals has the rest.
 */
#include "seven-cities.h"

#include "rules/rivals.h"

static void
add_day (GArray *candidates, TnDate day, int cost)
{
  TnCandidate candidate = { day, cost };
  g_array_append_val (candidates, candidate);
}

/* The first would take day 10 and leave the second, which can only on day 12, without any. */
static void
test_first_gives_way (void)
{
  TnRivals rivals;
  TnDate days[2];
  gboolean is_best = FALSE;
  tn_rivals_init (&rivals);
  GArray *first = tn_rivals_add (&rivals, 0, TN_RIVALS_UNPLACED);
  GArray *second = tn_rivals_add (&rivals, 0, TN_RIVALS_UNPLACED);
  add_day (first, 2, 8);
  add_day (first, 10, 0);
  add_day (second, 12, 0);
  tn_rivals_close (&rivals);
  tn_rivals_set_gap (&rivals, 0, 1, 7);

  gint64 cost = tn_rivals_solve (&rivals, days, &is_best);

  g_assert_cmpint (days[0], ==, 2);
  g_assert_cmpint (days[1], ==, 12);
  g_assert_cmpint (cost, ==, 8);
  g_assert_true (is_best);
  tn_rivals_clear (&rivals);
}

/* Nobody is asked to come first: the later of the two may be the one named first. */
static void
test_chains_have_no_order (void)
{
  TnRivals rivals;
  TnDate days[2];
  gboolean is_best = FALSE;
  tn_rivals_init (&rivals);
  GArray *one = tn_rivals_add (&rivals, 0, TN_RIVALS_UNPLACED);
  GArray *other = tn_rivals_add (&rivals, 1, TN_RIVALS_UNPLACED);
  add_day (one, 5, 3);
  add_day (one, 20, 0);
  add_day (other, 6, 0);
  tn_rivals_close (&rivals);
  tn_rivals_set_gap (&rivals, 0, 1, 7);
  tn_rivals_set_gap (&rivals, 1, 0, 7);

  gint64 cost = tn_rivals_solve (&rivals, days, &is_best);

  g_assert_cmpint (days[0], ==, 20);
  g_assert_cmpint (days[1], ==, 6);
  g_assert_cmpint (cost, ==, 0);
  tn_rivals_clear (&rivals);
}

/* Of two that have one day, that which may be left out is left out. */
static void
test_left_out_before_unplaced (void)
{
  TnRivals rivals;
  TnDate days[2];
  gboolean is_best = FALSE;
  tn_rivals_init (&rivals);
  add_day (tn_rivals_add (&rivals, 0, TN_RIVALS_LEFT_OUT), 5, 0);
  add_day (tn_rivals_add (&rivals, 0, TN_RIVALS_UNPLACED), 5, 900);
  tn_rivals_close (&rivals);

  gint64 cost = tn_rivals_solve (&rivals, days, &is_best);

  g_assert_cmpint (days[0], ==, TN_DATE_NONE);
  g_assert_cmpint (days[1], ==, 5);
  g_assert_cmpint (cost, ==, TN_RIVALS_LEFT_OUT + 900);
  tn_rivals_clear (&rivals);
}

static void
test_nobody_has_a_day (void)
{
  TnRivals rivals;
  TnDate day = 1;
  gboolean is_best = FALSE;
  tn_rivals_init (&rivals);
  tn_rivals_add (&rivals, 0, TN_RIVALS_UNPLACED);
  tn_rivals_close (&rivals);

  g_assert_cmpint (tn_rivals_solve (&rivals, &day, &is_best), ==, TN_RIVALS_UNPLACED);
  g_assert_cmpint (day, ==, TN_DATE_NONE);
  tn_rivals_clear (&rivals);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/rivals/the-first-gives-way-for-the-good-of-all", test_first_gives_way);
  g_test_add_func ("/rules/rivals/series-come-in-any-order", test_chains_have_no_order);
  g_test_add_func ("/rules/rivals/what-need-not-be-held-is-left-out",
                   test_left_out_before_unplaced);
  g_test_add_func ("/rules/rivals/without-days-there-is-none", test_nobody_has_a_day);
  return g_test_run ();
}
