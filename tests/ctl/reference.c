/* tests/ctl/reference.c — what people type to name an occurrence */
#include "ctl/reference.h"

#include "base/error.h"

#include <string.h>

static TnCollaboration *
add_collaboration (TnRulebook *rulebook, const char *id)
{
  TnCollaboration *collaboration = tn_collaboration_new (id);
  g_ptr_array_add (rulebook->collaborations, collaboration);
  return collaboration;
}

static void
add_series (TnCollaboration *collaboration, const char *id, TnPeriod every, const char *first)
{
  TnSeries *series = tn_series_new (id, TN_KIND_MEETING);
  series->every = every;
  g_assert_true (tn_cycle_parse (first, &series->first, NULL));
  g_ptr_array_add (collaboration->series, series);
}

/* Two collaborations that both have `erfa`. */
static TnRulebook *
make_rulebook (void)
{
  TnRulebook *rulebook = tn_rulebook_new ();
  TnCollaboration *seven = add_collaboration (rulebook, "7by");
  TnCollaboration *five = add_collaboration (rulebook, "5by");
  add_series (seven, "studietur", TN_PERIOD_YEAR, "2018");
  add_series (seven, "erfa", TN_PERIOD_YEAR, "2018");
  add_series (five, "erfa", TN_PERIOD_HALF, "2018-H1");
  add_series (five, "elever", TN_PERIOD_SCHOOL_YEAR, "2018/19");
  return rulebook;
}

static void
assert_parses (const char *text, const char *collaboration, const char *series, const char *cycle,
               const char *site, const char *milestone)
{
  g_autoptr (TnRulebook) rulebook = make_rulebook ();
  g_auto (TnReference) reference = { .site = NULL };
  g_autoptr (GError) error = NULL;

  g_assert_true (tn_reference_parse (rulebook, text, &reference, &error));

  g_assert_no_error (error);
  g_autofree char *again = tn_cycle_to_string (&reference.cycle);
  g_assert_cmpstr (reference.collaboration->id, ==, collaboration);
  g_assert_cmpstr (reference.series->id, ==, series);
  g_assert_cmpstr (again, ==, cycle);
  g_assert_cmpstr (reference.site, ==, site);
  g_assert_cmpstr (reference.milestone, ==, milestone);
}

static void
test_full (void)
{
  assert_parses ("7by/studietur/2027", "7by", "studietur", "2027", NULL, NULL);
  assert_parses ("7by/erfa/2027#referat", "7by", "erfa", "2027", NULL, "referat");
  assert_parses ("5by/erfa/2027-H1", "5by", "erfa", "2027-H1", NULL, NULL);
}

static void
test_short (void)
{
  assert_parses ("studietur/2027", "7by", "studietur", "2027", NULL, NULL);
  assert_parses ("studietur/2027#program", "7by", "studietur", "2027", NULL, "program");
}

static void
test_slash_in_cycle (void)
{
  assert_parses ("elever/2026/27", "5by", "elever", "2026/27", NULL, NULL);
  assert_parses ("5by/elever/2026/27/nord#a", "5by", "elever", "2026/27", "nord", "a");
  assert_parses ("studietur/2027/nord", "7by", "studietur", "2027", "nord", NULL);
}

static void
assert_refused (const char *text, const char *because)
{
  g_autoptr (TnRulebook) rulebook = make_rulebook ();
  g_auto (TnReference) reference = { .site = NULL };
  g_autoptr (GError) error = NULL;

  g_assert_false (tn_reference_parse (rulebook, text, &reference, &error));

  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, because));
}

static void
test_refused (void)
{
  assert_refused ("erfa/2027", "each of 7by/erfa, 5by/erfa: say which");
  assert_refused ("studitur/2027", "did you mean studietur?");
  assert_refused ("7by/studitur/2027", "did you mean 7by/studietur?");
  assert_refused ("studietur", "say which cycle");
  assert_refused ("studietur/", "say which cycle");
  assert_refused ("studietur/soon", "'soon' is no cycle");
  assert_refused ("studietur/2027-H1", "no cycle of studietur, expected one like 2018");
  assert_refused ("studieture/2027", "did you mean studietur?");
  assert_refused ("", "there is no series ''");
  assert_refused ("/", "there is no series '/'");
  assert_refused ("#", "there is no series ''");
}

static void
test_series_of_one_collaboration (void)
{
  g_autoptr (TnRulebook) rulebook = make_rulebook ();
  const TnCollaboration *collaboration = NULL;
  const TnSeries *series = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (
      tn_reference_find_series (rulebook, "5by", "erfa", &collaboration, &series, &error));
  g_assert_cmpstr (collaboration->id, ==, "5by");
  g_assert_false (
      tn_reference_find_series (rulebook, "6by", "erfa", &collaboration, &series, &error));
  g_assert_cmpstr (error->message, ==, "there is no collaboration '6by', expected 7by, 5by");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ctl/reference/full-one-names-its-collaboration", test_full);
  g_test_add_func ("/ctl/reference/collaboration-may-be-left-out", test_short);
  g_test_add_func ("/ctl/reference/cycle-may-have-a-slash-itself", test_slash_in_cycle);
  g_test_add_func ("/ctl/reference/refusal-says-what-is-expected", test_refused);
  g_test_add_func ("/ctl/reference/series-is-looked-for-where-asked",
                   test_series_of_one_collaboration);
  return g_test_run ();
}
