/* The place of the control socket: what may stand there, and what is done about it. */
#include "control/socket.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/error.h"

typedef struct
{
  char *folder;
  char *path;
} Place;

static void
set_up (Place *place, gconstpointer unused)
{
  place->folder = g_dir_make_tmp ("turnus-socket-XXXXXX", NULL);
  place->path = g_build_filename (place->folder, "control", NULL);
}

static void
tear_down (Place *place, gconstpointer unused)
{
  g_unlink (place->path);
  g_rmdir (place->folder);
  g_free (place->path);
  g_free (place->folder);
}

static int
bind_at (const char *path)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  strcpy (address.sun_path, path);
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (bind (fd, (const struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (fd, 1), ==, 0);
  return fd;
}

static void
test_stale_is_removed (Place *place, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  close (bind_at (place->path)); /* as after a kill: the name is left */
  g_assert_true (g_file_test (place->path, G_FILE_TEST_EXISTS));

  g_assert_true (tn_socket_prepare (place->path, &error));

  g_assert_no_error (error);
  g_assert_false (g_file_test (place->path, G_FILE_TEST_EXISTS));
}

static void
test_answered_is_left_alone (Place *place, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  int fd = bind_at (place->path);

  g_assert_false (tn_socket_prepare (place->path, &error));

  g_assert_error (error, TN_ERROR, TN_ERROR_FAILED);
  g_assert_true (g_file_test (place->path, G_FILE_TEST_EXISTS));
  close (fd);
}

static void
test_other_things_are_left_alone (Place *place, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_file_set_contents (place->path, "mine", -1, NULL);

  g_assert_false (tn_socket_prepare (place->path, &error));

  g_assert_error (error, TN_ERROR, TN_ERROR_FAILED);
  g_assert_true (g_file_get_contents (place->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "mine");
}

static void
test_folder_of_all_is_refused (Place *place, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (g_chmod (place->folder, 0777), ==, 0);

  g_assert_false (tn_socket_prepare (place->path, &error));

  g_assert_error (error, TN_ERROR, TN_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "everybody may write"));
}

static void
test_new_folder_is_private (Place *place, gconstpointer unused)
{
  g_autofree char *folder = g_build_filename (place->folder, "run", NULL);
  g_autofree char *path = g_build_filename (folder, "control", NULL);
  struct stat status;
  mode_t mask = umask (0);

  g_assert_true (tn_socket_prepare (path, NULL));

  umask (mask);
  g_assert_cmpint (stat (folder, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0750);
  g_rmdir (folder);
}

static void
test_old_folder_keeps_its_mode (Place *place, gconstpointer unused)
{
  struct stat status;

  g_assert_true (tn_socket_prepare (place->path, NULL));

  g_assert_cmpint (stat (place->folder, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0700);
}

static void
test_long_path_is_refused (Place *place, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strnfill (108, 'x');

  g_assert_false (tn_socket_prepare (name, &error));

  g_assert_error (error, TN_ERROR, TN_ERROR_FAILED);
}

static void
test_address_is_escaped (void)
{
  g_autofree char *address = tn_socket_to_address ("/a b/c,d");
  g_assert_cmpstr (address, ==, "unix:path=/a%20b/c%2Cd");
}

#define ADD(name, function) g_test_add (name, Place, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/control/socket/what-a-killed-daemon-left-is-removed", test_stale_is_removed);
  ADD ("/control/socket/one-that-is-answered-is-left-alone", test_answered_is_left_alone);
  ADD ("/control/socket/what-is-no-socket-is-left-alone", test_other_things_are_left_alone);
  ADD ("/control/socket/hazard-109-a-folder-of-all-is-refused", test_folder_of_all_is_refused);
  ADD ("/control/socket/hazard-109-a-new-folder-is-private", test_new_folder_is_private);
  ADD ("/control/socket/an-old-folder-keeps-its-mode", test_old_folder_keeps_its_mode);
  ADD ("/control/socket/a-path-that-is-too-long-is-refused", test_long_path_is_refused);
  g_test_add_func ("/control/socket/the-address-is-escaped", test_address_is_escaped);
  return g_test_run ();
}
