/* Addresses that nobody can guess are made, found and taken back, over a real socket. */
#include "control/addresses.h"

#include <string.h>

#include "control/parlour.h"

static JsonObject *
get_object (JsonNode *node)
{
  return json_node_get_object (node);
}

/* What stands behind the last slash of its address, without `.ics`. */
static char *
dup_token (JsonNode *made)
{
  JsonArray *urls = json_object_get_array_member (get_object (made), "urls");
  const char *url = json_array_get_string_element (urls, 0);
  const char *token = strstr (url, "/s/") + 3;
  return g_strndup (token, strcspn (token, "."));
}

static Parlour *
new_parlour (void)
{
  Parlour *parlour = parlour_new (TOWN_WRITE);
  town_set_settings (
      parlour->town, "charters = ",
      "publishers = ( { id = \"sted\"; provider = \"feed\"; "
      "listen = \"127.0.0.1:8080\"; url = \"https://example.dk/t/\"; } );\ncharters = ");
  town_reload (parlour->town);
  return parlour;
}

static void
test_is_found (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Parlour) parlour = new_parlour ();

  g_autoptr (JsonNode) made
      = parlour_ask (parlour, "NewAddress", g_variant_new ("(s)", "7by/odense+milestones"));
  g_autofree char *token = dup_token (made);
  g_autoptr (TnPeephole) found = tn_addresses_find (parlour->town->store, token, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (found->target, ==, "7by/odense+milestones");
  g_assert_cmpuint (strlen (token), ==, 43);
  g_assert_true (parlour_has (made, "\"urls\":[\"https://example.dk/t/s/"));
}

/* Promise 11. */
static void
test_is_not_kept (void)
{
  g_autoptr (Parlour) parlour = new_parlour ();
  g_autoptr (JsonNode) made = parlour_ask (parlour, "NewAddress", g_variant_new ("(s)", "7by"));
  g_autofree char *token = dup_token (made);

  g_autoptr (JsonNode) listed = parlour_ask (parlour, "Addresses", NULL);
  g_autoptr (GPtrArray) kept = tn_store_load_peepholes (parlour->town->store, NULL);
  const TnPeephole *address = g_ptr_array_index (kept, 0);

  g_assert_true (parlour_has (listed, "\"target\":\"7by\""));
  g_assert_false (parlour_has (listed, token));
  g_assert_null (strstr (address->token_hash, token));
}

static void
test_is_taken_back (void)
{
  g_autoptr (Parlour) parlour = new_parlour ();
  g_autoptr (JsonNode) one = parlour_ask (parlour, "NewAddress", g_variant_new ("(s)", "7by"));
  g_autoptr (JsonNode) other = parlour_ask (parlour, "NewAddress", g_variant_new ("(s)", "7by"));
  g_autofree char *gone = dup_token (one);
  g_autofree char *stays = dup_token (other);
  guint64 version = tn_book_get_version (parlour->town->book);

  g_autoptr (JsonNode) revoked
      = parlour_ask (parlour, "RevokeAddress",
                     g_variant_new ("(s)", json_object_get_string_member (get_object (one), "id")));
  g_autoptr (TnPeephole) lost = tn_addresses_find (parlour->town->store, gone, NULL);
  g_autoptr (TnPeephole) kept = tn_addresses_find (parlour->town->store, stays, NULL);

  g_assert_null (lost);
  g_assert_nonnull (kept);
  g_assert_cmpuint (tn_book_get_version (parlour->town->book), >, version);
}

static void
test_pages (void)
{
  g_autoptr (Parlour) parlour = new_parlour ();

  g_autoptr (JsonNode) made = parlour_ask (parlour, "NewAddress", g_variant_new ("(s)", "pages"));

  g_assert_true (parlour_has (made, "\"urls\":[\"https://example.dk/t/p/"));
}

static void
test_unknown (void)
{
  g_autoptr (Parlour) parlour = new_parlour ();

  g_autofree char *target
      = parlour_fail (parlour, "NewAddress", g_variant_new ("(s)", "7by/malmo"));
  g_autofree char *id = parlour_fail (parlour, "RevokeAddress", g_variant_new ("(s)", "0123"));
  g_autofree char *nothing = parlour_fail (parlour, "RevokeAddress", g_variant_new ("(s)", ""));

  g_assert_nonnull (strstr (target, "knows no council 'malmo'"));
  g_assert_nonnull (strstr (id, "there is no address '0123'"));
  g_assert_nonnull (strstr (nothing, "there is no address"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/control/addresses/new-one-is-found-by-what-was-said-once", test_is_found);
  g_test_add_func ("/control/addresses/kept-ones-tell-nobody-how-they-read", test_is_not_kept);
  g_test_add_func ("/control/addresses/one-is-taken-back-and-others-stay", test_is_taken_back);
  g_test_add_func ("/control/addresses/pages-have-one-too", test_pages);
  g_test_add_func ("/control/addresses/unknown-ones-are-errors", test_unknown);
  return g_test_run ();
}
