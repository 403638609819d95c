/* Calendars of Exchange: the table, and what the settings say. Which protocol is spoken is a
 * setting; both have one mapping (mapping.h). */
#include <string.h>

#include "calendar.h"
#include "zone.h"

/* The members of the councils that turnus was made for live in it, or in one with its rules. */
#define USUAL_ZONE "Europe/Copenhagen"

static const TurnusOption options[] = {
  { "url", TRUE,
    "the service: \"https://graph.microsoft.com/v1.0\", or "
    "\"https://mail.example.org/EWS/Exchange.asmx\"" },
  { "protocol", FALSE, "\"graph\" (Microsoft 365), or \"ews\" (Exchange Server)" },
  { "mailbox", FALSE, "the shared mailbox: \"kalender@example.org\"" },
  { "calendar", FALSE, "name or id of a calendar in it; its own calendar when left out" },
  { "impersonate", FALSE, "\"yes\": acts as the mailbox, by ews; else as its delegate" },
  { "retired", FALSE, "\"yes\": asks Exchange Online by ews as long as it answers" },
  { "timezone", FALSE, "where days begin at midnight; \"" USUAL_ZONE "\" when left out" },
  { NULL, FALSE, NULL },
};

static const ExProtocol *const protocols[] = { &graph_protocol, &ews_protocol };

static const ExProtocol *
find_protocol (const char *name, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (protocols); i++)
    if (name == NULL || strcmp (protocols[i]->name, name) == 0)
      return protocols[i];
  g_set_error_literal (error, TURNUS_ERROR, TURNUS_ERROR_INVALID,
                       "protocol is none that is known: expected \"graph\" or \"ews\"");
  return NULL;
}

static void
exchange_close (TurnusCalendar *self)
{
  if (self->account != NULL)
    self->protocol->close (self);
  g_free (self->url);
  g_free (self->mailbox);
  g_free (self->folder);
  g_free (self->zone);
  g_free (self->binding);
  g_free (self);
}

static char *
dup_given (GHashTable *given, const char *name)
{
  const char *text = g_hash_table_lookup (given, name);
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

static gboolean
read_options (TurnusCalendar *self, const TurnusOpen *open, GError **error)
{
  self->url = dup_given (open->options, "url");
  self->mailbox = dup_given (open->options, "mailbox");
  self->folder = dup_given (open->options, "calendar");
  self->zone = dup_given (open->options, "timezone");
  self->binding = g_strdup (open->binding);
  if (self->zone == NULL)
    self->zone = g_strdup (USUAL_ZONE);
  while (self->url != NULL && g_str_has_suffix (self->url, "/"))
    self->url[strlen (self->url) - 1] = '\0';
  if (self->url == NULL)
    g_set_error_literal (error, TURNUS_ERROR, TURNUS_ERROR_INVALID,
                         "url is missing: expected \"https://graph.microsoft.com/v1.0\"");
  else if (!ex_zone_is_known (self->zone))
    g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_INVALID,
                 "timezone \"%.64s\" is not known: expected one like \"Europe/Copenhagen\"",
                 self->zone);
  else
    return TRUE;
  return FALSE;
}

static TurnusCalendar *
exchange_open (const TurnusOpen *open, GError **error)
{
  const ExProtocol *protocol
      = find_protocol (g_hash_table_lookup (open->options, "protocol"), error);
  if (protocol == NULL)
    return NULL;
  TurnusCalendar *self = g_new0 (TurnusCalendar, 1);
  self->host = open->host;
  self->host_data = open->host_data;
  self->protocol = protocol;
  if (read_options (self, open, error) && protocol->open (self, open->options, error))
    return self;
  exchange_close (self);
  return NULL;
}

static guint32
exchange_get_caps (TurnusCalendar *self)
{
  return self->protocol->get_caps (self);
}

static void
exchange_list_async (TurnusCalendar *self, const char *token, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  self->protocol->list_async (self, token, cancellable, callback, user_data);
}

static TurnusListing *
exchange_list_finish (TurnusCalendar *self, GAsyncResult *result, GError **error)
{
  return self->protocol->list_finish (self, result, error);
}

static void
exchange_load_async (TurnusCalendar *self, const char *const *ids, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  self->protocol->load_async (self, ids, cancellable, callback, user_data);
}

static GPtrArray *
exchange_load_finish (TurnusCalendar *self, GAsyncResult *result, GError **error)
{
  return self->protocol->load_finish (self, result, error);
}

static void
exchange_save_async (TurnusCalendar *self, const char *id, const char *revision, GBytes *bytes,
                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  self->protocol->save_async (self, id, revision, bytes, cancellable, callback, user_data);
}

static TurnusRef *
exchange_save_finish (TurnusCalendar *self, GAsyncResult *result, GError **error)
{
  return self->protocol->save_finish (self, result, error);
}

static void
exchange_remove_async (TurnusCalendar *self, const char *id, const char *revision,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  self->protocol->remove_async (self, id, revision, cancellable, callback, user_data);
}

static gboolean
exchange_remove_finish (TurnusCalendar *self, GAsyncResult *result, GError **error)
{
  return self->protocol->remove_finish (self, result, error);
}

static void
exchange_discover_async (TurnusCalendar *self, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  self->protocol->discover_async (self, cancellable, callback, user_data);
}

static GPtrArray *
exchange_discover_finish (TurnusCalendar *self, GAsyncResult *result, GError **error)
{
  return self->protocol->discover_finish (self, result, error);
}

G_MODULE_EXPORT extern const TurnusPlugin turnus_plugin;
const TurnusPlugin turnus_plugin = {
  .magic = TURNUS_PLUGIN_MAGIC,
  .abi = TURNUS_PLUGIN_ABI,
  .size = sizeof (TurnusPlugin),
  .name = "exchange",
  .options = options,
  .open = exchange_open,
  .close = exchange_close,
  .get_caps = exchange_get_caps,
  .list_async = exchange_list_async,
  .list_finish = exchange_list_finish,
  .load_async = exchange_load_async,
  .load_finish = exchange_load_finish,
  .save_async = exchange_save_async,
  .save_finish = exchange_save_finish,
  .remove_async = exchange_remove_async,
  .remove_finish = exchange_remove_finish,
  .discover_async = exchange_discover_async,
  .discover_finish = exchange_discover_finish,
};
