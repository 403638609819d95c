/* Membership over time. */
#include "model/council.h"

static TnCouncil *
member_in (int first_year, int last_year)
{
  TnCouncil *council = tn_council_new ("frederiksberg", "Frederiksberg");
  TnSpan span = tn_span_new (tn_date_new (first_year, 1, 1), tn_date_new (last_year + 1, 1, 1));
  g_array_append_val (council->memberships, span);
  return council;
}

static TnSpan
year_of (int year)
{
  return tn_span_new (tn_date_new (year, 1, 1), tn_date_new (year + 1, 1, 1));
}

static void
test_bounds (void)
{
  TnCouncil *council = member_in (2008, 2010);

  g_assert_false (tn_council_is_member (council, year_of (2007)));
  g_assert_true (tn_council_is_member (council, year_of (2008)));
  g_assert_true (tn_council_is_member (council, year_of (2010)));
  g_assert_false (tn_council_is_member (council, year_of (2011)));
  tn_council_free (council);
}

static void
test_part (void)
{
  TnCouncil *council = member_in (2008, 2010);

  g_assert_false (tn_council_is_member (
      council, tn_span_new (tn_date_new (2010, 12, 31), tn_date_new (2011, 1, 2))));
  tn_council_free (council);
}

static void
test_again (void)
{
  TnCouncil *council = member_in (2008, 2010);
  TnSpan again = year_of (2015);
  g_array_append_val (council->memberships, again);

  g_assert_true (tn_council_is_member (council, year_of (2009)));
  g_assert_false (tn_council_is_member (council, year_of (2012)));
  g_assert_true (tn_council_is_member (council, year_of (2015)));
  tn_council_free (council);
}

static void
test_never (void)
{
  TnCouncil *council = tn_council_new ("vejle", "Vejle");

  g_assert_false (tn_council_is_ever_member (council));
  g_assert_false (tn_council_is_member (council, year_of (2027)));
  tn_council_free (council);
  tn_council_free (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/council/member-from-first-to-last-year", test_bounds);
  g_test_add_func ("/model/council/half-a-span-is-no-membership", test_part);
  g_test_add_func ("/model/council/may-leave-and-come-back", test_again);
  g_test_add_func ("/model/council/without-a-span-never-was-one", test_never);
  return g_test_run ();
}
