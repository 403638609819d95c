/* A backup over a real socket; that of a state on disk is in system/turnusd. */
#include "control/safekeeping.h"

#include <fcntl.h>
#include <gio/gunixfdlist.h>
#include <string.h>
#include <unistd.h>

#include "control/parlour.h"

static void
test_without_files (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_WRITE);

  g_autofree char *problem = parlour_fail (parlour, "Backup", g_variant_new ("(hh)", 0, 1));

  g_assert_true (g_str_has_prefix (problem, "org.turnus.Error.Invalid: "));
  g_assert_nonnull (strstr (problem, "files"));
}

/* The town's state is kept in memory only. */
static void
test_a_failure_is_told (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_WRITE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GUnixFDList) files = g_unix_fd_list_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *path = g_build_filename (parlour->town->folder, "backup.db", NULL);
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL, 0600);
  g_unix_fd_list_append (files, fd, &error);
  g_unix_fd_list_append (files, fd, &error);
  g_assert_no_error (error);

  g_dbus_connection_call_with_unix_fd_list (
      parlour->client, NULL, TN_CONTROL_PATH, TN_CONTROL_INTERFACE, "Backup",
      g_variant_new ("(hh)", 0, 1), G_VARIANT_TYPE ("(s)"), G_DBUS_CALL_FLAGS_NONE, G_MAXINT, files,
      NULL, tn_await_store, &result);
  tn_await (&result);
  g_autoptr (GVariant) answer
      = g_dbus_connection_call_with_unix_fd_list_finish (parlour->client, NULL, result, &error);

  g_assert_null (answer);
  g_assert_nonnull (strstr (error->message, "in memory only"));
  close (fd);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/control/safekeeping/a-backup-needs-the-callers-files", test_without_files);
  g_test_add_func ("/control/safekeeping/a-failure-is-told", test_a_failure_is_told);
  return g_test_run ();
}
