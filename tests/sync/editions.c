/* Older and newer charters at one shared calendar do not fight (design section 4, Editions;
 * promise 5). */
#include "sync/region.h"

#include <string.h>

#include "base/error.h"

static const char TRIP_DAY[] = TOWN_DAYS ("20270518", "20270519");

static void
change_charter (Region *region, RegionTown town, const char *old, const char *new)
{
  town_set_charter (region->towns[town], old, new);
  town_reload (region->towns[town]);
}

/* A newer charter: other words, and a lower brake would hold none of it. */
static void
take_newer (Region *region, RegionTown town)
{
  town_set_charter (region->towns[town], "edition = 1", "edition = 2");
  change_charter (region, town, "Studietur {cycle}: {host}", "Rejse {cycle}: {host}");
}

static Region *
new_region (void)
{
  Region *region = region_new (TOWN_WRITE " brake = { removals = 100; percent = 100; };");
  region_settle (region);
  return region;
}

static void
test_older_takes_over (void)
{
  g_autoptr (Region) region = new_region ();
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  take_newer (region, REGION_ESBJERG);
  region_settle (region);

  region_assert_shows (region, trip, TN_FIELD_TITLE, "Rejse 2027: Esbjerg");
  g_assert_true (town_waits (region->towns[REGION_AARHUS], "faelles", "charter too old"));
  g_assert_true (town_waits (region->towns[REGION_ODENSE], "faelles", "charter too old"));
  g_assert_false (town_waits (region->towns[REGION_ESBJERG], "faelles", "charter too old"));
  region_assert_settled (region);
}

/* Decisions travel in every case. */
static void
test_decision_of_the_older (void)
{
  g_autoptr (Region) region = new_region ();
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  take_newer (region, REGION_AARHUS);
  region_settle (region);

  town_edit (region->towns[REGION_ESBJERG], "esbjerg", trip, TRIP_DAY,
             TOWN_DAYS ("20270525", "20270526"));
  region_settle (region);

  region_assert_shows (region, trip, TN_FIELD_WHEN, "2027-05-25");
  region_assert_shows (region, trip, TN_FIELD_TITLE, "Rejse 2027: Esbjerg");
  region_assert_settled (region);
}

/* A series that the newer charter dropped is not put back by the older ones. */
static void
test_older_puts_nothing_back (void)
{
  g_autoptr (Region) region = new_region ();
  g_autofree char *trip = town_uid ("studietur", "2028", NULL);
  town_set_charter (region->towns[REGION_ESBJERG], "edition = 1", "edition = 2");
  change_charter (region, REGION_ESBJERG, "first = \"2018\";",
                  "first = \"2018\"; last = \"2027\";");
  region_settle (region);

  town_assert_shows (region->towns[0], "faelles", trip, TN_FIELD_WHEN, "gone");
  tn_fake_clock_advance_us (region->towns[REGION_AARHUS]->clock, G_TIME_SPAN_HOUR);
  tn_fake_clock_advance_us (region->towns[REGION_ODENSE]->clock, G_TIME_SPAN_HOUR);
  region_settle (region);
  town_assert_shows (region->towns[0], "faelles", trip, TN_FIELD_WHEN, "gone");
  region_assert_settled (region);
}

static void
test_all_are_new_again (void)
{
  g_autoptr (Region) region = new_region ();
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  take_newer (region, REGION_ESBJERG);
  region_settle (region);
  take_newer (region, REGION_AARHUS);
  take_newer (region, REGION_ODENSE);
  region_settle (region);

  region_assert_same (region);
  region_assert_shows (region, trip, TN_FIELD_TITLE, "Rejse 2027: Esbjerg");
  g_assert_false (town_waits (region->towns[REGION_AARHUS], "faelles", "charter too old"));
  region_assert_settled (region);
}

static void
test_equal_edition_other_digest (void)
{
  g_autoptr (Region) region = new_region ();
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  change_charter (region, REGION_ODENSE, "Studietur {cycle}: {host}", "Tur {cycle}: {host}");
  region_settle (region);

  town_assert_shows (region->towns[0], "faelles", trip, TN_FIELD_TITLE, "Studietur 2027: Esbjerg");
  for (guint i = 0; i < REGION_N_TOWNS; i++)
    g_assert_true (town_waits (region->towns[i], "faelles", "says different things"));
  region_assert_settled (region);

  town_edit (region->towns[REGION_ESBJERG], "esbjerg", trip, TRIP_DAY,
             TOWN_DAYS ("20270525", "20270526"));
  region_settle (region);
  region_assert_shows (region, trip, TN_FIELD_WHEN, "2027-05-25");
  region_assert_settled (region);
}

/* Two charters of one edition that place differently: neither moves what stands there. */
static void
test_equal_edition_other_rule (void)
{
  g_autoptr (Region) region = new_region ();
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  change_charter (region, REGION_ODENSE, "[ \"tue\", \"wed\", \"thu\" ]", "[ \"mon\" ]");
  region_settle (region);
  town_assert_shows (region->towns[0], "faelles", trip, TN_FIELD_WHEN, "2027-05-18");
  region_assert_settled (region);

  change_charter (region, REGION_ODENSE, "[ \"mon\" ]", "[ \"tue\", \"wed\", \"thu\" ]");
  region_settle (region);
  region_assert_same (region);
  for (guint i = 0; i < REGION_N_TOWNS; i++)
    g_assert_false (town_waits (region->towns[i], "faelles", "says different things"));
  region_assert_shows (region, trip, TN_FIELD_WHEN, "2027-05-18");
  region_assert_settled (region);
}

/* What is gone is approved while neither may put it back: it is not forgotten until one may. */
static void
test_approved_while_held (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  g_autofree char *next = town_uid ("studietur", "2028", NULL);
  g_autofree char *last = town_uid ("studietur", "2029", NULL);
  Town *odense = region->towns[REGION_ODENSE];
  tn_fake_provider_set_deltas (region->shared, TRUE);
  region_settle (region);
  change_charter (region, REGION_ODENSE, "Studietur {cycle}: {host}", "Tur {cycle}: {host}");
  region_settle (region);
  town_delete (odense, "faelles", trip);
  town_delete (odense, "faelles", next);
  town_delete (odense, "faelles", last);
  town_sync (odense);
  g_assert_true (tn_decide_approve (odense->book, "faelles", NULL));
  town_sync (odense);
  town_sync (odense);

  change_charter (region, REGION_ODENSE, "Tur {cycle}: {host}", "Studietur {cycle}: {host}");
  tn_fake_clock_advance_us (odense->clock, 16 * G_TIME_SPAN_MINUTE);
  town_sync (odense);
  town_sync (odense);

  town_assert_shows (odense, "faelles", trip, TN_FIELD_WHEN, "2027-05-18");
}

static void
test_clock_a_year_ahead (void)
{
  g_autoptr (Region) region = new_region ();
  g_autofree char *trip = town_uid ("studietur", "2028", NULL);
  tn_fake_clock_set_day (region->towns[REGION_ODENSE]->clock, tn_date_new (2027, 11, 20));
  region_settle (region);
  region_assert_settled (region);

  g_autofree char *later = town_uid ("studietur", "2029", NULL);
  town_edit (region->towns[REGION_ODENSE], "odense", later, "STATUS:TENTATIVE", "STATUS:CONFIRMED");
  town_edit (region->towns[REGION_AARHUS], "faelles", trip, "SUMMARY:", "SUMMARY:Husk ");
  region_settle (region);
  region_assert_shows (region, later, TN_FIELD_STATUS, "confirmed");
  region_assert_settled (region);
}

static void
test_clock_a_year_behind (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  tn_fake_clock_set_day (region->towns[REGION_AARHUS]->clock, tn_date_new (2025, 11, 20));
  region_settle (region);
  region_assert_settled (region);

  town_edit (region->towns[REGION_ESBJERG], "esbjerg", trip, TRIP_DAY,
             TOWN_DAYS ("20270525", "20270526"));
  region_settle (region);
  region_assert_shows (region, trip, TN_FIELD_WHEN, "2027-05-25");
  region_assert_settled (region);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add_func ("/sync/editions/" name, test)
  ADD ("the-older-takes-over-and-says-so", test_older_takes_over);
  ADD ("a-decision-of-the-older-travels", test_decision_of_the_older);
  ADD ("the-older-puts-nothing-back", test_older_puts_nothing_back);
  ADD ("once-all-are-new-all-is-well", test_all_are_new_again);
  ADD ("equal-edition-other-digest-neither-writes", test_equal_edition_other_digest);
  ADD ("equal-edition-other-rule-neither-moves", test_equal_edition_other_rule);
  ADD ("what-is-gone-and-approved-while-neither-writes-is-not-forgotten", test_approved_while_held);
  ADD ("promise-5-a-clock-a-year-ahead", test_clock_a_year_ahead);
  ADD ("promise-5-a-clock-a-year-behind", test_clock_a_year_behind);
#undef ADD
  return g_test_run ();
}
