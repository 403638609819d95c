/* Which plugins are refused, and how that is said; the others go on. */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/error.h"
#include "fakes/fake-clock.h"
#include "provider/loader.h"

static TnLoader *
new_loader (const char *folder)
{
  g_autoptr (TnFakeClock) clock = tn_fake_clock_new (20000);
  return tn_loader_new (folder, TN_CLOCK (clock));
}

typedef struct
{
  const char *path;
  const char *plugin;
  const char *says; /* part of the refusal */
} Refusal;

static const Refusal refusals[] = {
  { "/provider/loader/missing-symbol-is-refused-at-once-hazard-95", "bad-symbol",
    "a_function_that_turnus_does_not_have" },
  { "/provider/loader/wrong-magic-is-refused", "bad-magic", "0x464c457f" },
  { "/provider/loader/other-abi-is-refused-hazard-96", "bad-abi", "speaks plugin interface 5" },
  { "/provider/loader/short-table-is-refused-hazard-96", "bad-size", "at least" },
  { "/provider/loader/empty-slot-is-refused", "bad-slot", "save_async" },
  { "/provider/loader/other-name-is-refused", "bad-name", "calls itself another" },
  { "/provider/loader/unknown-role-is-refused", "bad-role", "its role is 7" },
  { "/provider/loader/publisher-without-functions-is-refused", "bad-publisher-none",
    "without a whole table" },
  { "/provider/loader/short-table-of-a-publisher-is-refused", "bad-publisher-size",
    "without a whole table" },
  { "/provider/loader/empty-slot-of-a-publisher-is-refused", "bad-publisher-slot", "stop_async" },
  { "/provider/loader/no-table-is-refused", "bad-table", "no symbol turnus_plugin" },
};

static void
test_refusal (gconstpointer user_data)
{
  const Refusal *refusal = user_data;
  g_autoptr (TnLoader) loader = new_loader (g_getenv ("TURNUS_BAD_PLUGINS"));
  g_autoptr (GError) error = NULL, other = NULL;

  const TurnusPlugin *refused = tn_loader_load (loader, refusal->plugin, &error);
  const TurnusPlugin *taken = tn_loader_load (loader, "evil", &other);

  g_assert_null (refused);
  g_assert_error (error, TN_ERROR, TN_ERROR_PROTOCOL);
  g_assert_nonnull (strstr (error->message, refusal->says));
  g_assert_nonnull (strstr (error->message, refusal->plugin));
  g_assert_no_error (other);
  g_assert_nonnull (taken);
}

static void
test_names (void)
{
  static const char *const names[]
      = { "", "../file/file", "/etc/passwd", "File", "fi le", "a.b", "f\xc3\xb8" };
  g_autoptr (TnLoader) loader = new_loader (g_getenv ("TURNUS_PLUGINS"));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (tn_loader_load (loader, names[i], &error));
      g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
    }
}

static void
test_unknown (void)
{
  g_autoptr (TnLoader) loader = new_loader (g_getenv ("TURNUS_PLUGINS"));
  g_autoptr (GError) error = NULL;

  g_assert_null (tn_loader_load (loader, "caldaw", &error));

  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "caldaw.so"));
}

static void
test_table_is_kept (void)
{
  g_autoptr (TnLoader) loader = new_loader (g_getenv ("TURNUS_PLUGINS"));
  g_autoptr (TnLoader) second = new_loader (g_getenv ("TURNUS_PLUGINS"));

  const TurnusPlugin *first = tn_loader_load (loader, "file", NULL);

  g_assert_nonnull (first);
  g_assert_true (first == tn_loader_load (loader, "file", NULL));
  g_assert_true (first == tn_loader_load (second, "file", NULL));
  g_assert_cmpstr (first->options[0].name, ==, "path");
}

/* A folder of its own with a copy of the file plugin. */
typedef struct
{
  char *folder; /* (owned) */
  char *file;   /* (owned) */
} Fixture;

static void
set_up (Fixture *f, gconstpointer user_data)
{
  g_autofree char *built = g_build_filename (g_getenv ("TURNUS_PLUGINS"), "file", "file.so", NULL);
  g_autofree char *bytes = NULL;
  gsize length = 0;
  g_assert_true (g_file_get_contents (built, &bytes, &length, NULL));
  f->folder = g_dir_make_tmp ("turnus-plugins-XXXXXX", NULL);
  f->file = g_build_filename (f->folder, "file.so", NULL);
  g_assert_true (g_file_set_contents (f->file, bytes, (gssize) length, NULL));
  g_assert_cmpint (g_chmod (f->file, 0644), ==, 0);
}

static void
tear_down (Fixture *f, gconstpointer user_data)
{
  g_assert_cmpint (g_unlink (f->file), ==, 0);
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_free (f->folder);
  g_free (f->file);
}

static void
assert_denied (Fixture *f, const char *says)
{
  g_autoptr (TnLoader) loader = new_loader (f->folder);
  g_autoptr (GError) error = NULL;
  g_assert_null (tn_loader_load (loader, "file", &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_DENIED);
  g_assert_nonnull (strstr (error->message, says));
}

static void
test_flat_folder (Fixture *f, gconstpointer user_data)
{
  g_autoptr (TnLoader) loader = new_loader (f->folder);
  g_autoptr (GError) error = NULL;

  const TurnusPlugin *table = tn_loader_load (loader, "file", &error);

  g_assert_no_error (error);
  g_assert_nonnull (table);
}

/* Hazard 113. */
static void
test_folder_writable (Fixture *f, gconstpointer user_data)
{
  g_assert_cmpint (g_chmod (f->folder, 0770), ==, 0);
  assert_denied (f, "chmod go-w");
  g_assert_cmpint (g_chmod (f->folder, 0707), ==, 0);
  assert_denied (f, "chmod go-w");
}

static void
test_file_writable (Fixture *f, gconstpointer user_data)
{
  g_assert_cmpint (g_chmod (f->file, 0664), ==, 0);
  assert_denied (f, "chmod go-w");
}

static void
test_folder_of_another (Fixture *f, gconstpointer user_data)
{
  if (geteuid () != 0)
    {
      g_test_skip ("only root can give a folder away");
      return;
    }
  g_assert_cmpint (chown (f->folder, 65534, 65534), ==, 0);
  assert_denied (f, "belongs to user 65534");
}

static void
test_file_of_another (Fixture *f, gconstpointer user_data)
{
  if (geteuid () != 0)
    {
      g_test_skip ("only root can give a file away");
      return;
    }
  g_assert_cmpint (chown (f->file, 65534, 65534), ==, 0);
  assert_denied (f, "belongs to user 65534");
}

static void
test_symlink (Fixture *f, gconstpointer user_data)
{
  g_autofree char *real = g_strconcat (f->file, ".real", NULL);
  g_assert_cmpint (g_rename (f->file, real), ==, 0);
  g_assert_cmpint (symlink (real, f->file), ==, 0);

  assert_denied (f, "not a regular file");

  g_assert_cmpint (g_rename (real, f->file), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    g_test_add_data_func (refusals[i].path, &refusals[i], test_refusal);
  g_test_add_func ("/provider/loader/name-that-could-be-a-path-is-refused", test_names);
  g_test_add_func ("/provider/loader/unknown-plugin-says-what-was-looked-for", test_unknown);
  g_test_add_func ("/provider/loader/plugin-is-loaded-once-and-stays", test_table_is_kept);
#define ADD(name, run) g_test_add ("/provider/loader/" name, Fixture, NULL, set_up, run, tear_down)
  ADD ("installed-plugin-lies-in-the-folder-itself", test_flat_folder);
  ADD ("folder-that-others-write-is-refused-hazard-113", test_folder_writable);
  ADD ("file-that-others-write-is-refused-hazard-113", test_file_writable);
  ADD ("folder-of-somebody-else-is-refused-hazard-113", test_folder_of_another);
  ADD ("file-of-somebody-else-is-refused-hazard-113", test_file_of_another);
  ADD ("symlink-is-refused-hazard-113", test_symlink);
  return g_test_run ();
}
