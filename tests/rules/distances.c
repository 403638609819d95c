/* Tests of which strand keeps off which. */
#include "seven-cities.h"

#include "rules/distances.h"

typedef struct
{
  TnCollaboration *one, *other; /* (owned) */
  GPtrArray *strands;           /* (owned) (element-type TnStrand) one/a, one/b, one/c, other/a */
} Fixture;

static void
add_strand (Fixture *fixture, TnCollaboration *in, const char *id)
{
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  g_autoptr (TnLedger) ledger = tn_ledger_new (decisions);
  TnSeries *series = tn_series_new (id, TN_KIND_MEETING);
  series->every = TN_PERIOD_YEAR;
  series->every_n = 1;
  series->first = (TnCycle){ TN_PERIOD_YEAR, 2027, 1, 0 };
  g_ptr_array_add (in->series, series);
  g_ptr_array_add (
      fixture->strands,
      tn_strand_new (in, series, ledger, tn_span_new (D (2027, 1, 1), D (2028, 1, 1)), FALSE));
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->one = tn_collaboration_new ("one");
  fixture->other = tn_collaboration_new ("other");
  fixture->strands = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_strand_free);
  add_strand (fixture, fixture->one, "a");
  add_strand (fixture, fixture->one, "b");
  add_strand (fixture, fixture->one, "c");
  add_strand (fixture, fixture->other, "a");
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_ptr_array_unref (fixture->strands);
  tn_collaboration_free (fixture->one);
  tn_collaboration_free (fixture->other);
}

static TnStrand *
get (const Fixture *fixture, guint place)
{
  return g_ptr_array_index (fixture->strands, place);
}

static void
keep_off (const Fixture *fixture, guint place, const char *collaboration, const char *series)
{
  g_ptr_array_add (get (fixture, place)->series->distances,
                   tn_distance_new (collaboration, series, 7));
}

static void
test_both_ends (Fixture *fixture, gconstpointer unused)
{
  keep_off (fixture, 0, NULL, "b");
  keep_off (fixture, 0, "other", "a");
  g_autoptr (TnDistances) distances = tn_distances_new (fixture->strands);

  const GArray *own = tn_distances_get_own (distances, get (fixture, 0));
  const GArray *others = tn_distances_get_others (distances, get (fixture, 3));

  g_assert_cmpuint (own->len, ==, 2);
  g_assert_true (g_array_index (own, TnTie, 0).to == get (fixture, 1));
  g_assert_true (g_array_index (own, TnTie, 1).to == get (fixture, 3));
  g_assert_cmpuint (others->len, ==, 1);
  g_assert_true (g_array_index (others, TnTie, 0).from == get (fixture, 0));
  g_assert_cmpuint (tn_distances_get_own (distances, get (fixture, 1))->len, ==, 0);
  g_assert_cmpuint (tn_distances_get_others (distances, get (fixture, 0))->len, ==, 0);
}

static void
test_unknown (Fixture *fixture, gconstpointer unused)
{
  keep_off (fixture, 0, "third", "a");
  keep_off (fixture, 0, NULL, "a");
  g_autoptr (TnDistances) distances = tn_distances_new (fixture->strands);

  g_assert_cmpuint (tn_distances_get_own (distances, get (fixture, 0))->len, ==, 0);
}

/* `c` was `a` once: whoever says `a` means the one that is called so now. */
static void
test_former_names (Fixture *fixture, gconstpointer unused)
{
  TnSeries *third = (TnSeries *) get (fixture, 2)->series;
  g_strfreev (third->was);
  third->was = g_strsplit ("a,old", ",", -1);
  keep_off (fixture, 1, NULL, "a");
  keep_off (fixture, 1, NULL, "old");
  g_autoptr (TnDistances) distances = tn_distances_new (fixture->strands);

  const GArray *own = tn_distances_get_own (distances, get (fixture, 1));

  g_assert_true (g_array_index (own, TnTie, 0).to == get (fixture, 0));
  g_assert_true (g_array_index (own, TnTie, 1).to == get (fixture, 2));
}

/* The order of strands, which is that of files, makes no difference. */
static void
test_order (Fixture *fixture, gconstpointer unused)
{
  keep_off (fixture, 3, "one", "c");
  keep_off (fixture, 1, NULL, "c");
  keep_off (fixture, 0, NULL, "c");
  TnStrand *third = get (fixture, 2);
  g_autoptr (GPtrArray) turned = g_ptr_array_new ();
  for (guint i = fixture->strands->len; i > 0; i--)
    g_ptr_array_add (turned, get (fixture, i - 1));
  g_autoptr (TnDistances) distances = tn_distances_new (turned);

  const GArray *others = tn_distances_get_others (distances, third);

  g_assert_cmpuint (others->len, ==, 3);
  g_assert_true (g_array_index (others, TnTie, 0).from == get (fixture, 0));
  g_assert_true (g_array_index (others, TnTie, 1).from == get (fixture, 1));
  g_assert_true (g_array_index (others, TnTie, 2).from == get (fixture, 3));
}

/* In a circle each reaches itself. */
static void
test_reach (Fixture *fixture, gconstpointer unused)
{
  keep_off (fixture, 0, NULL, "b");
  keep_off (fixture, 1, NULL, "a");
  keep_off (fixture, 1, "other", "a");
  g_autoptr (TnDistances) distances = tn_distances_new (fixture->strands);
  g_autoptr (GHashTable) reached = g_hash_table_new (NULL, NULL);

  tn_distances_reach (distances, get (fixture, 0), reached);

  g_assert_cmpuint (g_hash_table_size (reached), ==, 3);
  g_assert_true (g_hash_table_contains (reached, get (fixture, 0)));
  g_assert_true (g_hash_table_contains (reached, get (fixture, 3)));
  g_assert_false (g_hash_table_contains (reached, get (fixture, 2)));
}

#define ADD(path, function)                                                                        \
  g_test_add ("/rules/distances/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-rule-is-found-from-both-ends", test_both_ends);
  ADD ("a-series-that-is-not-loaded-and-oneself-say-nothing", test_unknown);
  ADD ("a-former-name-is-known-where-none-has-it-now", test_former_names);
  ADD ("no-order-of-files-matters", test_order);
  ADD ("who-keeps-off-is-reached-through-others", test_reach);
  return g_test_run ();
}
