/* Nothing is lost between a publisher and the site. */
#include "site/crossing.h"

static void
test_visit (void)
{
  static const char *const query[] = { "a", "1", "b", "2", "a", "3", NULL };
  static const char *const form[] = { "note", "ja", NULL };
  static const char *const headers[] = { "cookie", "s=1", NULL };
  TurnusVisit theirs = { sizeof theirs, "POST", "/a", query, form, headers, "192.0.2.1" };

  g_autoptr (TnVisit) visit = tn_visit_new_from_plugin (&theirs);

  g_assert_cmpstr (visit->method, ==, "POST");
  g_assert_cmpstr (visit->path, ==, "/a");
  g_assert_cmpstr (g_hash_table_lookup (visit->query, "a"), ==, "1");
  g_assert_cmpuint (g_hash_table_size (visit->query), ==, 2);
  g_assert_cmpstr (g_hash_table_lookup (visit->form, "note"), ==, "ja");
  g_assert_cmpstr (g_hash_table_lookup (visit->headers, "cookie"), ==, "s=1");
  g_assert_cmpstr (visit->peer, ==, "192.0.2.1");
}

static void
test_bare_visit (void)
{
  TurnusVisit theirs = { .size = sizeof theirs, .method = "GET", .path = "/" };

  g_autoptr (TnVisit) visit = tn_visit_new_from_plugin (&theirs);

  g_assert_cmpuint (g_hash_table_size (visit->form), ==, 0);
  g_assert_cmpstr (visit->peer, ==, "");
}

static void
test_page (void)
{
  g_autoptr (TnWebPage) page = tn_web_page_new (200, "text/html", g_bytes_new_static ("x", 1));
  page->etag = g_strdup ("e1");
  tn_web_page_add_header (page, "Cache-Control", "no-cache");

  g_autoptr (TurnusWebPage) theirs = tn_web_page_to_plugin (page);

  g_assert_cmpuint (theirs->status, ==, 200);
  g_assert_cmpstr (theirs->type, ==, "text/html");
  g_assert_cmpstr (theirs->etag, ==, "e1");
  g_assert_true (g_bytes_equal (theirs->body, page->body));
  g_assert_cmpstr (theirs->headers[0], ==, "Cache-Control");
  g_assert_cmpstr (theirs->headers[1], ==, "no-cache");
  g_assert_null (theirs->headers[2]);
}

static void
test_bare_page (void)
{
  g_autoptr (TnWebPage) page = tn_web_page_new (204, NULL, NULL);

  g_autoptr (TurnusWebPage) theirs = tn_web_page_to_plugin (page);

  g_assert_null (theirs->body);
  g_assert_null (theirs->etag);
  g_assert_null (theirs->headers[0]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/site/crossing/visit-comes-over-whole", test_visit);
  g_test_add_func ("/site/crossing/visit-without-lists-comes-over", test_bare_visit);
  g_test_add_func ("/site/crossing/page-comes-over-whole", test_page);
  g_test_add_func ("/site/crossing/page-without-anything-comes-over", test_bare_page);
  return g_test_run ();
}
