/* Several daemons, one shared calendar: decisions, proposals and answers reach all through the
 * journals. Design sections 6 and 7, promises 5 and 9. */
#include "sync/region.h"

#include <string.h>

#include "base/error.h"
#include "model/identity.h"
#include "sync/page.h"

/* Esbjerg holds the trip of 2027, Randers 2028, Odense 2029; Odense is the venue of each meeting.
 */
static const char TRIP_DAY[] = TOWN_DAYS ("20270518", "20270519");

static char *
page_uid (const char *council, int year)
{
  g_autofree char *key = tn_identity_page_to_key (council, year, 1);
  return tn_identity_key_to_uid (key);
}

static TnPage *
read_page (Region *region, const char *council, int year)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uid = page_uid (council, year);
  g_autoptr (TnEvent) event = town_find (region->towns[0], "faelles", uid);
  g_assert_nonnull (event);
  TnPage *page = tn_page_parse (event->ledger, &error);
  g_assert_no_error (error);
  return page;
}

static const TnProposal *
get_only_proposal (Town *town)
{
  GPtrArray *proposals = tn_book_get_proposals (town->book);
  g_assert_cmpuint (proposals->len, ==, 1);
  return g_ptr_array_index (proposals, 0);
}

static void
answer (Town *town, gboolean accepts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnDecision) decision
      = tn_decide_answer (town->book, get_only_proposal (town)->id, accepts, town->council, &error);
  g_assert_no_error (error);
}

static void
test_first_publication (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  region_settle (region);
  region_assert_same (region);
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  region_assert_shows (region, trip, TN_FIELD_WHEN, "2027-05-18");
  region_assert_settled (region);
}

static void
test_each_keeps_its_own_page (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  region_settle (region);
  static const char *const councils[] = { "aarhus", "esbjerg", "odense" };
  for (guint i = 0; i < G_N_ELEMENTS (councils); i++)
    {
      g_autoptr (TnPage) page = read_page (region, councils[i], 2026);
      g_assert_cmpstr (page->council, ==, councils[i]);
      g_assert_cmpuint (page->editions->len, ==, 1);
    }
  g_autofree char *uid = page_uid ("esbjerg", 2026);
  g_autoptr (TnEvent) event = town_find (region->towns[0], "faelles", uid);
  g_assert_true (event->is_transparent);
  g_assert_true (event->when.all_day);
  g_assert_cmpstr (event->title, ==, "Beslutninger 2026: Esbjerg");
}

static void
test_decision_reaches_all (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  region_settle (region);

  town_edit (region->towns[REGION_ESBJERG], "esbjerg", trip, TRIP_DAY,
             TOWN_DAYS ("20270525", "20270526"));
  region_settle (region);

  region_assert_shows (region, trip, TN_FIELD_WHEN, "2027-05-25");
  region_assert_same (region);
  const TnDecision *learned = town_find_decision (region->towns[REGION_AARHUS], TN_DECISION_DATE,
                                                  "studietur", "2027", NULL);
  g_assert_cmpstr (learned->source, ==, "journal esbjerg");
  g_assert_cmpstr (learned->by, ==, "esbjerg");
  region_assert_settled (region);
}

/* A swap, a theme and the like have no event of their own. */
static void
test_decision_without_an_event (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  region_settle (region);

  town_decide (region->towns[REGION_ESBJERG], TN_DECISION_THEME, "studietur", "2027", "Havnen",
               "esbjerg");
  region_settle (region);

  region_assert_same (region);
  g_assert_nonnull (town_find_decision (region->towns[REGION_ODENSE], TN_DECISION_THEME,
                                        "studietur", "2027", NULL));
  g_autofree char *note = town_show (region->towns[REGION_ODENSE], "odense", trip, TN_FIELD_NOTE);
  g_assert_nonnull (strstr (note, "Havnen"));
  region_assert_settled (region);
}

/* Promises 5 and 9. */
static void
test_edits_everywhere_at_once (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  g_autofree char *erfa = town_uid ("erfa", "2027", NULL);
  g_autofree char *later = town_uid ("studietur", "2029", NULL);
  region_settle (region);

  town_edit (region->towns[REGION_AARHUS], "aarhus", trip, TRIP_DAY,
             TOWN_DAYS ("20270511", "20270512"));
  town_edit (region->towns[REGION_ESBJERG], "esbjerg", trip, TRIP_DAY,
             TOWN_DAYS ("20270525", "20270526"));
  town_edit (region->towns[REGION_ODENSE], "odense", later, "STATUS:TENTATIVE", "STATUS:CONFIRMED");
  town_edit (region->towns[REGION_ODENSE], "faelles", erfa, "LOCATION:", "LOCATION:Ribe ");
  town_edit (region->towns[REGION_AARHUS], "aarhus", erfa, "STATUS:TENTATIVE", "STATUS:CANCELLED");
  region_settle (region);

  region_assert_same (region);
  region_assert_shows (region, trip, TN_FIELD_WHEN, "2027-05-25");
  region_assert_shows (region, later, TN_FIELD_STATUS, "confirmed");
  region_assert_settled (region);
}

static void
test_proposal_is_accepted_elsewhere (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  region_settle (region);

  town_edit (region->towns[REGION_AARHUS], "aarhus", trip, TRIP_DAY,
             TOWN_DAYS ("20270511", "20270512"));
  region_settle (region);
  region_assert_shows (region, trip, TN_FIELD_WHEN, "2027-05-18");
  const TnProposal *proposal = get_only_proposal (region->towns[REGION_ESBJERG]);
  g_assert_cmpstr (proposal->council, ==, "aarhus");
  g_assert_cmpstr (proposal->origin, ==, "aarhus");
  g_assert_cmpint (proposal->state, ==, TN_PROPOSAL_OPEN);

  answer (region->towns[REGION_ESBJERG], TRUE);
  region_settle (region);

  region_assert_shows (region, trip, TN_FIELD_WHEN, "2027-05-11");
  region_assert_same (region);
  const TnProposal *answered = get_only_proposal (region->towns[REGION_AARHUS]);
  g_assert_cmpint (answered->state, ==, TN_PROPOSAL_ACCEPTED);
  g_assert_cmpstr (answered->answered_by, ==, "esbjerg");
  g_assert_cmpstr (answered->answer_origin, ==, "esbjerg");
  region_assert_settled (region);
}

/* The one who may not decide it may not accept it, wherever it was made. */
static void
test_only_the_host_accepts (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  g_autoptr (GError) error = NULL;
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  region_settle (region);
  town_edit (region->towns[REGION_AARHUS], "aarhus", trip, TRIP_DAY,
             TOWN_DAYS ("20270511", "20270512"));
  region_settle (region);

  Town *odense = region->towns[REGION_ODENSE];
  g_assert_null (
      tn_decide_answer (odense->book, get_only_proposal (odense)->id, TRUE, "odense", &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_DENIED);
}

/* Somebody was invited, so the event is not put back (promise 4), and others see the wish after its
 * answer. */
static void
test_rejected_before_others_see_it (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  Town *esbjerg = region->towns[REGION_ESBJERG];
  region_settle (region);
  town_edit (esbjerg, "faelles", trip, "END:VEVENT",
             "ATTENDEE:mailto:bo@example.org\r\nEND:VEVENT");
  town_edit (esbjerg, "faelles", trip, TRIP_DAY, TOWN_DAYS ("20270511", "20270512"));
  town_sync (esbjerg);
  answer (esbjerg, FALSE);
  town_sync (esbjerg);

  region_settle (region);

  for (guint i = 0; i < REGION_N_TOWNS; i++)
    g_assert_cmpint (get_only_proposal (region->towns[i])->state, ==, TN_PROPOSAL_REJECTED);
}

static void
test_proposal_is_rejected_elsewhere (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  region_settle (region);
  town_edit (region->towns[REGION_AARHUS], "aarhus", trip, TRIP_DAY,
             TOWN_DAYS ("20270511", "20270512"));
  region_settle (region);

  answer (region->towns[REGION_ESBJERG], FALSE);
  region_settle (region);

  region_assert_shows (region, trip, TN_FIELD_WHEN, "2027-05-18");
  region_assert_same (region);
  g_autofree char *note = town_show (region->towns[REGION_AARHUS], "aarhus", trip, TN_FIELD_NOTE);
  g_assert_null (strstr (note, "afventer"));
  region_assert_settled (region);
}

static const char *
find_host (Town *town, const char *cycle)
{
  const TnOccurrence *trip
      = tn_plan_find (tn_book_get_plan (town->book), "7by", "studietur", cycle, NULL);
  return tn_occurrence_find_turn (trip, "host")->councils[0];
}

/* Esbjerg holds 2027 for Odense, and the order goes on from there. */
static void
set_turn (Town *esbjerg)
{
  TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
  g_autoptr (GPtrArray) effects = NULL;
  g_autoptr (GError) error = NULL;
  draft.kind = TN_DECISION_SET;
  draft.on = tn_date_new (2026, 11, 22);
  draft.by = "esbjerg";
  draft.minutes = "møde 4/2026";
  draft.collaboration = "7by";
  draft.series = "studietur";
  draft.cycle = "2027";
  draft.council = "odense";
  draft.value = "after";
  g_autoptr (TnDecision) set = tn_decide (esbjerg->book, &draft, FALSE, &effects, &error);
  g_assert_no_error (error);
}

/* What Aarhus wrote before it knew of that stands until somebody writes the event; whoever does
 * signs for all of it. */
static void
test_written_with_all_that_follows (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  g_autofree char *later = town_uid ("studietur", "2028", NULL);
  Town *aarhus = region->towns[REGION_AARHUS];
  Town *esbjerg = region->towns[REGION_ESBJERG];
  town_sync (aarhus);
  g_autofree char *before = town_show (aarhus, "faelles", later, TN_FIELD_WHERE);
  set_turn (esbjerg);
  town_sync (esbjerg);
  town_decide (esbjerg, TN_DECISION_CANCEL, "studietur", "2028", "yes",
               find_host (esbjerg, "2028"));
  town_sync (esbjerg);
  town_forget (aarhus, FALSE);

  region_settle (region);

  g_autofree char *own = town_show (aarhus, "aarhus", later, TN_FIELD_WHERE);
  g_autofree char *shared = town_show (aarhus, "faelles", later, TN_FIELD_WHERE);
  g_assert_cmpstr (own, !=, before);
  g_assert_cmpstr (shared, ==, own);
  region_assert_settled (region);
}

/* An answer outweighs the question that it answers, and not one that is asked after it. */
static void
test_asked_again_on_the_same_day (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  Town *aarhus = region->towns[REGION_AARHUS];
  Town *esbjerg = region->towns[REGION_ESBJERG];
  region_settle (region);
  town_edit (aarhus, "aarhus", trip, TRIP_DAY, TOWN_DAYS ("20270511", "20270512"));
  region_settle (region);
  answer (esbjerg, FALSE);
  region_settle (region);

  town_edit (aarhus, "aarhus", trip, TRIP_DAY, TOWN_DAYS ("20270511", "20270512"));
  region_settle (region);

  g_assert_cmpuint (town_count_proposals (esbjerg, TN_PROPOSAL_WISH, TN_PROPOSAL_REJECTED), ==, 1);
  g_assert_cmpuint (town_count_proposals (esbjerg, TN_PROPOSAL_WISH, TN_PROPOSAL_OPEN), ==, 1);
  region_assert_same (region);
  region_assert_settled (region);
}

/* An edit in the calendar of all is seen by all, and is one proposal, not three. */
static void
test_edit_in_the_shared_calendar (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  region_settle (region);

  town_edit (region->towns[REGION_AARHUS], "faelles", trip, TRIP_DAY,
             TOWN_DAYS ("20270511", "20270512"));
  region_settle (region);

  region_assert_shows (region, trip, TN_FIELD_WHEN, "2027-05-18");
  region_assert_same (region);
  g_assert_null (get_only_proposal (region->towns[REGION_ODENSE])->council);
  g_autofree char *note = town_show (region->towns[0], "faelles", trip, TN_FIELD_NOTE);
  g_assert_nonnull (strstr (note, "afventer Esbjerg"));
  region_assert_settled (region);
}

static void
test_trusted_edit_in_the_shared_calendar (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  for (guint i = 0; i < REGION_N_TOWNS; i++)
    {
      town_set_settings (region->towns[i], "shared = true;", "shared = true; trust = \"decide\";");
      town_reload (region->towns[i]);
    }
  region_settle (region);

  town_edit (region->towns[REGION_AARHUS], "faelles", trip, TRIP_DAY,
             TOWN_DAYS ("20270511", "20270512"));
  region_settle (region);

  region_assert_shows (region, trip, TN_FIELD_WHEN, "2027-05-11");
  region_assert_same (region);
  region_assert_settled (region);
}

/* A person who brings back what a daemon once wrote, stamp and all, edits: whichever daemon sees it
 * first keeps that edit, and none takes it for its neighbour's write. */
static void
restore_writing (RegionTown first)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  Town *esbjerg = region->towns[REGION_ESBJERG];
  region_settle (region);
  g_autofree char *id = town_find_item (esbjerg, "faelles", trip);
  town_edit (esbjerg, "esbjerg", trip, TRIP_DAY, TOWN_DAYS ("20270525", "20270526"));
  region_settle (region);
  g_autofree char *written = g_strdup (tn_fake_provider_get (region->shared, id));
  town_edit (esbjerg, "esbjerg", trip, TOWN_DAYS ("20270525", "20270526"),
             TOWN_DAYS ("20270511", "20270512"));
  region_settle (region);
  g_assert_cmpuint (tn_book_get_proposals (esbjerg->book)->len, ==, 0);

  tn_fake_provider_put (region->shared, id, written);
  town_sync (region->towns[first]);
  region_settle (region);

  region_assert_shows (region, trip, TN_FIELD_WHEN, "2027-05-11");
  g_assert_cmpstr (get_only_proposal (esbjerg)->value, ==, "2027-05-25");
  region_assert_same (region);
  region_assert_settled (region);
}

static void
test_restored_writing_is_an_edit (void)
{
  restore_writing (REGION_AARHUS);
  restore_writing (REGION_ESBJERG);
  restore_writing (REGION_ODENSE);
}

/* Nobody's decision: it is put back. */
static void
test_edited_page_is_put_back (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  g_autofree char *uid = page_uid ("esbjerg", 2026);
  town_decide (region->towns[REGION_ESBJERG], TN_DECISION_THEME, "studietur", "2027", "Havnen",
               "esbjerg");
  region_settle (region);
  g_autofree char *id = town_find_item (region->towns[0], "faelles", uid);
  g_autoptr (TnPage) before = read_page (region, "esbjerg", 2026);

  town_edit (region->towns[0], "faelles", uid, "X-TURNUS-LEDGER:v1 by=esbjerg",
             "X-TURNUS-LEDGER:v1 by=aalborg");
  region_settle (region);
  g_autoptr (TnPage) after = read_page (region, "esbjerg", 2026);
  g_assert_cmpuint (after->decisions->len, ==, before->decisions->len);

  town_edit (region->towns[0], "faelles", uid, "SUMMARY:", "SUMMARY:Slet mig ");
  region_settle (region);
  town_assert_shows (region->towns[0], "faelles", uid, TN_FIELD_TITLE,
                     "Beslutninger 2026: Esbjerg");
  g_assert_true (town_remembers (region->towns[REGION_ESBJERG], uid, "not possible",
                                 "Slet mig")); /* promise 1 */

  g_assert_true (tn_fake_provider_delete (region->shared, id));
  region_settle (region);
  g_autoptr (TnPage) again = read_page (region, "esbjerg", 2026);
  g_assert_cmpuint (again->decisions->len, ==, before->decisions->len);
  region_assert_same (region);
  region_assert_settled (region);
}

static void
test_nobody_writes_anothers_page (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  g_autofree char *uid = page_uid ("esbjerg", 2026);
  region_settle (region);
  town_edit (region->towns[0], "faelles", uid, "SUMMARY:", "SUMMARY:Slet mig ");

  town_sync (region->towns[REGION_AARHUS]);
  town_sync (region->towns[REGION_ODENSE]);

  town_assert_shows (region->towns[0], "faelles", uid, TN_FIELD_TITLE,
                     "Slet mig Beslutninger 2026: Esbjerg");
}

/* Design section 6: an event that names a decision that was not read yet waits. */
static void
test_event_waits_for_its_journal (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  g_autofree char *uid = page_uid ("esbjerg", 2026);
  region_settle (region);
  g_autofree char *page_id = town_find_item (region->towns[0], "faelles", uid);
  g_autofree char *old_page = g_strdup (tn_fake_provider_get (region->shared, page_id));
  town_edit (region->towns[REGION_ESBJERG], "esbjerg", trip, TRIP_DAY,
             TOWN_DAYS ("20270525", "20270526"));
  town_sync (region->towns[REGION_ESBJERG]);
  g_autofree char *new_page = g_strdup (tn_fake_provider_get (region->shared, page_id));
  tn_fake_provider_put (region->shared, page_id, old_page);

  town_sync (region->towns[REGION_AARHUS]);
  town_assert_shows (region->towns[REGION_AARHUS], "aarhus", trip, TN_FIELD_WHEN, "2027-05-18");
  town_assert_shows (region->towns[REGION_AARHUS], "faelles", trip, TN_FIELD_WHEN, "2027-05-25");
  g_assert_true (town_waits (region->towns[REGION_AARHUS], "faelles", "no journal"));
  g_assert_cmpuint (tn_book_get_proposals (region->towns[REGION_AARHUS]->book)->len, ==, 0);

  tn_fake_provider_put (region->shared, page_id, new_page);
  region_settle (region);
  region_assert_shows (region, trip, TN_FIELD_WHEN, "2027-05-25");
  region_assert_same (region);
}

/* The journal is written before the event: when it cannot be, no event names what is not there. */
static void
test_journal_is_written_first (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  region_settle (region);
  town_edit (region->towns[REGION_ESBJERG], "esbjerg", trip, TRIP_DAY,
             TOWN_DAYS ("20270525", "20270526"));
  tn_fake_provider_script (region->shared, TN_FAKE_SAVE, TN_FAKE_FAIL, TN_ERROR_TEMPORARY);

  g_assert_false (town_try_sync (region->towns[REGION_ESBJERG], NULL, 0, NULL));
  town_assert_shows (region->towns[0], "faelles", trip, TN_FIELD_WHEN, "2027-05-18");

  region_settle (region);
  region_assert_shows (region, trip, TN_FIELD_WHEN, "2027-05-25");
  region_assert_same (region);
}

/* Hazard 34: a person copies a page; which of the two is the page cannot be known, and need not. */
static void
test_copied_page (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  g_autofree char *uid = page_uid ("esbjerg", 2026);
  Town *esbjerg = region->towns[REGION_ESBJERG];
  town_sync (esbjerg);
  g_autofree char *id = town_find_item (esbjerg, "faelles", uid);
  tn_fake_provider_put (region->shared, "0-copy.ics", tn_fake_provider_get (region->shared, id));
  region_settle (region);

  town_edit (esbjerg, "esbjerg", trip, TRIP_DAY, TOWN_DAYS ("20270525", "20270526"));
  region_settle (region);

  region_assert_shows (region, trip, TN_FIELD_WHEN, "2027-05-25");
  region_assert_same (region);
  region_assert_settled (region);
}

/* Hazard 34: of two that look alike every daemon takes the one at the place that turnus gave it, so
 * that none of them tends what another takes for a person's copy. */
static void
test_copied_event (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  Town *esbjerg = region->towns[REGION_ESBJERG];
  town_sync (esbjerg);
  g_autofree char *id = town_find_item (esbjerg, "faelles", trip);
  g_autofree char *copy = g_strdup (tn_fake_provider_get (region->shared, id));
  g_auto (GStrv) parts = g_strsplit (copy, "SUMMARY:", 2);
  g_autofree char *renamed = g_strjoinv ("SUMMARY:Min ", parts);
  tn_fake_provider_put (region->shared, "0-copy.ics", renamed);

  region_settle (region);

  g_assert_cmpstr (tn_fake_provider_get (region->shared, "0-copy.ics"), ==, renamed);
  g_assert_cmpuint (tn_book_get_proposals (region->towns[REGION_AARHUS]->book)->len, ==, 0);
}

/* Hazard 17, at a server that keeps no X- properties: the page is known by its UID, as events are.
 */
static void
test_lost_state_without_x (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  Town *esbjerg = region->towns[REGION_ESBJERG];
  tn_fake_provider_set_rewrite (region->shared, TN_FAKE_DROP_X);
  town_sync (esbjerg);
  g_object_unref (esbjerg->store);
  esbjerg->store = tn_store_new_memory ();
  town_restart (esbjerg);

  town_sync (esbjerg);
  g_assert_false (town_waits (esbjerg, "faelles", "is taken by something else"));
  town_assert_settled (esbjerg);
}

/* A page was moved, and is not read right at its new place the first @n times. */
static void
move_page (TnFakeTrick trick, guint n)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  Town *esbjerg = region->towns[REGION_ESBJERG];
  g_autofree char *uid = page_uid ("esbjerg", 2026);
  town_sync (esbjerg);
  g_autofree char *id = town_move (esbjerg, "faelles", uid, "moved.ics");
  for (guint i = 0; i < n; i++)
    tn_fake_provider_script (region->shared, TN_FAKE_LOAD, trick, 0);
  town_try_sync (esbjerg, NULL, 0, NULL);

  town_sync (esbjerg);

  g_assert_null (tn_fake_provider_get (region->shared, id)); /* promise 2 */
  town_assert_settled (esbjerg);
}

/* Hazard 6: the page was moved, and one listing leaves it out at its new place. */
static void
test_moved_page_unlisted (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  Town *esbjerg = region->towns[REGION_ESBJERG];
  g_autofree char *uid = page_uid ("esbjerg", 2026);
  town_sync (esbjerg);
  g_autofree char *id = town_move (esbjerg, "faelles", uid, "0-moved.ics");
  tn_fake_provider_forget_tokens (region->shared);
  tn_fake_provider_script (region->shared, TN_FAKE_LIST, TN_FAKE_WORK, 0);
  tn_fake_provider_script (region->shared, TN_FAKE_LIST, TN_FAKE_FEWER, 0);

  town_try_sync (esbjerg, NULL, 0, NULL);
  town_sync (esbjerg);

  g_assert_null (tn_fake_provider_get (region->shared, id)); /* promise 2 */
  town_assert_settled (esbjerg);
}

static void
test_moved_page_broken (void)
{
  move_page (TN_FAKE_GARBAGE, 1);
  move_page (TN_FAKE_GARBAGE, 2);
}

static void
test_moved_page_missed (void)
{
  move_page (TN_FAKE_MISS, 1);
  move_page (TN_FAKE_MISS, 2);
}

/* A page is not created again and again where something else stands. */
static void
test_place_taken (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  Town *esbjerg = region->towns[REGION_ESBJERG];
  g_autofree char *place = g_strdelimit (page_uid ("esbjerg", 2026), "@", '.');
  tn_fake_provider_put (region->shared, place, "no calendar");

  for (guint i = 0; i < 3; i++)
    {
      town_sync (esbjerg); /* without a problem */
      g_assert_true (town_waits (esbjerg, "faelles", "is taken by something else"));
    }
}

/* Hazard 72: what nobody can read is not written over, and does not stop the calendar for ever. */
static void
test_broken_page (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  Town *esbjerg = region->towns[REGION_ESBJERG];
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  g_autofree char *place = g_strdelimit (page_uid ("esbjerg", 2026), "@", '.');
  region_settle (region);
  g_autofree char *text = g_strdup (tn_fake_provider_get (region->shared, place));
  tn_fake_provider_put (region->shared, place, "BEGIN:VCALENDAR\r\nBEGIN:VEV");
  town_edit (esbjerg, "esbjerg", trip, TRIP_DAY, TOWN_DAYS ("20270525", "20270526"));
  region_settle (region);
  g_assert_true (town_waits (esbjerg, "faelles", "repair or delete it"));
  town_assert_shows (esbjerg, "faelles", trip, TN_FIELD_WHEN, "2027-05-18");

  tn_fake_provider_put (region->shared, place, text);
  region_settle (region);

  region_assert_shows (region, trip, TN_FIELD_WHEN, "2027-05-25");
  region_assert_settled (region);
}

/* Promise 9: a wish is told, and midnight comes before it is kept. */
static void
test_wish_at_midnight (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  g_autofree char *page = page_uid ("aarhus", 2026);
  Town *aarhus = region->towns[REGION_AARHUS];
  const char *const names[] = { "faelles", NULL };
  region_settle (region);
  town_delete (aarhus, "faelles", page);
  town_edit (aarhus, "faelles", trip, TRIP_DAY, TOWN_DAYS ("20270525", "20270526"));
  tn_fake_provider_reset_calls (region->shared);
  GAsyncResult *slot = NULL;
  tn_desk_sync_async (aarhus->desk, names, 0, NULL, tn_await_store, &slot);
  while (tn_fake_provider_get_calls (region->shared, TN_FAKE_LIST) < 2) /* all is looked at */
    g_main_context_iteration (NULL, TRUE);

  tn_fake_clock_advance_us (aarhus->clock, G_TIME_SPAN_DAY);
  g_autoptr (GAsyncResult) result = tn_await (&slot);
  g_assert_true (tn_desk_sync_finish (aarhus->desk, result, NULL));
  town_sync (region->towns[REGION_ESBJERG]); /* reads what was told */
  region_settle (region);

  g_assert_cmpuint (town_count_proposals (aarhus, TN_PROPOSAL_WISH, TN_PROPOSAL_OPEN), ==, 1);
  region_assert_same (region);
  region_assert_settled (region);
}

/* Promise 4: while a page cannot be written without mail, no event names what it does not tell. */
static void
test_page_with_guests (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  g_autofree char *uid = page_uid ("esbjerg", 2026);
  Town *esbjerg = region->towns[REGION_ESBJERG];
  region_settle (region);
  town_edit (esbjerg, "faelles", uid, "END:VEVENT",
             "ATTENDEE:mailto:gaest@example.org\r\nEND:VEVENT");
  region_assert_settled (region);

  town_edit (esbjerg, "esbjerg", trip, TRIP_DAY, TOWN_DAYS ("20270525", "20270526"));
  region_settle (region);
  town_assert_shows (esbjerg, "faelles", trip, TN_FIELD_WHEN, "2027-05-18");
  g_assert_true (town_waits (esbjerg, "faelles", "take the invitations out"));

  town_edit (esbjerg, "faelles", uid, "ATTENDEE:mailto:gaest@example.org\r\n", "");
  region_settle (region);
  region_assert_shows (region, trip, TN_FIELD_WHEN, "2027-05-25");
  region_assert_same (region);
}

/* Hazards 27 and 28: the answer to the writing of a page was lost. */
static void
test_lost_answer (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  tn_fake_provider_script (region->shared, TN_FAKE_SAVE, TN_FAKE_LOSE_ANSWER, TN_ERROR_TEMPORARY);
  g_assert_false (town_try_sync (region->towns[REGION_ESBJERG], NULL, 0, NULL));
  town_restart (region->towns[REGION_ESBJERG]);
  region_settle (region);

  region_assert_shows (region, trip, TN_FIELD_WHEN, "2027-05-18");
  region_assert_same (region);
  region_assert_settled (region);
}

static void
test_servers_may_rewrite (void)
{
  g_autoptr (Region) region = region_new (TOWN_WRITE);
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  tn_fake_provider_set_rewrite (region->shared, TN_FAKE_REORDER | TN_FAKE_FOLD | TN_FAKE_RENAME);
  tn_fake_provider_set_restless (region->shared, TRUE);
  tn_fake_provider_set_deltas (region->shared, TRUE);
  region_settle (region);
  town_edit (region->towns[REGION_ESBJERG], "esbjerg", trip, TRIP_DAY,
             TOWN_DAYS ("20270525", "20270526"));
  region_settle (region);

  region_assert_shows (region, trip, TN_FIELD_WHEN, "2027-05-25");
  region_assert_same (region);
  region_assert_settled (region);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add_func ("/sync/journals/" name, test)
  ADD ("three-daemons-publish-each-event-once", test_first_publication);
  ADD ("each-daemon-keeps-a-page-of-its-own", test_each_keeps_its_own_page);
  ADD ("a-decision-reaches-all", test_decision_reaches_all);
  ADD ("a-decision-without-an-event-reaches-all", test_decision_without_an_event);
  ADD ("promise-5-edits-everywhere-at-once-settle", test_edits_everywhere_at_once);
  ADD ("a-proposal-of-aarhus-is-accepted-at-esbjerg", test_proposal_is_accepted_elsewhere);
  ADD ("only-the-host-may-accept-it", test_only_the_host_accepts);
  ADD ("a-proposal-of-aarhus-is-rejected-at-esbjerg", test_proposal_is_rejected_elsewhere);
  g_test_add_func ("/sync/journals/who-writes-an-event-writes-all-that-follows-from-what-is-known",
                   test_written_with_all_that_follows);
  g_test_add_func ("/sync/journals/what-is-asked-again-on-the-same-day-reaches-all",
                   test_asked_again_on_the_same_day);
  ADD ("an-edit-in-the-shared-calendar-is-one-proposal", test_edit_in_the_shared_calendar);
  ADD ("a-trusted-edit-there-is-a-decision", test_trusted_edit_in_the_shared_calendar);
  ADD ("a-restored-writing-is-an-edit", test_restored_writing_is_an_edit);
  ADD ("an-edited-page-is-put-back", test_edited_page_is_put_back);
  ADD ("nobody-writes-anothers-page", test_nobody_writes_anothers_page);
  ADD ("an-event-waits-for-its-journal", test_event_waits_for_its_journal);
  ADD ("the-journal-is-written-before-the-event", test_journal_is_written_first);
  ADD ("hazard-28-a-page-is-not-doubled", test_lost_answer);
  ADD ("hazard-34-a-copied-page-does-no-harm", test_copied_page);
  ADD ("hazard-34-all-daemons-tend-the-same-of-two-copies", test_copied_event);
  ADD ("hazard-17-without-state-and-keys-a-page-is-known-by-its-uid", test_lost_state_without_x);
  ADD ("hazard-16-a-moved-page-that-came-broken-is-not-doubled", test_moved_page_broken);
  ADD ("hazard-6-a-moved-page-that-was-missed-is-not-doubled", test_moved_page_missed);
  ADD ("hazard-6-a-moved-page-that-was-not-listed-is-not-doubled", test_moved_page_unlisted);
  ADD ("promise-9-a-wish-that-was-rejected-before-others-see-it-stays-rejected",
       test_rejected_before_others_see_it);
  ADD ("promise-9-a-wish-of-midnight-is-one", test_wish_at_midnight);
  ADD ("a-place-that-is-taken-is-not-fought-for", test_place_taken);
  ADD ("hazard-72-a-page-that-nobody-can-read-is-left-and-told", test_broken_page);
  ADD ("promise-4-a-page-with-guests-waits", test_page_with_guests);
  ADD ("servers-may-rewrite-all-of-it", test_servers_may_rewrite);
#undef ADD
  return g_test_run ();
}
