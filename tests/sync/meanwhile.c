/* What a command changes while a pass runs survives the pass. Design section 8; promise 1. */
#include "sync/town.h"

#include <string.h>

#define BY_HAND(title)                                                                             \
  "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//hand//EN\r\nBEGIN:VEVENT\r\nUID:hand\r\n"           \
  "DTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20270520\r\nDTEND;VALUE=DATE:20270521\r\n"       \
  "SUMMARY:" title "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

/* The calendar's state is loaded, and nothing is listed yet. */
static void
begin_pass (Town *town, const char *calendar, GAsyncResult **result)
{
  const char *const names[] = { calendar, NULL };
  tn_desk_sync_async (town->desk, names, 0, NULL, tn_await_store, result);
}

static void
end_pass (Town *town, GAsyncResult **slot)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = tn_await (slot);
  tn_desk_sync_finish (town->desk, result, &error);
  g_assert_no_error (error);
}

static void
turn_until_saving (Town *town, const char *calendar)
{
  while (tn_fake_provider_get_calls (town_calendar (town, calendar), TN_FAKE_SAVE) == 0)
    g_main_context_iteration (NULL, TRUE);
}

/* Published, and then three trips are gone at once: more than people delete. */
static Town *
new_town_on_hold (void)
{
  static const char *const years[] = { "2027", "2028", "2029" };
  Town *town = town_new (TOWN_WRITE);
  town_sync (town);
  for (guint i = 0; i < G_N_ELEMENTS (years); i++)
    {
      g_autofree char *uid = town_uid ("studietur", years[i], NULL);
      town_delete (town, "faelles", uid);
    }
  town_sync (town);
  return town;
}

static void
test_approved (void)
{
  g_autoptr (Town) town = new_town_on_hold ();
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  begin_pass (town, "faelles", &slot);

  g_assert_true (tn_decide_approve (town->book, "faelles", &error));
  end_pass (town, &slot);
  g_assert_cmpint (tn_desk_get_result (town->desk, "faelles")->hold, ==, TN_HOLD_VANISHED);
  town_sync (town);

  g_assert_cmpint (tn_desk_get_result (town->desk, "faelles")->hold, ==, TN_HOLD_NONE);
}

static void
test_approved_once (void)
{
  g_autoptr (Town) town = new_town_on_hold ();
  g_autoptr (GError) error = NULL;
  g_assert_true (tn_decide_approve (town->book, "faelles", &error));
  town_sync (town);

  g_autoptr (TnCalendarState) state = tn_store_load_calendar (town->store, "faelles", NULL);

  g_assert_false (state->is_approved);
}

/* The pass looks once more after a write that came too late, and that is the same pass. */
static void
test_approved_and_overtaken (void)
{
  g_autoptr (Town) town = new_town_on_hold ();
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  town_decide (town, TN_DECISION_THEME, "studietur", "2027", "Havnen", "esbjerg");
  tn_fake_provider_script (town_calendar (town, "faelles"), TN_FAKE_SAVE, TN_FAKE_EDIT_FIRST, 0);

  g_assert_true (tn_decide_approve (town->book, "faelles", NULL));
  town_sync (town);

  g_assert_cmpint (tn_desk_get_result (town->desk, "faelles")->hold, ==, TN_HOLD_NONE);
  town_assert_shows (town, "faelles", trip, TN_FIELD_WHEN, "2027-05-18");
}

static void
test_looked_at (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  tn_fake_provider_put (town_calendar (town, "aarhus"), "hand.ics", BY_HAND ("Loppemarked"));
  town_sync (town);
  town_assert_shows (town, "aarhus", trip, TN_FIELD_WHEN, "gone");
  GAsyncResult *slot = NULL;
  begin_pass (town, "aarhus", &slot);

  g_autoptr (GHashTable) plan = town_preview (town);
  end_pass (town, &slot);
  town_sync (town);

  town_assert_shows (town, "aarhus", trip, TN_FIELD_WHEN, "2027-05-18");
}

static void
test_claimed_none (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GError) error = NULL;
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  TnFakeProvider *aarhus = town_calendar (town, "aarhus");
  tn_fake_provider_put (aarhus, "hand.ics", BY_HAND ("Studietur"));
  town_sync (town);
  g_autoptr (GHashTable) plan = town_preview (town);
  town_sync (town);
  tn_fake_provider_put (aarhus, "hand.ics", BY_HAND ("Studietur med skolen"));
  GAsyncResult *slot = NULL;
  begin_pass (town, "aarhus", &slot);

  tn_claim_none (town->book, "aarhus", "hand.ics", &error);
  g_assert_no_error (error);
  end_pass (town, &slot);
  town_sync (town);

  town_assert_shows (town, "aarhus", trip, TN_FIELD_WHEN, "2027-05-18");
}

static void
edit_place (Town *town, const char *uid, const char *place)
{
  g_autofree char *line = g_strconcat ("LOCATION:", place, NULL);
  town_edit (town, "aarhus", uid, "LOCATION:Esbjerg", line);
  town_sync (town);
}

static const TnProposal *
find_wish (Town *town, const char *value)
{
  GPtrArray *proposals = tn_book_get_proposals (town->book);
  for (guint i = 0; i < proposals->len; i++)
    if (strcmp (((TnProposal *) g_ptr_array_index (proposals, i))->value, value) == 0)
      return g_ptr_array_index (proposals, i);
  g_assert_not_reached ();
}

/* The place was left as Aarhus wants it; its date is being written when Esbjerg says no. */
static void
test_rejected (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GError) error = NULL;
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  edit_place (town, trip, "Ribe");
  edit_place (town, trip, "Tønder");
  edit_place (town, trip, "Varde");
  town_assert_shows (town, "aarhus", trip, TN_FIELD_WHERE, "Varde");
  town_decide (town, TN_DECISION_DATE, "studietur", "2027", "2027-05-25", "esbjerg");
  town_reset_counts (town);
  GAsyncResult *slot = NULL;
  begin_pass (town, "aarhus", &slot);
  turn_until_saving (town, "aarhus");

  g_autoptr (TnDecision) none
      = tn_decide_answer (town->book, find_wish (town, "Varde")->id, FALSE, "esbjerg", &error);
  g_assert_no_error (error);
  end_pass (town, &slot);
  town_sync (town);

  town_assert_shows (town, "aarhus", trip, TN_FIELD_WHEN, "2027-05-25");
  town_assert_shows (town, "aarhus", trip, TN_FIELD_WHERE, "Esbjerg");
  town_assert_settled (town);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/meanwhile/what-is-approved-during-a-pass-is-approved", test_approved);
  g_test_add_func ("/sync/meanwhile/what-was-approved-is-approved-once", test_approved_once);
  g_test_add_func ("/sync/meanwhile/hazard-21-an-approval-outlasts-a-write-that-came-too-late",
                   test_approved_and_overtaken);
  g_test_add_func ("/sync/meanwhile/who-looked-during-a-pass-has-looked", test_looked_at);
  g_test_add_func ("/sync/meanwhile/what-is-no-twin-by-word-during-a-pass-is-none",
                   test_claimed_none);
  g_test_add_func ("/sync/meanwhile/what-is-rejected-while-it-is-written-is-put-back",
                   test_rejected);
  return g_test_run ();
}
