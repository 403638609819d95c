/* Plan against calendar: edges of putting back, leaving and removing. Design sections 7 and 8. */
#include "sync/town.h"

#include <string.h>

#include "base/error.h"

static const char TRIP_DAY[] = TOWN_DAYS ("20270518", "20270519");
static const char *const DAYS[]
    = { TOWN_DAYS ("20270525", "20270526"), TOWN_DAYS ("20270526", "20270527"),
        TOWN_DAYS ("20270527", "20270528") };

/* Three different wishes of one who may not decide; the third is left as it is. */
static void
wish_thrice (Town *town, const char *uid)
{
  for (guint i = 0; i < G_N_ELEMENTS (DAYS); i++)
    {
      town_edit (town, "aarhus", uid, TRIP_DAY, DAYS[i]);
      town_sync (town);
    }
}

static void
test_different_wishes (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);

  wish_thrice (town, uid);

  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, "2027-05-27");
  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-18");
  g_assert_true (town_waits (town, "aarhus", "put back twice"));
  g_autofree char *note = town_show (town, "aarhus", uid, TN_FIELD_NOTE);
  g_assert_nonnull (strstr (note, "2027-05-27"));
  town_assert_settled (town);
  g_assert_true (town_waits (town, "aarhus", "put back twice"));
}

static void
test_left_while_others_change (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  wish_thrice (town, uid);

  town_decide (town, TN_DECISION_WHERE, "studietur", "2027", "Fanø", "esbjerg");
  town_sync (town);

  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Fanø");
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, "2027-05-27");
  town_assert_settled (town);
  g_assert_true (town_waits (town, "aarhus", "put back twice")); /* never silently apart */
}

static void
answer (Town *town, gboolean accepts)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *proposals = tn_book_get_proposals (town->book);
  for (guint i = 0; i < proposals->len; i++)
    {
      const TnProposal *proposal = g_ptr_array_index (proposals, i);
      if (proposal->state != TN_PROPOSAL_OPEN)
        continue;
      g_autofree char *id = g_strdup (proposal->id);
      g_autoptr (TnDecision) decision
          = tn_decide_answer (town->book, id, accepts, "esbjerg", &error);
      g_assert_no_error (error);
      return;
    }
  g_assert_not_reached ();
}

static void
test_left_and_rejected (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  wish_thrice (town, uid);

  answer (town, FALSE);
  town_sync (town);

  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, "2027-05-18");
  town_assert_settled (town);
  g_assert_false (town_waits (town, "aarhus", "put back twice"));
}

static void
test_left_and_accepted (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  wish_thrice (town, uid);

  answer (town, TRUE);
  town_sync (town);

  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-27");
  town_assert_settled (town);
  g_assert_false (town_waits (town, "aarhus", "put back twice"));
}

static void
test_confirmed_orphan (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE " brake = { removals = 50; percent = 100; };");
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_decide (town, TN_DECISION_DATE, "studietur", "2027", "2027-05-18", "esbjerg");
  town_sync (town);

  town_set_charter (town, "title = \"Studietur {cycle}: {host}\";",
                    "title = \"Studietur {cycle}: {host}\"; last = \"2026\";");
  town_reload (town);
  town_sync (town);

  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, "2027-05-18");
  g_assert_true (town_waits (town, "aarhus", "no charter knows it"));
  town_assert_settled (town);
}

/* Read before it became an orphan, and read as one. */
static void
test_recurring_orphan (void) /* promise 1 */
{
  for (guint was_read = 0; was_read < 2; was_read++)
    {
      g_autoptr (Town) town = town_new (TOWN_WRITE " brake = { removals = 50; percent = 100; };");
      g_autofree char *uid = town_uid ("studietur", "2027", NULL);
      town_sync (town);
      town_edit (town, "aarhus", uid, "SUMMARY:", "RRULE:FREQ=WEEKLY;COUNT=3\r\nSUMMARY:Navn ");
      if (was_read == 1)
        town_sync (town);

      town_set_charter (town, "title = \"Studietur {cycle}: {host}\";",
                        "title = \"Studietur {cycle}: {host}\"; last = \"2026\";");
      town_reload (town);
      town_sync (town);

      g_autoptr (TnEvent) event = town_find (town, "aarhus", uid);
      g_assert_nonnull (event);
      g_assert_true (g_str_has_prefix (event->title, "Navn "));
      town_assert_shows (town, "faelles", uid, TN_FIELD_WHEN, "gone");
      g_assert_true (town_waits (town, "aarhus", "was made a recurring event"));
      town_assert_settled (town);
    }
}

static void
test_orphan_with_guests (void) /* hazard 62 */
{
  g_autoptr (Town) town = town_new (TOWN_WRITE " brake = { removals = 50; percent = 100; };");
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  town_edit (town, "aarhus", uid, "END:VEVENT", "ATTENDEE:mailto:a@example.org\r\nEND:VEVENT");
  town_sync (town);

  town_set_charter (town, "title = \"Studietur {cycle}: {host}\";",
                    "title = \"Studietur {cycle}: {host}\"; last = \"2026\";");
  town_reload (town);
  town_sync (town);

  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, "2027-05-18");
  town_assert_shows (town, "faelles", uid, TN_FIELD_WHEN, "gone");
  g_assert_true (town_waits (town, "aarhus", "people are invited"));
}

static void
test_restored_by_hand (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  g_autofree char *id = town_find_item (town, "aarhus", uid);
  g_autofree char *text = g_strdup (tn_fake_provider_get (town_calendar (town, "aarhus"), id));
  town_delete (town, "aarhus", uid);
  town_sync (town);

  tn_fake_provider_put (town_calendar (town, "aarhus"), id, text);
  tn_fake_clock_advance_us (town->clock, 16 * G_TIME_SPAN_MINUTE);
  town_assert_settled (town);

  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, "2027-05-18");
  g_assert_false (town_waits (town, "aarhus", "deleted"));
}

static void
test_two_looks_too_close (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);

  town_delete (town, "aarhus", uid);
  town_sync (town);
  tn_fake_clock_advance_us (town->clock, 15 * G_TIME_SPAN_MINUTE - 1);
  town_sync (town);
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, "gone");

  tn_fake_clock_advance_us (town->clock, 1);
  town_sync (town);
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, "2027-05-18");
}

static void
test_unreadable_holds_up_nothing (void) /* hazard 64 */
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  g_autofree char *id = town_find_item (town, "aarhus", uid);
  tn_fake_provider_put (town_calendar (town, "aarhus"), id, "no calendar");
  town_sync (town);

  town_decide (town, TN_DECISION_WHERE, "studietur", "2027", "Fanø", "esbjerg");
  town_sync (town); /* without a problem: the item is nobody's race */

  g_assert_cmpstr (tn_fake_provider_get (town_calendar (town, "aarhus"), id), ==, "no calendar");
  g_assert_true (town_waits (town, "aarhus", "cannot be read"));
  town_assert_settled (town);
}

static void
test_repaired_catches_up (void) /* hazard 64 */
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  g_autofree char *id = town_find_item (town, "aarhus", uid);
  g_autofree char *text = g_strdup (tn_fake_provider_get (town_calendar (town, "aarhus"), id));
  tn_fake_provider_put (town_calendar (town, "aarhus"), id, "no calendar");
  town_sync (town);
  town_decide (town, TN_DECISION_WHERE, "studietur", "2027", "Fanø", "esbjerg");
  town_sync (town);

  tn_fake_provider_put (town_calendar (town, "aarhus"), id, text);
  town_sync (town);

  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Fanø");
  g_assert_false (town_waits (town, "aarhus", "cannot be read"));
  town_assert_settled (town);
}

static void
test_recurring_and_lost_state (void) /* hazard 17 */
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  town_edit (town, "aarhus", uid, "SUMMARY:", "RRULE:FREQ=YEARLY\r\nSUMMARY:");
  town_sync (town);
  g_object_unref (town->store);
  town->store = tn_store_new_memory ();
  town_restart (town);
  town_reset_counts (town);

  town_sync (town);

  g_autofree char *only = town_find_item (town, "aarhus", uid); /* promise 2 */
  g_assert_nonnull (only);
  g_assert_true (town_waits (town, "aarhus", "recurring"));
  town_assert_settled (town);
  g_assert_true (town_waits (town, "aarhus", "recurring"));

  town_edit (town, "aarhus", uid, "RRULE:FREQ=YEARLY\r\n", "");
  town_decide (town, TN_DECISION_WHERE, "studietur", "2027", "Fanø", "esbjerg");
  town_sync (town);
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Fanø");
  town_assert_settled (town);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/diff/different-wishes-are-put-back-at-most-twice", test_different_wishes);
  g_test_add_func ("/sync/diff/what-is-left-is-never-silently-apart",
                   test_left_while_others_change);
  g_test_add_func ("/sync/diff/what-is-left-follows-a-rejection", test_left_and_rejected);
  g_test_add_func ("/sync/diff/what-is-left-follows-an-acceptance", test_left_and_accepted);
  g_test_add_func ("/sync/diff/a-confirmed-event-outlives-its-series", test_confirmed_orphan);
  g_test_add_func ("/sync/diff/an-orphan-made-recurring-is-left", test_recurring_orphan);
  g_test_add_func ("/sync/diff/hazard-62-guests-are-not-told-of-a-removal",
                   test_orphan_with_guests);
  g_test_add_func ("/sync/diff/restored-by-hand-is-as-if-never-deleted", test_restored_by_hand);
  g_test_add_func ("/sync/diff/two-looks-are-fifteen-minutes-apart", test_two_looks_too_close);
  g_test_add_func ("/sync/diff/hazard-64-what-cannot-be-read-holds-up-nothing",
                   test_unreadable_holds_up_nothing);
  g_test_add_func ("/sync/diff/hazard-64-what-is-repaired-catches-up", test_repaired_catches_up);
  g_test_add_func ("/sync/diff/hazard-17-a-recurring-event-is-not-doubled",
                   test_recurring_and_lost_state);
  return g_test_run ();
}
