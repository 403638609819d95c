/* Decisions on pages: shown before they are taken, taken once, judged like a command's. */
#include "site/lobby.h"

#include <string.h>

static TnWebPage *
open_form (Lobby *lobby, const char *council, const char *kind, const char *event)
{
  g_autofree char *path = g_strdup_printf ("/decide/%s?event=%s", kind, event);
  lobby_sign_in (lobby, council);
  return lobby_get (lobby, path);
}

static TnWebPage *
foresee (Lobby *lobby, const char *council, const char *kind, const char *name, const char *value)
{
  g_autoptr (TnWebPage) form = open_form (lobby, council, kind, "7by/studietur/2027");
  return lobby_hand_in_with (lobby, form, "Show what would change", name, value);
}

static void
test_a_form_says_what_it_is_about (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) page = open_form (lobby, "esbjerg", "move", "7by/studietur/2027");

  lobby_assert_has (page, "Move to another date");
  lobby_assert_has (page, "Studietur 2027: Esbjerg");
  lobby_assert_has (page, "<label for=\"value\">");
  lobby_assert_has (page, "type=\"date\" required value=\"2027-05-18\"");
}

static void
test_a_dry_run_changes_nothing (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) page = foresee (lobby, "esbjerg", "move", "value", "2027-05-25");

  g_assert_cmpuint (page->status, ==, 200);
  lobby_assert_has (page, "Nothing is decided yet.");
  lobby_assert_has (page, "Tuesday 18 May 2027 (week 20)");
  lobby_assert_has (page, "Tuesday 25 May 2027 (week 21)");
  g_assert_cmpuint (town_count_decisions (lobby->town, TN_DECISION_DATE), ==, 0);
}

static void
test_a_decision_reaches_ledger_and_calendars (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  town_sync (lobby->town);
  g_autoptr (TnWebPage) page = foresee (lobby, "esbjerg", "move", "value", "2027-05-25");
  g_autoptr (TnWebPage) taken = lobby_hand_in (lobby, page, "Decide it");
  g_autoptr (TnWebPage) outcome = lobby_follow (lobby, taken);
  const TnDecision *decision
      = town_find_decision (lobby->town, TN_DECISION_DATE, "studietur", "2027", NULL);
  town_sync (lobby->town);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);

  lobby_assert_has (outcome, "It is decided");
  lobby_assert_has (outcome, "Tuesday 25 May 2027 (week 21)");
  lobby_assert_has (outcome, "is brought into step now, within minutes");
  g_assert_cmpstr (decision->value, ==, "2027-05-25");
  g_assert_cmpstr (decision->by, ==, "esbjerg");
  g_assert_cmpstr (decision->role, ==, "host");
  g_assert_cmpstr (decision->source, ==, "page esbjerg");
  town_assert_shows (lobby->town, "aarhus", uid, TN_FIELD_WHEN, "2027-05-25");
  town_assert_shows (lobby->town, "faelles", uid, TN_FIELD_WHEN, "2027-05-25");
}

/* The table of effects of a page, as it stands there. */
static char *
cut_effects (const TnWebPage *page)
{
  const char *start = strstr (lobby_read (page), "<tbody>");
  const char *end = strstr (start, "</tbody>");
  g_assert_true (start != NULL && end != NULL);
  return g_strndup (start, (gsize) (end - start));
}

static void
test_what_was_shown_is_what_happens (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) minuted = foresee (lobby, "esbjerg", "move", "value", "2027-05-27");
  g_autoptr (TnWebPage) taken = lobby_hand_in (lobby, minuted, "Decide it");
  g_autoptr (TnWebPage) outcome = lobby_follow (lobby, taken);
  g_autofree char *shown = cut_effects (minuted);
  g_autofree char *happened = cut_effects (outcome);

  g_assert_cmpstr (shown, ==, happened);
}

static void
test_another_council_may_not (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) page = foresee (lobby, "aalborg", "move", "value", "2027-05-25");

  g_assert_cmpuint (page->status, ==, 403);
  lobby_assert_has (page, "Nothing was changed.");
  lobby_assert_has (page, "that is for Esbjerg");
  g_assert_null (town_find_decision (lobby->town, TN_DECISION_DATE, "studietur", "2027", NULL));
}

static void
test_a_form_speaks_for_nobody_else (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) form = open_form (lobby, "aalborg", "move", "7by/studietur/2027");
  g_autoptr (TnWebPage) page
      = lobby_hand_in_with (lobby, form, "Show what would change", "for", "esbjerg");

  g_assert_cmpuint (page->status, ==, 403);
}

static void
test_nonsense_is_refused_in_words (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) page = foresee (lobby, "esbjerg", "move", "value", "someday");

  g_assert_cmpuint (page->status, ==, 400);
  lobby_assert_has (page, "someday");
}

static void
test_a_form_is_good_once (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) page = foresee (lobby, "esbjerg", "move", "value", "2027-05-25");
  g_autoptr (TnWebPage) first = lobby_hand_in (lobby, page, "Decide it");
  guint n = town_count_decisions (lobby->town, TN_DECISION_DATE);
  g_autoptr (TnWebPage) second = lobby_hand_in (lobby, page, "Decide it");
  g_autoptr (TnWebPage) outcome = lobby_follow (lobby, second);

  g_assert_cmpstr (lobby_header (first, "Location"), ==, lobby_header (second, "Location"));
  lobby_assert_has (outcome, "It is decided");
  g_assert_cmpuint (town_count_decisions (lobby->town, TN_DECISION_DATE), ==, n);
}

static void
test_a_form_is_good_once_after_a_restart_too (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) page = foresee (lobby, "esbjerg", "move", "value", "2027-05-25");
  g_autoptr (TnWebPage) first = lobby_hand_in (lobby, page, "Decide it");
  town_decide (lobby->town, TN_DECISION_DATE, "studietur", "2027", "2027-05-27", "esbjerg");
  lobby_open (lobby);

  g_autoptr (TnWebPage) second = lobby_hand_in (lobby, page, "Decide it");

  g_assert_cmpstr (lobby_header (first, "Location"), ==, lobby_header (second, "Location"));
  g_assert_cmpstr (
      town_find_decision (lobby->town, TN_DECISION_DATE, "studietur", "2027", NULL)->value, ==,
      "2027-05-27");
}

static void
test_a_plan_that_moved_is_shown_anew (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) page = foresee (lobby, "esbjerg", "move", "value", "2027-05-25");
  town_decide (lobby->town, TN_DECISION_DATE, "studietur", "2027", "2027-05-27", "esbjerg");

  g_autoptr (TnWebPage) again = lobby_hand_in (lobby, page, "Decide it");

  g_assert_cmpuint (again->status, ==, 409);
  lobby_assert_has (again, "The plan has changed since you looked.");
  lobby_assert_has (again, "Thursday 27 May 2027");
  g_assert_cmpstr (
      town_find_decision (lobby->town, TN_DECISION_DATE, "studietur", "2027", NULL)->value, ==,
      "2027-05-27");
}

static void
test_a_forged_form_does_nothing (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  lobby_sign_in (lobby, "esbjerg");
  g_autoptr (TnWebPage) page = lobby_post (lobby, "/decide/move", "event", "7by/studietur/2027",
                                           "value", "2027-05-25", "step", "confirm", NULL);

  g_assert_cmpuint (page->status, ==, 403);
  lobby_assert_has (page, "The form was not made for you by this site");
}

static void
test_a_form_of_another_session_does_nothing (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) page = foresee (lobby, "esbjerg", "move", "value", "2027-05-25");
  lobby_sign_in (lobby, "esbjerg");

  g_autoptr (TnWebPage) taken = lobby_hand_in (lobby, page, "Decide it");

  g_assert_cmpuint (taken->status, ==, 403);
  g_assert_null (town_find_decision (lobby->town, TN_DECISION_DATE, "studietur", "2027", NULL));
}

static void
test_a_form_of_another_page_does_nothing (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) form = open_form (lobby, "esbjerg", "cancel", "7by/studietur/2027");
  const char *start = strstr (lobby_read (form), "name=\"seal\" value=\"") + 19;
  g_autofree char *seal = g_strndup (start, (gsize) (strchr (start, '"') - start));
  g_autoptr (TnWebPage) page = lobby_post (lobby, "/decide/move", "event", "7by/studietur/2027",
                                           "value", "2027-05-25", "seal", seal, NULL);

  g_assert_cmpuint (page->status, ==, 403);
}

static void
test_an_old_form_does_nothing (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  lobby->premises->user_header = g_strdup ("x-user");
  g_hash_table_insert (lobby->premises->councils, g_strdup ("anna"), g_strdup ("esbjerg"));
  lobby->user = g_strdup ("anna");
  g_autoptr (TnWebPage) form = lobby_get (lobby, "/decide/move?event=7by/studietur/2027");
  tn_fake_clock_advance_us (lobby->town->clock, 3 * 3600 * G_TIME_SPAN_SECOND);

  g_autoptr (TnWebPage) page = lobby_hand_in (lobby, form, "Show what would change");

  g_assert_cmpuint (page->status, ==, 403);
  lobby_assert_has (page, "The form lay open for too long.");
}

static void
test_a_form_from_another_site_is_refused (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) page = foresee (lobby, "esbjerg", "move", "value", "2027-05-25");
  lobby->origin = g_strdup ("cross-site");

  g_autoptr (TnWebPage) taken = lobby_hand_in (lobby, page, "Decide it");

  g_assert_cmpuint (taken->status, ==, 405);
  g_assert_null (town_find_decision (lobby->town, TN_DECISION_DATE, "studietur", "2027", NULL));
}

static void
test_a_get_decides_nothing (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  lobby_sign_in (lobby, "esbjerg");
  tn_web_page_free (
      lobby_get (lobby, "/decide/move?event=7by/studietur/2027&value=2027-05-25&step=confirm"));

  g_assert_null (town_find_decision (lobby->town, TN_DECISION_DATE, "studietur", "2027", NULL));
}

static void
test_the_outcome_is_for_its_council (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) page = foresee (lobby, "esbjerg", "move", "value", "2027-05-25");
  g_autoptr (TnWebPage) taken = lobby_hand_in (lobby, page, "Decide it");
  lobby_sign_in (lobby, "aarhus");

  g_autoptr (TnWebPage) outcome = lobby_follow (lobby, taken);

  g_assert_cmpuint (outcome->status, ==, 404);
}

static void
test_confirming (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) page = foresee (lobby, "esbjerg", "confirm", NULL, NULL);
  tn_web_page_free (lobby_hand_in (lobby, page, "Decide it"));

  const TnDecision *decision
      = town_find_decision (lobby->town, TN_DECISION_DATE, "studietur", "2027", NULL);
  g_assert_true (decision->confirmed);
  g_assert_cmpstr (decision->value, ==, "2027-05-18");
}

static void
test_cancelling (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) page = foresee (lobby, "esbjerg", "cancel", NULL, NULL);
  lobby_assert_has (page, "cancelled");
  tn_web_page_free (lobby_hand_in (lobby, page, "Decide it"));

  g_assert_cmpstr (
      town_find_decision (lobby->town, TN_DECISION_CANCEL, "studietur", "2027", NULL)->value, ==,
      "yes");
}

static void
test_putting_off_takes_minutes (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) without = foresee (lobby, "esbjerg", "postpone", NULL, NULL);
  g_autoptr (TnWebPage) with
      = foresee (lobby, "esbjerg", "postpone", "minutes", "erfa 2026, punkt 4");
  tn_web_page_free (lobby_hand_in (lobby, with, "Decide it"));

  g_assert_cmpuint (without->status, ==, 403);
  lobby_assert_has (with, "How the turns are shared, before and after");
  g_assert_cmpstr (
      town_find_decision (lobby->town, TN_DECISION_POSTPONE, "studietur", "2027", NULL)->value, ==,
      "kept");
}

static void
test_a_theme_is_a_text (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) page = foresee (lobby, "esbjerg", "theme", "value", "<b>Ensomhed</b>");
  g_autoptr (TnWebPage) taken = lobby_hand_in (lobby, page, "Decide it");
  g_autoptr (TnWebPage) outcome = lobby_follow (lobby, taken);

  lobby_assert_has (outcome, "&lt;b&gt;Ensomhed&lt;/b&gt;");
  lobby_assert_lacks (outcome, "<b>Ensomhed");
  g_assert_cmpstr (
      town_find_decision (lobby->town, TN_DECISION_THEME, "studietur", "2027", NULL)->value, ==,
      "<b>Ensomhed</b>");
}

static void
test_a_duty_is_done (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) page = foresee (lobby, "esbjerg", "done", "milestone", "program");
  tn_web_page_free (lobby_hand_in (lobby, page, "Decide it"));

  g_assert_cmpstr (
      town_find_decision (lobby->town, TN_DECISION_DONE, "studietur", "2027", "program")->value, ==,
      "yes");
}

static void
test_a_swap_is_proposed_to_the_other (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) page = foresee (lobby, "esbjerg", "swap", "other_cycle", "2028");
  g_autoptr (TnWebPage) taken = lobby_hand_in (lobby, page, "Propose it");
  g_autoptr (TnWebPage) outcome = lobby_follow (lobby, taken);

  lobby_assert_has (page, "It is proposed to: Randers.");
  lobby_assert_has (page, "How the turns are shared, before and after");
  lobby_assert_has (outcome, "It is proposed");
  g_assert_cmpuint (town_count_proposals (lobby->town, TN_PROPOSAL_DECISION, TN_PROPOSAL_OPEN), ==,
                    1);
  g_assert_null (town_find_decision (lobby->town, TN_DECISION_SWAP, "studietur", "2027", NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/site/decisions/" name, function)
  ADD ("a-form-says-what-it-is-about", test_a_form_says_what_it_is_about);
  ADD ("a-dry-run-changes-nothing", test_a_dry_run_changes_nothing);
  ADD ("a-decision-reaches-ledger-and-calendars", test_a_decision_reaches_ledger_and_calendars);
  ADD ("what-was-shown-is-what-happens", test_what_was_shown_is_what_happens);
  ADD ("another-council-may-not", test_another_council_may_not);
  ADD ("a-form-speaks-for-nobody-else", test_a_form_speaks_for_nobody_else);
  ADD ("nonsense-is-refused-in-words", test_nonsense_is_refused_in_words);
  ADD ("a-form-is-good-once", test_a_form_is_good_once);
  ADD ("a-form-is-good-once-after-a-restart-too", test_a_form_is_good_once_after_a_restart_too);
  ADD ("a-plan-that-moved-is-shown-anew", test_a_plan_that_moved_is_shown_anew);
  ADD ("a-forged-form-does-nothing", test_a_forged_form_does_nothing);
  ADD ("a-form-of-another-session-does-nothing", test_a_form_of_another_session_does_nothing);
  ADD ("a-form-of-another-page-does-nothing", test_a_form_of_another_page_does_nothing);
  ADD ("an-old-form-does-nothing", test_an_old_form_does_nothing);
  ADD ("a-form-from-another-site-is-refused", test_a_form_from_another_site_is_refused);
  ADD ("a-get-decides-nothing", test_a_get_decides_nothing);
  ADD ("the-outcome-is-for-its-council", test_the_outcome_is_for_its_council);
  ADD ("confirming", test_confirming);
  ADD ("cancelling", test_cancelling);
  ADD ("putting-off-takes-minutes", test_putting_off_takes_minutes);
  ADD ("a-theme-is-a-text", test_a_theme_is_a_text);
  ADD ("a-duty-is-done", test_a_duty_is_done);
  ADD ("a-swap-is-proposed-to-the-other", test_a_swap_is_proposed_to_the_other);
#undef ADD
  return g_test_run ();
}
