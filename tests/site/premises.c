/* Where a site stands: from its address, and from what the settings say of a publisher. */
#include "site/premises.h"

static TnPublisher *
make_publisher (const char *url)
{
  TnPublisher *publisher = tn_publisher_new ("sted", "feed");
  publisher->url = g_strdup (url);
  return publisher;
}

static void
test_the_folder_is_the_path_of_the_address (void)
{
  g_autoptr (TnPremises) root = tn_premises_new ("https://a.example");
  g_autoptr (TnPremises) below = tn_premises_new ("https://a.example/7by");
  g_autofree char *address = tn_premises_dup_address (below, "event/7by/erfa/2027");

  g_assert_cmpstr (root->folder, ==, "/");
  g_assert_cmpstr (below->folder, ==, "/7by/");
  g_assert_cmpstr (address, ==, "https://a.example/7by/event/7by/erfa/2027");
}

static void
test_only_tls_is_safe (void)
{
  g_autoptr (TnPremises) tls = tn_premises_new ("HTTPS://a.example/");
  g_autoptr (TnPremises) plain = tn_premises_new ("http://127.0.0.1:8080/");

  g_assert_true (tn_premises_is_safe (tls));
  g_assert_false (tn_premises_is_safe (plain));
}

static void
test_nobody_decides_unless_the_settings_say_so (void)
{
  g_autoptr (TnPublisher) publisher = make_publisher ("https://a.example/");
  g_autoptr (TnPremises) premises = tn_premises_new_for (publisher);

  g_assert_false (premises->decides);
  g_assert_false (premises->is_secret);
  g_assert_null (premises->user_header);
  g_assert_cmpuint (g_hash_table_size (premises->councils), ==, 0);
}

static void
test_all_of_the_settings_is_taken_over (void)
{
  g_autoptr (TnPublisher) publisher = make_publisher ("https://a.example/");
  publisher->has_decisions = TRUE;
  publisher->is_secret = TRUE;
  publisher->contact = g_strdup ("mailto:raad@example.dk");
  publisher->user_header = g_strdup ("x-user");
  g_hash_table_insert (publisher->users, g_strdup ("anna"), g_strdup ("esbjerg aarhus"));
  g_autoptr (TnPremises) premises = tn_premises_new_for (publisher);

  g_assert_true (premises->decides);
  g_assert_true (premises->is_secret);
  g_assert_cmpstr (premises->contact, ==, "mailto:raad@example.dk");
  g_assert_cmpstr (premises->user_header, ==, "x-user");
  g_assert_cmpstr (g_hash_table_lookup (premises->councils, "anna"), ==, "esbjerg aarhus");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/site/premises/the-folder-is-the-path-of-the-address",
                   test_the_folder_is_the_path_of_the_address);
  g_test_add_func ("/site/premises/only-tls-is-safe", test_only_tls_is_safe);
  g_test_add_func ("/site/premises/nobody-decides-unless-the-settings-say-so",
                   test_nobody_decides_unless_the_settings_say_so);
  g_test_add_func ("/site/premises/all-of-the-settings-is-taken-over",
                   test_all_of_the_settings_is_taken_over);
  return g_test_run ();
}
