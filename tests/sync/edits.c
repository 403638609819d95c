/* What people change in a calendar, and what becomes of it: decisions, proposals, conflicts. Design
 * sections 7 and 8. */
#include "sync/town.h"

#include <string.h>

#include "base/error.h"

static void
move_in_aarhus (Town *town, const char *uid)
{
  town_edit (town, "aarhus", uid, TOWN_DAYS ("20270518", "20270519"),
             TOWN_DAYS ("20270525", "20270526"));
}

static const char *
only_proposal (Town *town)
{
  GPtrArray *proposals = tn_book_get_proposals (town->book);
  g_assert_cmpuint (proposals->len, ==, 1);
  return ((const TnProposal *) g_ptr_array_index (proposals, 0))->id;
}

static void
test_host_moves (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  g_autofree char *program = town_uid ("studietur", "2027", "program");
  town_sync (town);

  town_edit (town, "esbjerg", uid, TOWN_DAYS ("20270518", "20270519"),
             TOWN_DAYS ("20270519", "20270520"));
  town_sync (town);

  town_assert_shows (town, "aalborg", uid, TN_FIELD_WHEN, "2027-05-19");
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, "2027-05-19");
  town_assert_shows (town, "faelles", uid, TN_FIELD_WHEN, "2027-05-19");
  town_assert_shows (town, "esbjerg", program, TN_FIELD_WHEN,
                     "2027-03-24"); /* eight weeks before */
  g_assert_cmpuint (tn_book_get_proposals (town->book)->len, ==, 0);
  town_assert_settled (town);
}

static void
test_other_proposes (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);

  move_in_aarhus (town, uid);
  town_sync (town);

  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, "2027-05-18");
  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-18");
  g_assert_cmpuint (town_count_proposals (town, TN_PROPOSAL_WISH, TN_PROPOSAL_OPEN), ==, 1);
  g_autofree char *note = town_show (town, "aarhus", uid, TN_FIELD_NOTE);
  g_autofree char *elsewhere = town_show (town, "aalborg", uid, TN_FIELD_NOTE);
  g_assert_nonnull (strstr (note, "Ændringsønske afventer Esbjerg"));
  g_assert_null (strstr (elsewhere, "Ændringsønske"));
  town_assert_settled (town);
}

static void
test_host_accepts (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GError) error = NULL;
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  move_in_aarhus (town, uid);
  town_sync (town);

  g_autoptr (TnDecision) decision
      = tn_decide_answer (town->book, only_proposal (town), TRUE, "esbjerg", &error);
  g_assert_no_error (error);
  town_sync (town);

  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, "2027-05-25");
  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-25");
  town_assert_shows (town, "faelles", uid, TN_FIELD_WHEN, "2027-05-25");
  g_autofree char *note = town_show (town, "aarhus", uid, TN_FIELD_NOTE);
  g_assert_null (strstr (note, "Ændringsønske"));
  town_assert_settled (town);
}

static void
test_others_cannot_accept (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GError) error = NULL;
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  move_in_aarhus (town, uid);
  town_sync (town);

  g_autoptr (TnDecision) decision
      = tn_decide_answer (town->book, only_proposal (town), TRUE, "aarhus", &error);

  g_assert_null (decision);
  g_assert_error (error, TN_ERROR, TN_ERROR_DENIED);
  g_assert_nonnull (strstr (error->message, "sbjerg"));
}

static void
test_put_back_twice_only (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  for (guint i = 0; i < 2; i++)
    {
      move_in_aarhus (town, uid);
      town_sync (town);
      town_assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, "2027-05-18");
    }

  move_in_aarhus (town, uid);
  town_sync (town);

  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, "2027-05-25");
  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-18");
  g_assert_true (town_waits (town, "aarhus", "put back twice"));
  town_assert_settled (town);
  g_assert_true (town_waits (town, "aarhus", "put back twice"));
}

static void
test_foreign_bytes_survive (void)
{
  static const char extra[]
      = "CATEGORIES:Ældreråd\r\nX-APPLE-TRAVEL;X-TITLE=\"a:b\":geo:50.1,8.6\r\n"
        "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-P7D\r\n"
        "DESCRIPTION:husk bus\r\nEND:VALARM\r\nEND:VEVENT";
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  town_edit (town, "aarhus", uid, "END:VEVENT", extra);
  town_edit (town, "aarhus", uid, "DESCRIPTION:", "DESCRIPTION:Vi kører sammen\\n\\n");
  move_in_aarhus (town, uid);
  town_sync (town);
  town_edit (town, "esbjerg", uid, "SUMMARY:Studietur 2027: Esbjerg",
             "SUMMARY:Studietur 2027: Esbjerg og Fanø");

  town_sync (town);

  g_autofree char *id = town_find_item (town, "aarhus", uid);
  const char *text = tn_fake_provider_get (town_calendar (town, "aarhus"), id);
  g_assert_nonnull (strstr (text, extra));
  town_assert_shows (town, "aarhus", uid, TN_FIELD_TITLE, "Studietur 2027: Esbjerg og Fanø");
  town_assert_shows (town, "aarhus", uid, TN_FIELD_TEXT, "Vi kører sammen");
  town_assert_shows (town, "aalborg", uid, TN_FIELD_TEXT, "");
  town_assert_settled (town);
}

static void
test_edited_title_follows_its_placeholders (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  town_edit (town, "esbjerg", uid, "SUMMARY:Studietur 2027: Esbjerg",
             "SUMMARY:Tur 2027 til Esbjerg");
  town_sync (town);

  TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
  draft.kind = TN_DECISION_SWAP;
  draft.on = tn_date_new (2026, 11, 22);
  draft.source = "minutes";
  draft.minutes = "møde 4/2026";
  draft.collaboration = "7by";
  draft.series = "studietur";
  draft.cycle = "2027";
  draft.other_cycle = "2028";
  g_autoptr (TnDecision) swap = tn_decision_new (&draft);
  g_autoptr (GPtrArray) decisions = g_ptr_array_new ();
  g_ptr_array_add (decisions, swap);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (TnBatch) batch = tn_batch_new ();
  g_assert_true (tn_book_commit (town->book, batch, decisions, none, NULL));
  town_sync (town);

  town_assert_shows (town, "aarhus", uid, TN_FIELD_TITLE, "Tur 2027 til Randers");
}

static void
test_cancel_by_title (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);

  town_edit (town, "esbjerg", uid, "SUMMARY:Studietur", "SUMMARY:AFLYST: Studietur");
  town_sync (town);

  town_assert_shows (town, "aarhus", uid, TN_FIELD_TITLE, "AFLYST: Studietur 2027: Esbjerg");
  town_assert_shows (town, "aarhus", uid, TN_FIELD_STATUS, "cancelled");
  town_assert_shows (town, "esbjerg", uid, TN_FIELD_STATUS, "cancelled");
  g_autoptr (TnEvent) event = town_find (town, "aarhus", uid);
  g_assert_true (event->is_transparent);
  town_assert_settled (town);
}

static void
test_cancel_by_status_of_other (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);

  town_edit (town, "aarhus", uid, "STATUS:TENTATIVE", "STATUS:CANCELLED");
  town_sync (town);

  town_assert_shows (town, "aarhus", uid, TN_FIELD_STATUS, "tentative");
  town_assert_shows (town, "esbjerg", uid, TN_FIELD_STATUS, "tentative");
  g_assert_cmpuint (town_count_proposals (town, TN_PROPOSAL_WISH, TN_PROPOSAL_OPEN), ==, 1);
}

static void
test_uncancel (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  town_sync (town);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_decide (town, TN_DECISION_CANCEL, "studietur", "2027", "yes", "esbjerg");
  town_decide (town, TN_DECISION_CANCEL, "studietur", "2027", "no", "esbjerg");
  town_sync (town);
  town_assert_shows (town, "aarhus", uid, TN_FIELD_STATUS, "tentative");
  town_assert_shows (town, "aarhus", uid, TN_FIELD_TITLE, "Studietur 2027: Esbjerg");
}

static void
test_two_edits_conflict (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GError) error = NULL;
  g_autofree char *uid = town_uid ("erfa", "2027", NULL);
  town_sync (town);
  g_autofree char *where = town_show (town, "esbjerg", uid, TN_FIELD_WHERE);
  g_assert_cmpstr (where, ==, "Odense");

  /* Odense, the venue, decides by command; Esbjerg, the organiser, edits without having seen it. */
  town_decide (town, TN_DECISION_WHERE, "erfa", "2027", "Odense Rådhus", "odense");
  town_edit (town, "esbjerg", uid, "LOCATION:Odense", "LOCATION:Nyborg");
  town_try_sync (town, NULL, 0, &error);
  g_assert_no_error (error);

  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHERE,
                     "Nyborg"); /* the organiser ranks higher */
  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHERE, "Nyborg");
  g_assert_cmpuint (town_count_proposals (town, TN_PROPOSAL_CONFLICT, TN_PROPOSAL_OPEN), ==, 1);
  town_assert_settled (town);
}

static void
test_done_milestone (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *program = town_uid ("studietur", "2027", "program");
  town_sync (town);

  town_edit (town, "esbjerg", program, "SUMMARY:", "SUMMARY:✓ ");
  town_sync (town);
  town_sync (town);

  g_autofree char *title = town_show (town, "esbjerg", program, TN_FIELD_TITLE);
  g_assert_true (g_str_has_prefix (title, "✓ Udsend program"));
  const TnOccurrence *trip
      = tn_plan_find (tn_book_get_plan (town->book), "7by", "studietur", "2027", NULL);
  g_assert_true (tn_occurrence_find_milestone (trip, "program")->done);
  town_assert_settled (town);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/reconcile/what-the-host-moves-reaches-all", test_host_moves);
  g_test_add_func ("/sync/reconcile/hazard-42-what-another-moves-is-put-back-and-kept",
                   test_other_proposes);
  g_test_add_func ("/sync/reconcile/an-accepted-proposal-reaches-all", test_host_accepts);
  g_test_add_func ("/sync/reconcile/only-one-who-may-decides-accepts", test_others_cannot_accept);
  g_test_add_func ("/sync/reconcile/hazard-42-an-event-is-put-back-at-most-twice",
                   test_put_back_twice_only);
  g_test_add_func ("/sync/reconcile/hazards-63-65-what-is-not-ours-survives-byte-for-byte",
                   test_foreign_bytes_survive);
  g_test_add_func ("/sync/reconcile/an-edited-title-follows-its-placeholders",
                   test_edited_title_follows_its_placeholders);
  g_test_add_func ("/sync/reconcile/aflyst-in-the-title-cancels-everywhere", test_cancel_by_title);
  g_test_add_func ("/sync/reconcile/cancelling-by-another-is-a-proposal",
                   test_cancel_by_status_of_other);
  g_test_add_func ("/sync/reconcile/what-is-cancelled-can-be-held-after-all", test_uncancel);
  g_test_add_func ("/sync/reconcile/hazard-40-of-two-unseen-edits-the-rank-decides",
                   test_two_edits_conflict);
  g_test_add_func ("/sync/reconcile/a-check-mark-settles-a-duty", test_done_milestone);
  return g_test_run ();
}
