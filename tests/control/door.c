/* Who comes in, and how much of it. */
#include "control/door.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "control/parlour.h"

static void
test_modes (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_WRITE);
  g_autofree char *folder = g_path_get_dirname (parlour->socket);
  struct stat status;

  g_assert_cmpint (stat (parlour->socket, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0660);
  g_assert_cmpint (stat (folder, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0750);
}

static void
test_closing_takes_the_socket_away (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_WRITE);

  g_clear_pointer (&parlour->service, tn_service_close);

  g_assert_false (g_file_test (parlour->socket, G_FILE_TEST_EXISTS));
}

static void
test_a_stranger_is_told_why (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_WRITE);
  g_clear_object (&parlour->client);
  parlour->refuses = TRUE;
  parlour->client = parlour_connect (parlour->socket, NULL);

  g_autofree char *status = parlour_fail (parlour, "Status", NULL);
  g_autofree char *decide = parlour_fail (
      parlour, "Decide",
      g_variant_new ("(@a{ss}b)", parlour_fields ("kind", "cancel", "event", "7by/erfa/2027", NULL),
                     FALSE));

  g_assert_true (g_str_has_prefix (status, "org.turnus.Error.Denied: "));
  g_assert_nonnull (strstr (status, "may not speak to this daemon"));
  g_assert_true (g_str_has_prefix (decide, "org.turnus.Error.Denied: "));
}

static GSocketConnection *
connect_raw (Parlour *parlour)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (parlour->socket);
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection
      = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, &error);
  g_assert_no_error (error);
  return connection;
}

static void
send_raw (Parlour *parlour, const void *bytes, gsize length)
{
  g_autoptr (GSocketConnection) connection = connect_raw (parlour);
  g_autoptr (GAsyncResult) result = NULL;
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_output_stream_write_all_async (out, bytes, length, G_PRIORITY_DEFAULT, NULL, tn_await_store,
                                   &result);
  tn_await (&result);
  g_output_stream_write_all_finish (out, result, NULL, NULL); /* it may hang up before the end */
}

static void
assert_alive (Parlour *parlour)
{
  g_autoptr (JsonNode) status = parlour_ask (parlour, "Status", NULL);
  g_assert_true (parlour_has (status, "calendars"));
}

static void
test_garbage (void)
{
  static const char HELLO[] = "\0AUTH EXTERNAL 30\r\n";
  static const char HTTP[] = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  g_autoptr (Parlour) parlour = parlour_new (TOWN_WRITE);
  g_autofree char *noise = g_malloc (256 * 1024);
  for (gsize i = 0; i < 256 * 1024; i++)
    noise[i] = (char) g_test_rand_int ();

  send_raw (parlour, noise, 256 * 1024);
  send_raw (parlour, HTTP, strlen (HTTP));
  send_raw (parlour, HELLO, sizeof HELLO - 1);
  send_raw (parlour, "", 0);

  assert_alive (parlour);
}

/* Past the greeting: a header that promises 100 MiB, and the end. */
static void
test_a_lying_frame (void)
{
  static const char AUTH[] = "\0AUTH EXTERNAL\r\nDATA\r\nBEGIN\r\n";
  static const guint8 HEADER[]
      = { 'l', 1, 0, 1, 0, 0, 0x40, 6, 1, 0, 0, 0, 0xff, 0xff, 0xff, 0x05 };
  g_autoptr (Parlour) parlour = parlour_new (TOWN_WRITE);
  guint8 bytes[sizeof AUTH - 1 + sizeof HEADER];
  memcpy (bytes, AUTH, sizeof AUTH - 1);
  memcpy (bytes + sizeof AUTH - 1, HEADER, sizeof HEADER);

  send_raw (parlour, bytes, sizeof bytes);

  assert_alive (parlour);
}

static void
test_big_arguments (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_WRITE);
  g_autofree char *text = g_strnfill (TN_DOOR_MAX_BYTES, 'x');

  g_autofree char *problem = parlour_fail (parlour, "Approve", g_variant_new ("(s)", text));
  text[TN_DOOR_MAX_BYTES - 100] = '\0';
  g_autofree char *other = parlour_fail (parlour, "Approve", g_variant_new ("(s)", text));

  g_assert_true (g_str_has_prefix (problem, "org.turnus.Error.Limit: "));
  g_assert_true (g_str_has_prefix (other, "org.turnus.Error.Invalid: ")); /* it was looked at */
}

static void
test_many_calls (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_WRITE);
  GAsyncResult **slots[TN_DOOR_MAX_CALLS];
  const char *const one[] = { "aarhus", NULL };
  for (guint i = 0; i < 2; i++)
    tn_fake_provider_script (town_calendar (parlour->town, "aarhus"), TN_FAKE_LIST, TN_FAKE_NEVER,
                             TN_ERROR_FAILED);
  for (guint i = 0; i < TN_DOOR_MAX_CALLS; i++)
    slots[i] = parlour_start (parlour, "Sync", g_variant_new ("(^as)", one));

  g_autofree char *problem = parlour_fail (parlour, "Status", NULL);
  g_assert_true (g_str_has_prefix (problem, "org.turnus.Error.Limit: "));

  g_clear_pointer (&parlour->service, tn_service_close);
  for (guint i = 0; i < TN_DOOR_MAX_CALLS; i++)
    {
      g_autofree char *answer = NULL;
      g_assert_null (parlour_finish (parlour, slots[i], &answer));
      g_assert_true (g_str_has_prefix (answer, "org.turnus.Error.Temporary: "));
    }
}

static void
test_many_guests (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_WRITE);
  g_autoptr (GPtrArray) guests = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 1; i < TN_DOOR_MAX_GUESTS; i++)
    g_ptr_array_add (guests, parlour_connect (parlour->socket, NULL));
  assert_alive (parlour);
  g_assert_cmpuint (tn_door_count_guests (tn_service_get_door (parlour->service)), ==,
                    TN_DOOR_MAX_GUESTS);

  g_autoptr (GDBusConnection) last = parlour_connect (parlour->socket, NULL);
  while (last != NULL && !g_dbus_connection_is_closed (last))
    g_main_context_iteration (NULL, TRUE);

  assert_alive (parlour); /* those that are in are served */
  for (guint i = 0; i < guests->len; i++)
    {
      g_autoptr (GAsyncResult) closed = NULL;
      g_dbus_connection_close (g_ptr_array_index (guests, i), NULL, tn_await_store, &closed);
      tn_await (&closed);
    }
  while (tn_door_count_guests (tn_service_get_door (parlour->service)) > 1)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_a_stale_socket (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_WRITE);
  g_autofree char *stale = g_build_filename (parlour->town->folder, "stale", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, 0, NULL);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (stale);
  g_assert_true (g_socket_bind (socket, address, FALSE, NULL));
  g_socket_close (socket, NULL);

  g_autoptr (TnService) service
      = tn_service_open (stale, parlour->town->desk, tn_door_check_usual, NULL, &error);

  g_assert_no_error (error);
  g_autoptr (GDBusConnection) connection = parlour_connect (stale, &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/control/door/hazard-109-socket-and-folder-are-private", test_modes);
  g_test_add_func ("/control/door/closing-takes-the-socket-away",
                   test_closing_takes_the_socket_away);
  g_test_add_func ("/control/door/hazard-109-a-stranger-is-told-why", test_a_stranger_is_told_why);
  g_test_add_func ("/control/door/hazard-110-garbage-does-no-harm", test_garbage);
  g_test_add_func ("/control/door/hazard-110-a-lying-frame-does-no-harm", test_a_lying_frame);
  g_test_add_func ("/control/door/hazard-110-arguments-have-a-limit", test_big_arguments);
  g_test_add_func ("/control/door/hazard-110-open-calls-have-a-limit", test_many_calls);
  g_test_add_func ("/control/door/hazard-110-guests-have-a-limit", test_many_guests);
  g_test_add_func ("/control/door/what-a-killed-daemon-left-is-taken-over", test_a_stale_socket);
  return g_test_run ();
}
