/* A plugin that fits and lies is caught at the border (hazard 98). */
#include <string.h>

#include "base/error.h"
#include "fakes/await.h"
#include "fakes/fake-clock.h"
#include "provider/loader.h"

static TnProvider *
open_evil (const char *lie, GError **error)
{
  g_autoptr (TnFakeClock) clock = tn_fake_clock_new (20000);
  g_autoptr (TnLoader) loader = tn_loader_new (g_getenv ("TURNUS_BAD_PLUGINS"), TN_CLOCK (clock));
  g_autoptr (GHashTable) options = g_hash_table_new (g_str_hash, g_str_equal);
  if (lie != NULL)
    g_hash_table_insert (options, (gpointer) "lie", (gpointer) lie);
  return tn_loader_open (loader, "evil", "egen", options, "/", NULL, NULL, error);
}

typedef struct
{
  const char *lie;
  TnError code;
  const char *says;
} Lie;

static const Lie listing_lies[] = {
  { "nothing", TN_ERROR_PROTOCOL, "did not say why" },
  { "unknown-code", TN_ERROR_PROTOCOL, "4711" },
  { "foreign-domain", TN_ERROR_FAILED, "caf" },
  { "value-and-error", TN_ERROR_TEMPORARY, "both" },
  { "null-arrays", TN_ERROR_PROTOCOL, "a part missing" },
  { "null-ref", TN_ERROR_PROTOCOL, "gave nothing" },
  { "null-id", TN_ERROR_PROTOCOL, "item id" },
  { "null-revision", TN_ERROR_PROTOCOL, "revision" },
  { "bad-utf8", TN_ERROR_PROTOCOL, "a\\377\\n" },
  { "removed-in-full", TN_ERROR_PROTOCOL, "full listing" },
  { "twice", TN_ERROR_PROTOCOL, "the item a twice" },
  { "twice-apart", TN_ERROR_PROTOCOL, "the item a twice" },
  { "long-id", TN_ERROR_PROTOCOL, "4096" },
  { "empty-token", TN_ERROR_PROTOCOL, "token" },
  { "bad-binding", TN_ERROR_PROTOCOL, "binding" },
};

static void
test_listing_lies (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (listing_lies); i++)
    {
      const Lie *lie = &listing_lies[i];
      g_autoptr (GError) error = NULL;
      g_autoptr (TnProvider) provider = open_evil (lie->lie, NULL);
      g_test_message ("%s", lie->lie);

      g_autoptr (TurnusListing) listing = tn_await_list (provider, NULL, &error);

      g_assert_null (listing);
      g_assert_error (error, TN_ERROR, (int) lie->code);
      g_assert_nonnull (strstr (error->message, lie->says));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
}

static void
test_load_lies (void)
{
  static const char *const lies[] = { "no-answer", "other-id", "null-item", "item-twice" };
  const char *ids[] = { "a", NULL };
  for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TnProvider) provider = open_evil (lies[i], NULL);

      g_autoptr (GPtrArray) loaded = tn_await_load (provider, ids, &error);

      g_assert_null (loaded);
      g_assert_error (error, TN_ERROR, TN_ERROR_PROTOCOL);
    }
}

static void
test_item_lies (void)
{
  static const char *const lies[] = { "no-bytes", "no-revision" };
  for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autoptr (TnProvider) provider = open_evil (lies[i], NULL);

      g_autoptr (TurnusLoaded) loaded = tn_await_load_one (provider, "a");

      g_assert_error (loaded->error, TN_ERROR, TN_ERROR_PROTOCOL);
      g_assert_null (loaded->bytes);
    }
}

static void
test_write_lies (void)
{
  g_autoptr (GError) save_error = NULL, remove_error = NULL;
  g_autoptr (TnProvider) empty = open_evil ("empty-revision", NULL);
  g_autoptr (TnProvider) silent = open_evil ("nothing", NULL);

  g_autoptr (TurnusRef) ref = tn_await_save (empty, "a", NULL, "x", &save_error);
  gboolean removed = tn_await_remove (silent, "a", "r", &remove_error);

  g_assert_null (ref);
  g_assert_false (removed);
  g_assert_error (save_error, TN_ERROR, TN_ERROR_PROTOCOL);
  g_assert_error (remove_error, TN_ERROR, TN_ERROR_PROTOCOL);
}

static void
test_codes (void)
{
  static const TnError codes[]
      = { TN_ERROR_INVALID,   TN_ERROR_DENIED,   TN_ERROR_AUTH,  TN_ERROR_CONFLICT, TN_ERROR_GONE,
          TN_ERROR_TEMPORARY, TN_ERROR_PROTOCOL, TN_ERROR_LIMIT, TN_ERROR_FAILED };
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autofree char *lie = g_strdup_printf ("code-%u", i);
      g_autoptr (GError) error = NULL;
      g_autoptr (TnProvider) provider = open_evil (lie, NULL);

      g_assert_null (tn_await_list (provider, NULL, &error));

      g_assert_error (error, TN_ERROR, (int) codes[i]);
      g_assert_cmpstr (error->message, ==, "as asked");
    }
}

static void
test_opens_nothing (void)
{
  g_autoptr (GError) error = NULL;

  g_autoptr (TnProvider) provider = open_evil ("open-nothing", &error);

  g_assert_null (provider);
  g_assert_error (error, TN_ERROR, TN_ERROR_PROTOCOL);
}

static void
test_short_table (void)
{
  g_autoptr (TnProvider) provider = open_evil ("", NULL);

  tn_provider_watch (provider, NULL, NULL); /* its slot is garbage beyond the size */

  g_assert_cmpuint (tn_provider_get_caps (provider), ==, 0);
}

static void
test_options (void)
{
  g_autoptr (TnFakeClock) clock = tn_fake_clock_new (20000);
  g_autoptr (TnLoader) loader = tn_loader_new (g_getenv ("TURNUS_PLUGINS"), TN_CLOCK (clock));
  g_autoptr (GHashTable) options = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) missing = NULL, misspelt = NULL;
  g_assert_null (tn_loader_open (loader, "file", "egen", options, "/", NULL, NULL, &missing));
  g_hash_table_insert (options, (gpointer) "path", (gpointer) "x");
  g_hash_table_insert (options, (gpointer) "layuot", (gpointer) "vdir");

  g_assert_null (tn_loader_open (loader, "file", "egen", options, "/", NULL, NULL, &misspelt));

  g_assert_error (missing, TN_ERROR, TN_ERROR_INVALID);
  g_assert_nonnull (strstr (missing->message, "path is missing"));
  g_assert_error (misspelt, TN_ERROR, TN_ERROR_INVALID);
  g_assert_nonnull (strstr (misspelt->message, "did you mean layout"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/provider/plugin/lies-in-a-listing-are-refused-hazard-98", test_listing_lies);
  g_test_add_func ("/provider/plugin/lies-about-what-was-loaded-are-refused-hazard-98",
                   test_load_lies);
  g_test_add_func ("/provider/plugin/hazard-98-lie-about-one-item-is-that-item's", test_item_lies);
  g_test_add_func ("/provider/plugin/lies-about-writes-are-refused-hazard-98", test_write_lies);
  g_test_add_func ("/provider/plugin/error-codes-mean-the-same-on-both-sides", test_codes);
  g_test_add_func ("/provider/plugin/opening-nothing-is-an-error", test_opens_nothing);
  g_test_add_func ("/provider/plugin/fields-beyond-the-size-are-absent", test_short_table);
  g_test_add_func ("/provider/plugin/options-are-checked-by-its-own-list", test_options);
  return g_test_run ();
}
