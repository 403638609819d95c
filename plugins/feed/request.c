/* Who may ask what, by its form alone; what the pages mean is the site's. A host that is not ours
 * is a page of somebody else whose name leads here (DNS rebinding). What changes something must
 * come from a page of ours: a form of another site is sent with cookies as well.
 *
 * Source: RFC 9110 sections 7.2, 9.1 and 15.5; Fetch Metadata (Sec-Fetch-Site). */
#include "request.h"

#include <gio/gio.h>
#include <string.h>

#include "packing.h"
#include "target.h"

static char *
dup_authority (const char *url)
{
  const char *start = strstr (url, "://");
  start = start != NULL ? start + 3 : url;
  g_autofree char *authority = g_strndup (start, strcspn (start, "/?#"));
  return g_ascii_strdown (authority, -1);
}

/**
 * feed_rules_new:
 * @url: public address of the site
 * @listen: `127.0.0.1:8080`, `[::1]:8080` or `unix:/…`
 * @trusted: (nullable): addresses, parted by blanks
 * @user_header: (nullable): who somebody is, if a trusted proxy says so
 *
 * Returns: (transfer full)
 */
FeedRules *
feed_rules_new (const char *url, const char *listen, const char *trusted, const char *user_header)
{
  FeedRules *rules = g_new0 (FeedRules, 1);
  g_autofree char *authority = dup_authority (url);
  g_autofree char *scheme = g_strndup (url, strcspn (url, ":"));
  const char *path = strstr (url, "://") != NULL ? strchr (strstr (url, "://") + 3, '/') : NULL;
  const char *port = g_str_has_prefix (listen, "unix:") ? NULL : strrchr (listen, ':');
  g_autofree char *local = g_strconcat ("localhost", port, NULL);
  const char *hosts[] = { authority, local, port != NULL ? listen : NULL, NULL };
  rules->origin = g_strconcat (scheme, "://", authority, NULL);
  rules->folder = path == NULL ? g_strdup ("/")
                               : g_strconcat (path, g_str_has_suffix (path, "/") ? "" : "/", NULL);
  rules->hosts = g_strdupv ((char **) hosts);
  rules->trusted = g_strsplit (trusted != NULL ? trusted : "", " ", -1);
  rules->user_header = user_header != NULL ? g_ascii_strdown (user_header, -1) : NULL;
  return rules;
}

void
feed_rules_free (FeedRules *rules)
{
  if (rules == NULL)
    return;
  g_free (rules->origin);
  g_free (rules->folder);
  g_strfreev (rules->hosts);
  g_strfreev (rules->trusted);
  g_free (rules->user_header);
  g_free (rules);
}

/**
 * feed_request_new_refused:
 *
 * Returns: (transfer full): one that is answered with @refusal, after which nothing more is read
 */
FeedRequest *
feed_request_new_refused (guint refusal)
{
  FeedRequest *request = g_new0 (FeedRequest, 1);
  request->refusal = refusal;
  request->method = g_strdup ("GET");
  request->closes = TRUE;
  request->target = g_strdup ("");
  request->path = g_strdup ("/");
  request->peer = g_strdup ("");
  return request;
}

void
feed_request_free (FeedRequest *request)
{
  if (request == NULL)
    return;
  g_free (request->location);
  g_free (request->method);
  g_free (request->target);
  g_free (request->path);
  g_clear_pointer (&request->query, g_ptr_array_unref);
  g_clear_pointer (&request->form, g_ptr_array_unref);
  g_clear_pointer (&request->headers, g_ptr_array_unref);
  g_free (request->peer);
  g_free (request->tag);
  g_free (request);
}

static gboolean
is_trusted (const FeedRules *rules, const char *address)
{
  return g_strv_contains ((const char *const *) rules->trusted, address);
}

/* The last address that no trusted proxy has: those before it, anybody can have made up. */
static char *
dup_peer (const FeedRules *rules, const FeedHead *head, const char *caller)
{
  const char *forwarded = g_hash_table_lookup (head->headers, "x-forwarded-for");
  if (forwarded == NULL || !is_trusted (rules, caller))
    return g_strdup (caller);
  g_auto (GStrv) addresses = g_strsplit (forwarded, ",", -1);
  for (guint i = g_strv_length (addresses); i > 0; i--)
    {
      const char *text = g_strstrip (addresses[i - 1]);
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);
      if (address == NULL)
        return g_strdup (caller);
      g_autofree char *plain = g_inet_address_to_string (address);
      if (!is_trusted (rules, plain))
        return g_steal_pointer (&plain);
    }
  return g_strdup (caller);
}

/* Who somebody is, only a trusted proxy may say. */
static GPtrArray *
list_headers (const FeedRules *rules, const FeedHead *head, const char *caller)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer name;
  gpointer value;
  g_hash_table_iter_init (&iter, head->headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      if (g_strcmp0 (name, rules->user_header) == 0 && !is_trusted (rules, caller))
        continue;
      g_ptr_array_add (list, g_strdup (name));
      g_ptr_array_add (list, g_strdup (value));
    }
  g_ptr_array_add (list, NULL);
  return list;
}

static gboolean
is_our_host (const FeedRules *rules, const FeedHead *head)
{
  const char *host = g_hash_table_lookup (head->headers, "host");
  if (host == NULL)
    return head->is_old;
  g_autofree char *small = g_ascii_strdown (host, -1);
  return g_strv_contains ((const char *const *) rules->hosts, small);
}

/* A browser says where a form stood, in one of two ways at least. */
static gboolean
is_from_our_page (const FeedRules *rules, const FeedHead *head)
{
  const char *origin = g_hash_table_lookup (head->headers, "origin");
  const char *site = g_hash_table_lookup (head->headers, "sec-fetch-site");
  if (origin != NULL && strcmp (origin, rules->origin) != 0)
    return FALSE;
  if (site != NULL && strcmp (site, "same-origin") != 0)
    return FALSE;
  return origin != NULL || site != NULL;
}

static gboolean
is_form (const FeedHead *head)
{
  static const char FORM[] = "application/x-www-form-urlencoded";
  const char *type = g_hash_table_lookup (head->headers, "content-type");
  return type != NULL && g_ascii_strncasecmp (type, FORM, strlen (FORM)) == 0
         && (type[strlen (FORM)] == '\0' || type[strlen (FORM)] == ';'
             || type[strlen (FORM)] == ' ');
}

static guint
read_form (FeedRequest *request, const FeedRules *rules, const FeedHead *head, const char *body)
{
  if (!is_from_our_page (rules, head))
    return 403;
  if (!is_form (head))
    return 415;
  request->form = feed_target_list_fields (body);
  return request->form == NULL ? 400 : 0;
}

/* A proxy hands over the whole path, or has taken the folder away. */
static guint
read_path (FeedRequest *request, const FeedRules *rules, const FeedHead *head)
{
  g_autofree char *path = feed_target_dup_path (head->target);
  request->query = feed_target_list_query (head->target);
  if (path == NULL || request->query == NULL)
    return 400;
  gsize folder_length = strlen (rules->folder);
  if (folder_length > 1 && strlen (path) == folder_length - 1
      && g_str_has_prefix (rules->folder, path))
    {
      request->location = g_strconcat (rules->origin, rules->folder, NULL);
      return 308;
    }
  g_free (request->path);
  request->path = g_str_has_prefix (path, rules->folder) ? g_strdup (path + folder_length - 1)
                                                         : g_steal_pointer (&path);
  return 0;
}

static guint
read_method (FeedRequest *request, const FeedHead *head)
{
  request->is_head = strcmp (head->method, "HEAD") == 0;
  if (!request->is_head && strcmp (head->method, "GET") != 0 && strcmp (head->method, "POST") != 0)
    return 405;
  g_free (request->method);
  request->method = g_strdup (request->is_head ? "GET" : head->method);
  return strcmp (request->method, "GET") == 0 && head->body_bytes > 0 ? 400 : 0;
}

static guint
judge (FeedRequest *request, const FeedRules *rules, const FeedHead *head, const char *body)
{
  if (!is_our_host (rules, head))
    return 421;
  guint refusal = read_method (request, head);
  if (refusal == 0)
    refusal = read_path (request, rules, head);
  if (refusal == 0 && strcmp (request->method, "POST") == 0)
    refusal = read_form (request, rules, head, body);
  return refusal;
}

static gboolean
names_reader (const FeedRules *rules, const FeedHead *head)
{
  return g_hash_table_contains (head->headers, "cookie")
         || g_hash_table_contains (head->headers, "authorization")
         || (rules->user_header != NULL
             && g_hash_table_contains (head->headers, rules->user_header));
}

/**
 * feed_request_judge:
 * @body: of the length that @head says, ended by a zero
 * @caller: address at the other end of the connection, or `unix`
 *
 * Returns: (transfer full): what the site is asked, or a refusal
 */
FeedRequest *
feed_request_judge (const FeedRules *rules, const FeedHead *head, const char *body,
                    const char *caller)
{
  FeedRequest *request = feed_request_new_refused (0);
  g_free (request->peer);
  request->peer = dup_peer (rules, head, caller);
  request->is_old = head->is_old;
  request->closes = head->closes;
  g_free (request->target);
  request->target = g_strdup (head->target);
  request->tag = g_strdup (g_hash_table_lookup (head->headers, "if-none-match"));
  request->takes_gzip
      = feed_packing_is_taken (g_hash_table_lookup (head->headers, "accept-encoding"));
  request->is_personal = names_reader (rules, head);
  request->headers = list_headers (rules, head, caller);
  /* A zero would end the text before its length says so. */
  request->refusal = strlen (body) != head->body_bytes ? 400 : judge (request, rules, head, body);
  return request;
}
