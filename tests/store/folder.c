/* The state folder: whose it is and where it may not be. */
#include "store/folder.h"

#include "place.h"

#include "base/error.h"

#include <linux/magic.h>
#include <string.h>
#include <sys/stat.h>

/* Hazard 89. */
static void
test_network_file_systems_are_known (void)
{
  g_assert_true (tn_folder_is_network (NFS_SUPER_MAGIC));
  g_assert_true (tn_folder_is_network (SMB_SUPER_MAGIC));
  g_assert_true (tn_folder_is_network (0xFF534D42));                   /* CIFS */
  g_assert_true (tn_folder_is_network ((gint64) (gint32) 0xFE534D42)); /* SMB2, sign-extended */
  g_assert_false (tn_folder_is_network (EXT4_SUPER_MAGIC));
  g_assert_false (tn_folder_is_network (BTRFS_SUPER_MAGIC));
  g_assert_false (tn_folder_is_network (XFS_SUPER_MAGIC));
  g_assert_false (tn_folder_is_network (TMPFS_MAGIC));
}

/* Hazard 39. */
static void
test_lock_is_free_after_close (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Place) place = place_new ();
  TnFolder *first = tn_folder_open (place, NULL);
  g_assert_nonnull (first);
  g_assert_null (tn_folder_open (place, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_TEMPORARY);

  tn_folder_close (first);
  g_autoptr (TnFolder) second = tn_folder_open (place, NULL);
  g_assert_nonnull (second);
}

/* A pid that a killed daemon left behind says nothing: the kernel's lock does. */
static void
test_stale_lock_file_does_not_refuse (void)
{
  g_autoptr (Place) place = place_new ();
  place_write (place, "lock", "1\nold content that is longer than a pid\n");
  g_autoptr (TnFolder) folder = tn_folder_open (place, NULL);
  g_assert_nonnull (folder);
}

static void
test_file_in_the_place_of_the_folder_is_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Place) place = place_new ();
  place_write (place, "state", "");
  g_autofree char *path = g_build_filename (place, "state", NULL);
  g_assert_null (tn_folder_open (path, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, path));
}

static void
test_touch_keeps_what_is_there (void)
{
  g_autoptr (Place) place = place_new ();
  g_autoptr (TnFolder) folder = tn_folder_open (place, NULL);
  place_write (place, "file", "content");
  g_assert_true (tn_folder_touch (folder, "file", NULL));
  g_autofree char *text = place_read (place, "file");
  g_assert_cmpstr (text, ==, "content");
}

static void
test_touched_file_is_private (void)
{
  struct stat status;
  g_autoptr (Place) place = place_new ();
  g_autoptr (TnFolder) folder = tn_folder_open (place, NULL);
  g_autofree char *path = tn_folder_dup_path (folder, "file");
  g_assert_true (tn_folder_touch (folder, "file", NULL));
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/folder/hazard-89-network-file-systems-are-known",
                   test_network_file_systems_are_known);
  g_test_add_func ("/store/folder/lock-is-free-after-close", test_lock_is_free_after_close);
  g_test_add_func ("/store/folder/stale-lock-file-does-not-refuse",
                   test_stale_lock_file_does_not_refuse);
  g_test_add_func ("/store/folder/file-in-the-place-of-the-folder-is-refused",
                   test_file_in_the_place_of_the_folder_is_refused);
  g_test_add_func ("/store/folder/touch-keeps-what-is-there", test_touch_keeps_what_is_there);
  g_test_add_func ("/store/folder/touched-file-is-private", test_touched_file_is_private);
  return g_test_run ();
}
