/* tests/charter/keys.c — the table of keys */
#include "charter/expectation.h"

#include <string.h>

#include "charter/value.h"

static void
test_whole (void)
{
  const TnKey *key = NULL;
  for (guint i = 0; (key = tn_keys_get (i)) != NULL; i++)
    {
      g_test_message ("%s.%s", key->kind, key->name);
      g_autofree char *expectation = tn_expectation_dup (key);
      g_assert_cmpuint (strlen (expectation), >, 3);
      g_assert_cmpuint (strlen (key->help), >, 3);
      g_assert_false (g_str_has_suffix (key->help, "."));
      g_assert_true (tn_keys_find (key->kind, key->name) == key);
      g_assert_true ((key->type == TN_KEY_GROUP) == (key->inner != NULL));
      gboolean counts
          = key->type == TN_KEY_WORD || key->type == TN_KEY_AMOUNT || key->type == TN_KEY_RHYTHM;
      g_assert_true (counts == (key->words != NULL));
      if (key->type == TN_KEY_NUMBER || key->type == TN_KEY_AMOUNT)
        g_assert_cmpint (key->least, <, key->most);
    }
  g_assert_cmpstr (tn_keys_get (0)->kind, ==, "charter");
}

static void
test_groups_have_keys (void)
{
  const TnKey *key = NULL;
  for (guint i = 0; (key = tn_keys_get (i)) != NULL; i++)
    {
      if (key->inner == NULL)
        continue;
      g_autofree const char **names = tn_keys_list_names (key->inner);
      g_test_message ("%s", key->inner);
      g_assert_nonnull (names[0]);
    }
}

static void
test_presets (void)
{
  const TnKey *key = NULL;
  for (guint i = 0; (key = tn_keys_get (i)) != NULL; i++)
    {
      if (key->preset == NULL || key->type == TN_KEY_FLAG || key->type == TN_KEY_NUMBER)
        continue;
      TnValue value = { 0 };
      g_autoptr (GError) error = NULL;
      g_assert_true (tn_value_parse (key, key->preset, &value, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (key->flags & TN_KEY_REQUIRED, ==, 0);
    }
}

static void
test_open (void)
{
  g_assert_true (tn_keys_is_open ("calendar"));
  g_assert_false (tn_keys_is_open ("series"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charter/keys/each-line-says-all-that-the-manual-needs", test_whole);
  g_test_add_func ("/charter/keys/each-group-has-keys", test_groups_have_keys);
  g_test_add_func ("/charter/keys/presets-can-be-written", test_presets);
  g_test_add_func ("/charter/keys/only-calendars-take-keys-of-others", test_open);
  return g_test_run ();
}
