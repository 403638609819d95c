/* Tests of the search for several series: small cases whose best is plain; property/rivals has the
 * rest. */
#include "seven-cities.h"

#include "rules/contest.h"

static void
add_day (GArray *candidates, TnDate day, int cost)
{
  TnCandidate candidate = { day, cost };
  g_array_append_val (candidates, candidate);
}

/* Two of the first chain, a week apart, and one of the second. */
static void
fill (TnRivals *rivals)
{
  tn_rivals_init (rivals);
  GArray *first = tn_rivals_add (rivals, 0, TN_RIVALS_UNPLACED);
  GArray *second = tn_rivals_add (rivals, 0, TN_RIVALS_UNPLACED);
  GArray *other = tn_rivals_add (rivals, 1, TN_RIVALS_UNPLACED);
  add_day (first, 1, 5);
  add_day (first, 9, 0);
  add_day (second, 10, 0);
  add_day (second, 16, 20);
  add_day (other, 12, 0);
  add_day (other, 30, 9);
  tn_rivals_close (rivals);
  tn_rivals_set_gap (rivals, 0, 1, 7);
}

static void
assert_best (TnRivals *rivals, TnDate first, TnDate second, TnDate other, gint64 cost)
{
  TnDate days[3];
  gboolean is_best = FALSE;
  g_assert_cmpint (tn_contest_search (rivals, days, &is_best), ==, cost);
  g_assert_cmpint (days[0], ==, first);
  g_assert_cmpint (days[1], ==, second);
  g_assert_cmpint (days[2], ==, other);
  g_assert_true (is_best);
  tn_rivals_clear (rivals);
}

static void
test_chain (void)
{
  TnRivals rivals;
  fill (&rivals);

  assert_best (&rivals, 1, 10, 12, 5);
}

static void
test_hard (void)
{
  TnRivals rivals;
  fill (&rivals);
  for (guint i = 0; i < 2; i++)
    tn_rivals_set_gap (&rivals, i, 2, 7);

  assert_best (&rivals, 1, 10, 30, 14);
}

/* A wish that costs less than keeping it is broken, a dearer one is kept. */
static void
test_soft (void)
{
  TnRivals cheap;
  TnRivals dear;
  fill (&cheap);
  fill (&dear);
  tn_rivals_set_wish (&cheap, 1, 2, 7, 8);
  tn_rivals_set_wish (&dear, 1, 2, 7, 10);

  assert_best (&cheap, 1, 10, 12, 13);
  assert_best (&dear, 1, 10, 30, 14);
}

/* Whoever has no day keeps nobody off. */
static void
test_no_day (void)
{
  TnRivals rivals;
  fill (&rivals);
  for (guint i = 0; i < 2; i++)
    {
      tn_rivals_set_gap (&rivals, i, 2, 100);
      tn_rivals_set_gap (&rivals, 2, i, 100);
    }

  assert_best (&rivals, 1, 10, TN_DATE_NONE, 5 + TN_RIVALS_UNPLACED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/contest/one-chain-keeps-its-order-and-gap", test_chain);
  g_test_add_func ("/rules/contest/chains-keep-off-each-other", test_hard);
  g_test_add_func ("/rules/contest/a-wish-is-worth-what-it-costs", test_soft);
  g_test_add_func ("/rules/contest/who-has-no-day-keeps-nobody-off", test_no_day);
  return g_test_run ();
}
