/* Proposals are answered by those who may, and entries are claimed by those whose calendar it is.
 */
#include "site/lobby.h"

#include <string.h>

static const char TRIP[] = "DTSTART;VALUE=DATE:20270518\r\nDTEND;VALUE=DATE:20270519";

/* Aarhus moves the trip of Esbjerg in its own calendar. */
static char *
propose (Lobby *lobby, const char *title)
{
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (lobby->town);
  if (title != NULL)
    town_edit (lobby->town, "aarhus", uid, "SUMMARY:Studietur 2027: Esbjerg", title);
  else
    town_edit (lobby->town, "aarhus", uid, TRIP, TOWN_DAYS ("20270526", "20270527"));
  town_sync (lobby->town);
  GPtrArray *proposals = tn_book_get_proposals (lobby->town->book);
  g_assert_cmpuint (proposals->len, ==, 1);
  return g_strdup (((TnProposal *) g_ptr_array_index (proposals, 0))->id);
}

static TnWebPage *
open_proposal (Lobby *lobby, const char *council, const char *id)
{
  g_autofree char *path = g_strconcat ("/proposal/", id, NULL);
  lobby_sign_in (lobby, council);
  return lobby_get (lobby, path);
}

static void
test_it_is_shown_to_one_who_may_answer (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autofree char *id = propose (lobby, NULL);
  g_autoptr (TnWebPage) page = open_proposal (lobby, "esbjerg", id);
  g_autoptr (TnWebPage) desk = lobby_get (lobby, "/decide");

  lobby_assert_has (page, "Wednesday 26 May 2027 (week 21)");
  lobby_assert_has (page, "<dt>By</dt><dd><bdi>Aarhus</bdi></dd>");
  lobby_assert_has (desk, id);
}

static void
test_it_is_accepted_as_it_was_shown (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autofree char *id = propose (lobby, NULL);
  g_autoptr (TnWebPage) page = open_proposal (lobby, "esbjerg", id);
  g_autoptr (TnWebPage) dry = lobby_hand_in (lobby, page, "Show what accepting would change");
  guint n_open = town_count_proposals (lobby->town, TN_PROPOSAL_WISH, TN_PROPOSAL_OPEN);
  g_autoptr (TnWebPage) taken = lobby_hand_in (lobby, dry, "Accept it");
  g_autoptr (TnWebPage) outcome = lobby_follow (lobby, taken);
  town_sync (lobby->town);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);

  lobby_assert_has (dry, "Tuesday 18 May 2027 (week 20)");
  lobby_assert_has (dry, "class=\"changed\"><bdi>Wednesday 26 May 2027 (week 21)");
  g_assert_cmpuint (n_open, ==, 1);
  lobby_assert_has (outcome, "It is accepted");
  lobby_assert_has (outcome, "class=\"changed\"><bdi>Wednesday 26 May 2027 (week 21)");
  town_assert_shows (lobby->town, "aalborg", uid, TN_FIELD_WHEN, "2027-05-26");
  g_assert_true (town_remembers (lobby->town, uid, "answered", id));
}

static void
test_it_is_rejected (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autofree char *id = propose (lobby, NULL);
  g_autoptr (TnWebPage) page = open_proposal (lobby, "esbjerg", id);
  g_autoptr (TnWebPage) dry = lobby_hand_in (lobby, page, "Show what rejecting would mean");
  g_autoptr (TnWebPage) taken = lobby_hand_in (lobby, dry, "Reject it");
  g_autoptr (TnWebPage) outcome = lobby_follow (lobby, taken);
  g_autoptr (TnWebPage) again = lobby_hand_in (lobby, dry, "Reject it");

  lobby_assert_has (dry, "Nothing changes in the plan.");
  lobby_assert_has (outcome, "It is rejected");
  g_assert_cmpuint (town_count_proposals (lobby->town, TN_PROPOSAL_WISH, TN_PROPOSAL_REJECTED), ==,
                    1);
  g_assert_cmpstr (lobby_header (again, "Location"), ==, lobby_header (taken, "Location"));
}

static void
test_others_see_nothing_of_it (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autofree char *id = propose (lobby, "SUMMARY:Kanariefugl");
  g_autoptr (TnWebPage) page = open_proposal (lobby, "aalborg", id);
  g_autoptr (TnWebPage) unknown = lobby_get (lobby, "/proposal/ffff");
  g_autoptr (TnWebPage) desk = lobby_get (lobby, "/decide");

  g_assert_cmpuint (page->status, ==, 404);
  lobby_assert_lacks (page, "Kanariefugl");
  lobby_assert_lacks (desk, id);
  g_assert_true (g_bytes_equal (page->body, unknown->body));
}

static void
test_its_words_stay_with_those_who_answer (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autofree char *id = propose (lobby, "SUMMARY:Kanariefugl");
  g_autoptr (TnWebPage) answer = open_proposal (lobby, "esbjerg", id);
  g_autoptr (TnWebPage) event = lobby_get (lobby, "/event/7by/studietur/2027");
  g_autoptr (TnWebPage) health = lobby_get (lobby, "/health");
  g_autoptr (TnWebPage) first = lobby_get (lobby, "/");

  lobby_assert_has (answer, "Kanariefugl");
  lobby_assert_lacks (event, "Kanariefugl");
  lobby_assert_lacks (health, "Kanariefugl");
  lobby_assert_lacks (first, "Kanariefugl");
}

static void
test_one_who_may_not_cannot_answer (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autofree char *id = propose (lobby, NULL);
  g_autofree char *path = g_strconcat ("/proposal/", id, NULL);
  lobby_sign_in (lobby, "aalborg");
  g_autoptr (TnWebPage) page
      = lobby_post (lobby, path, "answer", "accept", "step", "confirm", NULL);

  g_assert_cmpuint (page->status, ==, 404);
  g_assert_cmpuint (town_count_proposals (lobby->town, TN_PROPOSAL_WISH, TN_PROPOSAL_OPEN), ==, 1);
}

static void
test_a_swap_takes_both (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  lobby_sign_in (lobby, "esbjerg");
  g_autoptr (TnWebPage) form = lobby_get (lobby, "/decide/swap?event=7by/studietur/2027");
  g_autoptr (TnWebPage) dry
      = lobby_hand_in_with (lobby, form, "Show what would change", "other_cycle", "2028");
  tn_web_page_free (lobby_hand_in (lobby, dry, "Propose it"));
  GPtrArray *proposals = tn_book_get_proposals (lobby->town->book);
  g_autofree char *id = g_strdup (((TnProposal *) g_ptr_array_index (proposals, 0))->id);
  g_autoptr (TnWebPage) page = open_proposal (lobby, "randers", id);
  g_autoptr (TnWebPage) shown = lobby_hand_in (lobby, page, "Show what accepting would change");
  g_autoptr (TnWebPage) taken = lobby_hand_in (lobby, shown, "Accept it");
  g_autoptr (TnWebPage) outcome = lobby_follow (lobby, taken);

  lobby_assert_has (page, "2027 Randers, 2028 Esbjerg");
  lobby_assert_has (shown, "How the turns are shared, before and after");
  lobby_assert_has (outcome, "It is accepted");
  g_assert_nonnull (town_find_decision (lobby->town, TN_DECISION_SWAP, "studietur", "2027", NULL));
}

static const char BY_HAND[]
    = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//DA\r\nBEGIN:VEVENT\r\nUID:by-hand\r\n"
      "DTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20270520\r\nDTEND;VALUE=DATE:20270521\r\n"
      "SUMMARY:Studietur 2027 Kanariefugl\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

static TnWebPage *
open_claim (Lobby *lobby, const char *council)
{
  tn_fake_provider_put (town_calendar (lobby->town, "esbjerg"), "by-hand.ics", BY_HAND);
  town_sync (lobby->town);
  lobby_sign_in (lobby, council);
  return lobby_get (lobby, "/claim?calendar=esbjerg&item=by-hand.ics");
}

static void
test_an_entry_is_claimed (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) page = open_claim (lobby, "esbjerg");
  g_autoptr (TnWebPage) desk = lobby_get (lobby, "/decide");
  g_autoptr (TnWebPage) taken = lobby_hand_in (lobby, page, "The entry is this event");
  g_autoptr (TnWebPage) outcome = lobby_follow (lobby, taken);

  lobby_assert_has (desk, "/claim?calendar=esbjerg");
  lobby_assert_lacks (desk, "Kanariefugl");
  lobby_assert_lacks (page, "Kanariefugl");
  lobby_assert_has (outcome, "The entry is taken for the event");
  g_assert_cmpstr (
      town_find_decision (lobby->town, TN_DECISION_DATE, "studietur", "2027", NULL)->value, ==,
      "2027-05-20");
}

static void
test_an_entry_is_something_else (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) page = open_claim (lobby, "esbjerg");
  g_autoptr (TnWebPage) taken = lobby_hand_in (lobby, page, "The entry is something else");
  g_autoptr (TnWebPage) outcome = lobby_follow (lobby, taken);

  lobby_assert_has (outcome, "The entry is something else");
  g_assert_null (town_find_decision (lobby->town, TN_DECISION_DATE, "studietur", "2027", NULL));
}

static void
test_an_entry_of_another_council_is_not_shown (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) page = open_claim (lobby, "aarhus");
  g_autoptr (TnWebPage) desk = lobby_get (lobby, "/decide");

  g_assert_cmpuint (page->status, ==, 404);
  lobby_assert_lacks (desk, "by-hand.ics");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/site/proposals/" name, function)
  ADD ("it-is-shown-to-one-who-may-answer", test_it_is_shown_to_one_who_may_answer);
  ADD ("it-is-accepted-as-it-was-shown", test_it_is_accepted_as_it_was_shown);
  ADD ("it-is-rejected", test_it_is_rejected);
  ADD ("others-see-nothing-of-it", test_others_see_nothing_of_it);
  ADD ("its-words-stay-with-those-who-answer", test_its_words_stay_with_those_who_answer);
  ADD ("one-who-may-not-cannot-answer", test_one_who_may_not_cannot_answer);
  ADD ("a-swap-takes-both", test_a_swap_takes_both);
  ADD ("an-entry-is-claimed", test_an_entry_is_claimed);
  ADD ("an-entry-is-something-else", test_an_entry_is_something_else);
  ADD ("an-entry-of-another-council-is-not-shown", test_an_entry_of_another_council_is_not_shown);
#undef ADD
  return g_test_run ();
}
