/* tests/fuzz/charter.c — any text as charter, holiday file and settings
 *
 * With a fuzzer (clang -fsanitize=fuzzer -DTURNUS_FUZZER) the entry is its target. Without one the
 * corpus is replayed, and each of its files in some hundred random mutations; replay a failure with
 * the seed that GLib prints (--seed). */
#include <stdint.h>
#include <string.h>

#include "base/error.h"
#include "charter/charter.h"
#include "charter/settings.h"

int LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t size);

/* A reading gives a result or an error that can be shown, and libconfig never meets a text that our
 * grammar let pass and that it cannot read. */
static void
check_outcome (gboolean has_result, const GError *error)
{
  g_assert_true (has_result == (error == NULL));
  if (error == NULL)
    return;
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_null (strstr (error->message, "here or just before"));
}

static void
read_as_charter (const char *text, const char *name)
{
  g_autoptr (GPtrArray) files
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_source_file_free);
  g_autoptr (GError) error = NULL;
  g_ptr_array_add (files, tn_source_file_new (name, text));
  g_autoptr (TnRulebook) rulebook = tn_charter_read (files, &error);
  check_outcome (rulebook != NULL, error);
}

static void
read_as_settings (const char *text)
{
  g_autoptr (TnSourceFile) source = tn_source_file_new ("/nowhere/turnus.conf", text);
  g_autoptr (GError) error = NULL;
  g_autoptr (TnSettings) settings = tn_settings_read (source, NULL, &error);
  check_outcome (settings != NULL, error);
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) bytes, size);
  read_as_charter (text, "dk.conf");
  read_as_settings (text);
  return 0;
}

#ifndef TURNUS_FUZZER
static void
mutate (GString *text)
{
  static const char letters[] = "{}()[]\";,=:@#/*\\ \n-+.0123456789Lxaz\xc3\xa9\x01";
  for (int n = g_test_rand_int_range (1, 6); n > 0 && text->len > 0; n--)
    {
      gssize at = g_test_rand_int_range (0, (gint32) text->len);
      gssize length = g_test_rand_int_range (1, 20);
      int kind = g_test_rand_int_range (0, 4);
      if (kind == 0)
        g_string_erase (text, at, MIN (length, (gssize) text->len - at));
      else if (kind == 1)
        g_string_insert_c (text, at, letters[g_test_rand_int_range (0, sizeof letters - 1)]);
      else if (kind == 2)
        text->str[at] = (char) g_test_rand_int_range (0, 256);
      else
        {
          g_autofree char *part = g_strndup (text->str + at, 25);
          g_string_insert (text, g_test_rand_int_range (0, (gint32) text->len), part);
        }
    }
}

static void
replay (gconstpointer user_data)
{
  const char *path = user_data;
  g_autofree char *bytes = NULL;
  gsize size = 0;
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  LLVMFuzzerTestOneInput ((const uint8_t *) bytes, size);
  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (GString) text = g_string_new_len (bytes, (gssize) size);
      mutate (text);
      LLVMFuzzerTestOneInput ((const uint8_t *) text->str, text->len);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autofree char *folder
      = g_build_filename (g_getenv ("TURNUS_SOURCE"), "tests", "fuzz", "corpus", "charter", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *test = g_strconcat ("/fuzz/charter/", name, NULL);
      g_test_add_data_func_full (test, g_build_filename (folder, name, NULL), replay, g_free);
    }
  return g_test_run ();
}
#endif
