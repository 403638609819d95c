/* tests/charter/agreement.c — a charter as a whole */
#include "reading.h"

#define VENUE "{ role = \"venue\"; council = \"odense\"; }"

static void
test_follows (void)
{
  assert_complaint ("follows = \"studietur.host\"", "follows = \"studeitur.host\"",
                    "follows: there is no series 'studeitur'");
  assert_complaint ("follows = \"studietur.host\"", "follows = \"studietur.hots\"",
                    "follows: series 'studietur' has no role 'hots', expected 'host'?");
  assert_complaint (VENUE, "{ role = \"venue\"; follows = \"erfa.venue\"; }",
                    "role 'venue' of 'erfa' follows itself in a circle");
}

static void
test_circle (void)
{
  g_autofree char *said = reading_dup_complaint (VENUE, "{ role = \"a\"; follows = \"erfa.b\"; }, "
                                                        "{ role = \"b\"; follows = \"erfa.c\"; }, "
                                                        "{ role = \"c\"; follows = \"erfa.b\"; }");

  g_assert_cmpint (reading_count_lines (said), ==, 2);
  g_assert_nonnull (strstr (said, "role 'b' of 'erfa' follows itself in a circle"));
  g_assert_nonnull (strstr (said, "role 'c' of 'erfa' follows itself in a circle"));
}

static void
test_follows_more_often (void)
{
  g_autofree char *text = reading_dup_7by ();
  g_autofree char *quarterly = reading_dup_changed (
      text, "every = \"year\";\n      first = \"2018\";\n      window = { season = \"spring\"; };",
      "every = \"quarter\"; first = \"2018-Q1\";");
  g_autofree char *started = reading_dup_changed (
      quarterly, "start = { cycle = \"2018\"; council = \"aalborg\"; };", "");
  g_autoptr (GError) error = NULL;

  g_autoptr (TnRulebook) rulebook = reading_read (started, &error);

  g_assert_null (rulebook);
  g_assert_nonnull (strstr (error->message, "'studietur' has several cycles in one of 'erfa'"));
}

static const TnSeries *
find (const TnRulebook *rulebook, const char *id)
{
  return tn_collaboration_find_series (g_ptr_array_index (rulebook->collaborations, 0), id);
}

static void
test_first_by_default (void)
{
  g_autofree char *text = reading_dup_7by ();
  g_autofree char *no_trip = reading_dup_changed (text, "first = \"2018\";", "");
  g_autofree char *neither = reading_dup_changed (no_trip, "first = \"2018\";", "");
  g_autofree char *no_start
      = reading_dup_changed (neither, "start = { cycle = \"2018\"; council = \"aalborg\"; };", "");
  g_autoptr (TnRulebook) by_ring = reading_read (neither, NULL);
  g_autoptr (TnRulebook) by_founding = reading_read (no_start, NULL);

  g_assert_cmpint (find (by_ring, "studietur")->first.year, ==, 2018);
  g_assert_cmpint (find (by_ring, "erfa")->first.year, ==, 2018);
  g_assert_cmpint (find (by_founding, "studietur")->first.year, ==, 2005);
  g_assert_cmpint (find (by_founding, "erfa")->first.year, ==, 2005);
}

static void
test_was (void)
{
  g_autofree char *text = reading_dup_7by ();
  g_autofree char *renamed
      = reading_dup_changed (text, "id = \"studietur\";", "id = \"tur\"; was = [ \"studietur\" ];");
  g_autoptr (GError) error = NULL;

  g_autoptr (TnRulebook) rulebook = reading_read (renamed, &error);

  g_assert_no_error (error);
  const TnRoleRule *organiser = tn_series_find_role (find (rulebook, "erfa"), "organiser");
  g_assert_cmpstr (organiser->follows_series, ==, "tur");
  const TnCollaboration *seven = g_ptr_array_index (rulebook->collaborations, 0);
  g_assert_cmpstr (((TnDecision *) g_ptr_array_index (seven->decisions, 0))->series, ==, "tur");
}

static void
test_heads (void)
{
  assert_complaint ("language = \"da\"", "language = \"dk\"", "language = \"dk\" is not possible");
  assert_complaint ("edition = 1;", "edition = 0;", "edition = 0 is out of range");
  assert_complaint ("edition = 1;", "edition = \"1\";",
                    "edition is a text in quotes, expected a number");
  assert_complaint ("edition = 1;", "", "7by.conf:12: key 'edition' is missing");
  assert_complaint ("id = \"7by\"", "id = \"7BY\"", "id = \"7BY\" is not possible");
  assert_complaint ("id = \"erfa\";\n", "id = \"studietur\";\n", "series 'studietur' stands twice");
  assert_complaint ("kind = \"erfa\"", "kind = \"efra\"", "did you mean 'erfa'?");
}

static void
test_no_holidays (void)
{
  g_autofree char *said = reading_dup_complaint ("holidays = [ \"dk\" ]", "holidays = [ ]");

  g_assert_cmpint (reading_count_lines (said), ==, 2);
  g_assert_nonnull (strstr (said, "no holiday file is known"));
}

static void
test_long_chain (void)
{
  g_autoptr (GString) text = g_string_new (
      "collaboration = { id = \"x\"; name = \"x\"; edition = 1; language = \"da\"; timezone = "
      "\"UTC\"; councils = ( { id = \"a\"; name = \"a\"; from = \"2000\"; } ); series = ( { id = "
      "\"s0\"; kind = \"trip\"; title = \"x\"; first = \"2001\"; roles = ( { role = \"r\"; council "
      "= \"a\"; } ); }");
  guint n = 0;
  while (text->len < 60000)
    {
      n++;
      g_string_append_printf (text,
                              ",\n{id=\"s%u\";kind=\"trip\";title=\"x\";roles=({role=\"r\";follows="
                              "\"s%u.r\";});}",
                              n, n - 1);
    }
  g_string_append (text, ");};");
  g_autoptr (GError) error = NULL;
  gint64 begin = g_get_monotonic_time ();

  g_autoptr (TnRulebook) rulebook = reading_read (text->str, &error);

  g_assert_no_error (error);
  g_autofree char *last = g_strdup_printf ("s%u", n);
  g_assert_cmpint (find (rulebook, last)->first.year, ==, 2001);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 5 * G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charter/agreement/a-role-follows-one-that-exists", test_follows);
  g_test_add_func ("/charter/agreement/roles-in-a-circle-are-told", test_circle);
  g_test_add_func ("/charter/agreement/a-role-follows-one-cycle", test_follows_more_often);
  g_test_add_func ("/charter/agreement/a-series-begins-with-its-ring", test_first_by_default);
  g_test_add_func ("/charter/agreement/old-ids-lead-to-new-ones", test_was);
  g_test_add_func ("/charter/agreement/each-slip-is-one-complaint", test_heads);
  g_test_add_func ("/charter/agreement/avoiding-holidays-needs-some", test_no_holidays);
  g_test_add_func ("/charter/agreement/a-long-chain-takes-no-long-time", test_long_chain);
  return g_test_run ();
}
