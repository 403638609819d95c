/* Stateful: what is written is listed, with ETags and sync-tokens as of the change. A write without
 * a precondition ends the test (hazard 19). It reads requests as text, since it knows who writes
 * them. */
#include "fakes/dav-server.h"

#include <string.h>

#include "fakes/dav-answer.h"

struct _TnDavServer
{
  TnHttpServer *http; /* (owned) */
  TnDavQuirks quirks;
  GHashTable *items;   /* (owned) (element-type utf8 TnDavItem) by name */
  GHashTable *removed; /* (owned) (element-type utf8 guint) name to the change that removed it */
  GHashTable *trash;   /* (owned) UIDs that were deleted */
  guint change;        /* counts up */
  guint generation;    /* of the calendar, counts up when it is made anew */
  guint n_writes;
};

static char *
find_between (const char *text, const char *start, const char *end)
{
  const char *from = strstr (text, start);
  const char *to = from != NULL ? strstr (from + strlen (start), end) : NULL;
  return to != NULL ? g_strndup (from + strlen (start), (gsize) (to - from) - strlen (start))
                    : NULL;
}

static char *
dup_uid (const char *text)
{
  g_autofree char *uid = find_between (text, "\nUID:", "\n");
  return uid != NULL ? g_strdup (g_strchomp (uid)) : g_strdup ("");
}

/* As Radicale and Xandikos do: other lines, in another order, and a strong ETag all the same. */
static char *
rewrite (const char *text)
{
  g_autoptr (GString) changed = g_string_new (text);
  g_string_replace (changed, "END:VEVENT", "X-SERVER:was here\r\nEND:VEVENT", 0);
  return g_strdup (changed->str);
}

static void
put (TnDavServer *server, const char *name, const char *text)
{
  TnDavItem *item = g_new0 (TnDavItem, 1);
  item->text = server->quirks.rewrites ? rewrite (text) : g_strdup (text);
  item->uid = dup_uid (text);
  item->change = ++server->change;
  item->etag = g_strdup_printf (server->quirks.has_weak_etags ? "W/\"%u-%u\"" : "\"%u-%u\"",
                                server->generation, item->change);
  g_hash_table_remove (server->removed, name);
  g_hash_table_replace (server->items, g_strdup (name), item);
}

static void
take_away (TnDavServer *server, const char *name)
{
  TnDavItem *item = g_hash_table_lookup (server->items, name);
  g_assert_nonnull (item);
  g_hash_table_add (server->trash, g_strdup (item->uid));
  g_hash_table_replace (server->removed, g_strdup (name), GUINT_TO_POINTER (++server->change));
  g_hash_table_remove (server->items, name);
}

static TnDavItem *
find_uid (TnDavServer *server, const char *uid, const char *but, const char **ret_name)
{
  GHashTableIter iter;
  gpointer name = NULL, item = NULL;
  g_hash_table_iter_init (&iter, server->items);
  while (g_hash_table_iter_next (&iter, &name, &item))
    if (strcmp (((TnDavItem *) item)->uid, uid) == 0 && g_strcmp0 (name, but) != 0)
      {
        *ret_name = name;
        return item;
      }
  return NULL;
}

static char *
dup_token (const TnDavServer *server, guint change)
{
  return g_strdup_printf ("data:,%u-%u", server->generation, change);
}

static TnDavAnswer
open_answer (TnDavServer *server)
{
  return (TnDavAnswer){ .quirks = &server->quirks,
                        .http = server->http,
                        .text = g_string_new (NULL),
                        .change = server->change,
                        .generation = server->generation };
}

/* Sorted, so that pages have an order. */
static GList *
list_names (TnDavServer *server)
{
  GList *names = g_list_concat (g_hash_table_get_keys (server->items),
                                g_hash_table_get_keys (server->removed));
  return g_list_sort (names, (GCompareFunc) strcmp);
}

static guint
find_change (TnDavServer *server, const char *name)
{
  const TnDavItem *item = g_hash_table_lookup (server->items, name);
  return item != NULL ? item->change
                      : GPOINTER_TO_UINT (g_hash_table_lookup (server->removed, name));
}

static int
compare_changes (gconstpointer a, gconstpointer b, gpointer user_data)
{
  guint left = find_change (user_data, a), right = find_change (user_data, b);
  return left < right ? -1 : left > right;
}

/* Members in the order of their last change, so that a page ends at a change. */
static void
report_changes (TnDavServer *server, guint since, gboolean is_initial, TnHttpAnswer *http)
{
  TnDavAnswer answer = open_answer (server);
  GList *names = g_list_sort_with_data (list_names (server), compare_changes, server);
  guint n_told = 0, last = server->change;
  for (GList *at = names; at != NULL; at = at->next)
    {
      const TnDavItem *item = g_hash_table_lookup (server->items, at->data);
      guint change = find_change (server, at->data);
      if (change <= since || (is_initial && item == NULL)
          || (item == NULL && server->quirks.omits_brief))
        continue;
      if (server->quirks.page > 0 && n_told == server->quirks.page)
        {
          tn_dav_answer_add_status (&answer, "", 507);
          break;
        }
      n_told++;
      last = change;
      if (item == NULL)
        tn_dav_answer_add_status (&answer, at->data, 404);
      else
        tn_dav_answer_add_item (&answer, at->data, item, FALSE);
    }
  gboolean is_cut = server->quirks.page > 0 && n_told == server->quirks.page;
  g_autofree char *token = dup_token (server, is_cut ? last : server->change);
  tn_dav_answer_end (&answer, server->quirks.keeps_no_token ? NULL : token, http);
  g_list_free (names);
}

static void
sync_collection (TnDavServer *server, const char *body, TnHttpAnswer *http)
{
  const TnDavQuirks *quirks = &server->quirks;
  g_autofree char *token = find_between (body, "<D:sync-token>", "</D:sync-token>");
  g_autofree char *prefix = g_strdup_printf ("data:,%u-", server->generation);
  gboolean is_initial = token == NULL || *token == '\0';
  gboolean is_known = is_initial || g_str_has_prefix (token, prefix);
  guint since
      = is_initial || !is_known ? 0 : (guint) g_ascii_strtoull (token + strlen (prefix), NULL, 10);
  if (quirks->has_no_sync)
    http->status = 415;
  else if (is_initial && quirks->initial_status > 0)
    http->status = quirks->initial_status;
  else if (!is_initial && quirks->token_status > 0)
    tn_dav_refuse (http, quirks->token_status, "<D:valid-sync-token/>");
  else if (!is_known && !quirks->takes_any_token)
    tn_dav_refuse (http, 403, "<D:valid-sync-token/>");
  else
    /* Somebody who pages on from an initial listing still needs no removals; telling them is
     * allowed. */
    report_changes (server, since, is_initial || !is_known, http);
}

static char *
dup_name (const char *target)
{
  g_autofree char *decoded = g_uri_unescape_string (target, NULL);
  const char *slash = decoded != NULL ? strrchr (decoded, '/') : NULL;
  return g_strdup (slash != NULL ? slash + 1 : "");
}

static void
multiget (TnDavServer *server, const char *body, TnHttpAnswer *http)
{
  TnDavAnswer answer = open_answer (server);
  gboolean is_missing = FALSE;
  g_auto (GStrv) parts = g_strsplit (body, "<D:href>", -1);
  for (guint i = 1; parts[i] != NULL; i++)
    {
      *strchr (parts[i], '<') = '\0';
      g_autofree char *name = dup_name (parts[i]);
      const TnDavItem *item = g_hash_table_lookup (server->items, name);
      is_missing = is_missing || item == NULL;
      if (item != NULL)
        tn_dav_answer_add_item (&answer, name, item, TRUE);
      else if (!server->quirks.omits_missing)
        tn_dav_answer_add_status (&answer, name, 404);
    }
  tn_dav_answer_end (&answer, NULL, http);
  if (is_missing && server->quirks.fails_multiget)
    http->status = 404;
}

static void
query_uid (TnDavServer *server, const char *body, TnHttpAnswer *http)
{
  g_autofree char *uid = find_between (body, "\"i;octet\">", "</C:text-match>");
  TnDavAnswer answer = open_answer (server);
  const char *name = NULL;
  const TnDavItem *item = find_uid (server, uid, NULL, &name);
  if (item != NULL)
    tn_dav_answer_add_item (&answer, name, item, FALSE);
  tn_dav_answer_end (&answer, NULL, http);
}

static void
report (TnDavServer *server, const char *body, TnHttpAnswer *http)
{
  if (strstr (body, "sync-collection") != NULL)
    sync_collection (server, body, http);
  else if (strstr (body, "calendar-multiget") != NULL)
    multiget (server, body, http);
  else
    query_uid (server, body, http);
}

static void
propfind_calendar (TnDavServer *server, const char *depth, TnHttpAnswer *http)
{
  TnDavAnswer answer = open_answer (server);
  tn_dav_answer_add_calendar (&answer, TN_DAV_CALENDAR, "Turnus");
  if (strcmp (depth, "1") == 0)
    {
      GList *names = list_names (server);
      for (GList *at = names; at != NULL; at = at->next)
        {
          const TnDavItem *item = g_hash_table_lookup (server->items, at->data);
          if (item != NULL)
            tn_dav_answer_add_item (&answer, at->data, item, FALSE);
        }
      g_list_free (names);
      if (server->quirks.foreign_href != NULL)
        tn_dav_answer_add_raw_href (&answer, server->quirks.foreign_href);
    }
  tn_dav_answer_end (&answer, NULL, http);
}

static void
propfind_item (TnDavServer *server, const char *name, TnHttpAnswer *http)
{
  const TnDavItem *item = g_hash_table_lookup (server->items, name);
  if (item == NULL)
    {
      http->status = 404;
      return;
    }
  TnDavAnswer answer = open_answer (server);
  tn_dav_answer_add_item (&answer, name, item, FALSE);
  tn_dav_answer_end (&answer, NULL, http);
}

/* The way to the calendar: .well-known, principal, home (RFC 6764). */
static void
propfind_account (TnDavServer *server, const char *target, const char *depth, TnHttpAnswer *http)
{
  TnDavAnswer answer = open_answer (server);
  gboolean is_home = strcmp (target, "/dav/cals/") == 0;
  tn_dav_answer_add_account (&answer, target, !is_home);
  if (is_home && strcmp (depth, "1") == 0)
    {
      tn_dav_answer_add_calendar (&answer, TN_DAV_CALENDAR, "Turnus");
      tn_dav_answer_add_account (&answer, "/dav/cals/inbox/", FALSE);
      if (server->quirks.has_second)
        tn_dav_answer_add_calendar (&answer, "/dav/cals/other/", "Ældreråd & co");
    }
  tn_dav_answer_end (&answer, NULL, http);
}

static gboolean
holds (const TnDavServer *server, const TnHttpSeen *seen, const TnDavItem *item)
{
  const char *match = tn_http_seen_get_header (seen, "if-match");
  const char *none = tn_http_seen_get_header (seen, "if-none-match");
  g_assert_true (match != NULL || none != NULL); /* hazard 19: a write without a condition */
  if (none != NULL)
    return item == NULL;
  return item != NULL && strcmp (match, item->etag) == 0 && !server->quirks.has_weak_etags;
}

static gboolean
may_write (TnDavServer *server, TnHttpAnswer *http)
{
  if (server->quirks.is_read_only)
    tn_dav_refuse (http, 403, "<D:need-privileges/>");
  else if (server->quirks.write_status > 0)
    http->status = server->quirks.write_status;
  else
    return TRUE;
  return FALSE;
}

static void
refuse_uid (TnDavServer *server, const char *taken_by, TnHttpAnswer *http)
{
  guint status = server->quirks.uid_status > 0 ? server->quirks.uid_status : 409;
  g_autofree char *condition
      = g_strdup_printf ("<C:no-uid-conflict><D:href>%s%s</D:href></C:no-uid-conflict>",
                         TN_DAV_CALENDAR, taken_by != NULL ? taken_by : "");
  if (status == 207)
    {
      TnDavAnswer answer = open_answer (server);
      tn_dav_answer_add_status (&answer, "x", 412);
      tn_dav_answer_end (&answer, NULL, http);
    }
  else if (status == 400)
    tn_http_answer_set_text (http, "text/plain", "UID already exists");
  else
    tn_dav_refuse (http, status, taken_by != NULL ? condition : "<C:no-uid-conflict/>");
  http->status = status;
}

static void
put_item (TnDavServer *server, const TnHttpSeen *seen, const char *name, TnHttpAnswer *http)
{
  const TnDavItem *item = g_hash_table_lookup (server->items, name);
  g_autofree char *before = g_strdup (item != NULL ? item->etag : "\"0-0\"");
  gsize size = 0;
  const char *start = g_bytes_get_data (seen->body, &size);
  g_autofree char *text = g_strndup (start, size);
  g_autofree char *uid = dup_uid (text);
  const char *taken_by = NULL;
  gboolean is_held = holds (server, seen, item);
  find_uid (server, uid, name, &taken_by);
  gboolean is_trashed
      = server->quirks.has_trash && item == NULL && g_hash_table_contains (server->trash, uid);
  if (!may_write (server, http))
    return;
  if (!is_held)
    http->status = 412;
  else if ((taken_by != NULL && !server->quirks.has_double_uids) || is_trashed)
    refuse_uid (server, taken_by, http);
  else
    {
      http->status = item == NULL ? 201 : 204;
      server->n_writes++;
      put (server, name, text);
      item = g_hash_table_lookup (server->items, name);
      if (!server->quirks.has_no_put_etag && !server->quirks.has_no_etag)
        tn_dav_add_etag (&server->quirks, server->quirks.has_stale_etag ? before : item->etag,
                         http);
    }
}

static void
delete_item (TnDavServer *server, const TnHttpSeen *seen, const char *name, TnHttpAnswer *http)
{
  const TnDavItem *item = g_hash_table_lookup (server->items, name);
  gboolean is_held = holds (server, seen, item);
  if (!may_write (server, http))
    return;
  http->status = item == NULL ? 404 : is_held ? 204 : 412;
  if (http->status != 204)
    return;
  server->n_writes++;
  take_away (server, name);
}

static void
get_item (TnDavServer *server, const char *name, TnHttpAnswer *http)
{
  const TnDavItem *item = g_hash_table_lookup (server->items, name);
  if (item == NULL)
    {
      http->status = 404;
      return;
    }
  tn_http_answer_set_text (http, "text/calendar; charset=utf-8", item->text);
  tn_dav_add_etag (&server->quirks, item->etag, http);
}

static void
answer_calendar (TnDavServer *server, const TnHttpSeen *seen, TnHttpAnswer *http)
{
  const char *depth = tn_http_seen_get_header (seen, "depth");
  g_autofree char *name = dup_name (seen->target);
  g_autofree char *body
      = g_strndup (g_bytes_get_data (seen->body, NULL), g_bytes_get_size (seen->body));
  if (server->quirks.moved_to != NULL)
    {
      http->status = 301;
      tn_http_answer_add_header (http, "Location", server->quirks.moved_to);
    }
  else if (strcmp (seen->method, "PROPFIND") == 0 && *name == '\0')
    propfind_calendar (server, depth, http);
  else if (strcmp (seen->method, "PROPFIND") == 0)
    propfind_item (server, name, http);
  else if (strcmp (seen->method, "REPORT") == 0)
    report (server, body, http);
  else if (strcmp (seen->method, "PUT") == 0)
    put_item (server, seen, name, http);
  else if (strcmp (seen->method, "DELETE") == 0)
    delete_item (server, seen, name, http);
  else if (strcmp (seen->method, "GET") == 0)
    get_item (server, name, http);
  else
    http->status = 405;
}

static void
on_request (const TnHttpSeen *seen, TnHttpAnswer *http, gpointer user_data)
{
  static const char *const account[] = { "/dav/", "/dav/principal/", "/dav/cals/", NULL };
  TnDavServer *server = user_data;
  const char *depth = tn_http_seen_get_header (seen, "depth");
  g_autoptr (GString) target = g_string_new (seen->target);
  g_string_replace (target, "//", "/", 0);
  if (g_str_has_prefix (target->str, TN_DAV_CALENDAR))
    answer_calendar (server, seen, http);
  else if (strcmp (seen->target, "/dav/cals/turnus") == 0)
    {
      http->status = 301;
      tn_http_answer_add_header (http, "Location", TN_DAV_CALENDAR);
    }
  else if (strcmp (seen->target, "/.well-known/caldav") == 0 && !server->quirks.has_no_well_known)
    {
      http->status = 301;
      tn_http_answer_add_header (http, "Location", "/dav/");
    }
  else if (strcmp (seen->target, "/") == 0)
    propfind_account (server, seen->target, depth, http);
  else if (g_strv_contains (account, seen->target) && strcmp (seen->method, "PROPFIND") == 0)
    propfind_account (server, seen->target, depth, http);
  else
    http->status = 404;
}

TnDavServer *
tn_dav_server_new (void)
{
  TnDavServer *server = g_new0 (TnDavServer, 1);
  server->http = tn_http_server_new ();
  server->items
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) tn_dav_item_free);
  server->removed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  server->trash = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  server->generation = 1;
  tn_http_server_set_handler (server->http, on_request, server);
  return server;
}

void
tn_dav_server_free (TnDavServer *server)
{
  tn_http_server_free (server->http);
  g_hash_table_unref (server->items);
  g_hash_table_unref (server->removed);
  g_hash_table_unref (server->trash);
  g_free (server);
}

TnDavQuirks *
tn_dav_server_get_quirks (TnDavServer *server)
{
  return &server->quirks;
}

TnHttpServer *
tn_dav_server_get_http (TnDavServer *server)
{
  return server->http;
}

void
tn_dav_server_put (TnDavServer *server, const char *name, const char *text)
{
  if (text != NULL)
    put (server, name, text);
  else
    take_away (server, name);
}

void
tn_dav_server_rename (TnDavServer *server, const char *name, const char *to)
{
  g_autofree char *text = g_strdup (tn_dav_server_find (server, name));
  take_away (server, name);
  put (server, to, text);
}

void
tn_dav_server_recreate (TnDavServer *server)
{
  g_hash_table_remove_all (server->items);
  g_hash_table_remove_all (server->removed);
  server->generation++;
  server->change = 0;
}

const char *
tn_dav_server_find (TnDavServer *server, const char *name)
{
  const TnDavItem *item = g_hash_table_lookup (server->items, name);
  return item != NULL ? item->text : NULL;
}

guint
tn_dav_server_count (TnDavServer *server)
{
  return g_hash_table_size (server->items);
}

guint
tn_dav_server_count_writes (TnDavServer *server)
{
  return server->n_writes;
}
