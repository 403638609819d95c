/* From HTTP to an operation and back. A request that breaks a rule gets the fault that Exchange
 * has for it; the schema itself is held by the tests, which have it. */
#include "fakes/ews-server.h"

#include <string.h>

#include "fakes/ews-answer.h"
#include "fakes/ews-call.h"
#include "fakes/ews-moment.h"

#define XML_TYPE "text/xml; charset=utf-8"

struct _TnEwsServer
{
  TnHttpServer *http;              /* (owned) */
  TnEwsOrganisation *organisation; /* (owned) */
  TnEwsQuirks quirks;
  GQueue faults;     /* (owned) (element-type TnEwsFault) */
  GHashTable *calls; /* (owned) (element-type utf8 uint) by operation */
  char *record;      /* (owned) (nullable) folder for requests and answers */
  guint n_recorded;
  guint n_written;
};

static const struct
{
  const char *name;
  void (*run) (TnEwsCall *call);
} operations[] = {
  { "GetFolder", tn_ews_get_folder },   { "FindFolder", tn_ews_find_folder },
  { "FindItem", tn_ews_find_item },     { "SyncFolderItems", tn_ews_sync_folder_items },
  { "GetItem", tn_ews_get_item },       { "CreateItem", tn_ews_create_item },
  { "UpdateItem", tn_ews_update_item }, { "DeleteItem", tn_ews_delete_item },
};

static TnEwsFault *
take_fault (TnEwsServer *server, const char *operation)
{
  for (GList *link = server->faults.head; link != NULL; link = link->next)
    {
      TnEwsFault *fault = link->data;
      if (fault->operation != NULL && strcmp (fault->operation, operation) != 0)
        continue;
      g_queue_delete_link (&server->faults, link);
      return fault;
    }
  return NULL;
}

static void
record (TnEwsServer *server, const char *kind, const char *text, gsize length)
{
  if (server->record == NULL)
    return;
  g_autofree char *name = g_strdup_printf ("%04u-%s.xml", server->n_recorded, kind);
  g_autofree char *path = g_build_filename (server->record, name, NULL);
  g_assert_true (g_file_set_contents (path, text, (gssize) length, NULL));
}

static void
answer_text (TnEwsServer *server, TnHttpAnswer *answer, guint status, const char *text)
{
  answer->status = status;
  tn_http_answer_set_text (answer, XML_TYPE, text);
  record (server, "answer", text, strlen (text));
}

static void
answer_fault (TnEwsServer *server, TnHttpAnswer *answer, const char *code, guint backoff_ms)
{
  g_autofree char *text = tn_ews_answer_make_fault (code, backoff_ms);
  answer_text (server, answer, 500, text);
}

static xmlNode *
make_envelope (const char *operation, xmlNode **messages)
{
  g_autofree char *name = g_strconcat (operation, "Response", NULL);
  xmlNode *envelope = tn_ews_tree_new_root (TN_EWS_SOAP, "Envelope");
  xmlNode *header = tn_ews_tree_add (envelope, TN_EWS_SOAP, "Header", NULL);
  xmlNode *version = tn_ews_tree_add_type (header, "ServerVersionInfo", NULL);
  tn_ews_tree_set (version, "MajorVersion", "15");
  tn_ews_tree_set (version, "MinorVersion", "0");
  tn_ews_tree_set (version, "MajorBuildNumber", "847");
  tn_ews_tree_set (version, "MinorBuildNumber", "32");
  tn_ews_tree_set (version, "Version", "V2_8");
  xmlNode *body = tn_ews_tree_add (envelope, TN_EWS_SOAP, "Body", NULL);
  xmlNode *response = tn_ews_tree_add (body, TN_EWS_MESSAGES, name, NULL);
  *messages = tn_ews_tree_add (response, TN_EWS_MESSAGES, "ResponseMessages", NULL);
  return envelope;
}

static void
run_call (TnEwsServer *server, TnEwsCall *call, void (*run) (TnEwsCall *), TnHttpAnswer *answer)
{
  xmlNode *envelope = make_envelope (call->operation, &call->messages);
  gboolean is_fault = call->fault != NULL && call->fault->is_fault;
  if (!is_fault || call->fault->is_done)
    run (call);
  server->n_written += call->n_written;
  tn_ews_answer_disguise (envelope, &server->quirks);
  g_autofree char *text = tn_ews_tree_format (envelope);
  if (is_fault)
    answer_fault (server, answer, call->fault->code, call->fault->backoff_ms);
  else
    answer_text (server, answer, 200, text);
  tn_ews_tree_free_root (envelope);
}

/* The mailbox that is meant: the impersonated one, or that of the login. (nullable) */
static char *
dup_address (const TnEwsServer *server, const xmlNode *header)
{
  const xmlNode *who
      = tn_ews_tree_first (tn_ews_tree_find_path (header, "ExchangeImpersonation/ConnectingSID"));
  g_autofree char *address = tn_ews_tree_dup_text (who);
  if (address == NULL)
    return g_strdup (TN_EWS_ADDRESS);
  if (server->quirks.denies_impersonation
      || !tn_ews_organisation_has_mailbox (server->organisation, address))
    return NULL;
  return g_steal_pointer (&address);
}

static gboolean
is_version_known (const xmlNode *header)
{
  const xmlNode *version = tn_ews_tree_find (header, "RequestServerVersion");
  g_autofree char *text = tn_ews_tree_dup_value (version, "Version");
  return text == NULL || g_str_has_prefix (text, "Exchange20");
}

static guint
find_operation (const xmlNode *request)
{
  guint i = 0;
  while (i < G_N_ELEMENTS (operations) && !tn_ews_tree_is (request, operations[i].name))
    i++;
  return i;
}

static void
serve (TnEwsServer *server, const xmlNode *envelope, TnHttpAnswer *answer)
{
  const xmlNode *header = tn_ews_tree_find (envelope, "Header");
  const xmlNode *request = tn_ews_tree_first (tn_ews_tree_find (envelope, "Body"));
  const xmlNode *zone = tn_ews_tree_find_path (header, "TimeZoneContext/TimeZoneDefinition");
  g_autofree char *zone_name = tn_ews_tree_dup_value (zone, "Id");
  g_autofree char *address = dup_address (server, header);
  g_autoptr (GTimeZone) context = tn_ews_moment_find_zone (zone_name);
  guint i = find_operation (request);
  if (i == G_N_ELEMENTS (operations))
    answer_fault (server, answer, "ErrorInvalidRequest", 0);
  else if (!is_version_known (header))
    answer_fault (server, answer, "ErrorInvalidServerVersion", 0);
  else if (address == NULL)
    answer_fault (server, answer,
                  server->quirks.denies_impersonation ? "ErrorImpersonateUserDenied"
                                                      : "ErrorNonExistentMailbox",
                  0);
  else
    {
      const char *name = operations[i].name;
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (server->calls, name));
      g_hash_table_insert (server->calls, (gpointer) name, GUINT_TO_POINTER (n + 1));
      g_autofree TnEwsFault *fault = take_fault (server, name);
      TnEwsCall call = { .organisation = server->organisation,
                         .quirks = &server->quirks,
                         .operation = name,
                         .address = address,
                         .request = request,
                         .zone = context,
                         .fault = fault };
      run_call (server, &call, operations[i].run, answer);
    }
}

static gboolean
is_let_in (const TnEwsServer *server, const TnHttpSeen *seen)
{
  if (server->quirks.user == NULL)
    return TRUE;
  g_autofree char *pair = g_strdup_printf ("%s:%s", server->quirks.user, server->quirks.password);
  g_autofree char *coded = g_base64_encode ((const guchar *) pair, strlen (pair));
  g_autofree char *wanted = g_strconcat ("Basic ", coded, NULL);
  return g_strcmp0 (tn_http_seen_get_header (seen, "authorization"), wanted) == 0;
}

/* A side door for tests that are programs of their own: what mail would have been sent. */
static void
show_outbox (TnEwsServer *server, TnHttpAnswer *answer)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < server->organisation->outbox->len; i++)
    g_string_append_printf (text, "%s\n",
                            (const char *) g_ptr_array_index (server->organisation->outbox, i));
  tn_http_answer_set_text (answer, "text/plain; charset=utf-8", text->str);
}

static void
on_request (const TnHttpSeen *seen, TnHttpAnswer *answer, gpointer user_data)
{
  TnEwsServer *server = user_data;
  if (strcmp (seen->target, "/outbox") == 0)
    {
      show_outbox (server, answer);
      return;
    }
  if (!is_let_in (server, seen))
    {
      answer->status = 401;
      tn_http_answer_add_header (answer, "WWW-Authenticate", "Negotiate");
      tn_http_answer_add_header (answer, "WWW-Authenticate", "Basic realm=\"exchange\"");
      return;
    }
  gsize length = 0;
  const char *start = g_bytes_get_data (seen->body, &length);
  server->n_recorded++;
  record (server, "request", start, length);
  g_autoptr (xmlDoc) doc = tn_ews_tree_parse (seen->body);
  const xmlNode *envelope = doc != NULL ? xmlDocGetRootElement (doc) : NULL;
  if (g_ascii_strcasecmp (seen->target, TN_EWS_PATH) != 0)
    answer->status = 404;
  else if (strcmp (seen->method, "POST") != 0)
    answer->status = 405;
  else if (!tn_ews_tree_is (envelope, "Envelope"))
    answer_fault (server, answer, "ErrorSchemaValidation", 0);
  else
    serve (server, envelope, answer);
}

/* `port`: 0 for any */
TnEwsServer *
tn_ews_server_new_at (guint16 port)
{
  TnEwsServer *server = g_new0 (TnEwsServer, 1);
  server->http = tn_http_server_new_at ("127.0.0.1", port);
  server->organisation = tn_ews_organisation_new ();
  server->calls = g_hash_table_new (g_str_hash, g_str_equal);
  g_queue_init (&server->faults);
  tn_ews_organisation_add_mailbox (server->organisation, TN_EWS_ADDRESS);
  tn_http_server_set_handler (server->http, on_request, server);
  return server;
}

TnEwsServer *
tn_ews_server_new (void)
{
  return tn_ews_server_new_at (0);
}

void
tn_ews_server_free (TnEwsServer *server)
{
  if (server == NULL)
    return;
  tn_http_server_free (server->http);
  tn_ews_organisation_free (server->organisation);
  g_queue_clear_full (&server->faults, g_free);
  g_hash_table_unref (server->calls);
  g_free (server->record);
  g_free (server);
}

TnEwsQuirks *
tn_ews_server_get_quirks (TnEwsServer *server)
{
  return &server->quirks;
}

TnHttpServer *
tn_ews_server_get_http (TnEwsServer *server)
{
  return server->http;
}

TnEwsOrganisation *
tn_ews_server_get_organisation (TnEwsServer *server)
{
  return server->organisation;
}

/* Faults wait for the call that they are meant for, each for one. */
void
tn_ews_server_push_fault (TnEwsServer *server, const TnEwsFault *fault)
{
  g_queue_push_tail (&server->faults, g_memdup2 (fault, sizeof *fault));
}

void
tn_ews_server_lose_state (TnEwsServer *server)
{
  server->organisation->epoch++;
}

/* From now on each request and its answer are kept as files in @folder. */
void
tn_ews_server_record (TnEwsServer *server, const char *folder)
{
  g_free (server->record);
  server->record = g_strdup (folder);
}

TnEwsFolder *
tn_ews_server_get_calendar (TnEwsServer *server)
{
  return tn_ews_organisation_find_distinguished (server->organisation, TN_EWS_ADDRESS, "calendar");
}

static xmlDoc *
parse_item (const char *xml)
{
  g_autofree char *whole
      = g_strconcat ("<CalendarItem xmlns=\"" TN_EWS_TYPES "\">", xml, "</CalendarItem>", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (whole, strlen (whole));
  xmlDoc *doc = tn_ews_tree_parse (bytes);
  g_assert_nonnull (doc);
  return doc;
}

/* Returns: (transfer none): its id */
const char *
tn_ews_server_put (TnEwsServer *server, TnEwsFolder *folder, const char *xml)
{
  const char *code = NULL;
  g_autoptr (xmlDoc) doc = parse_item (xml);
  xmlNode *fields = tn_ews_item_make_fields (xmlDocGetRootElement (doc), NULL, &code);
  g_assert_nonnull (fields);
  return tn_ews_folder_add (folder, server->organisation, fields)->id;
}

/* One update for each element of @given, as a client would send it. */
static xmlNode *
make_updates (const xmlNode *given)
{
  xmlNode *updates = tn_ews_tree_new_root (TN_EWS_TYPES, "Updates");
  for (xmlNode *one = tn_ews_tree_first (given); one != NULL; one = tn_ews_tree_next (one))
    {
      xmlNode *set = tn_ews_tree_add_type (updates, "SetItemField", NULL);
      const xmlNode *property = tn_ews_tree_find (one, "ExtendedFieldURI");
      g_autofree char *uri = g_strconcat ("item:", (const char *) one->name, NULL);
      if (property != NULL)
        tn_ews_tree_copy (set, property);
      else
        tn_ews_tree_set (tn_ews_tree_add_type (set, "FieldURI", NULL), "FieldURI", uri);
      tn_ews_tree_copy (tn_ews_tree_add_type (set, "CalendarItem", NULL), one);
    }
  return updates;
}

/* Returns: %FALSE when it is not there */
gboolean
tn_ews_server_change (TnEwsServer *server, const char *id, const char *xml)
{
  const char *code = NULL;
  TnEwsItem *item = tn_ews_organisation_find_item (server->organisation, id, NULL);
  if (item == NULL)
    return FALSE;
  g_autoptr (xmlDoc) doc = parse_item (xml);
  xmlNode *updates = make_updates (xmlDocGetRootElement (doc));
  g_assert_true (tn_ews_item_change (item->fields, updates, NULL, &code));
  tn_ews_tree_free_root (updates);
  tn_ews_item_touch (item, server->organisation);
  return TRUE;
}

gboolean
tn_ews_server_drop (TnEwsServer *server, const char *id)
{
  TnEwsFolder *folder = NULL;
  TnEwsItem *item = tn_ews_organisation_find_item (server->organisation, id, &folder);
  if (item == NULL)
    return FALSE;
  tn_ews_folder_remove (folder, server->organisation, item);
  return TRUE;
}

static xmlNode *
make_path (const char *path)
{
  xmlNode *root = tn_ews_tree_new_root (TN_EWS_TYPES, "Path");
  gboolean is_own = g_str_has_prefix (path, "turnus-");
  xmlNode *node = tn_ews_tree_add_type (root, is_own ? "ExtendedFieldURI" : "FieldURI", NULL);
  g_autofree char *uri = g_strconcat ("item:", path, NULL);
  if (!is_own)
    tn_ews_tree_set (node, "FieldURI", uri);
  else
    {
      tn_ews_tree_set (node, "DistinguishedPropertySetId", "PublicStrings");
      tn_ews_tree_set (node, "PropertyName", path);
      tn_ews_tree_set (node, "PropertyType", "String");
    }
  return root;
}

/* `path`: "Subject", or "turnus-key" for a property of ours. (transfer full) (nullable) */
char *
tn_ews_server_dup_text (TnEwsServer *server, const char *id, const char *path)
{
  const TnEwsItem *item = tn_ews_organisation_find_item (server->organisation, id, NULL);
  g_assert_nonnull (item);
  xmlNode *root = make_path (path);
  char *text = tn_ews_item_dup_field (item->fields, tn_ews_tree_first (root));
  tn_ews_tree_free_root (root);
  return text;
}

/* Returns: (nullable): the first item of the calendar of which this holds */
const TnEwsItem *
tn_ews_server_find (TnEwsServer *server, const char *property, const char *value)
{
  const TnEwsFolder *calendar = tn_ews_server_get_calendar (server);
  for (guint i = 0; i < calendar->items->len; i++)
    {
      const TnEwsItem *item = g_ptr_array_index (calendar->items, i);
      g_autofree char *text = tn_ews_server_dup_text (server, item->id, property);
      if (g_strcmp0 (text, value) == 0)
        return item;
    }
  return NULL;
}

guint
tn_ews_server_count (TnEwsServer *server)
{
  return tn_ews_server_get_calendar (server)->items->len;
}

guint
tn_ews_server_count_writes (TnEwsServer *server)
{
  return server->n_written;
}

guint
tn_ews_server_count_mails (TnEwsServer *server)
{
  return server->organisation->outbox->len;
}

guint
tn_ews_server_count_calls (TnEwsServer *server, const char *operation)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (server->calls, operation));
}
