/* tests/charter/members.c — the councils of a charter */
#include "reading.h"

#define FREDERIKSBERG "{ id = \"frederiksberg\"; name = \"Frederiksberg\"; from = \"2008\"; }"

static const TnCouncil *
find (const TnRulebook *rulebook, const char *id)
{
  return tn_collaboration_find_council (g_ptr_array_index (rulebook->collaborations, 0), id);
}

static void
test_founders (void)
{
  g_autofree char *text = reading_dup_7by ();
  g_autoptr (TnRulebook) rulebook = reading_read (text, NULL);

  const TnCouncil *late = find (rulebook, "frederiksberg");

  g_assert_cmpuint (late->memberships->len, ==, 1);
  TnSpan span = g_array_index (late->memberships, TnSpan, 0);
  g_assert_cmpint (span.start, ==, tn_date_new (2008, 1, 1));
  g_assert_cmpint (span.end, ==, TN_SPAN_ALWAYS.end);
  g_assert_cmpstr (find (rulebook, "kobenhavn")->name, ==, "København");
  g_assert_cmpstr (late->origin.file, ==, "7by.conf");
  g_assert_cmpint (late->origin.line, ==, 26);
}

static void
test_last_day (void)
{
  g_autoptr (TnRulebook) rulebook
      = reading_read_changed ("from = \"2008\"", "from = \"2008\"; to = \"2031\"");

  TnSpan span = g_array_index (find (rulebook, "frederiksberg")->memberships, TnSpan, 0);

  g_assert_cmpint (span.end, ==, tn_date_new (2032, 1, 1));
}

static void
test_periods (void)
{
  g_autoptr (TnRulebook) rulebook = reading_read_changed (
      "from = \"2008\";",
      "membership = ( { from = \"2020-05\"; }, { from = \"2008\"; to = \"2010\"; }, "
      "{ from = \"2011\"; to = \"2012-06-30\"; } ); was = [ \"frb\" ];");

  const TnCouncil *council = find (rulebook, "frb");

  g_assert_cmpstr (council->id, ==, "frederiksberg");
  g_assert_cmpuint (council->memberships->len, ==, 2);
  g_assert_cmpint (g_array_index (council->memberships, TnSpan, 0).end, ==,
                   tn_date_new (2012, 7, 1));
  g_assert_cmpint (g_array_index (council->memberships, TnSpan, 1).start, ==,
                   tn_date_new (2020, 5, 1));
}

static void
test_wrong_periods (void)
{
  assert_complaint ("from = \"2008\"", "from = \"2008\"; to = \"2007\"",
                    "7by.conf:26: to = \"2007\" ends before from = \"2008\"");
  assert_complaint ("from = \"2008\"", "from = 2008",
                    "from is a number, expected a year, month or "
                    "day like \"2027\"");
  assert_complaint ("from = \"2008\";",
                    "membership = ( { from = \"2008\"; to = \"2010\"; }, { from = \"2010\"; } );",
                    "two periods of 'frederiksberg' overlap");
  assert_complaint ("from = \"2008\";", "from = \"2008\"; membership = ( { from = \"2010\"; } );",
                    "membership stands beside from and to");
  assert_complaint ("from = \"2008\"", "from = \"2008-02-30\"", "'2008-02-30' is no year");
}

static void
test_never_a_member (void)
{
  assert_complaint ("from = \"2008\";", "", "'frederiksberg' never was a member");
  g_autoptr (TnRulebook) rulebook = reading_read_changed (
      FREDERIKSBERG, "{ id = \"frederiksberg\"; name = \"Frederiksberg\"; from = \"2008\"; }, "
                     "{ id = \"viborg\"; name = \"Viborg\"; }");
  g_assert_false (tn_council_is_ever_member (find (rulebook, "viborg")));
}

static void
test_ids (void)
{
  assert_complaint (FREDERIKSBERG, FREDERIKSBERG "," FREDERIKSBERG,
                    "council 'frederiksberg' stands twice, expected one; the first is in line 26");
  assert_complaint ("from = \"2008\";", "from = \"2008\"; was = [ \"odense\" ];",
                    "'odense' is the id of a council today");
  assert_complaint ("start = { cycle = \"2018\"; council = \"aalborg\"; }",
                    "start = { cycle = \"2018\"; council = \"alborg\"; }",
                    "unknown council 'alborg', expected 'aalborg'?");
  assert_complaint ("{ role = \"venue\"; council = \"odense\"; }",
                    "{ role = \"venue\"; council = \"xyzxyzxyz\"; }",
                    "unknown council 'xyzxyzxyz', expected an id from councils");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charter/members/each-council-has-its-period", test_founders);
  g_test_add_func ("/charter/members/the-last-year-is-included", test_last_day);
  g_test_add_func ("/charter/members/several-periods-are-sorted-and-joined", test_periods);
  g_test_add_func ("/charter/members/impossible-periods-are-told", test_wrong_periods);
  g_test_add_func ("/charter/members/a-ring-names-members-only", test_never_a_member);
  g_test_add_func ("/charter/members/ids-are-unique-and-known", test_ids);
  return g_test_run ();
}
