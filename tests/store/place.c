/* A folder under the temporary one, gone after the test with all files in it. */
#include "place.h"

#include <glib/gstdio.h>

Place *
place_new (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("turnus-store-XXXXXX", &error);
  g_assert_no_error (error);
  return folder;
}

void
place_remove (Place *place)
{
  GDir *dir = g_dir_open (place, 0, NULL);
  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL;
       name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (place, name, NULL);
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        place_remove (g_steal_pointer (&path));
      else
        g_remove (path);
    }
  if (dir != NULL)
    g_dir_close (dir);
  g_rmdir (place);
  g_free (place);
}

char *
place_read (const Place *place, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (place, name, NULL);
  char *text = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

void
place_write (const Place *place, const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (place, name, NULL);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

gboolean
place_has (const Place *place, const char *name)
{
  g_autofree char *path = g_build_filename (place, name, NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}
