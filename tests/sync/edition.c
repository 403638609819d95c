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
write_calendar (const Town *town, const char *name, const char *title)
{
  g_autofree char *path = g_build_filename (town->folder, name, NULL);
  g_autofree char *text
      = g_strdup_printf ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:%s\r\n"
                         "DTSTART;VALUE=DATE:20270517\r\nDTEND;VALUE=DATE:20270522\r\n"
                         "END:VEVENT\r\nEND:VCALENDAR\r\n",
                         title);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static gboolean
is_kept (Town *town, const char *word)
{
  g_autoptr (GPtrArray) files = tn_store_load_rulebook (town->store, NULL, NULL);
  for (guint i = 0; i < files->len; i++)
    if (strstr (((const TnSourceFile *) g_ptr_array_index (files, i))->text, word) != NULL)
      return TRUE;
  return FALSE;
}

static void
publish (Town *town)
{
  g_autoptr (GError) error = NULL;
  town_try_sync (town, NULL, TN_PASS_GRANTED, &error);
  g_assert_no_error (error);
  town_reset_counts (town);
}

/* A closure on a published date is asked about; taken, it is kept with the charter. */
static void
test_closures_wait (void)
{
  g_autoptr (Town) town = town_new (TOWN_ASK);
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  publish (town);
  write_calendar (town, "lukket.ics", "Lukket");
  town_set_charter (town, "holidays = [ \"dk\" ]", "holidays = [ \"dk\", \"lukket.ics\" ]");
  town_reload (town);
  town_sync (town);
  g_assert_true (tn_book_has_new_rulebook (town->book));
  g_assert_cmpuint (town_count_writes (town), ==, 0);

  g_assert_true (tn_book_take_new_rulebook (town->book, NULL));
  publish (town);

  g_assert_true (is_kept (town, "SUMMARY:Lukket"));
  g_autoptr (TnEvent) event = town_find (town, "esbjerg", trip);
  g_assert_cmpint (event->when.days.start, ==, tn_date_new (2027, 5, 25));
  town_restart (town);
  g_assert_false (tn_book_has_new_rulebook (town->book));
  town_assert_settled (town);
}

/* Busy times move no published date, so nobody is asked; and what the person wrote is not kept. */
static void
test_busy_moves_nothing (void)
{
  g_autoptr (Town) town = town_new (TOWN_ASK);
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  publish (town);
  write_calendar (town, "formand.ics", "Karen hos tandlæge");
  town_set_settings (town, "charters", "busy = [ \"formand.ics\" ];\ncharters");
  town_set_charter (town, "avoid = [ \"holidays\"", "avoid = [ \"busy\", \"holidays\"");
  town_reload (town);
  town_sync (town);

  g_assert_false (tn_book_has_new_rulebook (town->book));
  g_assert_true (is_kept (town, "DTSTART;VALUE=DATE:20270517"));
  g_assert_false (is_kept (town, "Karen"));
  town_assert_shows (town, "esbjerg", trip, TN_FIELD_WHEN, "2027-05-18");
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
  g_assert_cmpuint (town_count_writes (town), ==,
                    1); /* the journal says by which charter it goes */
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
  g_test_add_func ("/sync/reconcile/closures-wait-like-a-new-edition", test_closures_wait);
  g_test_add_func ("/sync/reconcile/busy-times-move-no-published-date", test_busy_moves_nothing);
  g_test_add_func ("/sync/reconcile/the-brake-holds-bulk-changes", test_brake_holds_bulk_changes);
  return g_test_run ();
}
