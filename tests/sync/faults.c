/* Calendars that answer wrongly, late or never. Promises 7 and 8. */
#include "sync/town.h"

#include <string.h>

#include "base/error.h"
#include "fakes/failing-store.h"

#define TRIP_TITLE "title = \"Studietur {cycle}: {host}\";"

static void
script_saves (Town *town, const char *calendar, TnFakeTrick trick, guint n)
{
  for (guint i = 0; i < n; i++)
    tn_fake_provider_script (town_calendar (town, calendar), TN_FAKE_SAVE, trick,
                             TN_ERROR_TEMPORARY);
}

static void
test_lost_answer_is_not_repeated (void) /* hazard 27 */
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GError) error = NULL;
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  script_saves (town, "esbjerg", TN_FAKE_LOSE_ANSWER, 100);
  town_try_sync (town, NULL, 0, &error);
  g_assert_error (error, TN_ERROR, TN_ERROR_TEMPORARY);
  g_assert_cmpuint (tn_fake_provider_get_calls (town_calendar (town, "esbjerg"), TN_FAKE_SAVE), <=,
                    4);

  tn_fake_provider_clear_script (town_calendar (town, "esbjerg"));
  town_restart (town);
  town_sync (town);

  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-18"); /* and once only */
  g_assert_cmpuint (tn_book_get_proposals (town->book)->len, ==, 0);
  town_assert_settled (town);
}

/* A server that was given too many at once does some of them: the pass goes on one by one, looks
 * what became of the others before it writes them again, and ends well. */
static void
strain (TnFakeTrick trick)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  g_autofree char *last = town_uid ("erfa", "2029", NULL);
  script_saves (town, "esbjerg", TN_FAKE_WORK, 2);
  script_saves (town, "esbjerg", trick, 2);

  town_sync (town); /* without a problem */

  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-18");
  town_assert_shows (town, "esbjerg", last, TN_FIELD_STATUS, "tentative");
  g_auto (GStrv) ids = tn_fake_provider_dup_ids (town_calendar (town, "esbjerg"));
  g_assert_cmpuint (g_strv_length (ids), ==,
                    tn_fake_provider_get_writes (town_calendar (town, "esbjerg")));
  town_assert_settled (town);
}

static void
test_strained_calendar (void)
{
  strain (TN_FAKE_FAIL);
}

static void
test_strained_calendar_that_wrote (void) /* hazard 27 */
{
  strain (TN_FAKE_LOSE_ANSWER);
}

static guint
count_first_writes (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_assert_true (town_try_sync (town, "esbjerg", 0, NULL));
  return tn_fake_provider_get_writes (town_calendar (town, "esbjerg"));
}

/* One that fails at one event again in the second round is not asked a third time in this pass; all
 * others stand there. */
static void
test_strained_for_good (void)
{
  guint n_events = count_first_writes ();
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GError) error = NULL;
  TnFakeProvider *esbjerg = town_calendar (town, "esbjerg");
  script_saves (town, "esbjerg", TN_FAKE_WORK, 2);
  script_saves (town, "esbjerg", TN_FAKE_FAIL, 1);
  script_saves (town, "esbjerg", TN_FAKE_WORK, n_events - 3);
  script_saves (town, "esbjerg", TN_FAKE_FAIL, 1);

  g_assert_false (town_try_sync (town, "esbjerg", 0, &error));

  g_assert_error (error, TN_ERROR, TN_ERROR_TEMPORARY);
  g_assert_cmpuint (tn_fake_provider_get_calls (esbjerg, TN_FAKE_SAVE), ==, n_events + 1);
  g_assert_cmpuint (tn_fake_provider_get_writes (esbjerg), ==, n_events - 1);
  town_sync (town);
  g_assert_cmpuint (tn_fake_provider_get_writes (esbjerg), ==, n_events);
  town_assert_settled (town);
}

static void
test_edit_between_read_and_write (void) /* hazard 20 */
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  tn_fake_provider_script (town_calendar (town, "aarhus"), TN_FAKE_SAVE, TN_FAKE_EDIT_FIRST, 0);
  town_decide (town, TN_DECISION_WHERE, "studietur", "2027", "Fanø", "esbjerg");

  town_sync (town);

  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Fanø");
  town_assert_settled (town);
}

static void
test_no_read_back (void) /* hazard 25 */
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  town_decide (town, TN_DECISION_CANCEL, "studietur", "2027", "yes", "esbjerg");
  /* The bytes to be edited come, what they have become does not. */
  tn_fake_provider_script (town_calendar (town, "aarhus"), TN_FAKE_LOAD, TN_FAKE_WORK, 0);
  tn_fake_provider_script (town_calendar (town, "aarhus"), TN_FAKE_LOAD, TN_FAKE_FAIL,
                           TN_ERROR_TEMPORARY);
  town_sync (town);
  town_assert_shows (town, "aarhus", uid, TN_FIELD_STATUS, "cancelled");

  town_decide (town, TN_DECISION_CANCEL, "studietur", "2027", "no", "esbjerg");
  town_sync (town);

  town_assert_shows (town, "aarhus", uid, TN_FIELD_STATUS, "tentative");
  town_assert_settled (town);
}

static void
test_expired_token (void) /* hazard 7 */
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  for (guint i = 0; i < 4; i++)
    {
      static const char *const names[] = { "esbjerg", "aalborg", "aarhus", "faelles" };
      tn_fake_provider_set_deltas (town_calendar (town, names[i]), TRUE);
    }
  town_sync (town);
  tn_fake_provider_forget_tokens (town_calendar (town, "aarhus"));

  town_assert_settled (town);
}

static void
test_garbage_is_left_alone (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  g_autofree char *id = town_find_item (town, "esbjerg", uid);

  tn_fake_provider_put (town_calendar (town, "esbjerg"), id, "\x01\x02 no calendar");
  tn_fake_provider_put (town_calendar (town, "esbjerg"), "other.ics", "BEGIN:VCALENDAR\r\n");
  town_reset_counts (town);
  town_sync (town);

  g_assert_cmpuint (town_count_writes (town), ==, 0);
  g_assert_cmpstr (tn_fake_provider_get (town_calendar (town, "esbjerg"), id), ==,
                   "\x01\x02 no calendar");
  g_assert_true (town_waits (town, "esbjerg", "cannot be read"));
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, "2027-05-18");
  town_sync (town);
  g_assert_true (town_waits (town, "esbjerg", "cannot be read"));
}

static void
test_stuck_calendar_delays_no_other (void) /* promise 8 */
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  tn_fake_provider_script (town_calendar (town, "aarhus"), TN_FAKE_LIST, TN_FAKE_NEVER, 0);
  g_autoptr (GAsyncResult) stuck = NULL;
  const char *const aarhus[] = { "aarhus", NULL };
  tn_desk_sync_async (town->desk, aarhus, 0, NULL, tn_await_store, &stuck);
  g_autoptr (GError) error = NULL;

  town_try_sync (town, "esbjerg", 0, &error);

  g_assert_no_error (error);
  g_assert_null (stuck);
  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-18");
  g_autoptr (GAsyncResult) stopped = NULL;
  tn_desk_stop_async (town->desk, tn_await_store, &stopped);
  tn_await (&stopped);
  g_assert_true (tn_desk_stop_finish (town->desk, stopped, NULL));
}

static TnFailingStore *
use_failing_store (Town *town)
{
  TnFailingStore *store = tn_failing_store_new (town->store);
  g_object_unref (town->store);
  town->store = TN_STORE (store);
  town_restart (town);
  return store;
}

static void
test_unwritable_store_writes_nothing (void) /* hazard 85, promise 7 */
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GError) error = NULL;
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  TnFailingStore *store = use_failing_store (town);
  tn_failing_store_set_full (store, TRUE);

  g_assert_false (town_try_sync (town, NULL, 0, &error));

  g_assert_nonnull (strstr (error->message, "the disk is full"));
  g_assert_cmpuint (town_count_writes (town), ==, 0);
  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "gone");

  tn_failing_store_set_full (store, FALSE);
  town_sync (town);
  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-18");
  town_assert_settled (town);
}

static void
test_unwritable_store_keeps_the_edit (void) /* hazard 85, promise 1 */
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GError) error = NULL;
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  TnFailingStore *store = use_failing_store (town);
  town_sync (town);
  town_reset_counts (town);
  tn_failing_store_set_full (store, TRUE);
  town_edit (town, "esbjerg", uid, "LOCATION:Esbjerg", "LOCATION:Fanø");

  g_assert_false (town_try_sync (town, NULL, 0, &error));

  g_assert_cmpuint (town_count_writes (town), ==, 0);
  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHERE, "Fanø");
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Esbjerg");

  tn_failing_store_set_full (store, FALSE);
  town_sync (town);
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Fanø");
}

/* The disk fills up between the intents and what came of them: for each of the first commits. */
static void
test_forgotten_outcome_is_not_repeated (void) /* hazards 27 and 85 */
{
  for (guint n = 1; n < 10; n++)
    {
      g_autoptr (Town) town = town_new (TOWN_WRITE);
      g_autofree char *uid = town_uid ("studietur", "2027", NULL);
      TnFailingStore *store = use_failing_store (town);
      tn_failing_store_fail_after (store, n);
      town_try_sync (town, NULL, 0, NULL);

      tn_failing_store_set_full (store, FALSE);
      town_restart (town);
      town_sync (town);

      town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-18"); /* and once only */
      g_assert_cmpuint (tn_book_get_proposals (town->book)->len, ==, 0);
      town_assert_settled (town);
    }
}

/* It was imported from elsewhere before the charter knew of it, and the server names only what has
 * changed. Dies after each of the first commits. */
static void
test_found_stranger_is_not_doubled (void) /* hazard 28, promise 2 */
{
  for (guint n = 1; n < 10; n++)
    {
      g_autoptr (Town) town = town_new (TOWN_WRITE);
      g_autofree char *uid = town_uid ("studietur", "2027", NULL);
      g_autofree char *text
          = g_strdup_printf ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n"
                             "BEGIN:VEVENT\r\nUID:%s\r\nDTSTAMP:20260101T000000Z\r\n" TOWN_DAYS (
                                 "20270518", "20270519") "\r\nSUMMARY:Studietur\r\n"
                                                         "END:VEVENT\r\nEND:VCALENDAR\r\n",
                             uid);
      TnFailingStore *store = use_failing_store (town);
      town_set_charter (town, TRIP_TITLE, TRIP_TITLE " last = \"2026\";");
      town_reload (town);
      tn_fake_provider_set_deltas (town_calendar (town, "aarhus"), TRUE);
      tn_fake_provider_put (town_calendar (town, "aarhus"), "0-imported.ics", text);
      town_sync (town);
      town_set_charter (town, TRIP_TITLE " last = \"2026\";", TRIP_TITLE);
      town_reload (town);
      tn_failing_store_fail_after (store, n);
      town_try_sync (town, "aarhus", 0, NULL);

      tn_failing_store_set_full (store, FALSE);
      town_restart (town);
      town_sync (town);

      town_assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, "2027-05-18"); /* and once only */
      town_assert_settled (town);
    }
}

/* The state is lost, and the pass that finds the events again dies after one of its first commits:
 * then a listing leaves out where a person had moved one. */
static void
test_half_a_first_pass_is_none (void) /* hazards 6 and 17, promise 2 */
{
  for (guint n = 1; n < 10; n++)
    {
      g_autoptr (Town) town = town_new (TOWN_WRITE);
      g_autofree char *uid = town_uid ("studietur", "2027", NULL);
      TnFakeProvider *aarhus = town_calendar (town, "aarhus");
      town_sync (town);
      g_autofree char *id = town_find_item (town, "aarhus", uid);
      g_autofree char *text = g_strdup (tn_fake_provider_get (aarhus, id));
      tn_fake_provider_delete (aarhus, id);
      tn_fake_provider_put (aarhus, "moved.ics", text);
      town_forget (town, FALSE);
      TnFailingStore *store = use_failing_store (town);
      tn_failing_store_fail_after (store, n);
      town_try_sync (town, "aarhus", 0, NULL);

      tn_failing_store_set_full (store, FALSE);
      town_restart (town);
      tn_fake_provider_script (aarhus, TN_FAKE_LIST, TN_FAKE_EMPTY, 0);
      town_sync (town);
      town_sync (town);

      town_assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, "2027-05-18"); /* and once only */
      town_assert_settled (town);
    }
}

/* The state is lost, one event comes broken when it is looked for, and is cancelled elsewhere. */
static void
test_found_broken_is_read_again (void) /* hazards 16 and 17 */
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  town_forget (town, FALSE);
  tn_fake_provider_script (town_calendar (town, "aarhus"), TN_FAKE_LOAD, TN_FAKE_GARBAGE, 0);
  town_try_sync (town, "aarhus", 0, NULL);

  town_decide (town, TN_DECISION_CANCEL, "studietur", "2027", "yes", "esbjerg");
  town_sync (town);
  town_sync (town);

  town_assert_shows (town, "aarhus", uid, TN_FIELD_STATUS, "cancelled");
  town_assert_settled (town);
}

/* A wish was put back, and the answer to that was lost; when the wish had been accepted, our own
 * words could not be read at first, and were then taken for Aarhus's newest wish. */
static void
test_unread_outcome_is_no_wish (void) /* hazard 27 */
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GError) error = NULL;
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  TnFakeProvider *aarhus = town_calendar (town, "aarhus");
  town_sync (town);
  town_edit (town, "aarhus", uid, "LOCATION:Esbjerg", "LOCATION:Fanø");
  tn_fake_provider_script (aarhus, TN_FAKE_SAVE, TN_FAKE_LOSE_ANSWER, TN_ERROR_TEMPORARY);
  town_try_sync (town, "aarhus", 0, NULL);
  const TnProposal *wish = g_ptr_array_index (tn_book_get_proposals (town->book), 0);
  g_autofree char *id = g_strdup (wish->id);
  g_autoptr (TnDecision) taken = tn_decide_answer (town->book, id, TRUE, "esbjerg", &error);
  g_assert_no_error (error);

  tn_fake_provider_script (aarhus, TN_FAKE_LOAD, TN_FAKE_MISS, 0);
  town_try_sync (town, "aarhus", 0, NULL);
  town_sync (town);

  g_assert_cmpuint (town_count_proposals (town, TN_PROPOSAL_WISH, TN_PROPOSAL_OPEN), ==, 0);
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Fanø");
  town_assert_settled (town);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/reconcile/hazard-27-a-lost-answer-is-not-repeated",
                   test_lost_answer_is_not_repeated);
  g_test_add_func ("/sync/reconcile/a-calendar-that-fails-at-some-of-many-gets-them-one-by-one",
                   test_strained_calendar);
  g_test_add_func ("/sync/reconcile/hazard-27-of-many-lost-answers-none-is-repeated",
                   test_strained_calendar_that_wrote);
  g_test_add_func ("/sync/reconcile/a-calendar-that-always-fails-at-one-is-asked-twice-in-a-pass",
                   test_strained_for_good);
  g_test_add_func ("/sync/reconcile/hazard-20-an-edit-between-read-and-write-survives",
                   test_edit_between_read_and_write);
  g_test_add_func ("/sync/reconcile/hazard-7-an-expired-token-is-harmless", test_expired_token);
  g_test_add_func ("/sync/reconcile/hazard-64-garbage-is-left-alone", test_garbage_is_left_alone);
  g_test_add_func ("/sync/reconcile/hazards-77-97-a-stuck-calendar-delays-no-other",
                   test_stuck_calendar_delays_no_other);
  g_test_add_func ("/sync/faults/hazard-85-an-unwritable-store-writes-nothing",
                   test_unwritable_store_writes_nothing);
  g_test_add_func ("/sync/faults/hazard-85-an-unwritable-store-keeps-the-edit",
                   test_unwritable_store_keeps_the_edit);
  g_test_add_func ("/sync/faults/hazard-85-a-forgotten-outcome-is-not-repeated",
                   test_forgotten_outcome_is_not_repeated);
  g_test_add_func ("/sync/faults/hazard-28-a-stranger-found-to-be-ours-is-not-doubled",
                   test_found_stranger_is_not_doubled);
  g_test_add_func ("/sync/faults/hazard-17-half-a-first-pass-is-no-memory-of-the-calendar",
                   test_half_a_first_pass_is_none);
  g_test_add_func ("/sync/faults/hazard-16-what-came-broken-after-a-loss-is-read-again",
                   test_found_broken_is_read_again);
  g_test_add_func ("/sync/faults/hazard-27-our-own-words-are-no-wish-when-read-late",
                   test_unread_outcome_is_no_wish);
  g_test_add_func ("/sync/faults/hazard-25-what-is-not-read-back-is-as-it-was-sent",
                   test_no_read_back);
  return g_test_run ();
}
