/* tests/model/series-name.c — what people call a series */
#include "model/series-name.h"

static void
assert_name (const char *title, const char *expected)
{
  TnSeries *series = tn_series_new ("studietur", TN_KIND_TRIP);
  g_free (series->title);
  series->title = g_strdup (title);
  g_autofree char *name = tn_series_dup_name (series);
  g_assert_cmpstr (name, ==, expected);
  tn_series_free (series);
}

static void
test_slots (void)
{
  assert_name ("Studietur {cycle}: {host}", "Studietur");
  assert_name ("Kommundirektörsgruppen nr {number}/{year}", "Kommundirektörsgruppen");
  assert_name ("KKR (Syd): {theme}", "KKR (Syd)");
}

static void
test_nothing_else (void)
{
  assert_name ("{theme}", "");
  assert_name (NULL, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/series-name/is-the-title-without-its-slots", test_slots);
  g_test_add_func ("/model/series-name/is-empty-when-there-is-nothing-else", test_nothing_else);
  return g_test_run ();
}
