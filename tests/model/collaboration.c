/* Look-ups in a collaboration. */
#include "model/collaboration.h"

static TnCollaboration *
make_collaboration (void)
{
  TnCollaboration *collaboration = tn_collaboration_new ("7by");
  TnCouncil *council = tn_council_new ("kobenhavn", "København");
  g_strfreev (council->was);
  council->was = g_strsplit ("kbh copenhagen", " ", -1);
  g_ptr_array_add (collaboration->councils, council);
  TnSeries *series = tn_series_new ("studietur", TN_KIND_TRIP);
  g_strfreev (series->was);
  series->was = g_strsplit ("rejse", " ", -1);
  g_ptr_array_add (collaboration->series, series);
  return collaboration;
}

static void
test_council (void)
{
  g_autoptr (TnCollaboration) collaboration = make_collaboration ();

  const TnCouncil *council = tn_collaboration_find_council (collaboration, "kobenhavn");

  g_assert_cmpstr (council->name, ==, "København");
  g_assert_true (tn_collaboration_find_council (collaboration, "kbh") == council);
  g_assert_null (tn_collaboration_find_council (collaboration, "vejle"));
}

static void
test_series (void)
{
  g_autoptr (TnCollaboration) collaboration = make_collaboration ();

  const TnSeries *series = tn_collaboration_find_series (collaboration, "studietur");

  g_assert_nonnull (series);
  g_assert_true (tn_collaboration_find_series (collaboration, "rejse") == series);
  g_assert_null (tn_collaboration_find_series (collaboration, "erfa"));
}

static void
test_name (void)
{
  g_autoptr (TnCollaboration) collaboration = make_collaboration ();

  g_assert_cmpstr (tn_collaboration_get_council_name (collaboration, "kbh"), ==, "København");
  g_assert_cmpstr (tn_collaboration_get_council_name (collaboration, "vejle"), ==, "vejle");
}

static void
test_defaults (void)
{
  g_autoptr (TnCollaboration) collaboration = tn_collaboration_new ("7by");

  g_assert_cmpstr (collaboration->name, ==, "7by");
  g_assert_cmpint (collaboration->edition, ==, 1);
  g_assert_cmpstr (tn_zone_get_id (collaboration->zone), ==, "UTC");
  g_assert_null (collaboration->holidays[0]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/collaboration/councils-keep-their-old-ids", test_council);
  g_test_add_func ("/model/collaboration/series-keep-their-old-ids", test_series);
  g_test_add_func ("/model/collaboration/unknown-councils-are-called-by-id", test_name);
  g_test_add_func ("/model/collaboration/new-one-is-usable", test_defaults);
  return g_test_run ();
}
