#include "provider/site.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "fakes/fake-clock.h"
#include "ical/split.h"
#include "provider/loader.h"

#define NOBODY 65534

gpointer
tn_site_new (void)
{
  TnSite *place = g_new0 (TnSite, 1);
  place->root = g_dir_make_tmp ("turnus-place-XXXXXX", NULL);
  g_assert_nonnull (place->root);
  g_assert_cmpint (g_chmod (place->root, 0755), ==, 0);
  place->path = g_build_filename (place->root, "calendar", NULL);
  place->file = g_build_filename (place->path, "all.ics", NULL);
  return place;
}

static void
remove_all (const char *path)
{
  struct stat st;
  if (lstat (path, &st) == 0 && S_ISDIR (st.st_mode))
    {
      g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
      const char *name;
      while ((name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *child = g_build_filename (path, name, NULL);
          remove_all (child);
        }
    }
  g_assert_cmpint (g_remove (path), ==, 0);
}

void
tn_site_free (gpointer data)
{
  TnSite *place = data;
  if (place->locked && getuid () == 0)
    g_assert_cmpint (seteuid (0), ==, 0);
  if (place->locked)
    g_assert_cmpint (g_chmod (place->path, 0755), ==, 0);
  remove_all (place->root);
  g_free (place->root);
  g_free (place->path);
  g_free (place->file);
  g_free (place);
}

/* As the daemon does it; the loader and the clock may go before the calendar does. */
TnProvider *
tn_site_open (TnSite *place, const char *layout, const char *binding)
{
  g_autoptr (TnFakeClock) clock = tn_fake_clock_new (20000);
  g_autoptr (TnLoader) loader = tn_loader_new (g_getenv ("TURNUS_PLUGINS"), TN_CLOCK (clock));
  g_autoptr (GHashTable) options = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  gboolean single = strcmp (layout, "file") == 0;
  g_hash_table_insert (options, (gpointer) "path", single ? (gpointer) "all.ics" : place->path);
  g_hash_table_insert (options, (gpointer) "layout", (gpointer) layout);
  TnProvider *provider
      = tn_loader_open (loader, "file", "egen", options, place->path, binding, NULL, &error);
  g_assert_no_error (error);
  return provider;
}

char *
tn_site_edit_folder (gpointer data, const char *uid, const char *text)
{
  TnSite *place = data;
  g_autofree char *name = g_strconcat (uid, ".ics", NULL);
  g_autofree char *path = g_build_filename (place->path, name, NULL);
  g_assert_cmpint (g_mkdir_with_parents (place->path, 0755), ==, 0);
  if (text == NULL)
    g_assert_cmpint (g_unlink (path), ==, 0);
  else
    g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return g_steal_pointer (&name);
}

/* As a program does that reads the whole file and writes it anew. */
char *
tn_site_edit_file (gpointer data, const char *uid, const char *text)
{
  TnSite *place = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *old = NULL;
  gsize length = 0;
  g_assert_true (g_file_get_contents (place->file, &old, &length, NULL));
  g_autoptr (GBytes) before = g_bytes_new (old, length);
  g_autoptr (GBytes) item = text != NULL ? g_bytes_new (text, strlen (text)) : NULL;
  g_autoptr (GBytes) after = tn_split_replace (before, uid, item, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (place->file, g_bytes_get_data (after, NULL),
                                      (gssize) g_bytes_get_size (after), NULL));
  return g_strdup (uid);
}

/* Root may write everywhere, so the test becomes somebody else meanwhile. */
gboolean
tn_site_lock (gpointer data)
{
  TnSite *place = data;
  g_assert_cmpint (g_chmod (place->path, 0555), ==, 0);
  place->locked = TRUE;
  return getuid () != 0 || seteuid (NOBODY) == 0;
}
