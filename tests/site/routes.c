/* Where a visit goes, and what it is told when there is nothing. */
#include "site/lobby.h"

#include <string.h>

#include "base/encode.h"

static void
test_an_unknown_path_is_404 (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) page = lobby_get (lobby, "/no/such");
  g_autoptr (TnWebPage) other = lobby_get (lobby, "/c/other/hosts");
  g_autoptr (TnWebPage) event = lobby_get (lobby, "/event/7by/studietur/3027");

  g_assert_cmpuint (page->status, ==, 404);
  g_assert_cmpuint (other->status, ==, 404);
  g_assert_cmpuint (event->status, ==, 404);
  lobby_assert_has (page, "There is no such page");
  lobby_assert_has (page, "To the overview");
}

static void
test_a_page_that_takes_no_form_is_405 (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) page = lobby_post (lobby, "/c/7by/hosts", NULL);
  g_assert_cmpuint (page->status, ==, 405);
  g_assert_cmpstr (lobby_header (page, "Allow"), ==, "GET, HEAD");
}

static void
test_too_many_forms_are_429 (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  for (guint i = 0; i < 30; i++)
    {
      g_autoptr (TnWebPage) wrong = lobby_post (lobby, "/link/0123", NULL);
      g_assert_cmpuint (wrong->status, ==, 403);
    }

  g_autoptr (TnWebPage) page = lobby_post (lobby, "/link/0123", NULL);

  g_assert_cmpuint (page->status, ==, 429);
  g_assert_cmpstr (lobby_header (page, "Retry-After"), ==, "20");
  lobby_assert_has (page, "Try again in 1 minute");
}

static void
test_another_address_is_not_slowed (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  for (guint i = 0; i < 31; i++)
    tn_web_page_free (lobby_post (lobby, "/link/0123", NULL));
  g_free (lobby->peer);
  lobby->peer = g_strdup ("192.0.2.8");

  g_autoptr (TnWebPage) page = lobby_post (lobby, "/link/0123", NULL);

  g_assert_cmpuint (page->status, ==, 403);
}

static void
give_away (Lobby *lobby, const char *token, const char *target)
{
  g_autofree char *hash = tn_encode_sha256 (token, -1);
  g_autoptr (TnPeephole) address = tn_peephole_new (hash, target, 0);
  g_autoptr (TnBatch) batch = tn_batch_new ();
  tn_batch_put_peephole (batch, address);
  g_assert_true (tn_store_commit (lobby->town->store, batch, NULL));
}

static Lobby *
open_secret (void)
{
  Lobby *lobby = lobby_new ();
  lobby->premises->is_secret = TRUE;
  give_away (lobby, "k3Yv", "pages");
  give_away (lobby, "s8Bq", "7by/odense");
  return lobby;
}

static void
test_a_subscription_is_a_calendar (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) page = lobby_get (lobby, "/ics/7by/esbjerg.ics");
  g_autoptr (TnWebPage) unknown = lobby_get (lobby, "/ics/7by/nowhere.ics");
  lobby->known = g_strdup_printf ("\"%s\"", page->etag);
  g_autoptr (TnWebPage) again = lobby_get (lobby, "/ics/7by/esbjerg.ics");
  g_autoptr (TnWebPage) subscribe = lobby_get (lobby, "/c/7by/subscribe");

  g_assert_cmpuint (page->status, ==, 200);
  g_assert_true (g_str_has_prefix (page->type, "text/calendar"));
  lobby_assert_has (page, "BEGIN:VCALENDAR");
  lobby_assert_has (page, "Studietur 2027");
  g_assert_cmpuint (again->status, ==, 304);
  g_assert_cmpuint (unknown->status, ==, 404);
  lobby_assert_has (subscribe, "https://kalender.example.dk/7by/ics/7by/esbjerg.ics");
}

static void
test_a_secret_subscription_is_for_its_token (void)
{
  g_autoptr (Lobby) lobby = open_secret ();
  g_autoptr (TnWebPage) page = lobby_get (lobby, "/s/s8Bq.ics");
  g_autoptr (TnWebPage) wrong = lobby_get (lobby, "/s/s8Br.ics");
  g_autoptr (TnWebPage) of_pages = lobby_get (lobby, "/s/k3Yv.ics");
  g_autoptr (TnWebPage) open = lobby_get (lobby, "/p/k3Yv/ics/7by.ics");
  g_autoptr (TnWebPage) pages = lobby_get (lobby, "/p/s8Bq/");

  lobby_assert_has (page, "BEGIN:VCALENDAR");
  g_assert_cmpuint (wrong->status, ==, 404);
  g_assert_cmpuint (of_pages->status, ==, 404);
  g_assert_cmpuint (open->status, ==, 404);
  g_assert_cmpuint (pages->status, ==, 404);
}

static void
test_without_the_secret_there_is_nothing (void)
{
  g_autoptr (Lobby) lobby = open_secret ();
  g_autoptr (TnWebPage) root = lobby_get (lobby, "/");
  g_autoptr (TnWebPage) hosts = lobby_get (lobby, "/c/7by/hosts");
  g_autoptr (TnWebPage) wrong = lobby_get (lobby, "/p/k3Yw/");
  g_autoptr (TnWebPage) longer = lobby_get (lobby, "/p/k3Yvx/");
  g_autoptr (TnWebPage) sign_in = lobby_get (lobby, "/sign-in");

  g_assert_cmpuint (root->status, ==, 404);
  g_assert_cmpuint (hosts->status, ==, 404);
  g_assert_cmpuint (wrong->status, ==, 404);
  g_assert_cmpuint (longer->status, ==, 404);
  g_assert_cmpuint (sign_in->status, ==, 404);
  g_assert_cmpstr (lobby_read (root), ==, "Not found\n");
}

static void
test_below_the_secret_all_pages_are (void)
{
  g_autoptr (Lobby) lobby = open_secret ();
  g_autoptr (TnWebPage) first = lobby_get (lobby, "/p/k3Yv/");
  g_autoptr (TnWebPage) hosts = lobby_get (lobby, "/p/k3Yv/c/7by/hosts");

  g_assert_cmpuint (first->status, ==, 200);
  lobby_assert_has (first, "href=\"/7by/p/k3Yv/c/7by/hosts\"");
  g_assert_cmpuint (hosts->status, ==, 200);
}

static void
test_a_mailed_link_needs_no_other_secret (void)
{
  g_autoptr (Lobby) lobby = open_secret ();
  tn_web_page_free (lobby_post (lobby, "/p/k3Yv/sign-in", "council", "esbjerg", NULL));
  g_autoptr (TnWebPage) page = lobby_get (lobby, strstr (lobby->mailed_url, "/link/"));
  g_autoptr (TnWebPage) entered = lobby_hand_in (lobby, page, "Continue");
  const char *cookie = lobby_header (entered, "Set-Cookie");
  lobby->cookie = g_strndup (cookie, (gsize) (strchr (cookie, ';') - cookie));
  g_autoptr (TnWebPage) desk = lobby_follow (lobby, entered);

  lobby_assert_has (desk, "You speak for Esbjerg.");
}

static void
test_decisions_are_off_unless_allowed (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  lobby->premises->decides = FALSE;
  g_autoptr (TnWebPage) sign_in = lobby_get (lobby, "/sign-in");
  g_autoptr (TnWebPage) decide = lobby_get (lobby, "/decide");
  g_autoptr (TnWebPage) first = lobby_get (lobby, "/");

  g_assert_cmpuint (sign_in->status, ==, 404);
  g_assert_cmpuint (decide->status, ==, 404);
  lobby_assert_lacks (first, "Decide");
}

static void
test_an_unchanged_page_is_304 (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) page = lobby_get (lobby, "/c/7by/programme?year=2027");
  lobby->known = g_strdup_printf ("\"%s\"", page->etag);

  g_autoptr (TnWebPage) again = lobby_get (lobby, "/c/7by/programme?year=2027");
  g_autoptr (TnWebPage) other = lobby_get (lobby, "/c/7by/programme?year=2028");

  g_assert_cmpuint (again->status, ==, 304);
  g_assert_null (again->body);
  g_assert_cmpstr (again->etag, ==, page->etag);
  g_assert_cmpuint (other->status, ==, 200);
}

static void
test_a_decision_changes_the_etag (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) page = lobby_get (lobby, "/c/7by/programme?year=2027");
  town_decide (lobby->town, TN_DECISION_DATE, "studietur", "2027", "2027-05-25", "esbjerg");
  lobby->known = g_strdup_printf ("\"%s\"", page->etag);

  g_autoptr (TnWebPage) again = lobby_get (lobby, "/c/7by/programme?year=2027");

  g_assert_cmpuint (again->status, ==, 200);
  lobby_assert_has (again, "25 May 2027");
}

static void
test_another_day_changes_the_version (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  guint64 version = tn_website_get_version (lobby->site);
  g_assert_cmpuint (tn_website_get_version (lobby->site), ==, version);
  tn_fake_clock_set_day (lobby->town->clock, tn_date_new (2026, 11, 23));
  g_assert_cmpuint (tn_website_get_version (lobby->site), !=, version);
}

static void
test_what_changes_by_itself_is_not_kept (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) health = lobby_get (lobby, "/health");
  g_autoptr (TnWebPage) event = lobby_get (lobby, "/event/7by/studietur/2027");

  g_assert_cmpstr (lobby_header (health, "Cache-Control"), ==, "no-store");
  g_assert_cmpstr (lobby_header (event, "Cache-Control"), ==, "no-store");
}

static void
test_nothing_is_for_search_engines (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) robots = lobby_get (lobby, "/robots.txt");
  g_autoptr (TnWebPage) page = lobby_get (lobby, "/");

  lobby_assert_has (robots, "Disallow: /");
  lobby_assert_has (page, "content=\"noindex, nofollow\"");
  g_assert_cmpstr (lobby_header (page, "X-Robots-Tag"), ==, "noindex, nofollow");
  g_assert_cmpstr (lobby_header (page, "Referrer-Policy"), ==, "same-origin");
}

static void
test_the_style_is_a_file_of_its_own (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) style = lobby_get (lobby, "/style.css");
  g_autoptr (TnWebPage) page = lobby_get (lobby, "/");

  g_assert_cmpstr (style->type, ==, "text/css; charset=utf-8");
  lobby_assert_has (page, "href=\"/7by/style.css\"");
  lobby_assert_lacks (page, "<style");
  lobby_assert_lacks (page, " style=");
  lobby_assert_lacks (page, "<script");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/site/routes/an-unknown-path-is-404", test_an_unknown_path_is_404);
  g_test_add_func ("/site/routes/a-page-that-takes-no-form-is-405",
                   test_a_page_that_takes_no_form_is_405);
  g_test_add_func ("/site/routes/too-many-forms-are-429", test_too_many_forms_are_429);
  g_test_add_func ("/site/routes/another-address-is-not-slowed",
                   test_another_address_is_not_slowed);
  g_test_add_func ("/site/routes/without-the-secret-there-is-nothing",
                   test_without_the_secret_there_is_nothing);
  g_test_add_func ("/site/routes/below-the-secret-all-pages-are",
                   test_below_the_secret_all_pages_are);
  g_test_add_func ("/site/routes/a-mailed-link-needs-no-other-secret",
                   test_a_mailed_link_needs_no_other_secret);
  g_test_add_func ("/site/routes/a-subscription-is-a-calendar", test_a_subscription_is_a_calendar);
  g_test_add_func ("/site/routes/a-secret-subscription-is-for-its-token",
                   test_a_secret_subscription_is_for_its_token);
  g_test_add_func ("/site/routes/decisions-are-off-unless-allowed",
                   test_decisions_are_off_unless_allowed);
  g_test_add_func ("/site/routes/an-unchanged-page-is-304", test_an_unchanged_page_is_304);
  g_test_add_func ("/site/routes/a-decision-changes-the-etag", test_a_decision_changes_the_etag);
  g_test_add_func ("/site/routes/another-day-changes-the-version",
                   test_another_day_changes_the_version);
  g_test_add_func ("/site/routes/what-changes-by-itself-is-not-kept",
                   test_what_changes_by_itself_is_not_kept);
  g_test_add_func ("/site/routes/nothing-is-for-search-engines",
                   test_nothing_is_for_search_engines);
  g_test_add_func ("/site/routes/the-style-is-a-file-of-its-own",
                   test_the_style_is_a_file_of_its_own);
  return g_test_run ();
}
