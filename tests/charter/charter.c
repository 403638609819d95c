/* tests/charter/charter.c — files to a rulebook */
#include "reading.h"

#include <sys/stat.h>

#include <glib/gstdio.h>

#include "base/encode.h"

static void
test_real_charter (void)
{
  g_autofree char *text = reading_dup_7by ();
  g_autoptr (GError) error = NULL;

  g_autoptr (TnRulebook) rulebook = reading_read (text, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (rulebook->collaborations->len, ==, 1);
  const TnCollaboration *seven = tn_rulebook_find_collaboration (rulebook, "7by");
  g_assert_cmpstr (seven->name, ==, "7-by-samarbejdet");
  g_assert_cmpint (seven->edition, ==, 1);
  g_assert_cmpint (seven->language, ==, TN_LANGUAGE_DA);
  g_assert_cmpstr (tn_zone_get_id (seven->zone), ==, "Europe/Copenhagen");
  g_assert_cmpuint (seven->councils->len, ==, 7);
  g_assert_cmpuint (seven->series->len, ==, 2);
  g_assert_cmpuint (seven->decisions->len, ==, 3);
  g_assert_cmpuint (strlen (seven->digest), ==, 64);
  g_assert_cmpuint (strlen (rulebook->digest), ==, 64);
  g_assert_nonnull (tn_rulebook_find_holidays (rulebook, "dk"));
}

static void
test_all_at_once (void)
{
  g_autofree char *text = reading_dup_7by ();
  g_autofree char *one = reading_dup_changed (text, "every = \"year\"", "every = \"fortnigth\"");
  g_autofree char *two = reading_dup_changed (one, "weekdays", "weekday");
  g_autofree char *three = reading_dup_changed (two, "Europe/Copenhagen", "Europe/Kobenhavn");
  g_autoptr (GError) error = NULL;

  g_autoptr (TnRulebook) rulebook = reading_read (three, &error);

  g_assert_null (rulebook);
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_cmpint (reading_count_lines (error->message), ==, 3);
  g_assert_nonnull (strstr (error->message, "7by.conf:17: timezone: 'Europe/Kobenhavn'"));
  g_assert_nonnull (strstr (error->message, "every = \"fortnigth\" is not possible"));
  g_assert_nonnull (strstr (error->message, "unknown key 'weekday', expected 'weekdays'?"));
}

static void
test_digest_of_texts (void)
{
  g_autofree char *text = reading_dup_7by ();
  g_autofree char *commented = g_strconcat (text, "// more\n", NULL);

  g_autoptr (TnRulebook) one = reading_read (text, NULL);
  g_autoptr (TnRulebook) again = reading_read (text, NULL);
  g_autoptr (TnRulebook) other = reading_read (commented, NULL);

  g_assert_cmpstr (one->digest, ==, again->digest);
  g_assert_cmpstr (one->digest, !=, other->digest);
}

static void
test_order_of_files (void)
{
  g_autofree char *text = reading_dup_7by ();
  g_autoptr (GPtrArray) files
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_source_file_free);
  g_ptr_array_add (files, tn_source_file_new ("dk.conf", DK));
  g_ptr_array_add (files, tn_source_file_new ("/elsewhere/7by.conf", text));

  g_autoptr (TnRulebook) here = reading_read (text, NULL);
  g_autoptr (TnRulebook) there = tn_charter_read (files, NULL);

  g_assert_cmpstr (here->digest, ==, there->digest);
}

static void
test_one_id_in_two_files (void)
{
  g_autofree char *text = reading_dup_7by ();
  g_autoptr (GPtrArray) files
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_source_file_free);
  g_ptr_array_add (files, tn_source_file_new ("7by.conf", text));
  g_ptr_array_add (files, tn_source_file_new ("other.conf", text));
  g_ptr_array_add (files, tn_source_file_new ("dk.conf", DK));
  g_autoptr (GError) error = NULL;

  g_autoptr (TnRulebook) rulebook = tn_charter_read (files, &error);

  g_assert_null (rulebook);
  g_assert_nonnull (strstr (error->message, "other.conf:13: collaboration '7by' stands twice"));
  g_assert_nonnull (strstr (error->message, "the first is 7by.conf:12"));
}

static void
test_neither_kind (void)
{
  g_autoptr (GError) error = NULL;

  g_autoptr (TnRulebook) rulebook = reading_read ("colaboration = { };\n", &error);

  g_assert_null (rulebook);
  g_assert_nonnull (strstr (error->message, "neither a charter nor a holiday file"));
  g_assert_nonnull (
      strstr (error->message, "unknown key 'colaboration', expected 'collaboration'?"));
}

static void
test_holidays_missing (void)
{
  assert_complaint ("[ \"dk\" ]", "[ \"dk\", \"xx\" ]",
                    "7by.conf:18: there are no holidays 'xx', expected a file xx.conf");
}

/* A folder with the real charter and a small dk.conf. */
typedef struct
{
  char *folder;
  char *charter;
  char *holidays;
} Folder;

static void
folder_set_up (Folder *self, gconstpointer user_data)
{
  g_autofree char *text = reading_dup_7by ();
  self->folder = g_dir_make_tmp ("turnus-charter-XXXXXX", NULL);
  self->charter = g_build_filename (self->folder, "7by.conf", NULL);
  self->holidays = g_build_filename (self->folder, "dk.conf", NULL);
  g_assert_true (g_file_set_contents (self->charter, text, -1, NULL));
  g_assert_true (g_file_set_contents (self->holidays, DK, -1, NULL));
}

static void
folder_tear_down (Folder *self, gconstpointer user_data)
{
  g_remove (self->charter);
  g_remove (self->holidays);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  g_free (self->charter);
  g_free (self->holidays);
}

static void
test_load (Folder *self, gconstpointer user_data)
{
  const char *const paths[] = { self->charter, NULL };
  g_autoptr (GError) error = NULL;

  g_autoptr (GPtrArray) files = tn_charter_load_files (paths, self->folder, &error);
  g_assert_no_error (error);
  g_autoptr (TnRulebook) rulebook = tn_charter_read (files, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, 2);
  g_assert_cmpuint (rulebook->collaborations->len, ==, 1);
}

static void
test_load_without_holidays (Folder *self, gconstpointer user_data)
{
  const char *const paths[] = { self->charter, NULL };
  g_autoptr (GError) error = NULL;
  g_remove (self->holidays);

  g_autoptr (GPtrArray) files = tn_charter_load_files (paths, self->folder, &error);
  g_assert_no_error (error);
  g_autoptr (TnRulebook) rulebook = tn_charter_read (files, &error);

  g_assert_null (rulebook);
  g_assert_nonnull (strstr (error->message, "there are no holidays 'dk'"));
}

static void
test_load_all_failures (Folder *self, gconstpointer user_data)
{
  g_autofree char *text = reading_dup_7by ();
  g_autofree char *changed = reading_dup_changed (text, "\"autumn\"", "\"atumn\"");
  g_assert_true (g_file_set_contents (self->charter, changed, -1, NULL));
  g_autofree char *missing = g_build_filename (self->folder, "none.conf", NULL);
  const char *const paths[] = { missing, self->charter, NULL };
  g_autoptr (GError) error = NULL;

  g_autoptr (GPtrArray) files = tn_charter_load_files (paths, self->folder, &error);

  g_assert_null (files);
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "none.conf: No such file"));
  g_assert_nonnull (strstr (error->message, "did you mean 'autumn'?"));
}

static void
test_load_pipe_as_holidays (Folder *self, gconstpointer user_data)
{
  const char *const paths[] = { self->charter, NULL };
  g_autoptr (GError) error = NULL;
  g_remove (self->holidays);
  g_assert_cmpint (mkfifo (self->holidays, 0600), ==, 0);

  g_autoptr (GPtrArray) files = tn_charter_load_files (paths, self->folder, &error);

  g_assert_null (files);
  g_assert_nonnull (strstr (error->message, "dk.conf: it is a pipe"));
}

/* The seed comes from g_test_rand_int(); replay with --seed. */
static char *
dup_mutated (const char *text)
{
  static const char *const pieces[] = { "{",    "}",
                                        "(",    ")",
                                        "[",    "]",
                                        "\"",   ";",
                                        ",",    "=",
                                        "-1",   "99999999999",
                                        "\n",   "@include \"x\"",
                                        "/*",   "//",
                                        "#",    "é",
                                        "\x01", "true",
                                        "0x",   "1.5",
                                        "\"\"", "\"2027-02-31\"",
                                        "\\" };
  g_autoptr (GString) changed = g_string_new (text);
  int n = g_test_rand_int_range (1, 4);
  for (int i = 0; i < n; i++)
    {
      gssize at = g_test_rand_int_range (0, (gint32) changed->len);
      gssize wish = g_test_rand_int_range (1, 30);
      gssize length = MIN (wish, (gssize) changed->len - at);
      switch (g_test_rand_int_range (0, 4))
        {
        case 0:
          g_string_erase (changed, at, length);
          break;
        case 1:
          g_string_insert (changed, at, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
          break;
        case 2:
          changed->str[at] = (char) g_test_rand_int_range (1, 256);
          break;
        default:
          {
            g_autofree char *part = g_strndup (changed->str + at, (gsize) length);
            g_string_insert (changed, g_test_rand_int_range (0, (gint32) changed->len), part);
          }
        }
    }
  return g_string_free (g_steal_pointer (&changed), FALSE);
}

static void
test_broken_charters (void)
{
  g_autofree char *text = reading_dup_7by ();
  guint n_wrong = 0;
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *mutated = dup_mutated (text);
      g_autoptr (GError) error = NULL;
      g_autoptr (TnRulebook) rulebook = reading_read (mutated, &error);
      g_assert_true ((rulebook == NULL) == (error != NULL));
      if (error == NULL)
        continue;
      n_wrong++;
      g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_nonnull (strstr (error->message, ".conf"));
      /* What our grammar lets pass, libconfig reads. */
      g_assert_null (strstr (error->message, "here or just before"));
    }
  g_assert_cmpuint (n_wrong, >=, 200);
}

/* Design section 11: libconfig takes 17 s for 60,000 keys; the limit of a file keeps them few. */
static void
test_many_keys (void)
{
  g_autoptr (GString) text = g_string_new ("collaboration = {\n");
  while (text->len < TN_SOURCE_MAX_BYTES - 40)
    g_string_append_printf (text, "a%d=1;\n", (int) text->len);
  g_string_append (text, "};\n");
  g_autoptr (GError) error = NULL;

  g_autoptr (TnRulebook) rulebook = reading_read (text->str, &error);

  g_assert_null (rulebook);
  g_assert_nonnull (strstr (error->message, "\nand "));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charter/charter/the-real-charter-is-read", test_real_charter);
  g_test_add_func ("/charter/charter/everything-wrong-is-told-at-once", test_all_at_once);
  g_test_add_func ("/charter/charter/the-rulebook-digest-covers-every-byte", test_digest_of_texts);
  g_test_add_func ("/charter/charter/the-order-and-place-of-files-does-not-matter",
                   test_order_of_files);
  g_test_add_func ("/charter/charter/two-charters-cannot-have-one-id", test_one_id_in_two_files);
  g_test_add_func ("/charter/charter/a-file-must-be-a-charter-or-holidays", test_neither_kind);
  g_test_add_func ("/charter/charter/named-holidays-must-be-there", test_holidays_missing);
  g_test_add_func ("/charter/charter/hazard-93-broken-charters-give-errors", test_broken_charters);
  g_test_add_func ("/charter/charter/many-keys-take-no-long-time", test_many_keys);
#define ADD(name, function)                                                                        \
  g_test_add ("/charter/charter/" name, Folder, NULL, folder_set_up, function, folder_tear_down)
  ADD ("charters-and-their-holidays-are-loaded", test_load);
  ADD ("holidays-that-are-not-there-are-told-where-they-are-named", test_load_without_holidays);
  ADD ("what-cannot-be-loaded-hides-no-other-fault", test_load_all_failures);
  ADD ("a-pipe-as-holidays-does-not-block", test_load_pipe_as_holidays);
#undef ADD
  return g_test_run ();
}
