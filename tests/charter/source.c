/* tests/charter/source.c — a file read whole and safely */
#include "charter/source.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/error.h"

typedef struct
{
  char *folder;
  char *path;
} Place;

static void
set_up (Place *self, gconstpointer user_data)
{
  self->folder = g_dir_make_tmp ("turnus-source-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "f.conf", NULL);
}

static void
tear_down (Place *self, gconstpointer user_data)
{
  g_remove (self->path);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  g_free (self->path);
}

static void
write_file (const Place *self, const char *bytes, gssize length)
{
  g_assert_true (g_file_set_contents (self->path, bytes, length, NULL));
}

static void
assert_refused (const char *path, const char *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnSourceFile) file = tn_source_file_load (path, &error);
  g_assert_null (file);
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  if (strstr (error->message, wanted) == NULL)
    g_test_fail_printf ("'%s' is not in '%s'", wanted, error->message);
}

static void
test_plain (Place *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  write_file (self, "a = \"æøå\";\n", -1);

  g_autoptr (TnSourceFile) file = tn_source_file_load (self->path, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (file->text, ==, "a = \"æøå\";\n");
  g_assert_cmpstr (file->path, ==, self->path);
}

static void
test_missing (Place *self, gconstpointer user_data)
{
  assert_refused (self->path, "f.conf: No such file");
}

static void
test_unreadable (Place *self, gconstpointer user_data)
{
  write_file (self, "a = 1;", -1);
  g_assert_cmpint (g_chmod (self->path, 0), ==, 0);
  if (access (self->path, R_OK) == 0)
    {
      g_test_skip ("root reads everything");
      return;
    }
  assert_refused (self->path, "Permission denied");
}

static void
test_folder (Place *self, gconstpointer user_data)
{
  assert_refused (self->folder, "it is a folder, expected a plain file");
}

static void
test_pipe (Place *self, gconstpointer user_data)
{
  g_assert_cmpint (mkfifo (self->path, 0600), ==, 0);
  assert_refused (self->path, "it is a pipe, expected a plain file");
}

static void
test_device (Place *self, gconstpointer user_data)
{
  assert_refused ("/dev/zero", "it is no file, expected a plain file");
}

static void
test_limit (Place *self, gconstpointer user_data)
{
  g_autofree char *bytes = g_strnfill (10 * 1024 * 1024, ' ');
  g_autoptr (GError) error = NULL;

  write_file (self, bytes, TN_SOURCE_MAX_BYTES);
  g_autoptr (TnSourceFile) file = tn_source_file_load (self->path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (file->text), ==, TN_SOURCE_MAX_BYTES);

  write_file (self, bytes, TN_SOURCE_MAX_BYTES + 1);
  assert_refused (self->path, "larger than 64 KiB");
  write_file (self, bytes, 10 * 1024 * 1024);
  assert_refused (self->path, "larger than 64 KiB");
}

static void
test_bad_bytes (Place *self, gconstpointer user_data)
{
  write_file (self,
              "a = 1;\nb = \"K\xf8"
              "benhavn\";\n",
              -1);
  assert_refused (self->path, "f.conf:2: not UTF-8");
  write_file (self, "a = 1;\n\0b = 2;\n", 15);
  assert_refused (self->path, "f.conf:2: not UTF-8");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/charter/source/" name, Place, NULL, set_up, function, tear_down)
  ADD ("a-plain-file-is-read", test_plain);
  ADD ("a-missing-file-is-told", test_missing);
  ADD ("an-unreadable-file-is-told", test_unreadable);
  ADD ("a-folder-is-refused", test_folder);
  ADD ("a-pipe-is-refused-without-waiting", test_pipe);
  ADD ("a-device-is-refused", test_device);
  ADD ("a-file-of-ten-megabytes-is-refused", test_limit);
  ADD ("bytes-that-are-no-text-are-told-with-their-line", test_bad_bytes);
#undef ADD
  return g_test_run ();
}
