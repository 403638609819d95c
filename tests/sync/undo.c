/* A pass taken back: by counter-decisions, or with the reason why not. Design sections 7 and 10. */
#include "sync/undo.h"

#include <string.h>

#include "base/error.h"
#include "sync/town.h"

static void
assert_trip (Town *town, const char *expected)
{
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, expected);
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, expected);
  town_assert_shows (town, "faelles", uid, TN_FIELD_WHEN, expected);
}

static void
edit_trip (Town *town, const char *calendar, const char *old, const char *new)
{
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_edit (town, calendar, uid, old, new);
  town_sync (town);
}

static void
move_trip (Town *town, const char *calendar)
{
  edit_trip (town, calendar, TOWN_DAYS ("20270518", "20270519"),
             TOWN_DAYS ("20270525", "20270526"));
}

static TnUndo *
undo_last (Town *town, const char *council)
{
  g_autoptr (GError) error = NULL;
  TnUndo *undo = tn_undo_new (town->book, NULL, council, "test", &error);
  g_assert_no_error (error);
  return undo;
}

static const TnUndoStep *
find_step (const TnUndo *undo, const char *what, const char *reference)
{
  for (guint i = 0; i < undo->steps->len; i++)
    {
      const TnUndoStep *step = g_ptr_array_index (undo->steps, i);
      if (strcmp (step->what, what) == 0 && g_strcmp0 (step->reference, reference) == 0)
        return step;
    }
  return NULL;
}

static void
take (Town *town, TnUndo *undo)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (tn_undo_take (undo, town->book, &error));
  g_assert_no_error (error);
  town_sync (town);
}

static void
test_values_go_back (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  town_sync (town);
  move_trip (town, "esbjerg");
  assert_trip (town, "2027-05-25");

  g_autoptr (TnUndo) undo = undo_last (town, "esbjerg");
  const TnUndoStep *step = find_step (undo, "decided", "7by/studietur/2027");
  g_assert_nonnull (step);
  g_assert_nonnull (step->counter);
  g_assert_true (g_str_has_prefix (undo->pass, "esbjerg@2026-11-22T"));
  assert_trip (town, "2027-05-25"); /* only looked at */
  take (town, undo);

  assert_trip (town, "2027-05-18");
  town_assert_settled (town);
}

static void
test_the_ledger_keeps_both (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  town_sync (town);
  move_trip (town, "esbjerg");

  g_autoptr (TnUndo) undo = undo_last (town, "esbjerg");
  take (town, undo);

  const TnDecision *counter
      = town_find_decision (town, TN_DECISION_DATE, "studietur", "2027", NULL);
  g_assert_cmpuint (town_count_decisions (town, TN_DECISION_DATE), ==, 2);
  g_assert_cmpstr (counter->value, ==, "2027-05-18");
  g_assert_cmpstr (counter->by, ==, "esbjerg");
  g_assert_cmpstr (counter->role, ==, "host");
  g_assert_nonnull (counter->replaces);
  g_assert_false (counter->confirmed);
}

static void
test_one_who_may_not_is_told_who_may (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  town_sync (town);
  move_trip (town, "esbjerg");

  g_autoptr (TnUndo) undo = undo_last (town, "aarhus");

  const TnUndoStep *step = find_step (undo, "decided", "7by/studietur/2027");
  g_assert_null (step->counter);
  g_assert_nonnull (strstr (step->why_not, "Esbjerg"));
  take (town, undo);
  assert_trip (town, "2027-05-25");
}

static void
test_a_later_decision_stands (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  town_sync (town);
  move_trip (town, "esbjerg");
  town_decide (town, TN_DECISION_DATE, "studietur", "2027", "2027-05-26", "esbjerg");
  town_sync (town);

  g_autoptr (TnUndo) undo = undo_last (town, "esbjerg");

  const TnUndoStep *step = find_step (undo, "decided", "7by/studietur/2027");
  g_assert_null (step->counter);
  g_assert_nonnull (strstr (step->why_not, "decided otherwise since"));
  take (town, undo);
  assert_trip (town, "2027-05-26");
}

static void
test_a_cancelled_event_is_held_after_all (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  edit_trip (town, "esbjerg", "SUMMARY:Studietur", "SUMMARY:AFLYST: Studietur");
  town_assert_shows (town, "aarhus", uid, TN_FIELD_STATUS, "cancelled");

  g_autoptr (TnUndo) undo = undo_last (town, "esbjerg");
  take (town, undo);

  town_assert_shows (town, "aarhus", uid, TN_FIELD_STATUS, "tentative");
  town_assert_settled (town);
}

static void
test_a_moved_and_confirmed_event_goes_back (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  town_edit (town, "esbjerg", uid, "STATUS:TENTATIVE", "STATUS:CONFIRMED");
  move_trip (town, "esbjerg");
  town_assert_shows (town, "aarhus", uid, TN_FIELD_STATUS, "confirmed");

  g_autoptr (TnUndo) undo = undo_last (town, "esbjerg");
  take (town, undo);

  assert_trip (town, "2027-05-18");
  town_assert_shows (town, "aarhus", uid, TN_FIELD_STATUS, "tentative");
}

static void
test_what_was_put_back_is_told (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  town_sync (town);
  move_trip (town, "aarhus"); /* who is not the host */
  g_autoptr (GError) error = NULL;

  g_autoptr (TnUndo) none = tn_undo_new (town->book, NULL, "esbjerg", "test", &error);

  g_assert_null (none);
  g_assert_true (tn_error_is_invalid (error));
  g_assert_nonnull (strstr (error->message, "no pass"));
}

static void
test_a_pass_is_found_by_its_name (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GError) error = NULL;
  town_sync (town);
  move_trip (town, "esbjerg");
  g_autoptr (TnUndo) first = undo_last (town, "esbjerg");
  tn_fake_clock_advance_us (town->clock, 60 * G_USEC_PER_SEC);
  edit_trip (town, "esbjerg", "LOCATION:Esbjerg", "LOCATION:Ribe");
  g_autoptr (TnUndo) second = undo_last (town, "esbjerg");
  g_assert_cmpstr (first->pass, !=, second->pass);

  g_autoptr (TnUndo) named = tn_undo_new (town->book, first->pass, "esbjerg", "test", &error);
  g_assert_no_error (error);
  take (town, named);
  g_autoptr (TnUndo) unknown = tn_undo_new (town->book, "x@y", "esbjerg", "test", &error);

  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  assert_trip (town, "2027-05-18");
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Ribe");
  g_assert_null (unknown);
  g_assert_true (tn_error_is_invalid (error));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/undo/values-go-back", test_values_go_back);
  g_test_add_func ("/sync/undo/the-ledger-keeps-both", test_the_ledger_keeps_both);
  g_test_add_func ("/sync/undo/one-who-may-not-is-told-who-may",
                   test_one_who_may_not_is_told_who_may);
  g_test_add_func ("/sync/undo/a-later-decision-stands", test_a_later_decision_stands);
  g_test_add_func ("/sync/undo/a-cancelled-event-is-held-after-all",
                   test_a_cancelled_event_is_held_after_all);
  g_test_add_func ("/sync/undo/a-moved-and-confirmed-event-goes-back",
                   test_a_moved_and_confirmed_event_goes_back);
  g_test_add_func ("/sync/undo/a-pass-that-decided-nothing-is-none",
                   test_what_was_put_back_is_told);
  g_test_add_func ("/sync/undo/a-pass-is-found-by-its-name", test_a_pass_is_found_by_its_name);
  return g_test_run ();
}
