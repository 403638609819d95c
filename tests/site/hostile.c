/* Charters, notes and names that mean no good, and words of people that are nobody else's. */
#include "site/lobby.h"

#include <string.h>

static const char *const PATHS[] = { "/",
                                     "/c/7by",
                                     "/c/7by/wheel",
                                     "/c/7by/programme?year=2027",
                                     "/c/7by/hosts",
                                     "/c/7by/deadlines",
                                     "/c/7by/subscribe",
                                     "/event/7by/studietur/2027",
                                     "/health",
                                     "/sign-in" };

static void
assert_nowhere (Lobby *lobby, const char *words)
{
  for (guint i = 0; i < G_N_ELEMENTS (PATHS); i++)
    {
      g_autoptr (TnWebPage) page = lobby_get (lobby, PATHS[i]);
      g_assert_cmpuint (page->status, ==, 200);
      lobby_assert_lacks (page, words);
    }
}

static void
test_a_charter_cannot_write_markup (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  town_set_charter (lobby->town, "title = \"Studietur {cycle}: {host}\"",
                    "title = \"<script>alert(1)</script>' onload='x {host}\"");
  town_set_charter (lobby->town, "name = \"7-by-samarbejdet\"", "name = \"<img src=x> & 7\"");
  town_set_charter (lobby->town, "name = \"Esbjerg\"", "name = \"Es\\\"><b>bjerg\"");
  town_reload (lobby->town);
  lobby_open (lobby);

  assert_nowhere (lobby, "<script");
  assert_nowhere (lobby, "<img src=x");
  assert_nowhere (lobby, "\"><b>bjerg");
  g_autoptr (TnWebPage) page = lobby_get (lobby, "/c/7by/hosts");
  lobby_assert_has (page, "Es&quot;&gt;&lt;b&gt;bjerg");
}

static void
test_a_charter_cannot_turn_the_page_round (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  town_set_charter (lobby->town, "name = \"Esbjerg\"",
                    "name = \"Es\xe2\x80\xae"
                    "bjerg\"");
  town_reload (lobby->town);
  lobby_open (lobby);

  assert_nowhere (lobby, "\xe2\x80\xae");
}

static void
decide_with_note (Lobby *lobby)
{
  TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
  draft.kind = TN_DECISION_DATE;
  draft.on = tn_plan_get_today (tn_book_get_plan (lobby->town->book));
  draft.by = "esbjerg";
  draft.source = "command kanariefugl";
  draft.note = "Gulspurv er syg";
  draft.minutes = "hos Solsort";
  draft.collaboration = "7by";
  draft.series = "studietur";
  draft.cycle = "2027";
  draft.value = "2027-05-25";
  draft.confirmed = TRUE;
  g_autoptr (GPtrArray) effects = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TnDecision) decision = tn_decide (lobby->town->book, &draft, FALSE, &effects, &error);
  g_assert_no_error (error);
}

static void
test_nobody_is_named (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  decide_with_note (lobby);
  town_sync (lobby->town);

  assert_nowhere (lobby, "kanariefugl");
  assert_nowhere (lobby, "Gulspurv");
  assert_nowhere (lobby, "Solsort");
  g_autoptr (TnWebPage) page = lobby_get (lobby, "/event/7by/studietur/2027");
  lobby_assert_has (page, "decided on 2026-11-22 by Esbjerg");
  lobby_assert_has (page, "by command");
}

static void
test_notes_of_the_charter_stay_there (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  town_set_charter (lobby->town, "holdt i København", "Kanariefugl");
  town_reload (lobby->town);
  lobby_open (lobby);
  g_autoptr (TnWebPage) page = lobby_get (lobby, "/event/7by/studietur/2026");

  assert_nowhere (lobby, "Kanariefugl");
  lobby_assert_lacks (page, "Kanariefugl");
}

static void
test_a_description_stays_in_its_calendar (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (lobby->town);
  town_edit (lobby->town, "esbjerg", uid, "DESCRIPTION:", "DESCRIPTION:Kanariefugl\\n");
  town_sync (lobby->town);

  assert_nowhere (lobby, "Kanariefugl");
}

static void
test_a_path_is_no_markup (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) page = lobby_get (lobby, "/event/<script>alert(1)</script>");
  g_autoptr (TnWebPage) sign_in = lobby_get (lobby, "/sign-in?to=decide\"><script>");
  g_autoptr (TnWebPage) stranger = lobby_get (lobby, "/proposal/x\r\nSet-Cookie: a=b");

  lobby_assert_lacks (page, "<script");
  lobby_assert_lacks (sign_in, "\"><script");
  g_assert_null (strpbrk (lobby_header (stranger, "Location"), "\r\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/site/hostile/" name, function)
  ADD ("a-charter-cannot-write-markup", test_a_charter_cannot_write_markup);
  ADD ("a-charter-cannot-turn-the-page-round", test_a_charter_cannot_turn_the_page_round);
  ADD ("nobody-is-named", test_nobody_is_named);
  ADD ("notes-of-the-charter-stay-there", test_notes_of_the_charter_stay_there);
  ADD ("a-description-stays-in-its-calendar", test_a_description_stays_in_its_calendar);
  ADD ("a-path-is-no-markup", test_a_path_is_no_markup);
#undef ADD
  return g_test_run ();
}
