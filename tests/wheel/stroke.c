/* tests/wheel/stroke.c — shapes of SVG, with numbers of a fixed precision */
#include "wheel/stroke.h"

#include "wheel/layout.h"

static void
assert_number (double value, const char *expected)
{
  TnNumber number = tn_stroke_number (value);
  g_assert_cmpstr (number.text, ==, expected);
}

static void
test_numbers (void)
{
  assert_number (12, "12");
  assert_number (12.34, "12.3");
  assert_number (12.35, "12.4");
  assert_number (-0.04, "0");
  assert_number (-1.26, "-1.3");
}

/* A quarter of the year, from the top to the right. */
static void
test_sector (void)
{
  g_autofree char *path = tn_stroke_sector (0, G_PI / 2, 100, 200);
  g_assert_cmpstr (path, ==,
                   "M2100 1300A200 200 0 0 1 2300 1500L2200 1500A100 100 0 0 0 2100 1400Z");
}

/* An arc that ends where it begins would be nothing at all. */
static void
test_whole_year (void)
{
  g_autofree char *path = tn_stroke_sector (0, 2 * G_PI, 500, 1000);
  g_assert_cmpstr (path, ==,
                   "M2100 500A1000 1000 0 1 1 2099 500L2099.5 1000A500 500 0 1 0 2100 1000Z");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wheel/stroke/numbers-have-one-digit-and-no-minus-zero", test_numbers);
  g_test_add_func ("/wheel/stroke/sector-goes-round-its-part-of-the-ring", test_sector);
  g_test_add_func ("/wheel/stroke/whole-year-is-a-ring", test_whole_year);
  return g_test_run ();
}
