#include "provider/dav-site.h"

#include "base/error.h"
#include "contract/provider.h"
#include "fakes/await.h"
#include "provider/loader.h"

gpointer
tn_dav_site_new (void)
{
  TnDavSite *site = g_new0 (TnDavSite, 1);
  site->server = tn_dav_server_new ();
  site->clock = tn_fake_clock_new (20000);
  return site;
}

void
tn_dav_site_free (gpointer data)
{
  TnDavSite *site = data;
  g_clear_object (&site->client);
  g_clear_object (&site->clock);
  tn_dav_server_free (site->server);
  g_free (site);
}

/* As the daemon does it; the loader may go before the calendar does. */
TnProvider *
tn_dav_open_account (TnAccount *account, TnClock *clock, const char *binding, TnClient **ret_client)
{
  g_autoptr (TnLoader) loader = tn_loader_new (g_getenv ("TURNUS_PLUGINS"), clock);
  g_autoptr (GHashTable) options = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  g_hash_table_insert (options, (gpointer) "url", account->url);
  TnClient *client = tn_client_new (account, clock, g_get_tmp_dir (), &tn_limits_usual, &error);
  g_assert_no_error (error);
  TnProvider *provider
      = tn_loader_open (loader, "caldav", "egen", options, "/", binding, client, &error);
  g_assert_no_error (error);
  g_clear_object (ret_client);
  *ret_client = client;
  return provider;
}

TnProvider *
tn_dav_site_open_url (TnDavSite *site, const char *path, const char *binding)
{
  g_autofree char *url = tn_http_server_dup_url (tn_dav_server_get_http (site->server), path);
  g_autoptr (TnAccount) account = tn_account_new (url);
  return tn_dav_open_account (account, TN_CLOCK (site->clock), binding, &site->client);
}

TnProvider *
tn_dav_site_open (gpointer data, const char *binding)
{
  return tn_dav_site_open_url (data, TN_DAV_CALENDAR, binding);
}

char *
tn_dav_site_edit (gpointer data, const char *uid, const char *text)
{
  TnDavSite *site = data;
  char *name = g_strconcat (uid, ".ics", NULL);
  tn_dav_server_put (site->server, name, text);
  return name;
}

gboolean
tn_dav_site_lock (gpointer data)
{
  TnDavSite *site = data;
  tn_dav_server_get_quirks (site->server)->is_read_only = TRUE;
  return TRUE;
}

void
tn_dav_fixture_set_up (TnDavFixture *f, gconstpointer unused)
{
  f->site = tn_dav_site_new ();
  f->server = f->site->server;
  f->quirks = tn_dav_server_get_quirks (f->server);
  f->http = tn_dav_server_get_http (f->server);
  f->provider = tn_dav_site_open (f->site, NULL);
}

void
tn_dav_fixture_tear_down (TnDavFixture *f, gconstpointer unused)
{
  g_clear_object (&f->provider);
  tn_dav_site_free (f->site);
}

/* As a new process does it. */
void
tn_dav_fixture_open (TnDavFixture *f, const char *path, const char *binding)
{
  g_clear_object (&f->provider);
  f->provider = tn_dav_site_open_url (f->site, path, binding);
}

void
tn_dav_fixture_put (TnDavFixture *f, const char *name, const char *uid, const char *summary)
{
  g_autofree char *text = tn_contract_make_event (uid, summary);
  tn_dav_server_put (f->server, name, text);
}

TurnusListing *
tn_dav_fixture_list (TnDavFixture *f, const char *token)
{
  g_autoptr (GError) error = NULL;
  TurnusListing *listing = tn_await_list (f->provider, token, &error);
  g_assert_no_error (error);
  return listing;
}

int
tn_dav_fixture_fail_list (TnDavFixture *f, const char *token)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusListing) listing = tn_await_list (f->provider, token, &error);
  g_assert_null (listing);
  g_assert_nonnull (error);
  g_assert_true (error->domain == TN_ERROR);
  return error->code;
}

TurnusRef *
tn_dav_fixture_create (TnDavFixture *f, const char *uid)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = tn_contract_make_event (uid, "Studietur");
  TurnusRef *ref = tn_await_save (f->provider, uid, NULL, text, &error);
  g_assert_no_error (error);
  return ref;
}

void
tn_dav_fixture_wait (TnDavFixture *f)
{
  gint64 left_us
      = tn_client_get_not_before_us (f->site->client) - tn_clock_now_us (TN_CLOCK (f->site->clock));
  if (left_us > 0)
    tn_fake_clock_advance_us (f->site->clock, left_us);
}
