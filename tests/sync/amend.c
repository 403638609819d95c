/* What somebody proposes about an adopted event, and its people accept or reject. Design section 7,
 * last paragraph. */
#include "sync/amend.h"

#include <string.h>

#include "base/error.h"
#include "sync/town.h"

#define UID "kaffe-1@esbjerg"
#define CALENDAR(inner)                                                                            \
  "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Esbjerg//Kalender//DA\r\nBEGIN:VEVENT\r\n"          \
  "UID:" UID "\r\nDTSTAMP:20261120T080000Z\r\nX-EGEN:a;b\r\n" inner                                \
  "CATEGORIES:Samarbejde\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
#define DAY "DTSTART;VALUE=DATE:20270107\r\n"
#define TIMED                                                                                      \
  "DTSTART;TZID=Europe/Copenhagen:20270107T100000\r\n"                                             \
  "DTEND;TZID=Europe/Copenhagen:20270107T110000\r\n"

static void
settle (Town *town)
{
  for (guint i = 0; i < 3; i++)
    town_sync (town);
}

/* Esbjerg lets the event out; Aarhus edits its copy, which is put back. */
static Town *
open_town (const char *text, const char *old, const char *new)
{
  Town *town = town_new (TOWN_WRITE);
  town_set_settings (town, "council = \"esbjerg\";",
                     "council = \"esbjerg\"; adopt = \"samarbejde\";");
  town_reload (town);
  town_sync (town);
  tn_fake_provider_put (town_calendar (town, "esbjerg"), "kaffe.ics", text);
  settle (town);
  town_edit (town, "aarhus", UID, old, new);
  settle (town);
  return town;
}

static const TnProposal *
get_proposal (Town *town)
{
  GPtrArray *proposals = tn_book_get_proposals (town->book);
  g_assert_cmpuint (proposals->len, ==, 1);
  return g_ptr_array_index (proposals, 0);
}

static gboolean
accept (Town *town, const char *council, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  tn_amend_accept_async (town->book, TN_PROVIDER (town_calendar (town, "esbjerg")),
                         get_proposal (town), council, NULL, tn_await_store, &result);
  tn_await (&result);
  return tn_amend_accept_finish (town->book, result, error);
}

static void
test_accepted (void)
{
  g_autoptr (Town) town
      = open_town (CALENDAR (DAY "SUMMARY:Kaffe\r\n"), "SUMMARY:Kaffe", "SUMMARY:Te");
  g_autoptr (GError) error = NULL;

  accept (town, "esbjerg", &error);
  g_assert_no_error (error);
  settle (town);

  const char *original = tn_fake_provider_get (town_calendar (town, "esbjerg"), "kaffe.ics");
  g_assert_nonnull (strstr (original, "SUMMARY:Te\r\n"));
  g_assert_nonnull (strstr (original, "X-EGEN:a;b\r\n")); /* promise 6 */
  town_assert_shows (town, "aarhus", UID, TN_FIELD_TITLE, "Te");
  town_assert_shows (town, "aalborg", UID, TN_FIELD_TITLE, "Te");
  g_assert_cmpint (get_proposal (town)->state, ==, TN_PROPOSAL_ACCEPTED);
  g_assert_cmpstr (get_proposal (town)->answered_by, ==, "esbjerg");
  town_assert_settled (town);
}

static void
test_accepted_time (void)
{
  g_autoptr (Town) town
      = open_town (CALENDAR (TIMED "SUMMARY:Kaffe\r\n"), "20270107T100000", "20270107T090000");
  g_autoptr (GError) error = NULL;

  accept (town, "esbjerg", &error);
  g_assert_no_error (error);
  settle (town);

  town_assert_shows (town, "aalborg", UID, TN_FIELD_WHEN,
                     "2027-01-07T09:00..2027-01-07T11:00 Europe/Copenhagen");
  town_assert_shows (town, "esbjerg", UID, TN_FIELD_WHEN,
                     "2027-01-07T09:00..2027-01-07T11:00 Europe/Copenhagen");
  town_assert_settled (town);
}

static void
test_of_others (void)
{
  g_autoptr (Town) town
      = open_town (CALENDAR (DAY "SUMMARY:Kaffe\r\n"), "SUMMARY:Kaffe", "SUMMARY:Te");
  g_autoptr (GError) accepted = NULL;
  g_autoptr (GError) rejected = NULL;

  g_assert_false (accept (town, "aarhus", &accepted));
  g_assert_false (tn_amend_reject (town->book, get_proposal (town), "aalborg", &rejected));

  g_assert_error (accepted, TN_ERROR, TN_ERROR_DENIED);
  g_assert_error (rejected, TN_ERROR, TN_ERROR_DENIED);
  g_assert_nonnull (strstr (accepted->message, "made in calendar esbjerg, so that is for esbjerg"));
  g_assert_cmpint (get_proposal (town)->state, ==, TN_PROPOSAL_OPEN);
  town_assert_shows (town, "esbjerg", UID, TN_FIELD_TITLE, "Kaffe");
}

static void
test_changed_since (void)
{
  g_autoptr (Town) town
      = open_town (CALENDAR (DAY "SUMMARY:Kaffe\r\n"), "SUMMARY:Kaffe", "SUMMARY:Te");
  g_autoptr (GError) error = NULL;
  tn_fake_provider_put (town_calendar (town, "esbjerg"), "kaffe.ics",
                        CALENDAR (DAY "SUMMARY:Vand\r\n"));

  g_assert_false (accept (town, "esbjerg", &error));

  g_assert_error (error, TN_ERROR, TN_ERROR_CONFLICT);
  town_assert_shows (town, "esbjerg", UID, TN_FIELD_TITLE, "Vand");
}

static void
test_edited_in_between (void) /* hazard 19 */
{
  g_autoptr (Town) town
      = open_town (CALENDAR (DAY "SUMMARY:Kaffe\r\n"), "SUMMARY:Kaffe", "SUMMARY:Te");
  g_autoptr (GError) error = NULL;
  tn_fake_provider_script (town_calendar (town, "esbjerg"), TN_FAKE_SAVE, TN_FAKE_EDIT_FIRST,
                           TN_ERROR_CONFLICT);

  g_assert_false (accept (town, "esbjerg", &error));

  g_assert_error (error, TN_ERROR, TN_ERROR_CONFLICT);
  g_assert_cmpint (get_proposal (town)->state, ==, TN_PROPOSAL_OPEN);
  town_assert_shows (town, "esbjerg", UID, TN_FIELD_TITLE, "Kaffe");
}

static void
test_lost_answer (void) /* hazard 28 */
{
  g_autoptr (Town) town
      = open_town (CALENDAR (DAY "SUMMARY:Kaffe\r\n"), "SUMMARY:Kaffe", "SUMMARY:Te");
  g_autoptr (GError) lost = NULL;
  g_autoptr (GError) error = NULL;
  tn_fake_provider_script (town_calendar (town, "esbjerg"), TN_FAKE_SAVE, TN_FAKE_LOSE_ANSWER,
                           TN_ERROR_TEMPORARY);
  g_assert_false (accept (town, "esbjerg", &lost));
  town_reset_counts (town);

  accept (town, "esbjerg", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (town_count_writes (town), ==, 0); /* it shows what was accepted */
  g_assert_cmpint (get_proposal (town)->state, ==, TN_PROPOSAL_ACCEPTED);
}

static void
test_repetition (void)
{
  g_autoptr (Town) town = open_town (
      CALENDAR (DAY "SUMMARY:Kaffe\r\nRRULE:FREQ=WEEKLY;COUNT=8\r\n"), "COUNT=8", "COUNT=9");
  g_autoptr (GError) error = NULL;

  g_assert_false (accept (town, "esbjerg", &error));

  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "change the original in the calendar program"));
}

static void
test_invited (void) /* hazard 62 */
{
  g_autoptr (Town) town
      = open_town (CALENDAR (DAY "SUMMARY:Kaffe\r\nATTENDEE:mailto:bo@example.org\r\n"),
                   "SUMMARY:Kaffe", "SUMMARY:Te");
  g_autoptr (GError) error = NULL;
  town_reset_counts (town);

  g_assert_false (accept (town, "esbjerg", &error));

  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_cmpuint (town_count_writes (town), ==, 0);
}

/* The third edit was left as it is; after the no it is as the original again. */
static void
test_rejected (void)
{
  g_autoptr (Town) town
      = open_town (CALENDAR (DAY "SUMMARY:Kaffe\r\n"), "SUMMARY:Kaffe", "SUMMARY:Te");
  g_autoptr (GError) error = NULL;
  town_edit (town, "aarhus", UID, "SUMMARY:Kaffe", "SUMMARY:Te");
  settle (town);
  town_edit (town, "aarhus", UID, "SUMMARY:Kaffe", "SUMMARY:Te");
  settle (town);
  town_assert_shows (town, "aarhus", UID, TN_FIELD_TITLE, "Te");

  tn_amend_reject (town->book, get_proposal (town), "esbjerg", &error);
  g_assert_no_error (error);
  settle (town);

  town_assert_shows (town, "aarhus", UID, TN_FIELD_TITLE, "Kaffe");
  g_assert_cmpint (get_proposal (town)->state, ==, TN_PROPOSAL_REJECTED);
  g_assert_false (town_waits (town, "aarhus", "put back twice"));
  town_assert_settled (town);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add_func ("/sync/amend/" name, test)
  ADD ("what-its-people-accept-stands-in-the-original", test_accepted);
  ADD ("a-time-is-accepted-in-its-zone", test_accepted_time);
  ADD ("only-its-people-answer", test_of_others);
  ADD ("an-original-changed-since-is-left", test_changed_since);
  ADD ("hazard-19-an-original-edited-in-between-is-left", test_edited_in_between);
  ADD ("hazard-28-accepting-again-writes-nothing-twice", test_lost_answer);
  ADD ("a-repetition-is-for-the-calendar-program", test_repetition);
  ADD ("hazard-62-an-original-with-guests-is-not-written", test_invited);
  ADD ("a-rejected-copy-is-as-the-original-again", test_rejected);
#undef ADD
  return g_test_run ();
}
