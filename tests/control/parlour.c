/* The daemon's side and the caller's side turn the same main loop; between them is a real socket.
 */
#include "control/parlour.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"

static gboolean
check (gpointer user_data, const TnPeer *peer, GError **error)
{
  const Parlour *parlour = user_data;
  if (parlour->refuses)
    {
      TnPeer other = { .uid = 1000, .name = peer->name };
      return tn_peer_may_speak (&other, 990, NULL, 0, error);
    }
  return TRUE;
}

GDBusConnection *
parlour_connect (const char *socket, GError **error)
{
  g_autofree char *address = g_strconcat ("unix:path=", socket, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_dbus_connection_new_for_address (address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT, NULL,
                                     NULL, tn_await_store, &result);
  tn_await (&result);
  return g_dbus_connection_new_for_address_finish (result, error);
}

Parlour *
parlour_new (const char *common)
{
  g_autoptr (GError) error = NULL;
  Parlour *parlour = g_new0 (Parlour, 1);
  parlour->town = town_new (common);
  parlour->socket = g_build_filename (parlour->town->folder, "run", "control", NULL);
  parlour->service = tn_service_open (parlour->socket, parlour->town->desk, check, parlour, &error);
  g_assert_no_error (error);
  parlour->client = parlour_connect (parlour->socket, &error);
  g_assert_no_error (error);
  return parlour;
}

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_assert_true (tn_desk_stop_finish (TN_DESK (source), result, NULL));
  *(gboolean *) user_data = TRUE;
}

/* As the daemon stops: nothing is left that runs. */
void
parlour_free (Parlour *parlour)
{
  gboolean stopped = FALSE;
  g_autoptr (GAsyncResult) closed = NULL;
  g_clear_pointer (&parlour->service, tn_service_close);
  tn_desk_stop_async (parlour->town->desk, on_stopped, &stopped);
  tn_await_true (&stopped);
  if (!g_dbus_connection_is_closed (parlour->client))
    {
      g_dbus_connection_close (parlour->client, NULL, tn_await_store, &closed);
      tn_await (&closed);
    }
  g_clear_object (&parlour->client);
  tn_await_idle ();
  town_free (parlour->town);
  g_free (parlour->socket);
  g_free (parlour);
}

/* Returns: where the answer will be, for parlour_finish() */
GAsyncResult **
parlour_start (Parlour *parlour, const char *method, GVariant *arguments)
{
  GAsyncResult **slot = g_new0 (GAsyncResult *, 1);
  g_dbus_connection_call (parlour->client, NULL, TN_CONTROL_PATH, TN_CONTROL_INTERFACE, method,
                          arguments, G_VARIANT_TYPE ("(s)"), G_DBUS_CALL_FLAGS_NONE, G_MAXINT, NULL,
                          tn_await_store, slot);
  return slot;
}

/* `ret_problem`: `NAME: text` of the error that was answered, when it was one. */
JsonNode *
parlour_finish (Parlour *parlour, GAsyncResult **slot, char **ret_problem)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = tn_await (slot);
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (parlour->client, result, &error);
  const char *text = NULL;
  g_free (slot);
  if (answer == NULL)
    {
      g_autofree char *name = g_dbus_error_get_remote_error (error);
      g_dbus_error_strip_remote_error (error);
      *ret_problem = g_strdup_printf ("%s: %s", name, error->message);
      return NULL;
    }
  g_variant_get (answer, "(&s)", &text);
  JsonNode *node = json_from_string (text, &error);
  g_assert_no_error (error);
  return node;
}

JsonNode *
parlour_ask (Parlour *parlour, const char *method, GVariant *arguments)
{
  g_autofree char *problem = NULL;
  JsonNode *answer = parlour_finish (parlour, parlour_start (parlour, method, arguments), &problem);
  g_assert_cmpstr (problem, ==, NULL);
  return answer;
}

char *
parlour_fail (Parlour *parlour, const char *method, GVariant *arguments)
{
  char *problem = NULL;
  g_autoptr (JsonNode) answer
      = parlour_finish (parlour, parlour_start (parlour, method, arguments), &problem);
  g_assert_null (answer);
  return problem;
}

/* Names and values in turn, ended by NULL. */
GVariant *
parlour_fields (const char *first, ...)
{
  GVariantBuilder fields;
  va_list arguments;
  g_variant_builder_init (&fields, G_VARIANT_TYPE ("a{ss}"));
  va_start (arguments, first);
  for (const char *name = first; name != NULL; name = va_arg (arguments, const char *))
    g_variant_builder_add (&fields, "{ss}", name, va_arg (arguments, const char *));
  va_end (arguments);
  return g_variant_builder_end (&fields);
}

/* Do these words stand somewhere in the answer? */
gboolean
parlour_has (JsonNode *answer, const char *words)
{
  g_autofree char *text = json_to_string (answer, FALSE);
  return strstr (text, words) != NULL;
}
