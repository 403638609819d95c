/* What systemd would hear, on a socket of the test. */
#include "control/herald.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

typedef struct
{
  char *folder;
  char *path;
  int fd;
} Ear;

static void
set_up (Ear *ear, gconstpointer unused)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  ear->folder = g_dir_make_tmp ("turnus-notify-XXXXXX", NULL);
  ear->path = g_build_filename (ear->folder, "notify", NULL);
  strcpy (address.sun_path, ear->path);
  ear->fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (bind (ear->fd, (const struct sockaddr *) &address, sizeof address), ==, 0);
  g_setenv ("NOTIFY_SOCKET", ear->path, TRUE);
}

static void
tear_down (Ear *ear, gconstpointer unused)
{
  g_unsetenv ("NOTIFY_SOCKET");
  g_unsetenv ("WATCHDOG_USEC");
  g_unsetenv ("WATCHDOG_PID");
  close (ear->fd);
  g_unlink (ear->path);
  g_rmdir (ear->folder);
  g_free (ear->path);
  g_free (ear->folder);
}

static char *
hear (Ear *ear, int flags)
{
  char text[512] = "";
  gssize n = recv (ear->fd, text, sizeof text - 1, flags);
  return n < 0 ? NULL : g_strdup (text);
}

static void
test_states_are_told (Ear *ear, gconstpointer unused)
{
  g_autoptr (TnHerald) herald = tn_herald_new ();

  tn_herald_ready (herald, "4 calendars of odense");
  g_autofree char *ready = hear (ear, MSG_DONTWAIT);
  tn_herald_reloading (herald);
  g_autofree char *reloading = hear (ear, MSG_DONTWAIT);
  tn_herald_stopping (herald);
  g_autofree char *stopping = hear (ear, MSG_DONTWAIT);

  g_assert_cmpstr (ready, ==, "READY=1\nSTATUS=4 calendars of odense");
  g_assert_true (g_str_has_prefix (reloading, "RELOADING=1\nMONOTONIC_USEC="));
  g_assert_true (g_str_has_prefix (stopping, "STOPPING=1\n"));
}

static void
test_signs_of_life (Ear *ear, gconstpointer unused)
{
  g_autofree char *pid = g_strdup_printf ("%d", (int) getpid ());
  g_setenv ("WATCHDOG_USEC", "20000", TRUE);
  g_setenv ("WATCHDOG_PID", pid, TRUE);
  g_autoptr (TnHerald) herald = tn_herald_new ();

  g_main_context_iteration (NULL, TRUE); /* nothing but its timer can wake the loop */

  g_autofree char *text = hear (ear, MSG_DONTWAIT);
  g_assert_cmpstr (text, ==, "WATCHDOG=1");
}

static void
test_no_watchdog_no_timer (Ear *ear, gconstpointer unused)
{
  g_autoptr (TnHerald) herald = tn_herald_new ();

  g_assert_false (g_main_context_pending (NULL));
  g_assert_null (hear (ear, MSG_DONTWAIT));
}

static void
test_nobody_listens (void)
{
  g_autoptr (TnHerald) herald = tn_herald_new ();

  tn_herald_ready (herald, "ready");
  tn_herald_stopping (herald);
}

#ifdef TN_HAS_SYSTEMD
#define ADD(name, function) g_test_add (name, Ear, NULL, set_up, function, tear_down)
#endif

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_unsetenv ("NOTIFY_SOCKET");
#ifdef TN_HAS_SYSTEMD
  ADD ("/control/herald/states-are-told", test_states_are_told);
  ADD ("/control/herald/signs-of-life-are-given-in-time", test_signs_of_life);
  ADD ("/control/herald/without-a-watchdog-nothing-ticks", test_no_watchdog_no_timer);
#endif
  g_test_add_func ("/control/herald/where-nobody-listens-nothing-happens", test_nobody_listens);
  return g_test_run ();
}
