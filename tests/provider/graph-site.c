#include "provider/graph-site.h"

#include <string.h>

#include "base/error.h"
#include "contract/provider.h"
#include "fakes/await.h"
#include "provider/loader.h"

gpointer
tn_graph_site_new (void)
{
  TnGraphSite *site = g_new0 (TnGraphSite, 1);
  site->server = tn_graph_server_new ();
  site->clock = tn_fake_clock_new (20000);
  return site;
}

void
tn_graph_site_free (gpointer data)
{
  TnGraphSite *site = data;
  g_clear_object (&site->client);
  g_clear_object (&site->clock);
  tn_graph_server_free (site->server);
  g_free (site);
}

static TnProvider *
open_provider (TnGraphSite *site, const char *calendar, const char *binding, GError **error)
{
  g_autofree char *url = tn_graph_server_dup_url (site->server);
  g_autoptr (TnAccount) account = tn_account_new (url);
  g_autoptr (TnLoader) loader = tn_loader_new (g_getenv ("TURNUS_PLUGINS"), TN_CLOCK (site->clock));
  g_autoptr (GHashTable) options = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) client_error = NULL;
  g_hash_table_insert (options, (gpointer) "url", url);
  g_hash_table_insert (options, (gpointer) "protocol", (gpointer) "graph");
  g_hash_table_insert (options, (gpointer) "mailbox", (gpointer) TN_GRAPH_MAILBOX);
  if (calendar != NULL)
    g_hash_table_insert (options, (gpointer) "calendar", (gpointer) calendar);
  g_clear_object (&site->client);
  site->client = tn_client_new (account, TN_CLOCK (site->clock), g_get_tmp_dir (), &tn_limits_usual,
                                &client_error);
  g_assert_no_error (client_error);
  return tn_loader_open (loader, "exchange", "egen", options, "/", binding, site->client, error);
}

TnProvider *
tn_graph_site_open (gpointer data, const char *binding)
{
  g_autoptr (GError) error = NULL;
  TnProvider *provider = open_provider (data, NULL, binding, &error);
  g_assert_no_error (error);
  return provider;
}

TnProvider *
tn_graph_site_open_with (TnGraphSite *site, const char *calendar, GError **error)
{
  return open_provider (site, calendar, NULL, error);
}

/* Somebody changes the title in Outlook. */
char *
tn_graph_site_edit (gpointer data, const char *uid, const char *text)
{
  TnGraphSite *site = data;
  char *id = g_strdup (tn_graph_server_find_uid (site->server, uid));
  if (text == NULL)
    {
      tn_graph_server_remove (site->server, id);
      return id;
    }
  const char *title = strstr (text, "SUMMARY:") + strlen ("SUMMARY:");
  g_autofree char *json
      = g_strdup_printf ("{\"subject\":\"%.*s\"}", (int) strcspn (title, "\r"), title);
  tn_graph_server_edit (site->server, id, json);
  return id;
}

gboolean
tn_graph_site_lock (gpointer data)
{
  TnGraphSite *site = data;
  tn_graph_server_get_quirks (site->server)->is_read_only = TRUE;
  return TRUE;
}

void
tn_graph_fixture_set_up (TnGraphFixture *f, gconstpointer unused)
{
  f->site = tn_graph_site_new ();
  f->server = f->site->server;
  f->quirks = tn_graph_server_get_quirks (f->server);
  f->http = tn_graph_server_get_http (f->server);
  f->provider = tn_graph_site_open (f->site, NULL);
}

void
tn_graph_fixture_tear_down (TnGraphFixture *f, gconstpointer unused)
{
  g_clear_object (&f->provider);
  g_assert_cmpuint (tn_graph_server_count_mails (f->server), ==, 0);
  g_assert_cmpuint (tn_graph_server_count_blind (f->server), ==, 0);
  tn_graph_site_free (f->site);
}

void
tn_graph_fixture_open (TnGraphFixture *f)
{
  g_clear_object (&f->provider);
  f->provider = tn_graph_site_open (f->site, NULL);
}

void
tn_graph_fixture_wait (TnGraphFixture *f)
{
  gint64 left_us
      = tn_client_get_not_before_us (f->site->client) - tn_clock_now_us (TN_CLOCK (f->site->clock));
  if (left_us > 0)
    tn_fake_clock_advance_us (f->site->clock, left_us);
}

TurnusListing *
tn_graph_fixture_list (TnGraphFixture *f, const char *token)
{
  g_autoptr (GError) error = NULL;
  TurnusListing *listing = tn_await_list (f->provider, token, &error);
  g_assert_no_error (error);
  return listing;
}

int
tn_graph_fixture_fail_list (TnGraphFixture *f, const char *token)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusListing) listing = tn_await_list (f->provider, token, &error);
  g_assert_null (listing);
  g_assert_nonnull (error);
  g_assert_true (error->domain == TN_ERROR);
  return error->code;
}

static char *
dup_text (const TurnusLoaded *loaded)
{
  g_assert_no_error (loaded->error);
  gsize length = 0;
  const char *start = g_bytes_get_data (loaded->bytes, &length);
  return g_strndup (start, length);
}

char *
tn_graph_fixture_load (TnGraphFixture *f, const char *id)
{
  g_autoptr (TurnusLoaded) loaded = tn_await_load_one (f->provider, id);
  return dup_text (loaded);
}

TurnusRef *
tn_graph_fixture_create (TnGraphFixture *f, const char *uid)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = tn_contract_make_event (uid, "Studietur");
  TurnusRef *ref = tn_await_save (f->provider, uid, NULL, text, &error);
  g_assert_no_error (error);
  return ref;
}

TurnusRef *
tn_graph_fixture_change (TnGraphFixture *f, const char *id, const char *from, const char *to,
                         GError **error)
{
  g_autoptr (TurnusLoaded) loaded = tn_await_load_one (f->provider, id);
  g_autofree char *text = dup_text (loaded);
  g_autoptr (GString) changed = g_string_new (text);
  g_assert_cmpuint (g_string_replace (changed, from, to, 0), >, 0);
  return tn_await_save (f->provider, id, loaded->revision, changed->str, error);
}
