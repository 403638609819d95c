/* The addresses of a site. */
#include "model/publisher.h"

static TnPublisher *
new_at (const char *url)
{
  TnPublisher *publisher = tn_publisher_new ("sted", "feed");
  publisher->url = g_strdup (url);
  return publisher;
}

static void
test_folder (void)
{
  g_autoptr (TnPublisher) deep = new_at ("https://kalender.example.dk/turnus/7by/");
  g_autoptr (TnPublisher) top = new_at ("https://kalender.example.dk/");
  g_autofree char *deep_folder = tn_publisher_dup_folder (deep);
  g_autofree char *top_folder = tn_publisher_dup_folder (top);

  g_assert_cmpstr (deep_folder, ==, "/turnus/7by/");
  g_assert_cmpstr (top_folder, ==, "/");
}

static void
test_address (void)
{
  g_autoptr (TnPublisher) publisher = new_at ("https://kalender.example.dk/turnus/");
  g_autofree char *page = tn_publisher_dup_address (publisher, "/7by/studietur/2027");
  g_autofree char *front = tn_publisher_dup_address (publisher, "/");

  g_assert_cmpstr (page, ==, "https://kalender.example.dk/turnus/7by/studietur/2027");
  g_assert_cmpstr (front, ==, "https://kalender.example.dk/turnus/");
}

static void
test_defaults (void)
{
  g_autoptr (TnPublisher) publisher = tn_publisher_new ("sted", "feed");

  g_assert_false (publisher->has_decisions);
  g_assert_false (publisher->shows_metrics);
  g_assert_null (publisher->trusted_proxies[0]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/publisher/folder-is-the-path-of-its-address", test_folder);
  g_test_add_func ("/model/publisher/page-has-one-slash-after-the-folder", test_address);
  g_test_add_func ("/model/publisher/takes-no-decision-and-trusts-nobody-unless-told",
                   test_defaults);
  return g_test_run ();
}
