/* The scenarios of a secretary's day, against fake calendars: publication, allowed and other edits,
 * proposals, deletions, cancelling, first contact, editions, the brake. Design sections 7 and 8. */
#include "sync/town.h"

#include <string.h>

#include "base/error.h"

#define DAYS(start, end) "DTSTART;VALUE=DATE:" start "\r\nDTEND;VALUE=DATE:" end
static const char TRIP_DAY[] = DAYS ("20270518", "20270519");

static void
assert_shows (Town *town, const char *calendar, const char *uid, TnField field,
              const char *expected)
{
  g_autofree char *shown = town_show (town, calendar, uid, field);
  g_assert_cmpstr (shown, ==, expected);
}

static void
assert_settled (Town *town)
{
  town_reset_counts (town);
  town_sync (town);
  g_assert_cmpuint (town_count_writes (town), ==, 0); /* promise 5 */
}

static void
test_publishes_once (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);

  town_sync (town);

  assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-18");
  assert_shows (town, "faelles", uid, TN_FIELD_TITLE, "Studietur 2027: Esbjerg");
  assert_shows (town, "aarhus", uid, TN_FIELD_STATUS, "tentative");
  assert_settled (town);
}

static void
test_no_milestones_of_others (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *program = town_uid ("studietur", "2027", "program");
  g_autofree char *signing = town_uid ("studietur", "2027", "tilmelding");

  town_sync (town);

  g_autoptr (TnEvent) of_host = town_find (town, "esbjerg", program);
  g_autoptr (TnEvent) of_other = town_find (town, "aarhus", program);
  g_autoptr (TnEvent) of_each = town_find (town, "aarhus", signing);
  g_autoptr (TnEvent) in_shared = town_find (town, "faelles", signing);
  g_assert_nonnull (of_host);
  g_assert_true (of_host->is_transparent);
  g_assert_null (of_other);
  g_assert_nonnull (of_each);
  g_assert_null (in_shared);
}

static void
test_host_moves (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  g_autofree char *program = town_uid ("studietur", "2027", "program");
  town_sync (town);

  town_edit (town, "esbjerg", uid, TRIP_DAY, DAYS ("20270519", "20270520"));
  town_sync (town);

  assert_shows (town, "aalborg", uid, TN_FIELD_WHEN, "2027-05-19");
  assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, "2027-05-19");
  assert_shows (town, "faelles", uid, TN_FIELD_WHEN, "2027-05-19");
  assert_shows (town, "esbjerg", program, TN_FIELD_WHEN, "2027-03-24"); /* eight weeks before */
  g_assert_cmpuint (tn_book_get_proposals (town->book)->len, ==, 0);
  assert_settled (town);
}

static void
move_in_aarhus (Town *town, const char *uid)
{
  town_edit (town, "aarhus", uid, TRIP_DAY, DAYS ("20270525", "20270526"));
}

static void
test_other_proposes (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);

  move_in_aarhus (town, uid);
  town_sync (town);

  assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, "2027-05-18");
  assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-18");
  g_assert_cmpuint (town_count_proposals (town, TN_PROPOSAL_WISH, TN_PROPOSAL_OPEN), ==, 1);
  g_autofree char *note = town_show (town, "aarhus", uid, TN_FIELD_NOTE);
  g_autofree char *elsewhere = town_show (town, "aalborg", uid, TN_FIELD_NOTE);
  g_assert_nonnull (strstr (note, "Ændringsønske afventer Esbjerg"));
  g_assert_null (strstr (elsewhere, "Ændringsønske"));
  assert_settled (town);
}

static const char *
only_proposal (Town *town)
{
  GPtrArray *proposals = tn_book_get_proposals (town->book);
  g_assert_cmpuint (proposals->len, ==, 1);
  return ((const TnProposal *) g_ptr_array_index (proposals, 0))->id;
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

  assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, "2027-05-25");
  assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-25");
  assert_shows (town, "faelles", uid, TN_FIELD_WHEN, "2027-05-25");
  g_autofree char *note = town_show (town, "aarhus", uid, TN_FIELD_NOTE);
  g_assert_null (strstr (note, "Ændringsønske"));
  assert_settled (town);
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
      assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, "2027-05-18");
    }

  move_in_aarhus (town, uid);
  town_sync (town);

  assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, "2027-05-25");
  assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-18");
  g_assert_true (town_waits (town, "aarhus", "put back twice"));
  assert_settled (town);
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
  assert_shows (town, "aarhus", uid, TN_FIELD_TITLE, "Studietur 2027: Esbjerg og Fanø");
  assert_shows (town, "aarhus", uid, TN_FIELD_TEXT, "Vi kører sammen");
  assert_shows (town, "aalborg", uid, TN_FIELD_TEXT, "");
  assert_settled (town);
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

  assert_shows (town, "aarhus", uid, TN_FIELD_TITLE, "Tur 2027 til Randers");
}

static void
test_slip_of_delete_key (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);

  town_delete (town, "esbjerg", uid);
  town_sync (town); /* absent once: nothing */
  assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "gone");
  tn_fake_clock_advance_us (town->clock, 16 * G_TIME_SPAN_MINUTE);
  town_sync (town); /* absent twice: put back once */

  assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-18");
  assert_shows (town, "aarhus", uid, TN_FIELD_STATUS, "tentative");
  town_sync (town);
  g_assert_true (town_waits (town, "esbjerg", "turnusctl cancel"));

  town_delete (town, "esbjerg", uid);
  town_sync (town);
  tn_fake_clock_advance_us (town->clock, 16 * G_TIME_SPAN_MINUTE);
  town_sync (town);
  assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "gone"); /* deleted again: stays away */
  assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, "2027-05-18");
  town_sync (town);
  g_assert_true (town_waits (town, "esbjerg", "deleted here twice"));
}

static void
test_cancel_by_title (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);

  town_edit (town, "esbjerg", uid, "SUMMARY:Studietur", "SUMMARY:AFLYST: Studietur");
  town_sync (town);

  assert_shows (town, "aarhus", uid, TN_FIELD_TITLE, "AFLYST: Studietur 2027: Esbjerg");
  assert_shows (town, "aarhus", uid, TN_FIELD_STATUS, "cancelled");
  assert_shows (town, "esbjerg", uid, TN_FIELD_STATUS, "cancelled");
  g_autoptr (TnEvent) event = town_find (town, "aarhus", uid);
  g_assert_true (event->is_transparent);
  assert_settled (town);
}

static void
test_cancel_by_status_of_other (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);

  town_edit (town, "aarhus", uid, "STATUS:TENTATIVE", "STATUS:CANCELLED");
  town_sync (town);

  assert_shows (town, "aarhus", uid, TN_FIELD_STATUS, "tentative");
  assert_shows (town, "esbjerg", uid, TN_FIELD_STATUS, "tentative");
  g_assert_cmpuint (town_count_proposals (town, TN_PROPOSAL_WISH, TN_PROPOSAL_OPEN), ==, 1);
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

  assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Nyborg"); /* the organiser ranks higher */
  assert_shows (town, "esbjerg", uid, TN_FIELD_WHERE, "Nyborg");
  g_assert_cmpuint (town_count_proposals (town, TN_PROPOSAL_CONFLICT, TN_PROPOSAL_OPEN), ==, 1);
  assert_settled (town);
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
  assert_shows (town, "aarhus", uid, TN_FIELD_STATUS, "tentative");
  g_assert_true (town_waits (town, "esbjerg", "turnusctl approve esbjerg"));

  g_assert_true (tn_decide_approve (town->book, "esbjerg", NULL));
  town_sync (town);
  assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-18");
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
  assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, "2027-05-18");
  town_sync (town);
  g_assert_true (town_waits (town, "esbjerg", "cannot be read"));
}

static const char TWINS[][512] = {
  "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//hand//EN\r\nBEGIN:VEVENT\r\nUID:hand-1\r\n"
  "DTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20270520\r\nDTEND;VALUE=DATE:20270521\r\n"
  "SUMMARY:Studietur med 7-by\r\nLOCATION:Esbjerg Havn\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\n"
  "TRIGGER:-P1D\r\nDESCRIPTION:x\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
  "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//hand//EN\r\nBEGIN:VEVENT\r\nUID:hand-2\r\n"
  "DTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20280516\r\nDTEND;VALUE=DATE:20280517\r\n"
  "SUMMARY:studietur Randers\r\nATTENDEE:mailto:lokale@example.org\r\nEND:VEVENT\r\n"
  "END:VCALENDAR\r\n",
  "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//hand//EN\r\nBEGIN:VEVENT\r\nUID:hand-3\r\n"
  "DTSTAMP:20260101T000000Z\r\nDTSTART:20270909T080000Z\r\nDTEND:20270909T130000Z\r\n"
  "SUMMARY:Erfa-møde\r\nDESCRIPTION:husk kage\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
};

static guint
count_signs (GHashTable *results, const char *calendar, char sign)
{
  const TnPassResult *result = g_hash_table_lookup (results, calendar);
  guint count = 0;
  for (guint i = 0; i < result->changes->len; i++)
    count += tn_change_get_sign (g_ptr_array_index (result->changes, i)) == sign ? 1 : 0;
  return count;
}

static void
claim (Town *town, const char *item)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  tn_claim_async (town->book, TN_PROVIDER (town_calendar (town, "aarhus")),
                  tn_settings_find_calendar (tn_book_get_settings (town->book), "aarhus"), item,
                  NULL, NULL, tn_await_store, &result);
  tn_await (&result);
  tn_claim_finish (town->book, result, &error);
  g_assert_no_error (error);
}

static void
test_first_contact_finds_twins (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  TnFakeProvider *aarhus = town_calendar (town, "aarhus");
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  const char *const names[] = { "a.ics", "b.ics", "c.ics" };
  for (guint i = 0; i < 3; i++)
    tn_fake_provider_put (aarhus, names[i], TWINS[i]);

  town_sync (town);
  g_assert_cmpuint (tn_fake_provider_get_writes (aarhus), ==, 0); /* nobody has seen the plan */

  g_autoptr (GHashTable) plan = town_preview (town);
  g_assert_cmpuint (count_signs (plan, "aarhus", '?'), ==, 3);
  for (guint i = 0; i < 3; i++)
    claim (town, names[i]);
  town_sync (town);

  for (guint i = 0; i < 3; i++)
    g_assert_cmpstr (tn_fake_provider_get (aarhus, names[i]), ==, TWINS[i]);
  g_assert_cmpuint (tn_fake_provider_get_writes (aarhus), >, 0); /* the others are published */
  g_autoptr (TnEvent) doubled = town_find (town, "aarhus", trip);
  g_assert_null (doubled);
  /* What was settled by hand in one calendar is settled everywhere, unless it is decided already.
   */
  g_autofree char *erfa = town_uid ("erfa", "2028", NULL);
  g_autoptr (TnEvent) next = town_find (town, "aarhus", erfa);
  g_assert_nonnull (next);
  assert_settled (town);
}

static void
test_claims_decide_dates (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GError) error = NULL;
  TnFakeProvider *aarhus = town_calendar (town, "aarhus");
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  tn_fake_provider_put (aarhus, "a.ics", TWINS[0]);
  town_try_sync (town, "aarhus", 0, &error);
  g_assert_no_error (error);

  g_autoptr (GHashTable) plan = town_preview (town);
  claim (town, "a.ics");
  town_sync (town);

  assert_shows (town, "esbjerg", trip, TN_FIELD_WHEN, "2027-05-20");
  assert_shows (town, "esbjerg", trip, TN_FIELD_WHERE, "Esbjerg Havn");
  g_assert_cmpstr (tn_fake_provider_get (aarhus, "a.ics"), ==, TWINS[0]);
}

static void
test_claim_none_publishes (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GError) error = NULL;
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  tn_fake_provider_put (town_calendar (town, "aarhus"), "a.ics", TWINS[0]);
  town_sync (town);
  g_autoptr (GHashTable) plan = town_preview (town);
  town_sync (town);
  assert_shows (town, "aarhus", trip, TN_FIELD_WHEN, "gone");

  g_assert_true (tn_claim_none (town->book, "aarhus", "a.ics", &error));
  town_sync (town);

  assert_shows (town, "aarhus", trip, TN_FIELD_WHEN, "2027-05-18");
  assert_settled (town);
}

static void
test_ask_mode_waits (void)
{
  g_autoptr (Town) town = town_new (TOWN_ASK);
  g_autoptr (GError) error = NULL;
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);

  town_sync (town);
  g_assert_cmpuint (town_count_writes (town), ==, 0);
  g_assert_true (town_waits (town, "esbjerg", "turnusctl apply esbjerg"));

  town_try_sync (town, NULL, TN_PASS_GRANTED, &error);
  g_assert_no_error (error);
  assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-18");

  town_edit (town, "esbjerg", uid, "LOCATION:Esbjerg", "LOCATION:Fanø");
  town_sync (town); /* people's allowed changes flow by themselves */
  assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Fanø");
}

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
  g_assert_cmpuint (count_signs (plan, "faelles", '~'), >=, 6);

  town_set_charter (town, "[ \"mon\" ]", "[ \"tue\", \"wed\", \"thu\" ]");
  town_set_charter (town, "edition = 2", "edition = 1");
  town_reload (town);
  town_sync (town);
  g_assert_false (tn_book_has_new_rulebook (town->book));
  g_assert_cmpuint (town_count_writes (town), ==, 0);
  assert_shows (town, "esbjerg", trip, TN_FIELD_WHEN, "2027-05-18");
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
  assert_settled (town);
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
  assert_shows (town, "faelles", trip, TN_FIELD_WHEN, "2027-05-18");

  g_assert_true (tn_decide_approve (town->book, "faelles", NULL));
  town_sync (town);
  g_autoptr (TnEvent) event = town_find (town, "faelles", trip);
  g_assert_cmpint (tn_date_get_weekday (event->when.days.start), ==, TN_MONDAY);
}

static void
test_observe_writes_nothing (void)
{
  g_autoptr (Town) town = town_new ("mode = \"observe\";");
  g_autoptr (GError) error = NULL;

  town_sync (town);
  town_try_sync (town, NULL, TN_PASS_GRANTED, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (town_count_writes (town), ==, 0);
}

static void
test_invited_people_are_not_mailed (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  town_edit (town, "aarhus", uid, "END:VEVENT",
             "ATTENDEE:mailto:a@example.org\r\nATTENDEE:mailto:b@example.org\r\nEND:VEVENT");
  town_sync (town);
  town_decide (town, TN_DECISION_WHERE, "studietur", "2027", "Fanø", "esbjerg");
  town_sync (town);

  assert_shows (town, "esbjerg", uid, TN_FIELD_WHERE, "Fanø");
  assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Esbjerg"); /* promise 4 */
  g_assert_true (town_waits (town, "aarhus", "2 people are invited"));
  town_sync (town);
  g_assert_true (town_waits (town, "aarhus", "2 people are invited"));

  town_edit (town, "aarhus", uid,
             "ATTENDEE:mailto:a@example.org\r\nATTENDEE:mailto:b@example.org\r\n", "");
  town_sync (town);
  assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Fanø");
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
  assert_settled (town);
}

static void
test_strangers_are_untouched (void)
{
  static const char stranger[]
      = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:tandlaege\r\n"
        "DTSTAMP:20260101T000000Z\r\nDTSTART:20270518T080000Z\r\nSUMMARY:Tandlæge\r\n"
        "RRULE:FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  town_sync (town);
  tn_fake_provider_put (town_calendar (town, "aarhus"), "t.ics", stranger);
  town_sync (town);
  town_decide (town, TN_DECISION_WHERE, "studietur", "2027", "Fanø", "esbjerg");
  town_sync (town);

  g_assert_cmpstr (tn_fake_provider_get (town_calendar (town, "aarhus"), "t.ics"), ==, stranger);
  g_autoptr (GPtrArray) sightings = tn_store_load_sightings (town->store, "aarhus", NULL);
  g_assert_cmpuint (sightings->len, ==, 1);
}

static void
test_lost_answer_is_not_repeated (void) /* hazard 27 */
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GError) error = NULL;
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  for (guint i = 0; i < 3; i++)
    tn_fake_provider_script (town_calendar (town, "esbjerg"), TN_FAKE_SAVE, TN_FAKE_LOSE_ANSWER,
                             TN_ERROR_TEMPORARY);
  town_try_sync (town, NULL, 0, &error);
  g_assert_error (error, TN_ERROR, TN_ERROR_TEMPORARY);

  town_restart (town);
  town_sync (town);

  assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-18"); /* and once only */
  g_assert_cmpuint (tn_book_get_proposals (town->book)->len, ==, 0);
  assert_settled (town);
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

  assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Fanø");
  assert_settled (town);
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

  assert_settled (town);
}

static void
test_rewriting_server_settles (void) /* hazard 25 */
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  tn_fake_provider_set_rewrite (town_calendar (town, "aarhus"),
                                TN_FAKE_REORDER | TN_FAKE_FOLD | TN_FAKE_RENAME);

  town_sync (town);

  assert_settled (town);
  town_restart (town);
  assert_settled (town);
}

static void
test_copy_is_a_stranger (void) /* hazards 31 and 34 */
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  g_autofree char *id = town_find_item (town, "aarhus", uid);
  g_autofree char *text = g_strdup (tn_fake_provider_get (town_calendar (town, "aarhus"), id));
  g_auto (GStrv) parts = g_strsplit (text, "20270518", -1);
  g_autofree char *copy = g_strjoinv ("20270601", parts);
  tn_fake_provider_put (town_calendar (town, "aarhus"), "copy.ics", copy);
  town_reset_counts (town);

  town_sync (town);

  g_assert_cmpuint (town_count_writes (town), ==, 0);
  g_assert_cmpstr (tn_fake_provider_get (town_calendar (town, "aarhus"), "copy.ics"), ==, copy);
  g_assert_cmpuint (tn_book_get_proposals (town->book)->len, ==, 0);
}

static void
test_moved_item_is_followed (void) /* hazard 30 */
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  g_autofree char *id = town_find_item (town, "aarhus", uid);
  g_autofree char *text = g_strdup (tn_fake_provider_get (town_calendar (town, "aarhus"), id));
  tn_fake_provider_delete (town_calendar (town, "aarhus"), id);
  tn_fake_provider_put (town_calendar (town, "aarhus"), "elsewhere.ics", text);
  town_reset_counts (town);
  town_sync (town);
  g_assert_cmpuint (town_count_writes (town), ==, 0);

  town_decide (town, TN_DECISION_WHERE, "studietur", "2027", "Fanø", "esbjerg");
  town_sync (town);

  assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Fanø");
  g_autofree char *now = town_find_item (town, "aarhus", uid);
  g_assert_cmpstr (now, ==, "elsewhere.ics");
}

static void
test_lost_state_doubles_nothing (void) /* hazard 17 */
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  town_edit (town, "esbjerg", uid, TRIP_DAY, DAYS ("20270519", "20270520"));
  town_sync (town);
  town_reset_counts (town);

  g_object_unref (town->store);
  town->store = tn_store_new_memory ();
  town_restart (town);
  town_sync (town);

  assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, "2027-05-19");
  assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-19");
  g_assert_cmpuint (town_count_writes (town), ==, 0);
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
      assert_shows (town, "esbjerg", uid, TN_FIELD_STATUS, "tentative");
    }
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
  assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-18");
  g_autoptr (GAsyncResult) stopped = NULL;
  tn_desk_stop_async (town->desk, tn_await_store, &stopped);
  tn_await (&stopped);
  g_assert_true (tn_desk_stop_finish (town->desk, stopped, NULL));
}

static void
test_unwritable_store_writes_nothing (void) /* hazard 85, promise 7 */
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  town_sync (town);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_decide (town, TN_DECISION_CANCEL, "studietur", "2027", "yes", "esbjerg");
  town_decide (town, TN_DECISION_CANCEL, "studietur", "2027", "no", "esbjerg");
  town_sync (town);
  assert_shows (town, "aarhus", uid, TN_FIELD_STATUS, "tentative");
  assert_shows (town, "aarhus", uid, TN_FIELD_TITLE, "Studietur 2027: Esbjerg");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/reconcile/publishes-each-occurrence-once", test_publishes_once);
  g_test_add_func ("/sync/reconcile/a-duty-stands-with-those-who-have-it",
                   test_no_milestones_of_others);
  g_test_add_func ("/sync/reconcile/what-the-host-moves-reaches-all", test_host_moves);
  g_test_add_func ("/sync/reconcile/what-another-moves-is-put-back-and-kept", test_other_proposes);
  g_test_add_func ("/sync/reconcile/an-accepted-proposal-reaches-all", test_host_accepts);
  g_test_add_func ("/sync/reconcile/only-one-who-may-decides-accepts", test_others_cannot_accept);
  g_test_add_func ("/sync/reconcile/an-event-is-put-back-at-most-twice", test_put_back_twice_only);
  g_test_add_func ("/sync/reconcile/what-is-not-ours-survives-byte-for-byte",
                   test_foreign_bytes_survive);
  g_test_add_func ("/sync/reconcile/an-edited-title-follows-its-placeholders",
                   test_edited_title_follows_its_placeholders);
  g_test_add_func ("/sync/reconcile/a-slip-of-the-delete-key-cancels-nothing",
                   test_slip_of_delete_key);
  g_test_add_func ("/sync/reconcile/aflyst-in-the-title-cancels-everywhere", test_cancel_by_title);
  g_test_add_func ("/sync/reconcile/cancelling-by-another-is-a-proposal",
                   test_cancel_by_status_of_other);
  g_test_add_func ("/sync/reconcile/of-two-unseen-edits-the-rank-decides", test_two_edits_conflict);
  g_test_add_func ("/sync/reconcile/an-emptied-calendar-is-held", test_emptied_calendar_is_held);
  g_test_add_func ("/sync/reconcile/hazard-15-a-missing-mount-is-no-empty-calendar",
                   test_missing_mount_is_no_empty_calendar);
  g_test_add_func ("/sync/reconcile/hazard-64-garbage-is-left-alone", test_garbage_is_left_alone);
  g_test_add_func ("/sync/reconcile/first-contact-finds-twins", test_first_contact_finds_twins);
  g_test_add_func ("/sync/reconcile/a-claim-decides-date-and-place", test_claims_decide_dates);
  g_test_add_func ("/sync/reconcile/a-claim-of-none-publishes", test_claim_none_publishes);
  g_test_add_func ("/sync/reconcile/mode-ask-waits-for-the-first-apply", test_ask_mode_waits);
  g_test_add_func ("/sync/reconcile/a-new-edition-waits-and-leaves-no-trace",
                   test_new_edition_waits_for_apply);
  g_test_add_func ("/sync/reconcile/apply-takes-the-new-edition", test_apply_takes_the_new_edition);
  g_test_add_func ("/sync/reconcile/the-brake-holds-bulk-changes", test_brake_holds_bulk_changes);
  g_test_add_func ("/sync/reconcile/mode-observe-writes-nothing", test_observe_writes_nothing);
  g_test_add_func ("/sync/reconcile/hazard-62-invited-people-are-not-mailed",
                   test_invited_people_are_not_mailed);
  g_test_add_func ("/sync/reconcile/a-check-mark-settles-a-duty", test_done_milestone);
  g_test_add_func ("/sync/reconcile/strangers-are-untouched", test_strangers_are_untouched);
  g_test_add_func ("/sync/reconcile/hazard-27-a-lost-answer-is-not-repeated",
                   test_lost_answer_is_not_repeated);
  g_test_add_func ("/sync/reconcile/hazard-20-an-edit-between-read-and-write-survives",
                   test_edit_between_read_and_write);
  g_test_add_func ("/sync/reconcile/hazard-7-an-expired-token-is-harmless", test_expired_token);
  g_test_add_func ("/sync/reconcile/hazard-25-a-rewriting-server-settles",
                   test_rewriting_server_settles);
  g_test_add_func ("/sync/reconcile/hazard-34-a-copy-is-a-stranger", test_copy_is_a_stranger);
  g_test_add_func ("/sync/reconcile/hazard-30-a-moved-item-is-followed",
                   test_moved_item_is_followed);
  g_test_add_func ("/sync/reconcile/hazard-17-a-lost-state-doubles-nothing",
                   test_lost_state_doubles_nothing);
  g_test_add_func ("/sync/reconcile/hazard-1-a-bad-listing-deletes-nothing",
                   test_bad_listing_deletes_nothing);
  g_test_add_func ("/sync/reconcile/a-stuck-calendar-delays-no-other",
                   test_stuck_calendar_delays_no_other);
  g_test_add_func ("/sync/reconcile/what-is-cancelled-can-be-held-after-all",
                   test_unwritable_store_writes_nothing);
  return g_test_run ();
}
