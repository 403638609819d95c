/* The choice for a group against brute force: every combination of days of small random groups.
 * The seed is printed; `--seed R02S…` replays it. */
#include "rules/rivals.h"

static const int N_GROUPS = 3000;

typedef struct
{
  const TnRivals *rivals;
  TnDate days[5];
  gint64 least;
} Brute;

static const TnRival *
get (const TnRivals *rivals, guint i)
{
  return &g_array_index (rivals->rivals, TnRival, i);
}

static int
get_gap (const TnRivals *rivals, guint i, guint j)
{
  return g_array_index (rivals->gaps, int, i * rivals->rivals->len + j);
}

/* Written down once more from the words: later in the chain is later in time; from the earlier to
 * the later at least its gap. */
static gboolean
is_allowed (const TnRivals *rivals, const TnDate *days, guint n)
{
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      {
        if (i == j || days[i] == TN_DATE_NONE || days[j] == TN_DATE_NONE)
          continue;
        gboolean same = get (rivals, i)->chain == get (rivals, j)->chain;
        if (same && i < j && days[i] >= days[j])
          return FALSE;
        if (days[i] <= days[j] && (!same || i < j) && days[j] - days[i] < get_gap (rivals, i, j))
          return FALSE;
      }
  return TRUE;
}

/* From the earlier to the later of two chains, once a pair. */
static gint64
get_wishes (const TnRivals *rivals, const TnDate *days, guint n)
{
  gint64 sum = 0;
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < i; j++)
      {
        if (days[i] == TN_DATE_NONE || days[j] == TN_DATE_NONE)
          continue;
        guint size = rivals->rivals->len;
        const TnRivalWish *up = &g_array_index (rivals->wishes, TnRivalWish, j * size + i);
        const TnRivalWish *down = &g_array_index (rivals->wishes, TnRivalWish, i * size + j);
        gboolean breaks_up = days[i] >= days[j] && days[i] - days[j] < up->days;
        gboolean breaks_down = days[j] >= days[i] && days[j] - days[i] < down->days;
        sum += breaks_up ? up->cost : breaks_down ? down->cost : 0;
      }
  return sum;
}

static void
try_all (Brute *brute, guint i, gint64 sum)
{
  if (!is_allowed (brute->rivals, brute->days, i))
    return;
  if (i == brute->rivals->rivals->len)
    {
      brute->least = MIN (brute->least, sum + get_wishes (brute->rivals, brute->days, i));
      return;
    }
  const GArray *candidates = get (brute->rivals, i)->candidates;
  for (guint j = 0; j < candidates->len; j++)
    {
      brute->days[i] = g_array_index (candidates, TnCandidate, j).day;
      try_all (brute, i + 1, sum + g_array_index (candidates, TnCandidate, j).cost);
    }
  brute->days[i] = TN_DATE_NONE;
  try_all (brute, i + 1, sum + get (brute->rivals, i)->unplaced);
}

static void
fill (TnRivals *rivals, guint n_chains)
{
  guint n = (guint) g_test_rand_int_range (1, 6);
  int chain_gap = g_test_rand_int_range (0, 5);
  for (guint i = 0; i < n; i++)
    {
      GArray *candidates = tn_rivals_add (
          rivals, i * n_chains / n, g_test_rand_bit () ? TN_RIVALS_UNPLACED : TN_RIVALS_LEFT_OUT);
      for (TnDate day = 0; day < 9; day++)
        {
          TnCandidate candidate = { day, g_test_rand_int_range (0, 12) };
          if (g_test_rand_int_range (0, 3) > 0)
            g_array_append_val (candidates, candidate);
        }
    }
  tn_rivals_close (rivals);
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      tn_rivals_set_gap (rivals, i, j,
                         get (rivals, i)->chain == get (rivals, j)->chain
                             ? chain_gap
                             : g_test_rand_int_range (0, 4));
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      if (get (rivals, i)->chain != get (rivals, j)->chain && g_test_rand_bit ())
        tn_rivals_set_wish (rivals, i, j, g_test_rand_int_range (0, 6),
                            g_test_rand_int_range (0, 15));
}

static gint64
get_cost (const TnRivals *rivals, guint i, TnDate day)
{
  const GArray *candidates = get (rivals, i)->candidates;
  for (guint j = 0; j < candidates->len; j++)
    if (g_array_index (candidates, TnCandidate, j).day == day)
      return g_array_index (candidates, TnCandidate, j).cost;
  g_assert_cmpint (day, ==, TN_DATE_NONE);
  return get (rivals, i)->unplaced;
}

static void
compare (guint n_chains)
{
  TnRivals rivals;
  tn_rivals_init (&rivals);
  fill (&rivals, n_chains);
  Brute brute = { .rivals = &rivals, .least = G_MAXINT64 };
  try_all (&brute, 0, 0);

  TnDate days[5];
  gboolean is_best = FALSE;
  gint64 cost = tn_rivals_solve (&rivals, days, &is_best);

  gint64 sum = 0;
  for (guint i = 0; i < rivals.rivals->len; i++)
    sum += get_cost (&rivals, i, days[i]);
  sum += get_wishes (&rivals, days, rivals.rivals->len);
  g_assert_true (is_best);
  g_assert_true (is_allowed (&rivals, days, rivals.rivals->len));
  g_assert_cmpint (cost, ==, brute.least);
  g_assert_cmpint (sum, ==, cost);
  tn_rivals_clear (&rivals);
}

static void
test_one_series (void)
{
  for (int i = 0; i < N_GROUPS; i++)
    compare (1);
}

static void
test_several_series (void)
{
  for (int i = 0; i < N_GROUPS; i++)
    compare (2 + (guint) i % 2);
}

/* Series of twelve that all want the same days, and keep @gap days off each other; what a day costs
 * rises with its distance from there and has a little chance in it. Two that lie nearer than a week
 * cost @wish. */
static void
fill_large (TnRivals *rivals, guint n_chains, int gap, int wish)
{
  guint n = n_chains * 12;
  for (guint i = 0; i < n; i++)
    {
      GArray *candidates = tn_rivals_add (rivals, i / 12, TN_RIVALS_UNPLACED);
      for (TnDate day = 0; day < 260; day++)
        {
          TnCandidate candidate
              = { day, ABS (day - (int) (i % 12) * 21) + g_test_rand_int_range (0, 3) };
          g_array_append_val (candidates, candidate);
        }
    }
  tn_rivals_close (rivals);
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      {
        gboolean same = i / 12 == j / 12;
        tn_rivals_set_gap (rivals, i, j, same ? 7 : gap);
        if (!same)
          tn_rivals_set_wish (rivals, i, j, 7, wish);
      }
}

/* What the first come would get: each in turn the cheapest day that those before it leave. */
static gint64
place_first_come (const TnRivals *rivals)
{
  guint n = rivals->rivals->len;
  g_autofree TnDate *days = g_new (TnDate, n);
  gint64 sum = 0;
  for (guint i = 0; i < n; i++)
    {
      const GArray *candidates = get (rivals, i)->candidates;
      gint64 least = get (rivals, i)->unplaced;
      TnDate best = TN_DATE_NONE;
      for (guint j = 0; j < candidates->len; j++)
        {
          const TnCandidate *candidate = &g_array_index (candidates, TnCandidate, j);
          days[i] = candidate->day;
          gint64 cost = candidate->cost + get_wishes (rivals, days, i + 1);
          if (cost >= least || !is_allowed (rivals, days, i + 1))
            continue;
          least = cost;
          best = candidate->day;
        }
      days[i] = best;
      sum += get_cost (rivals, i, best);
    }
  return sum + get_wishes (rivals, days, n);
}

/* Bounded in the days looked at: it ends, breaks no gap, and is no worse than what the first come
 * would leave to the others.
 *
 * Returns: by how much it is better */
static gint64
compare_large (guint n_chains, int gap, int wish)
{
  TnRivals rivals;
  tn_rivals_init (&rivals);
  fill_large (&rivals, n_chains, gap, wish);
  TnDate days[48];
  gboolean is_best = TRUE;

  gint64 cost = tn_rivals_solve (&rivals, days, &is_best);

  gint64 sum = get_wishes (&rivals, days, rivals.rivals->len);
  for (guint i = 0; i < rivals.rivals->len; i++)
    sum += get_cost (&rivals, i, days[i]);
  gint64 first_come = place_first_come (&rivals);
  g_test_message ("%u series: %" G_GINT64_FORMAT ", first come %" G_GINT64_FORMAT, n_chains, cost,
                  first_come);
  g_assert_false (is_best);
  g_assert_true (is_allowed (&rivals, days, rivals.rivals->len));
  g_assert_cmpint (sum, ==, cost);
  g_assert_cmpint (cost, <=, first_come);
  tn_rivals_clear (&rivals);
  return first_come - cost;
}

static void
test_bounded (void)
{
  gint64 gain = 0;
  for (guint n_chains = 3; n_chains <= 4; n_chains++)
    gain += compare_large (n_chains, 7, 0);
  g_assert_cmpint (gain, >, 0);
}

static void
test_soft_bounded (void)
{
  gint64 gain = 0;
  for (guint n_chains = 3; n_chains <= 4; n_chains++)
    {
      gain += compare_large (n_chains, 0, 1000);
      gain += compare_large (n_chains, 3, 5);
    }
  g_assert_cmpint (gain, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/property/rivals/one-series-is-as-good-as-brute-force", test_one_series);
  g_test_add_func ("/property/rivals/several-series-are-as-good-as-brute-force",
                   test_several_series);
  g_test_add_func ("/property/rivals/a-large-group-is-bounded-and-better-than-first-come",
                   test_bounded);
  g_test_add_func ("/property/rivals/a-large-group-of-soft-distances-is-so-too", test_soft_bounded);
  return g_test_run ();
}
