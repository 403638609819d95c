/* What the pages say, of the seven cities on 22 November 2026. */
#include "site/lobby.h"

#include <string.h>

#include "base/text.h"

static void
test_the_first_page_says_what_comes_next (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) page = lobby_get (lobby, "/");

  g_assert_cmpuint (page->status, ==, 200);
  g_assert_cmpstr (page->type, ==, "text/html; charset=utf-8");
  lobby_assert_has (page, "<html lang=\"en\">");
  lobby_assert_has (page, "<h1><bdi>7-by-samarbejdet</bdi></h1>");
  lobby_assert_has (page, "Studietur 2027: Esbjerg");
  lobby_assert_has (page, "<time datetime=\"2027-05-18\">Tuesday 18 May 2027 (week 20)</time>");
  lobby_assert_has (page, "Udsend program: studietur 2027");
  lobby_assert_has (page, "href=\"/7by/event/7by/studietur/2027\"");
}

static void
test_a_page_speaks_the_language_of_its_collaboration (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  town_set_charter (lobby->town, "language = \"en\"", "language = \"da\"");
  town_reload (lobby->town);
  g_autoptr (TnWebPage) page = lobby_get (lobby, "/event/7by/studietur/2027");

  lobby_assert_has (page, "<html lang=\"da\">");
  lobby_assert_has (page, "tirsdag den 18. maj 2027");
  lobby_assert_has (page, "<dt>Vært</dt><dd><bdi>Esbjerg</bdi></dd>");
  lobby_assert_has (page, "Esbjerg er den næste i rækken efter Aalborg");
}

static void
test_a_page_has_landmarks_and_one_heading (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) page = lobby_get (lobby, "/c/7by/hosts");
  const char *first = strstr (lobby_read (page), "<h1>");

  g_assert_nonnull (first);
  g_assert_null (strstr (first + 1, "<h1>"));
  lobby_assert_has (page, "<a class=\"skip\" href=\"#main\">");
  lobby_assert_has (page, "<main id=\"main\" tabindex=\"-1\">");
  lobby_assert_has (page, "<nav aria-label=\"Pages\">");
  lobby_assert_has (page, "<a href=\"/7by/c/7by/hosts\" aria-current=\"page\">");
  lobby_assert_has (page, "<footer>");
}

static void
test_the_programme_is_that_of_the_year (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) page = lobby_get (lobby, "/c/7by/programme?year=2028");
  g_autoptr (TnWebPage) wild = lobby_get (lobby, "/c/7by/programme?year=99999999999");

  lobby_assert_has (page, "Programme 2028");
  lobby_assert_has (page, "Studietur 2028: Randers");
  lobby_assert_lacks (page, "Studietur 2027");
  lobby_assert_has (page, "href=\"/7by/c/7by/programme?year=2029\"");
  lobby_assert_has (wild, "Programme 2026");
}

static void
test_the_hosts_stand_ten_years_ahead (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) page = lobby_get (lobby, "/c/7by/hosts");

  lobby_assert_has (page, "<th scope=\"row\">2036</th>");
  lobby_assert_lacks (page, "<th scope=\"row\">2037</th>");
  lobby_assert_has (page, "How the turns are shared");
  lobby_assert_has (page, "<bdi>Aalborg</bdi></th><td class=\"n\">2</td>"); /* 2018 and 2026 */
}

static void
test_the_deadlines_say_whose_duty (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) page = lobby_get (lobby, "/c/7by/deadlines");

  lobby_assert_has (page, "Udsend program: studietur 2027");
  lobby_assert_has (page, "<bdi>Esbjerg</bdi>");
}

static void
test_the_wheel_names_months_and_events (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) page = lobby_get (lobby, "/c/7by/wheel?year=2027");

  g_assert_cmpuint (page->status, ==, 200);
  lobby_assert_has (page, "Year wheel 2027");
  lobby_assert_has (page, "Studietur 2027: Esbjerg");
}

static void
test_an_event_is_explained (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  town_decide (lobby->town, TN_DECISION_DATE, "studietur", "2027", "2027-05-25", "esbjerg");
  g_autoptr (TnWebPage) page = lobby_get (lobby, "/event/7by/studietur/2027");

  lobby_assert_has (page, "<h1><bdi>Studietur 2027: Esbjerg</bdi></h1>");
  lobby_assert_has (page, "Tuesday 25 May 2027 (week 21)");
  lobby_assert_has (page, "<dt>Host</dt><dd><bdi>Esbjerg</bdi></dd>");
  lobby_assert_has (page, "Why it is so");
  lobby_assert_has (page, "7by.conf");
  lobby_assert_has (page, "The date was set");
  lobby_assert_has (page, "by command");
}

static void
test_an_event_shows_what_was_done (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  town_sync (lobby->town);
  g_autoptr (TnWebPage) page = lobby_get (lobby, "/event/7by/studietur/2027");

  lobby_assert_has (page, "What was done in the calendars");
  lobby_assert_has (page, "entered into the calendar");
  lobby_assert_has (page, "<td>faelles</td>");
}

static void
test_health_is_told_in_words (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) before = lobby_get (lobby, "/health");
  town_sync (lobby->town);
  g_autoptr (TnWebPage) after = lobby_get (lobby, "/health");

  lobby_assert_has (before, "It has not been read yet.");
  lobby_assert_has (after, "in step");
  lobby_assert_has (after, "Nothing is to be done.");
  lobby_assert_has (after, "22 November 2026");
  lobby_assert_has (after, "shared by all");
}

static void
test_health_tells_no_secrets (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnCalendarState) state = tn_calendar_state_new ("aarhus");
  g_autoptr (TnBatch) batch = tn_batch_new ();
  tn_text_set (&state->problem, "https://user:hemmelig@dav.example/kanariefugl said 500");
  tn_text_set (&state->hold_text, "https://user:hemmelig@dav.example/ is another one");
  state->health = TN_HEALTH_FAILING;
  tn_batch_put_calendar (batch, state);
  g_assert_true (tn_store_commit (lobby->town->store, batch, NULL));
  g_autoptr (TnWebPage) page = lobby_get (lobby, "/health");

  lobby_assert_lacks (page, "hemmelig");
  lobby_assert_lacks (page, "dav.example");
  lobby_assert_has (page, "state bad");
}

static void
test_subscribing_is_explained (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) page = lobby_get (lobby, "/c/7by/subscribe");

  lobby_assert_has (page, "<h2>Outlook</h2>");
  lobby_assert_has (page, "<h2>Apple</h2>");
  lobby_assert_has (page, "<h2>Google</h2>");
  lobby_assert_has (page, "<h2>Thunderbird</h2>");
  lobby_assert_has (page, "https://kalender.example.dk/7by/");
}

static void
test_the_foot_has_the_links_of_the_settings (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) without = lobby_get (lobby, "/");
  lobby->premises->accessibility = g_strdup ("https://was.digst.dk/odense");
  lobby->premises->contact = g_strdup ("mailto:raad@example.dk");
  g_autoptr (TnWebPage) with = lobby_get (lobby, "/");

  lobby_assert_lacks (without, "Accessibility statement");
  lobby_assert_has (with, "<a href=\"https://was.digst.dk/odense\">Accessibility statement</a>");
  lobby_assert_has (with, "<a href=\"mailto:raad@example.dk\">Contact</a>");
  lobby_assert_lacks (with, "Privacy");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/site/pages/the-first-page-says-what-comes-next",
                   test_the_first_page_says_what_comes_next);
  g_test_add_func ("/site/pages/a-page-speaks-the-language-of-its-collaboration",
                   test_a_page_speaks_the_language_of_its_collaboration);
  g_test_add_func ("/site/pages/a-page-has-landmarks-and-one-heading",
                   test_a_page_has_landmarks_and_one_heading);
  g_test_add_func ("/site/pages/the-programme-is-that-of-the-year",
                   test_the_programme_is_that_of_the_year);
  g_test_add_func ("/site/pages/the-hosts-stand-ten-years-ahead",
                   test_the_hosts_stand_ten_years_ahead);
  g_test_add_func ("/site/pages/the-deadlines-say-whose-duty", test_the_deadlines_say_whose_duty);
  g_test_add_func ("/site/pages/the-wheel-names-months-and-events",
                   test_the_wheel_names_months_and_events);
  g_test_add_func ("/site/pages/an-event-is-explained", test_an_event_is_explained);
  g_test_add_func ("/site/pages/an-event-shows-what-was-done", test_an_event_shows_what_was_done);
  g_test_add_func ("/site/pages/health-is-told-in-words", test_health_is_told_in_words);
  g_test_add_func ("/site/pages/health-tells-no-secrets", test_health_tells_no_secrets);
  g_test_add_func ("/site/pages/subscribing-is-explained", test_subscribing_is_explained);
  g_test_add_func ("/site/pages/the-foot-has-the-links-of-the-settings",
                   test_the_foot_has_the_links_of_the_settings);
  return g_test_run ();
}
