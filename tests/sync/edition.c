/* A new edition of the charter, and the brake. Design sections 5 and 8. */
#include "sync/town.h"

#include <string.h>

#include "base/error.h"

static void
test_new_edition_waits_for_apply (void)
{
  g_autoptr (Town) town = town_new (TOWN_ASK);
  g_autoptr (GError) error = NULL;
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  town_try_sync (town, NULL, TN_PASS_GRANTED, &error);
  g_assert_no_error (error);
  town_reset_counts (town);

  /* Weekdays that break every published date: eight meetings would move. */
  town_set_charter (town, "[ \"tue\", \"wed\", \"thu\" ]", "[ \"mon\" ]");
  town_set_charter (town, "edition = 1", "edition = 2");
  town_reload (town);
  town_sync (town);
  g_assert_true (tn_book_has_new_rulebook (town->book));
  g_assert_cmpuint (town_count_writes (town), ==, 0);
  g_autoptr (GHashTable) plan = town_preview (town);
  g_assert_cmpuint (town_count_signs (plan, "faelles", '~'), >=, 6);

  town_set_charter (town, "[ \"mon\" ]", "[ \"tue\", \"wed\", \"thu\" ]");
  town_set_charter (town, "edition = 2", "edition = 1");
  town_reload (town);
  town_sync (town);
  g_assert_false (tn_book_has_new_rulebook (town->book));
  g_assert_cmpuint (town_count_writes (town), ==, 0);
  town_assert_shows (town, "esbjerg", trip, TN_FIELD_WHEN, "2027-05-18");
}

static void
test_apply_takes_the_new_edition (void)
{
  g_autoptr (Town) town = town_new (TOWN_ASK);
  g_autoptr (GError) error = NULL;
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  town_try_sync (town, NULL, TN_PASS_GRANTED, &error);
  g_assert_no_error (error);
  town_set_charter (town, "[ \"tue\", \"wed\", \"thu\" ]", "[ \"mon\" ]");
  town_set_charter (town, "edition = 1", "edition = 2");
  town_restart (town);
  g_assert_true (tn_book_has_new_rulebook (town->book));

  g_assert_true (tn_book_take_new_rulebook (town->book, NULL));
  town_try_sync (town, NULL, TN_PASS_GRANTED, &error);
  g_assert_no_error (error);

  g_autoptr (TnEvent) event = town_find (town, "esbjerg", trip);
  g_assert_cmpint (tn_date_get_weekday (event->when.days.start), ==, TN_MONDAY);
  town_assert_settled (town);
}

static void
test_brake_holds_bulk_changes (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  town_reset_counts (town);

  town_set_charter (town, "[ \"tue\", \"wed\", \"thu\" ]", "[ \"mon\" ]");
  town_reload (town);
  town_sync (town);
  g_assert_cmpuint (town_count_writes (town), ==, 0);
  g_assert_cmpint (tn_desk_get_result (town->desk, "faelles")->hold, ==, TN_HOLD_BRAKE);
  town_assert_shows (town, "faelles", trip, TN_FIELD_WHEN, "2027-05-18");

  g_assert_true (tn_decide_approve (town->book, "faelles", NULL));
  town_sync (town);
  g_autoptr (TnEvent) event = town_find (town, "faelles", trip);
  g_assert_cmpint (tn_date_get_weekday (event->when.days.start), ==, TN_MONDAY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/reconcile/a-new-edition-waits-and-leaves-no-trace",
                   test_new_edition_waits_for_apply);
  g_test_add_func ("/sync/reconcile/apply-takes-the-new-edition", test_apply_takes_the_new_edition);
  g_test_add_func ("/sync/reconcile/the-brake-holds-bulk-changes", test_brake_holds_bulk_changes);
  return g_test_run ();
}
