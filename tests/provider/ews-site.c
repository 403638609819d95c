#include "provider/ews-site.h"

#include <stdarg.h>
#include <string.h>

#include "base/error.h"
#include "contract/provider.h"
#include "fakes/await.h"
#include "provider/loader.h"

gpointer
tn_ews_site_new (void)
{
  TnEwsSite *site = g_new0 (TnEwsSite, 1);
  site->server = tn_ews_server_new ();
  site->clock = tn_fake_clock_new (20000);
  return site;
}

void
tn_ews_site_free (gpointer data)
{
  TnEwsSite *site = data;
  g_clear_object (&site->client);
  g_clear_object (&site->clock);
  tn_ews_server_free (site->server);
  g_free (site);
}

/* (transfer full) account */
static TnProvider *
open_account (TnEwsSite *site, GHashTable *options, const char *binding)
{
  g_autoptr (TnLoader) loader = tn_loader_new (g_getenv ("TURNUS_PLUGINS"), TN_CLOCK (site->clock));
  g_autoptr (GError) error = NULL;
  g_autoptr (TnAccount) account = tn_account_new (g_hash_table_lookup (options, "url"));
  TnClient *client
      = tn_client_new (account, TN_CLOCK (site->clock), g_get_tmp_dir (), &tn_limits_usual, &error);
  g_assert_no_error (error);
  TnProvider *provider
      = tn_loader_open (loader, "exchange", "egen", options, "/", binding, client, &error);
  g_assert_no_error (error);
  g_clear_object (&site->client);
  site->client = client;
  return provider;
}

TnProvider *
tn_ews_site_open_with (TnEwsSite *site, const char *binding, const char *name, ...)
{
  g_autoptr (GHashTable) options = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *url
      = tn_http_server_dup_url (tn_ews_server_get_http (site->server), TN_EWS_PATH);
  g_hash_table_insert (options, (gpointer) "url", url);
  g_hash_table_insert (options, (gpointer) "protocol", (gpointer) "ews");
  va_list more;
  va_start (more, name);
  for (const char *key = name; key != NULL; key = va_arg (more, const char *))
    g_hash_table_replace (options, (gpointer) key, (gpointer) va_arg (more, const char *));
  va_end (more);
  return open_account (site, options, binding);
}

/* Returns: (transfer full): why a calendar with this url cannot be opened; `name` (nullable) */
GError *
tn_ews_refuse_to_open (const char *url, const char *name, const char *value)
{
  g_autoptr (TnFakeClock) clock = tn_fake_clock_new (20000);
  g_autoptr (TnLoader) loader = tn_loader_new (g_getenv ("TURNUS_PLUGINS"), TN_CLOCK (clock));
  g_autoptr (GHashTable) options = g_hash_table_new (g_str_hash, g_str_equal);
  GError *error = NULL;
  g_hash_table_insert (options, (gpointer) "url", (gpointer) url);
  g_hash_table_insert (options, (gpointer) "protocol", (gpointer) "ews");
  if (name != NULL)
    g_hash_table_insert (options, (gpointer) name, (gpointer) value);
  g_autoptr (TnProvider) provider
      = tn_loader_open (loader, "exchange", "egen", options, "/", NULL, NULL, &error);
  g_assert_true ((provider == NULL) == (error != NULL));
  return error;
}

TnProvider *
tn_ews_site_open (gpointer site, const char *binding)
{
  return tn_ews_site_open_with (site, binding, "protocol", "ews", NULL);
}

static char *
dup_summary (const char *text)
{
  const char *start = strstr (text, "SUMMARY:");
  g_assert_nonnull (start);
  start += strlen ("SUMMARY:");
  g_autofree char *plain = g_strndup (start, strcspn (start, "\r\n"));
  return g_markup_escape_text (plain, -1);
}

/* A person edits, or removes, the item that turnus made. */
char *
tn_ews_site_edit (gpointer data, const char *uid, const char *text)
{
  TnEwsSite *site = data;
  const TnEwsItem *item = tn_ews_server_find (site->server, "turnus-uid", uid);
  g_assert_nonnull (item);
  char *id = g_strdup (item->id);
  if (text == NULL)
    {
      tn_ews_server_drop (site->server, id);
      return id;
    }
  g_autofree char *summary = dup_summary (text);
  g_autofree char *xml = g_strdup_printf ("<Subject>%s</Subject>", summary);
  tn_ews_server_change (site->server, id, xml);
  return id;
}

gboolean
tn_ews_site_lock (gpointer data)
{
  TnEwsSite *site = data;
  tn_ews_server_get_calendar (site->server)->is_read_only = TRUE;
  return TRUE;
}

void
tn_ews_fixture_set_up (TnEwsFixture *f, gconstpointer unused)
{
  f->site = tn_ews_site_new ();
  f->server = f->site->server;
  f->quirks = tn_ews_server_get_quirks (f->server);
  f->http = tn_ews_server_get_http (f->server);
  f->provider = tn_ews_site_open (f->site, NULL);
}

void
tn_ews_fixture_tear_down (TnEwsFixture *f, gconstpointer unused)
{
  g_clear_object (&f->provider);
  tn_ews_site_free (f->site);
}

TurnusListing *
tn_ews_fixture_list (TnEwsFixture *f, const char *token)
{
  g_autoptr (GError) error = NULL;
  TurnusListing *listing = tn_await_list (f->provider, token, &error);
  g_assert_no_error (error);
  return listing;
}

int
tn_ews_fixture_fail_list (TnEwsFixture *f, const char *token)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusListing) listing = tn_await_list (f->provider, token, &error);
  g_assert_null (listing);
  g_assert_nonnull (error);
  g_assert_true (error->domain == TN_ERROR);
  return error->code;
}

TurnusRef *
tn_ews_fixture_create (TnEwsFixture *f, const char *uid)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = tn_contract_make_event (uid, "Studietur");
  TurnusRef *ref = tn_await_save (f->provider, uid, NULL, text, &error);
  g_assert_no_error (error);
  return ref;
}

char *
tn_ews_fixture_load (TnEwsFixture *f, const char *id)
{
  g_autoptr (TurnusLoaded) loaded = tn_await_load_one (f->provider, id);
  g_assert_no_error (loaded->error);
  gsize length = 0;
  const char *start = g_bytes_get_data (loaded->bytes, &length);
  return g_strndup (start, length);
}

TurnusRef *
tn_ews_fixture_rewrite (TnEwsFixture *f, const char *id, const char *where, const char *by,
                        GError **error)
{
  g_autoptr (TurnusLoaded) loaded = tn_await_load_one (f->provider, id);
  g_assert_no_error (loaded->error);
  gsize length = 0;
  const char *start = g_bytes_get_data (loaded->bytes, &length);
  g_autoptr (GString) text = g_string_new_len (start, (gssize) length);
  g_assert_cmpuint (g_string_replace (text, where, by, 1), ==, 1);
  return tn_await_save (f->provider, id, loaded->revision, text->str, error);
}

char *
tn_ews_fixture_find_sent (TnEwsFixture *f, const char *operation)
{
  g_autofree char *tag = g_strdup_printf ("<m:%s ", operation);
  g_autofree char *bare = g_strdup_printf ("<m:%s>", operation);
  for (guint i = tn_http_server_count (f->http); i > 0; i--)
    {
      const TnHttpSeen *seen = tn_http_server_get_seen (f->http, i - 1);
      gsize length = 0;
      const char *start = g_bytes_get_data (seen->body, &length);
      g_autofree char *body = g_strndup (start, length);
      if (strstr (body, tag) != NULL || strstr (body, bare) != NULL)
        return g_steal_pointer (&body);
    }
  return NULL;
}
