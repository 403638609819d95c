/* How a request is judged by its form. */
#include "request.h"

#include <string.h>

static FeedRules *
make_rules (void)
{
  return feed_rules_new ("https://Kalender.example.dk/turnus/", "127.0.0.1:8080",
                         "127.0.0.1 10.0.0.1", "X-User");
}

static FeedRequest *
judge (const char *text, const char *body, const char *caller)
{
  guint refusal = 0;
  g_autoptr (FeedRules) rules = make_rules ();
  g_autoptr (FeedHead) head = feed_head_parse (text, strlen (text), &refusal);
  g_assert_nonnull (head);
  return feed_request_judge (rules, head, body, caller);
}

static const char *
find_header (const FeedRequest *request, const char *name)
{
  for (guint i = 0; g_ptr_array_index (request->headers, i) != NULL; i += 2)
    if (g_str_equal (g_ptr_array_index (request->headers, i), name))
      return g_ptr_array_index (request->headers, i + 1);
  return NULL;
}

static void
test_folder (void)
{
  static const char *const paths[][2] = {
    { "/turnus/7by", "/7by" },      { "/turnus/", "/" },          { "/7by", "/7by" }, { "/", "/" },
    { "/turnusser", "/turnusser" }, { "/Turnus/a", "/Turnus/a" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *text
          = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: localhost:8080\r\n\r\n", paths[i][0]);
      g_autoptr (FeedRequest) request = judge (text, "", "127.0.0.1");
      g_assert_cmpuint (request->refusal, ==, 0);
      g_assert_cmpstr (request->path, ==, paths[i][1]);
    }
}

static void
test_hosts (void)
{
  static const struct
  {
    const char *host;
    guint refusal;
  } hosts[] = {
    { "kalender.example.dk", 0 },
    { "KALENDER.example.dk", 0 },
    { "127.0.0.1:8080", 0 },
    { "localhost:8080", 0 },
    { "localhost", 421 },
    { "kalender.example.dk:81", 421 },
    { "kalender.example.dk.", 421 },
    { "", 421 },
    { "127.0.0.1", 421 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      g_autofree char *text = g_strdup_printf ("GET / HTTP/1.1\r\nHost: %s\r\n\r\n", hosts[i].host);
      g_autoptr (FeedRequest) request = judge (text, "", "127.0.0.1");
      g_assert_cmpuint (request->refusal, ==, hosts[i].refusal);
    }
}

static void
test_peer (void)
{
  static const char *const cases[][3] = {
    { "192.0.2.7", "127.0.0.1", "192.0.2.7" },
    { "192.0.2.7, 10.0.0.1", "127.0.0.1", "192.0.2.7" },
    { "1.2.3.4, 192.0.2.7, 10.0.0.1", "127.0.0.1", "192.0.2.7" },
    { "127.0.0.1, 10.0.0.1", "127.0.0.1", "127.0.0.1" },
    { "2001:DB8::1", "127.0.0.1", "2001:db8::1" },
    { "garbage", "127.0.0.1", "127.0.0.1" },
    { "192.0.2.7", "::1", "::1" },
    { "192.0.2.7", "unix", "unix" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "GET / HTTP/1.1\r\nHost: localhost:8080\r\nX-Forwarded-For: %s\r\n\r\n", cases[i][0]);
      g_autoptr (FeedRequest) request = judge (text, "", cases[i][1]);
      g_assert_cmpstr (request->peer, ==, cases[i][2]);
    }
}

static void
test_identity (void)
{
  static const char TEXT[] = "GET / HTTP/1.1\r\nHost: localhost:8080\r\nX-User: anna\r\n\r\n";
  g_autoptr (FeedRequest) trusted = judge (TEXT, "", "127.0.0.1");
  g_autoptr (FeedRequest) stranger = judge (TEXT, "", "unix");

  g_assert_cmpstr (find_header (trusted, "x-user"), ==, "anna");
  g_assert_null (find_header (stranger, "x-user"));
  g_assert_true (trusted->is_personal);
  g_assert_true (stranger->is_personal);
}

#define POST(headers, length)                                                                      \
  "POST / HTTP/1.1\r\nHost: localhost:8080\r\n" headers "Content-Length: " length "\r\n\r\n"
#define OURS "Origin: https://kalender.example.dk\r\n"
#define FORM "Content-Type: application/x-www-form-urlencoded\r\n"

static void
test_forms (void)
{
  static const struct
  {
    const char *head;
    const char *body;
    guint refusal;
  } cases[] = {
    { POST (OURS FORM, "3"), "a=b", 0 },
    { POST ("Sec-Fetch-Site: same-origin\r\n" FORM, "3"), "a=b", 0 },
    { POST (OURS "Sec-Fetch-Site: same-origin\r\n" FORM, "3"), "a=b", 0 },
    { POST (OURS "Sec-Fetch-Site: cross-site\r\n" FORM, "3"), "a=b", 403 },
    { POST ("Origin: null\r\n" FORM, "3"), "a=b", 403 },
    { POST ("Origin: https://kalender.example.dk.ond.example\r\n" FORM, "3"), "a=b", 403 },
    { POST ("Origin: http://kalender.example.dk\r\n" FORM, "3"), "a=b", 403 },
    { POST ("Sec-Fetch-Site: none\r\n" FORM, "3"), "a=b", 403 },
    { POST (FORM, "3"), "a=b", 403 },
    { POST (OURS "Content-Type: text/plain\r\n", "3"), "a=b", 415 },
    { POST (OURS "Content-Type: application/x-www-form-urlencodedx\r\n", "3"), "a=b", 415 },
    { POST (OURS, "3"), "a=b", 415 },
    { POST (OURS FORM, "3"), "a=%", 400 },
    { POST (OURS FORM, "4"), "a=b", 400 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FeedRequest) request = judge (cases[i].head, cases[i].body, "127.0.0.1");
      if (request->refusal != cases[i].refusal)
        g_test_fail_printf ("%u instead of %u: %s", request->refusal, cases[i].refusal,
                            cases[i].head);
    }
}

static void
test_methods (void)
{
  g_autoptr (FeedRequest) head
      = judge ("HEAD / HTTP/1.1\r\nHost: localhost:8080\r\n\r\n", "", "127.0.0.1");
  g_autoptr (FeedRequest) put
      = judge ("PUT / HTTP/1.1\r\nHost: localhost:8080\r\n\r\n", "", "127.0.0.1");
  g_autoptr (FeedRequest) small
      = judge ("get / HTTP/1.1\r\nHost: localhost:8080\r\n\r\n", "", "127.0.0.1");
  g_autoptr (FeedRequest) body = judge (
      "GET / HTTP/1.1\r\nHost: localhost:8080\r\nContent-Length: 1\r\n\r\n", "x", "127.0.0.1");

  g_assert_cmpuint (head->refusal, ==, 0);
  g_assert_true (head->is_head);
  g_assert_cmpstr (head->method, ==, "GET");
  g_assert_cmpuint (put->refusal, ==, 405);
  g_assert_cmpuint (small->refusal, ==, 405);
  g_assert_cmpuint (body->refusal, ==, 400);
}

static void
test_personal (void)
{
  g_autoptr (FeedRequest) plain = judge (
      "GET / HTTP/1.1\r\nHost: localhost:8080\r\nIf-None-Match: \"a\"\r\n\r\n", "", "127.0.0.1");
  g_autoptr (FeedRequest) cookie
      = judge ("GET / HTTP/1.1\r\nHost: localhost:8080\r\nCookie: a=b\r\n\r\n", "", "127.0.0.1");

  g_assert_false (plain->is_personal);
  g_assert_cmpstr (plain->tag, ==, "\"a\"");
  g_assert_true (cookie->is_personal);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, run) g_test_add_func ("/provider/feed/request/" name, run)
  ADD ("folder-of-the-site-is-taken-off", test_folder);
  ADD ("host-must-be-ours", test_hosts);
  ADD ("reader-is-the-last-whom-no-proxy-vouches-for", test_peer);
  ADD ("identity-is-believed-of-a-trusted-proxy-alone", test_identity);
  ADD ("form-must-stand-on-our-page", test_forms);
  ADD ("methods-are-three", test_methods);
  ADD ("page-with-a-cookie-is-personal", test_personal);
  return g_test_run ();
}
