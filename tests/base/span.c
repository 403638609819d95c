/* Half-open spans. */
#include "base/span.h"
#include "base/error.h"

static void
test_contains (void)
{
  TnSpan span = tn_span_new (10, 12);

  g_assert_false (tn_span_contains (span, 9));
  g_assert_true (tn_span_contains (span, 10));
  g_assert_true (tn_span_contains (span, 11));
  g_assert_false (tn_span_contains (span, 12));
  g_assert_cmpint (tn_span_get_days (span), ==, 2);
}

static void
test_empty (void)
{
  g_assert_cmpint (tn_span_get_days (tn_span_new (10, 10)), ==, 0);
  g_assert_cmpint (tn_span_get_days (tn_span_new (10, 9)), ==, 0);
  g_assert_false (tn_span_contains (tn_span_new (10, 10), 10));
  g_assert_false (tn_span_overlaps (tn_span_new (10, 10), tn_span_new (10, 10)));
}

static void
test_touching (void)
{
  g_assert_false (tn_span_overlaps (tn_span_new (1, 5), tn_span_new (5, 9)));
  g_assert_false (tn_span_overlaps (tn_span_new (5, 9), tn_span_new (1, 5)));
  g_assert_true (tn_span_overlaps (tn_span_new (1, 6), tn_span_new (5, 9)));
  g_assert_true (tn_span_overlaps (tn_span_new (1, 9), tn_span_new (4, 5)));
}

static void
test_inner (void)
{
  TnSpan span = tn_span_new (1, 9);

  g_assert_true (tn_span_contains_span (span, span));
  g_assert_true (tn_span_contains_span (span, tn_span_new (2, 8)));
  g_assert_false (tn_span_contains_span (span, tn_span_new (0, 8)));
  g_assert_false (tn_span_contains_span (span, tn_span_new (2, 10)));
  g_assert_true (tn_span_contains_span (TN_SPAN_ALWAYS, span));
}

static void
assert_bound (const char *text, gboolean last, TnDate want)
{
  TnDate date = 0;

  g_assert_true (tn_span_parse_bound (text, last, &date, NULL));
  g_assert_cmpint (date, ==, want);
}

static void
test_bounds (void)
{
  assert_bound ("2027", FALSE, tn_date_new (2027, 1, 1));
  assert_bound ("2027-05", FALSE, tn_date_new (2027, 5, 1));
  assert_bound ("2027-05-18", FALSE, tn_date_new (2027, 5, 18));
}

/* Design section 4: `to = "2031"` includes 31 December 2031. */
static void
test_last_bounds (void)
{
  assert_bound ("2031", TRUE, tn_date_new (2032, 1, 1));
  assert_bound ("2027-12", TRUE, tn_date_new (2028, 1, 1));
  assert_bound ("2028-02", TRUE, tn_date_new (2028, 3, 1));
  assert_bound ("2027-05-18", TRUE, tn_date_new (2027, 5, 19));
}

static void
test_last_of_all_years (void)
{
  TnDate end = tn_date_new (9999, 12, 31) + 1;

  assert_bound ("9999", TRUE, end);
  assert_bound ("9999-12", TRUE, end);
  assert_bound ("9999-12-31", TRUE, end);
}

static void
test_bad_bounds (void)
{
  static const char *const bad[] = { "", "27", "2027-", "2027-13", "2027-02-30", "0000", "20275" };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      TnDate date = 42;
      g_autoptr (GError) error = NULL;

      g_assert_false (tn_span_parse_bound (bad[i], FALSE, &date, &error));
      g_assert_true (tn_error_is_invalid (error));
      g_assert_cmpint (date, ==, 42);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/span/end-is-not-in-it", test_contains);
  g_test_add_func ("/base/span/empty-ones-contain-nothing", test_empty);
  g_test_add_func ("/base/span/touching-ones-do-not-overlap", test_touching);
  g_test_add_func ("/base/span/contains-those-inside", test_inner);
  g_test_add_func ("/base/span/bounds-begin-with-their-first-day", test_bounds);
  g_test_add_func ("/base/span/last-bounds-are-included", test_last_bounds);
  g_test_add_func ("/base/span/year-9999-has-an-end", test_last_of_all_years);
  g_test_add_func ("/base/span/other-bounds-are-refused", test_bad_bounds);
  return g_test_run ();
}
