/* Whose change is what: edges of judging beside the scenarios. Design sections 7 and 8. */
#include "sync/town.h"

#include <string.h>

#include "base/error.h"

static const char TRIP_DAY[] = TOWN_DAYS ("20270518", "20270519");

static const TnProposal *
find_proposal (Town *town, TnProposalKind kind, TnProposalState state)
{
  GPtrArray *proposals = tn_book_get_proposals (town->book);
  for (guint i = 0; i < proposals->len; i++)
    {
      const TnProposal *proposal = g_ptr_array_index (proposals, i);
      if (proposal->kind == kind && proposal->state == state)
        return proposal;
    }
  return NULL;
}

static void
share_text (Town *town)
{
  town_set_charter (town, "title = \"Studietur {cycle}: {host}\";",
                    "title = \"Studietur {cycle}: {host}\"; text = \"shared\";");
  town_reload (town);
}

static void
move_in_aarhus (Town *town, const char *uid, const char *from, const char *to)
{
  town_edit (town, "aarhus", uid, from, to);
  town_sync (town);
}

static void
test_edited_note (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  g_autofree char *note = town_show (town, "aarhus", uid, TN_FIELD_NOTE);

  town_edit (town, "aarhus", uid, "--- turnus ---\\n", "--- turnus ---\\nHusk madpakke\\n");
  town_sync (town);

  town_assert_shows (town, "aarhus", uid, TN_FIELD_NOTE, note);
  g_assert_true (town_remembers (town, uid, "not possible", "Husk madpakke"));
  g_assert_cmpuint (tn_book_get_proposals (town->book)->len, ==, 0);
  town_assert_settled (town);
}

static void
test_removed_marker (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);

  town_edit (town, "aarhus", uid, "--- turnus ---", "Min tekst");
  town_sync (town);

  g_autofree char *note = town_show (town, "aarhus", uid, TN_FIELD_NOTE);
  g_autofree char *text = town_show (town, "aarhus", uid, TN_FIELD_TEXT);
  g_assert_nonnull (strstr (note, "7by/studietur/2027"));
  g_assert_nonnull (strstr (text, "Min tekst")); /* promise 6: what is above is the person's */
  town_assert_settled (town);
}

static void
test_own_text_stays (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);

  town_edit (town, "esbjerg", uid, "DESCRIPTION:", "DESCRIPTION:Vi mødes ved havnen\\n");
  town_sync (town);

  town_assert_shows (town, "esbjerg", uid, TN_FIELD_TEXT, "Vi mødes ved havnen");
  town_assert_shows (town, "aarhus", uid, TN_FIELD_TEXT, "");
  town_assert_settled (town);
}

static void
test_shared_text_travels (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  share_text (town);
  town_sync (town);

  town_edit (town, "esbjerg", uid, "DESCRIPTION:", "DESCRIPTION:Vi mødes ved havnen\\n");
  town_sync (town);

  town_assert_shows (town, "aarhus", uid, TN_FIELD_TEXT, "Vi mødes ved havnen");
  town_assert_shows (town, "esbjerg", uid, TN_FIELD_TEXT, "Vi mødes ved havnen");
  town_assert_settled (town);
}

static void
test_shared_text_of_others (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  share_text (town);
  town_sync (town);

  town_edit (town, "aarhus", uid, "DESCRIPTION:", "DESCRIPTION:Vi vil også i zoo\\n");
  town_sync (town);

  town_assert_shows (town, "aarhus", uid, TN_FIELD_TEXT, "");
  const TnProposal *proposal = find_proposal (town, TN_PROPOSAL_WISH, TN_PROPOSAL_OPEN);
  g_assert_nonnull (proposal);
  g_assert_cmpstr (proposal->value, ==, "Vi vil også i zoo");
  town_assert_settled (town);
}

static void
test_shared_text_conflicts (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  share_text (town);
  town_sync (town);

  town_decide (town, TN_DECISION_TEXT, "studietur", "2027", "Fra kontoret", "esbjerg");
  town_edit (town, "esbjerg", uid, "DESCRIPTION:", "DESCRIPTION:Fra kalenderen\\n");
  town_sync (town);

  const TnProposal *loser = find_proposal (town, TN_PROPOSAL_CONFLICT, TN_PROPOSAL_OPEN);
  g_autofree char *winner = town_show (town, "aarhus", uid, TN_FIELD_TEXT);
  g_assert_nonnull (loser);
  g_assert_cmpstr (loser->value, !=, winner);
  g_assert_true (strcmp (winner, "Fra kontoret") == 0 || strcmp (winner, "Fra kalenderen") == 0);
  town_assert_shows (town, "esbjerg", uid, TN_FIELD_TEXT, winner);
  town_assert_settled (town);
}

static void
test_made_recurring (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);

  town_edit (town, "esbjerg", uid, "SUMMARY:Studietur", "RRULE:FREQ=YEARLY\r\nSUMMARY:Tur");
  town_sync (town);
  town_assert_shows (town, "aarhus", uid, TN_FIELD_TITLE, "Studietur 2027: Esbjerg");
  g_assert_true (town_waits (town, "esbjerg", "recurring"));
  town_assert_settled (town);
  g_assert_true (town_waits (town, "esbjerg", "recurring"));

  town_edit (town, "esbjerg", uid, "RRULE:FREQ=YEARLY\r\n", "");
  town_sync (town);
  town_assert_shows (town, "aarhus", uid, TN_FIELD_TITLE, "Tur 2027: Esbjerg");
  town_assert_settled (town);
}

/* Replaces the whole line that begins with `name`. */
static void
set_line (Town *town, const char *calendar, const char *uid, const char *name, const char *line)
{
  g_autofree char *id = town_find_item (town, calendar, uid);
  const char *text = tn_fake_provider_get (town_calendar (town, calendar), id);
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], name) && !g_str_has_prefix (lines[i], "DTSTART:1"))
      {
        g_free (lines[i]);
        lines[i] = g_strdup (line);
      }
  g_autofree char *edited = g_strjoinv ("\r\n", lines);
  tn_fake_provider_put (town_calendar (town, calendar), id, edited);
}

static void
test_other_zone (void) /* hazard 25: the same moment is the same meaning */
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("erfa", "2027", NULL);
  town_sync (town);
  g_autoptr (TnEvent) event = town_find (town, "aarhus", uid);
  g_autofree char *when = town_show (town, "aarhus", uid, TN_FIELD_WHEN);
  g_autofree char *day = tn_date_to_string (event->when.days.start);
  g_auto (GStrv) parts = g_strsplit (day, "-", -1);
  g_autofree char *compact = g_strjoinv ("", parts);
  /* Denmark is two hours before UTC until the last Sunday of October, the 31st in 2027. */
  int ahead = event->when.days.start < tn_date_new (2027, 10, 31) ? 2 : 1;
  g_autofree char *start = g_strdup_printf ("DTSTART:%sT%02d0000Z", compact, 10 - ahead);
  g_autofree char *end = g_strdup_printf ("DTEND:%sT%02d0000Z", compact, 15 - ahead);

  set_line (town, "aarhus", uid, "DTSTART;TZID", start);
  set_line (town, "aarhus", uid, "DTEND;TZID", end);
  town_assert_settled (town);

  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, when);
  g_assert_cmpuint (tn_book_get_proposals (town->book)->len, ==, 0);
}

static void
test_trusted_shared_calendar (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_set_settings (town, "shared = true;", "shared = true; trust = \"decide\";");
  town_reload (town);
  town_sync (town);

  town_edit (town, "faelles", uid, TRIP_DAY, TOWN_DAYS ("20270525", "20270526"));
  town_sync (town);

  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-25");
  town_assert_shows (town, "faelles", uid, TN_FIELD_WHEN, "2027-05-25");
  g_assert_cmpuint (tn_book_get_proposals (town->book)->len, ==, 0);
  g_assert_null (town_find_decision (town, TN_DECISION_DATE, "studietur", "2027", NULL)->by);
  town_assert_settled (town);
}

static void
test_newer_wish (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);

  move_in_aarhus (town, uid, TRIP_DAY, TOWN_DAYS ("20270525", "20270526"));
  move_in_aarhus (town, uid, TRIP_DAY, TOWN_DAYS ("20270526", "20270527"));

  g_assert_cmpuint (town_count_proposals (town, TN_PROPOSAL_WISH, TN_PROPOSAL_OPEN), ==, 1);
  g_assert_cmpuint (town_count_proposals (town, TN_PROPOSAL_WISH, TN_PROPOSAL_WITHDRAWN), ==, 1);
  g_assert_cmpstr (find_proposal (town, TN_PROPOSAL_WISH, TN_PROPOSAL_OPEN)->value, ==,
                   "2027-05-26");
}

static void
test_first_wish_again (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  move_in_aarhus (town, uid, TRIP_DAY, TOWN_DAYS ("20270525", "20270526"));
  move_in_aarhus (town, uid, TRIP_DAY, TOWN_DAYS ("20270526", "20270527"));

  move_in_aarhus (town, uid, TRIP_DAY, TOWN_DAYS ("20270525", "20270526"));

  g_assert_cmpuint (town_count_proposals (town, TN_PROPOSAL_WISH, TN_PROPOSAL_OPEN), ==, 1);
  g_assert_cmpstr (find_proposal (town, TN_PROPOSAL_WISH, TN_PROPOSAL_OPEN)->value, ==,
                   "2027-05-25");
}

static void
test_rejected (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GError) error = NULL;
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  move_in_aarhus (town, uid, TRIP_DAY, TOWN_DAYS ("20270525", "20270526"));
  g_autofree char *id = g_strdup (find_proposal (town, TN_PROPOSAL_WISH, TN_PROPOSAL_OPEN)->id);

  tn_decide_answer (town->book, id, FALSE, "esbjerg", &error);
  g_assert_no_error (error);
  town_sync (town);

  const TnProposal *rejected = find_proposal (town, TN_PROPOSAL_WISH, TN_PROPOSAL_REJECTED);
  g_assert_cmpstr (rejected->answered_by, ==, "esbjerg");
  g_autofree char *note = town_show (town, "aarhus", uid, TN_FIELD_NOTE);
  g_assert_null (strstr (note, "Ændringsønske"));
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, "2027-05-18");
  g_assert_cmpuint (town_count_decisions (town, TN_DECISION_DATE), ==, 0);
  town_assert_settled (town);

  /* Asked again, it is an open wish again. */
  move_in_aarhus (town, uid, TRIP_DAY, TOWN_DAYS ("20270525", "20270526"));
  g_assert_cmpuint (town_count_proposals (town, TN_PROPOSAL_WISH, TN_PROPOSAL_OPEN), ==, 1);
}

static void
test_moved_there_and_back (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  town_edit (town, "esbjerg", uid, TRIP_DAY, TOWN_DAYS ("20270525", "20270526"));
  town_sync (town);

  /* Byte for byte what turnus once wrote, stamp and all. */
  town_edit (town, "esbjerg", uid, TOWN_DAYS ("20270525", "20270526"), TRIP_DAY);
  town_sync (town);

  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-18");
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, "2027-05-18");
  g_assert_cmpuint (town_count_decisions (town, TN_DECISION_DATE), ==, 2);
  town_assert_settled (town);
}

static void
test_shared_text_and_lost_state (void) /* hazard 17 */
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  share_text (town);
  town_sync (town);
  town_edit (town, "esbjerg", uid, "DESCRIPTION:", "DESCRIPTION:Vi mødes ved havnen\\n");
  town_sync (town);

  g_object_unref (town->store);
  town->store = tn_store_new_memory ();
  town_restart (town);
  town_sync (town);

  town_assert_shows (town, "esbjerg", uid, TN_FIELD_TEXT, "Vi mødes ved havnen");
  town_assert_shows (town, "aalborg", uid, TN_FIELD_TEXT, "Vi mødes ved havnen");
  town_assert_settled (town);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/judge/an-edited-note-is-written-again-and-kept", test_edited_note);
  g_test_add_func ("/sync/judge/a-removed-marker-comes-back-below-the-text", test_removed_marker);
  g_test_add_func ("/sync/judge/own-text-stays-in-its-calendar", test_own_text_stays);
  g_test_add_func ("/sync/judge/shared-text-travels", test_shared_text_travels);
  g_test_add_func ("/sync/judge/shared-text-of-others-is-a-proposal", test_shared_text_of_others);
  g_test_add_func ("/sync/judge/hazard-40-shared-texts-conflict", test_shared_text_conflicts);
  g_test_add_func ("/sync/judge/an-event-made-recurring-waits", test_made_recurring);
  g_test_add_func ("/sync/judge/the-same-time-in-another-zone-is-no-edit", test_other_zone);
  g_test_add_func ("/sync/judge/a-trusted-shared-calendar-decides", test_trusted_shared_calendar);
  g_test_add_func ("/sync/judge/a-newer-wish-withdraws-the-older", test_newer_wish);
  g_test_add_func ("/sync/judge/the-first-wish-can-come-again", test_first_wish_again);
  g_test_add_func ("/sync/judge/a-rejected-wish-is-shown-as-such", test_rejected);
  g_test_add_func ("/sync/judge/moved-there-and-back-is-two-decisions", test_moved_there_and_back);
  g_test_add_func ("/sync/judge/hazard-17-shared-text-outlives-the-state",
                   test_shared_text_and_lost_state);
  return g_test_run ();
}
