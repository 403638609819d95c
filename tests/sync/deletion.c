/* A deletion is never a decision, and doubtful evidence deletes nothing. Design section 7,
 * promise 3. */
#include "sync/town.h"

#include <string.h>

#include "base/error.h"

static void
test_slip_of_delete_key (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);

  town_delete (town, "esbjerg", uid);
  town_sync (town); /* absent once: nothing */
  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "gone");
  tn_fake_clock_advance_us (town->clock, 16 * G_TIME_SPAN_MINUTE);
  town_sync (town); /* absent twice: put back once */

  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-18");
  town_assert_shows (town, "aarhus", uid, TN_FIELD_STATUS, "tentative");
  town_sync (town);
  g_assert_true (town_waits (town, "esbjerg", "turnusctl cancel"));

  town_delete (town, "esbjerg", uid);
  town_sync (town);
  tn_fake_clock_advance_us (town->clock, 16 * G_TIME_SPAN_MINUTE);
  town_sync (town);
  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "gone"); /* deleted again: stays away */
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, "2027-05-18");
  g_assert_true (town_waits (town, "esbjerg", "deleted here twice")); /* and is told at once */
  town_sync (town);
  g_assert_true (town_waits (town, "esbjerg", "deleted here twice"));
}

/* Deletes the trip of 2027 at Esbjerg; the next pass puts it back. */
static Town *
new_town_with_deletion (const char *uid)
{
  Town *town = town_new (TOWN_WRITE);
  town_sync (town);
  town_delete (town, "esbjerg", uid);
  town_sync (town);
  tn_fake_clock_advance_us (town->clock, 16 * G_TIME_SPAN_MINUTE);
  return town;
}

/* The event is back, and nothing said why. */
static void
test_lost_answer_to_putting_back (void) /* hazard 27, promise 1 */
{
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  g_autoptr (Town) town = new_town_with_deletion (uid);
  tn_fake_provider_script (town_calendar (town, "esbjerg"), TN_FAKE_SAVE, TN_FAKE_LOSE_ANSWER,
                           TN_ERROR_CONFLICT);
  town_try_sync (town, NULL, 0, NULL);
  town_sync (town);

  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-18");
  g_assert_true (town_waits (town, "esbjerg", "has been put back once"));
}

static void
test_failure_of_putting_back (void)
{
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  g_autoptr (Town) town = new_town_with_deletion (uid);
  tn_fake_provider_script (town_calendar (town, "esbjerg"), TN_FAKE_SAVE, TN_FAKE_FAIL,
                           TN_ERROR_TEMPORARY);
  town_try_sync (town, NULL, 0, NULL);
  town_sync (town);

  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-18");
  town_sync (town);
  g_assert_true (town_waits (town, "esbjerg", "has been put back once"));
}

/* Two listings, long apart, leave the event out, and it is there. */
static void
test_short_twice (void) /* hazard 6, promise 3 */
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  TnFakeProvider *esbjerg = town_calendar (town, "esbjerg");
  town_sync (town);
  g_auto (GStrv) before = tn_fake_provider_dup_ids (esbjerg);
  tn_fake_provider_script (esbjerg, TN_FAKE_LIST, TN_FAKE_FEWER, 0);
  town_sync (town);
  tn_fake_clock_advance_us (town->clock, 16 * G_TIME_SPAN_MINUTE);
  tn_fake_provider_script (esbjerg, TN_FAKE_LIST, TN_FAKE_FEWER, 0);
  town_reset_counts (town);
  town_sync (town);
  g_assert_cmpuint (tn_fake_provider_get_calls (esbjerg, TN_FAKE_SAVE), ==, 1);

  town_sync (town);

  g_auto (GStrv) after = tn_fake_provider_dup_ids (esbjerg);
  g_assert_true (g_strv_equal ((const char *const *) before, (const char *const *) after));
  g_assert_false (town_waits (town, "esbjerg", "has been put back once"));
  town_assert_settled (town);
}

/* A person moved it, and twice, long apart, it is not read at its new place. */
static void
check_moved_unread (TnFakeTrick trick)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  TnFakeProvider *esbjerg = town_calendar (town, "esbjerg");
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  g_autofree char *id = town_move (town, "esbjerg", uid, "moved.ics");
  for (guint i = 0; i < 2; i++)
    {
      tn_fake_provider_script (esbjerg, TN_FAKE_LOAD, i == 0 ? trick : TN_FAKE_MISS, 0);
      town_try_sync (town, "esbjerg", 0, NULL);
      tn_fake_clock_advance_us (town->clock, 16 * G_TIME_SPAN_MINUTE);
    }
  town_sync (town);

  g_assert_null (tn_fake_provider_get (esbjerg, id));
  g_assert_false (town_waits (town, "esbjerg", "was deleted here"));
  town_assert_settled (town);
}

static void
test_moved_unread (void) /* hazards 6 and 30, promise 2 */
{
  check_moved_unread (TN_FAKE_MISS);
  check_moved_unread (TN_FAKE_GARBAGE);
}

/* What else is to be told of it does not take the place of that (promise 1). */
static void
test_put_back_and_left_alone (void)
{
  static const char *const lines[] = { "RRULE:FREQ=WEEKLY;COUNT=3\r\n", "CLASS:PRIVATE\r\n" };
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *uid = town_uid ("studietur", "2027", NULL);
      g_autoptr (Town) town = new_town_with_deletion (uid);
      g_autofree char *edited = g_strconcat (lines[i], "SUMMARY:", NULL);
      town_sync (town);

      town_edit (town, "esbjerg", uid, "SUMMARY:", edited);
      town_sync (town);

      g_assert_true (town_waits (town, "esbjerg", "is left alone until it is"));
      g_assert_true (town_waits (town, "esbjerg", "has been put back once"));
      town_assert_settled (town);
    }
}

/* Of a past event a deletion means "not here"; this one is to come again. */
static void
test_past_event_that_is_to_come_again (void)
{
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  town_sync (town);
  town_decide (town, TN_DECISION_DATE, "studietur", "2027", "2027-05-18", "esbjerg");
  town_sync (town);
  tn_fake_clock_set_day (town->clock, tn_date_new (2027, 6, 1));
  town_delete (town, "aarhus", uid);
  town_sync (town);
  tn_fake_clock_advance_us (town->clock, 16 * G_TIME_SPAN_MINUTE);
  town_sync (town);
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, "gone");

  town_decide (town, TN_DECISION_DATE, "studietur", "2027", "2027-08-24", "esbjerg");
  town_sync (town);
  tn_fake_clock_advance_us (town->clock, 16 * G_TIME_SPAN_MINUTE);
  town_sync (town);

  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, "2027-08-24");
}

static void
test_emptied_calendar_is_held (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);

  tn_fake_provider_clear (town_calendar (town, "esbjerg"));
  town_reset_counts (town);
  for (guint i = 0; i < 3; i++)
    {
      town_sync (town);
      tn_fake_clock_advance_us (town->clock, G_TIME_SPAN_HOUR);
    }

  g_assert_cmpuint (town_count_writes (town), ==, 0);
  town_assert_shows (town, "aarhus", uid, TN_FIELD_STATUS, "tentative");
  g_assert_true (town_waits (town, "esbjerg", "turnusctl approve esbjerg"));

  g_assert_true (tn_decide_approve (town->book, "esbjerg", NULL));
  town_sync (town);
  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-18");
}

/* A person approved what was gone then; the next listing leaves out what another had moved. */
static void
test_short_listing_after_approval (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  g_autofree char *next = town_uid ("studietur", "2028", NULL);
  TnFakeProvider *esbjerg = town_calendar (town, "esbjerg");
  town_sync (town);
  g_autofree char *id = town_find_item (town, "esbjerg", next);
  g_autofree char *text = g_strdup (tn_fake_provider_get (esbjerg, id));
  tn_fake_provider_clear (esbjerg);
  town_sync (town);
  tn_fake_provider_put (esbjerg, "moved.ics", text);
  tn_fake_provider_script (esbjerg, TN_FAKE_LIST, TN_FAKE_EMPTY, 0);

  g_assert_true (tn_decide_approve (town->book, "esbjerg", NULL));
  town_sync (town);

  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-18");
  town_assert_shows (town, "esbjerg", next, TN_FIELD_WHEN, "2028-05-16"); /* and once only */
}

/* What came broken is read again before anything is put back, and nobody approves twice for that.
 */
static void
test_approved_beside_a_wreck (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  TnFakeProvider *esbjerg = town_calendar (town, "esbjerg");
  town_sync (town);
  tn_fake_provider_clear (esbjerg);
  tn_fake_provider_put (esbjerg, "half.ics", "BEGIN:VCALENDAR\r\nBEGIN:VEV");
  town_sync (town);

  g_assert_true (tn_decide_approve (town->book, "esbjerg", NULL));
  town_sync (town);
  town_sync (town);

  g_assert_cmpint (tn_desk_get_result (town->desk, "esbjerg")->hold, ==, TN_HOLD_NONE);
  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-18");
}

static void
test_missing_mount_is_no_empty_calendar (void) /* hazard 15 */
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  town_sync (town);
  town_reset_counts (town);

  tn_fake_provider_script (town_calendar (town, "esbjerg"), TN_FAKE_LIST, TN_FAKE_UNBOUND, 0);
  town_sync (town);

  g_assert_cmpuint (town_count_writes (town), ==, 0);
  g_assert_cmpint (tn_desk_get_result (town->desk, "esbjerg")->hold, ==, TN_HOLD_BINDING);
}

static void
test_bad_listing_deletes_nothing (void) /* hazards 1 to 3 */
{
  static const TnFakeTrick tricks[]
      = { TN_FAKE_FAIL, TN_FAKE_EMPTY, TN_FAKE_HALF, TN_FAKE_UNBOUND };
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  town_reset_counts (town);
  for (guint i = 0; i < G_N_ELEMENTS (tricks); i++)
    {
      for (guint j = 0; j < 3; j++)
        {
          g_autoptr (GError) error = NULL;
          tn_fake_provider_script (town_calendar (town, "aarhus"), TN_FAKE_LIST, tricks[i],
                                   TN_ERROR_PROTOCOL);
          town_try_sync (town, "aarhus", 0, &error);
          tn_fake_clock_advance_us (town->clock, G_TIME_SPAN_HOUR);
        }
      g_assert_cmpuint (tn_fake_provider_get_calls (town_calendar (town, "aarhus"), TN_FAKE_REMOVE),
                        ==, 0);
      town_assert_shows (town, "esbjerg", uid, TN_FIELD_STATUS, "tentative");
    }
}

/* The listing after the first one names only what changed since; that says nothing about what was
 * missing in it. */
static void
test_missing_once_is_looked_for (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  TnFakeProvider *calendar = town_calendar (town, "esbjerg");
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  g_autofree char *id = town_move (town, "esbjerg", uid, "0-moved.ics");
  tn_fake_provider_script (calendar, TN_FAKE_LIST, TN_FAKE_FEWER, 0);
  town_sync (town);
  town_reset_counts (town);

  tn_fake_clock_advance_us (town->clock, 16 * G_TIME_SPAN_MINUTE);
  town_sync (town);

  g_assert_cmpuint (town_count_writes (town), ==, 0);
  town_assert_settled (town);
}

static void
test_clock_that_goes_back (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  town_delete (town, "esbjerg", uid);
  town_sync (town);

  tn_fake_clock_jump_us (town->clock, -2 * G_TIME_SPAN_DAY);
  town_sync (town); /* the wait begins anew */
  tn_fake_clock_advance_us (town->clock, 16 * G_TIME_SPAN_MINUTE);
  town_sync (town);

  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-18");
}

/* Aarhus has dragged Esbjerg's duty into its own calendar, or a write of ours came after a crash.
 */
static void
test_stray_is_told_and_left (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", "program");
  town_sync (town);
  g_autofree char *id = town_find_item (town, "esbjerg", uid);
  const char *text = tn_fake_provider_get (town_calendar (town, "esbjerg"), id);
  tn_fake_provider_put (town_calendar (town, "aarhus"), id, text);

  town_assert_settled (town);

  g_assert_true (town_waits (town, "aarhus", "stands here although"));
  g_assert_cmpstr (tn_fake_provider_get (town_calendar (town, "aarhus"), id), ==, text);
  tn_fake_provider_delete (town_calendar (town, "aarhus"), id);
  town_sync (town);
  g_assert_false (town_waits (town, "aarhus", "stands here although"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/reconcile/hazard-43-a-slip-of-the-delete-key-cancels-nothing",
                   test_slip_of_delete_key);
  g_test_add_func ("/sync/deletion/hazard-27-what-was-put-back-is-told-though-the-answer-was-lost",
                   test_lost_answer_to_putting_back);
  g_test_add_func ("/sync/deletion/putting-back-that-failed-is-done-once-more",
                   test_failure_of_putting_back);
  g_test_add_func ("/sync/deletion/hazard-6-two-short-listings-are-no-deletion", test_short_twice);
  g_test_add_func ("/sync/deletion/hazard-30-what-was-moved-and-not-read-is-not-put-back",
                   test_moved_unread);
  g_test_add_func ("/sync/deletion/what-was-put-back-is-told-of-one-left-alone",
                   test_put_back_and_left_alone);
  g_test_add_func ("/sync/deletion/a-past-event-that-is-to-come-again-is-put-back",
                   test_past_event_that_is_to_come_again);
  g_test_add_func ("/sync/reconcile/hazards-2-18-an-emptied-calendar-is-held",
                   test_emptied_calendar_is_held);
  g_test_add_func ("/sync/deletion/hazard-6-what-is-approved-is-looked-for-twice",
                   test_short_listing_after_approval);
  g_test_add_func ("/sync/deletion/hazard-16-an-approval-waits-for-what-came-broken",
                   test_approved_beside_a_wreck);
  g_test_add_func ("/sync/reconcile/hazard-15-a-missing-mount-is-no-empty-calendar",
                   test_missing_mount_is_no_empty_calendar);
  g_test_add_func ("/sync/reconcile/hazard-1-a-bad-listing-deletes-nothing",
                   test_bad_listing_deletes_nothing);
  g_test_add_func ("/sync/deletion/hazard-3-what-a-listing-left-out-is-looked-for-in-a-full-one",
                   test_missing_once_is_looked_for);
  g_test_add_func ("/sync/deletion/hazard-82-a-clock-that-goes-back-begins-the-wait-anew",
                   test_clock_that_goes_back);
  g_test_add_func ("/sync/deletion/hazard-28-an-event-that-the-plan-does-not-show-here-is-told",
                   test_stray_is_told_and_left);
  return g_test_run ();
}
