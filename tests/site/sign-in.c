/* How somebody comes to speak for a council, and how nobody else does. */
#include "site/lobby.h"

#include <string.h>

#include "base/encode.h"

static const char SAME_WORDS[] = "If the council has a mailbox here";

static void
test_the_link_goes_to_the_council (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) page = lobby_post (lobby, "/sign-in", "council", "esbjerg", NULL);

  lobby_assert_has (page, SAME_WORDS);
  g_assert_cmpuint (lobby->n_mails, ==, 1);
  g_assert_cmpstr (lobby->mailed_to, ==, "esbjerg");
  g_assert_true (g_str_has_prefix (lobby->mailed_url, "https://kalender.example.dk/7by/link/"));
  lobby_assert_lacks (page, strstr (lobby->mailed_url, "/link/") + strlen ("/link/"));
}

static void
test_the_same_words_whatever_happens (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) right = lobby_post (lobby, "/sign-in", "council", "esbjerg", NULL);
  g_autoptr (TnWebPage) unknown = lobby_post (lobby, "/sign-in", "council", "nowhere", NULL);
  g_autoptr (TnWebPage) empty = lobby_post (lobby, "/sign-in", NULL);
  lobby->mail_fails = TRUE;
  g_autoptr (TnWebPage) failed = lobby_post (lobby, "/sign-in", "council", "aarhus", NULL);

  g_assert_cmpuint (right->status, ==, 200);
  g_assert_true (g_bytes_equal (right->body, unknown->body));
  g_assert_true (g_bytes_equal (right->body, empty->body));
  g_assert_true (g_bytes_equal (right->body, failed->body));
}

static void
test_a_council_gets_only_so_many_letters (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (TnWebPage) page = lobby_post (lobby, "/sign-in", "council", "esbjerg", NULL);
      lobby_assert_has (page, SAME_WORDS);
    }
  g_assert_cmpuint (lobby->n_mails, ==, 3);
}

static void
test_an_address_asks_only_so_often (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  for (guint i = 0; i < 5; i++)
    tn_web_page_free (lobby_post (lobby, "/sign-in", "council", "nowhere", NULL));

  g_autoptr (TnWebPage) page = lobby_post (lobby, "/sign-in", "council", "esbjerg", NULL);

  g_assert_cmpuint (page->status, ==, 429);
  g_assert_cmpuint (lobby->n_mails, ==, 0);
}

static void
test_opening_a_link_uses_nothing_up (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autofree char *link = lobby_mail_link (lobby, "esbjerg");
  g_autoptr (TnWebPage) scanner = lobby_get (lobby, link);
  g_autoptr (TnWebPage) person = lobby_get (lobby, link);
  g_autoptr (TnWebPage) entered = lobby_hand_in (lobby, person, "Continue");

  lobby_assert_has (scanner, "With this link you decide for Esbjerg");
  g_assert_null (lobby_header (scanner, "Set-Cookie"));
  g_assert_cmpuint (entered->status, ==, 303);
  g_assert_cmpstr (lobby_header (entered, "Location"), ==, "/7by/decide");
}

static void
test_the_cookie_is_kept_close (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autofree char *link = lobby_mail_link (lobby, "esbjerg");
  g_autoptr (TnWebPage) page = lobby_post (lobby, link, NULL);
  const char *cookie = lobby_header (page, "Set-Cookie");

  g_assert_nonnull (
      strstr (cookie, "; Path=/7by/; Max-Age=3600; HttpOnly; SameSite=Strict; Secure"));
}

static void
test_a_plain_site_needs_no_tls_for_its_cookie (void)
{
  g_autoptr (Lobby) lobby = lobby_new_at ("http://127.0.0.1:8080");
  g_autofree char *link = lobby_mail_link (lobby, "esbjerg");
  g_autoptr (TnWebPage) page = lobby_post (lobby, link, NULL);

  g_assert_true (g_str_has_suffix (lobby_header (page, "Set-Cookie"), "SameSite=Strict"));
}

static void
test_a_reused_link_does_nothing (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autofree char *link = lobby_mail_link (lobby, "esbjerg");
  tn_web_page_free (lobby_post (lobby, link, NULL));

  g_autoptr (TnWebPage) again = lobby_post (lobby, link, NULL);
  g_autoptr (TnWebPage) opened = lobby_get (lobby, link);

  g_assert_cmpuint (again->status, ==, 403);
  g_assert_null (lobby_header (again, "Set-Cookie"));
  lobby_assert_has (again, "This link was used already.");
  lobby_assert_has (opened, "This link was used already.");
  lobby_assert_has (again, "href=\"/7by/sign-in\"");
}

static void
test_a_late_link_does_nothing (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autofree char *link = lobby_mail_link (lobby, "esbjerg");
  tn_fake_clock_advance_us (lobby->town->clock, 30 * 60 * G_TIME_SPAN_SECOND);

  g_autoptr (TnWebPage) page = lobby_post (lobby, link, NULL);

  g_assert_cmpuint (page->status, ==, 403);
  g_assert_null (lobby_header (page, "Set-Cookie"));
  lobby_assert_has (page, "This link came too late.");
}

static void
test_a_guessed_link_does_nothing (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  lobby_sign_in (lobby, "esbjerg");
  g_autofree char *session = g_strconcat ("/link/", strchr (lobby->cookie, '=') + 1, NULL);
  g_autoptr (TnWebPage) guessed
      = lobby_post (lobby, "/link/000000000000000000000000000000000000000000000000", NULL);
  g_autoptr (TnWebPage) of_session = lobby_post (lobby, session, NULL);

  g_assert_cmpuint (guessed->status, ==, 403);
  lobby_assert_has (guessed, "This link is not known here.");
  g_assert_cmpuint (of_session->status, ==, 403);
  g_assert_null (lobby_header (of_session, "Set-Cookie"));
}

static void
test_the_store_has_no_token (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autofree char *link = lobby_mail_link (lobby, "esbjerg");
  g_autoptr (GPtrArray) slips = tn_store_load_slips (lobby->town->store, NULL);
  const TnSlip *slip = g_ptr_array_index (slips, 0);
  g_autofree char *hash = tn_encode_sha256 (link + strlen ("/link/"), -1);

  g_assert_cmpuint (strlen (link + strlen ("/link/")), ==, 48); /* 192 bits */
  g_assert_cmpuint (slips->len, ==, 1);
  g_assert_cmpstr (slip->token_hash, ==, hash);
  g_assert_cmpstr (slip->council, ==, "esbjerg");
}

static void
test_a_hash_of_the_store_opens_nothing (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autofree char *link = lobby_mail_link (lobby, "esbjerg");
  g_autofree char *hash = tn_encode_sha256 (link + strlen ("/link/"), -1);
  g_autofree char *stolen = g_strconcat ("/link/", hash, NULL);

  g_autoptr (TnWebPage) page = lobby_post (lobby, stolen, NULL);

  g_assert_cmpuint (page->status, ==, 403);
}

static void
test_a_session_speaks_for_its_council (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  lobby_sign_in (lobby, "esbjerg");
  g_autoptr (TnWebPage) page = lobby_get (lobby, "/decide");

  g_assert_cmpuint (page->status, ==, 200);
  lobby_assert_has (page, "You speak for Esbjerg.");
  g_assert_cmpstr (lobby_header (page, "Cache-Control"), ==, "no-store");
}

static void
test_a_stranger_is_led_to_the_sign_in (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnWebPage) page = lobby_get (lobby, "/proposal/0123");
  g_autoptr (TnWebPage) sign_in = lobby_follow (lobby, page);

  g_assert_cmpstr (lobby_header (page, "Location"), ==, "/7by/sign-in?to=proposal/0123");
  lobby_assert_has (sign_in, "name=\"to\" value=\"proposal/0123\"");
}

static void
test_a_link_leads_where_it_was_asked_for (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  tn_web_page_free (
      lobby_post (lobby, "/sign-in", "council", "esbjerg", "to", "proposal/0123", NULL));
  g_autoptr (TnWebPage) page = lobby_post (lobby, strstr (lobby->mailed_url, "/link/"), NULL);

  g_assert_cmpstr (lobby_header (page, "Location"), ==, "/7by/proposal/0123");
}

static void
test_a_link_leads_to_no_other_site (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  tn_web_page_free (
      lobby_post (lobby, "/sign-in", "council", "esbjerg", "to", "https://evil.example/", NULL));
  g_autoptr (TnWebPage) page = lobby_post (lobby, strstr (lobby->mailed_url, "/link/"), NULL);

  g_assert_cmpstr (lobby_header (page, "Location"), ==, "/7by/decide");
}

static void
test_a_session_ends_by_itself (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  lobby_sign_in (lobby, "esbjerg");
  tn_fake_clock_advance_us (lobby->town->clock, 3600 * G_TIME_SPAN_SECOND);

  g_autoptr (TnWebPage) page = lobby_get (lobby, "/decide");

  g_assert_cmpuint (page->status, ==, 303);
}

static void
test_a_session_ends_when_it_is_signed_out (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  lobby_sign_in (lobby, "esbjerg");
  g_autoptr (TnWebPage) before = lobby_get (lobby, "/decide");
  g_autoptr (TnWebPage) out = lobby_hand_in (lobby, before, "Sign out<");
  g_autoptr (TnWebPage) after = lobby_get (lobby, "/decide"); /* with the old cookie */

  g_assert_true (g_str_has_prefix (lobby_header (out, "Set-Cookie"), "turnus=;"));
  g_assert_cmpuint (after->status, ==, 303);
}

static void
test_signing_out_everywhere_ends_all_of_the_council (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autofree char *link = lobby_mail_link (lobby, "esbjerg");
  lobby_sign_in (lobby, "esbjerg");
  g_autofree char *thief = g_strdup (lobby->cookie);
  lobby_sign_in (lobby, "esbjerg");
  g_autoptr (TnWebPage) page = lobby_get (lobby, "/decide");
  tn_web_page_free (lobby_hand_in (lobby, page, "Sign out everywhere"));
  g_free (lobby->cookie);
  lobby->cookie = g_steal_pointer (&thief);

  g_autoptr (TnWebPage) stolen = lobby_get (lobby, "/decide");
  g_autoptr (TnWebPage) unused = lobby_post (lobby, link, NULL);

  g_assert_cmpuint (stolen->status, ==, 303);
  g_assert_cmpuint (unused->status, ==, 403);
}

static void
test_a_session_survives_a_restart (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  lobby_sign_in (lobby, "esbjerg");
  lobby_open (lobby);

  g_autoptr (TnWebPage) page = lobby_get (lobby, "/decide");

  lobby_assert_has (page, "You speak for Esbjerg.");
}

static void
test_an_invitation_leads_to_its_proposal (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_autoptr (TnBatch) batch = tn_batch_new ();
  g_autofree char *url = tn_website_invite (lobby->site, batch, "aarhus", "0123");
  g_assert_true (tn_store_commit (lobby->town->store, batch, NULL));
  tn_fake_clock_advance_us (lobby->town->clock, 24 * 3600 * G_TIME_SPAN_SECOND);
  g_autoptr (TnWebPage) page = lobby_post (lobby, strstr (url, "/link/"), NULL);
  g_autoptr (TnWebPage) again = lobby_post (lobby, strstr (url, "/link/"), NULL);

  g_assert_cmpstr (lobby_header (page, "Location"), ==, "/7by/proposal/0123");
  g_assert_cmpuint (again->status, ==, 403);
}

static void
test_the_proxy_says_who_it_is (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  lobby->premises->user_header = g_strdup ("x-user");
  g_hash_table_insert (lobby->premises->councils, g_strdup ("anna@esbjerg.dk"),
                       g_strdup ("esbjerg aarhus"));
  lobby->user = g_strdup ("anna@esbjerg.dk");
  g_autoptr (TnWebPage) first = lobby_get (lobby, "/decide");
  g_autoptr (TnWebPage) other = lobby_get (lobby, "/decide?for=aarhus");
  g_autoptr (TnWebPage) foreign = lobby_get (lobby, "/decide?for=randers");

  lobby_assert_has (first, "You speak for Esbjerg.");
  lobby_assert_has (other, "You speak for Aarhus.");
  lobby_assert_has (foreign, "You speak for Esbjerg.");
  lobby_assert_lacks (first, "anna");
}

static void
test_a_header_that_nobody_asked_for_is_nothing (void)
{
  g_autoptr (Lobby) lobby = lobby_new ();
  g_hash_table_insert (lobby->premises->councils, g_strdup ("anna"), g_strdup ("esbjerg"));
  lobby->user = g_strdup ("anna");
  g_autoptr (TnWebPage) unset = lobby_get (lobby, "/decide");
  lobby->premises->user_header = g_strdup ("x-user");
  g_free (lobby->user);
  lobby->user = g_strdup ("bent");
  g_autoptr (TnWebPage) unknown = lobby_get (lobby, "/decide");

  g_assert_cmpuint (unset->status, ==, 303);
  g_assert_cmpuint (unknown->status, ==, 303);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/site/sign-in/" name, function)
  ADD ("the-link-goes-to-the-council", test_the_link_goes_to_the_council);
  ADD ("the-same-words-whatever-happens", test_the_same_words_whatever_happens);
  ADD ("a-council-gets-only-so-many-letters", test_a_council_gets_only_so_many_letters);
  ADD ("an-address-asks-only-so-often", test_an_address_asks_only_so_often);
  ADD ("opening-a-link-uses-nothing-up", test_opening_a_link_uses_nothing_up);
  ADD ("the-cookie-is-kept-close", test_the_cookie_is_kept_close);
  ADD ("a-plain-site-needs-no-tls-for-its-cookie", test_a_plain_site_needs_no_tls_for_its_cookie);
  ADD ("a-reused-link-does-nothing", test_a_reused_link_does_nothing);
  ADD ("a-late-link-does-nothing", test_a_late_link_does_nothing);
  ADD ("a-guessed-link-does-nothing", test_a_guessed_link_does_nothing);
  ADD ("the-store-has-no-token", test_the_store_has_no_token);
  ADD ("a-hash-of-the-store-opens-nothing", test_a_hash_of_the_store_opens_nothing);
  ADD ("a-session-speaks-for-its-council", test_a_session_speaks_for_its_council);
  ADD ("a-stranger-is-led-to-the-sign-in", test_a_stranger_is_led_to_the_sign_in);
  ADD ("a-link-leads-where-it-was-asked-for", test_a_link_leads_where_it_was_asked_for);
  ADD ("a-link-leads-to-no-other-site", test_a_link_leads_to_no_other_site);
  ADD ("a-session-ends-by-itself", test_a_session_ends_by_itself);
  ADD ("a-session-ends-when-it-is-signed-out", test_a_session_ends_when_it_is_signed_out);
  ADD ("signing-out-everywhere-ends-all-of-the-council",
       test_signing_out_everywhere_ends_all_of_the_council);
  ADD ("a-session-survives-a-restart", test_a_session_survives_a_restart);
  ADD ("an-invitation-leads-to-its-proposal", test_an_invitation_leads_to_its_proposal);
  ADD ("the-proxy-says-who-it-is", test_the_proxy_says_who_it_is);
  ADD ("a-header-that-nobody-asked-for-is-nothing", test_a_header_that_nobody_asked_for_is_nothing);
#undef ADD
  return g_test_run ();
}
