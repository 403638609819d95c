/* tests/provider/dav-site.h — a fake CalDAV server, and the caldav plugin opened on it */
#pragma once

#include "fakes/dav-server.h"
#include "fakes/fake-clock.h"
#include "http/client.h"
#include "provider/provider.h"

G_BEGIN_DECLS

typedef struct
{
  TnDavServer *server; /* (owned) */
  TnFakeClock *clock;  /* (owned) */
  TnClient *client;    /* (owned) (nullable) of the provider opened last */
} TnDavSite;

gpointer tn_dav_site_new (void);
void tn_dav_site_free (gpointer site);
TnProvider *tn_dav_site_open (gpointer site, const char *binding);
TnProvider *tn_dav_site_open_url (TnDavSite *site, const char *path, const char *binding);
char *tn_dav_site_edit (gpointer site, const char *uid, const char *text);
gboolean tn_dav_site_lock (gpointer site);

/* A site with its provider, for tests of what CalDAV alone promises. */
typedef struct
{
  TnDavSite *site; /* (owned) */
  TnDavServer *server;
  TnDavQuirks *quirks;
  TnHttpServer *http;
  TnProvider *provider; /* (owned) */
} TnDavFixture;

void tn_dav_fixture_set_up (TnDavFixture *f, gconstpointer unused);
void tn_dav_fixture_tear_down (TnDavFixture *f, gconstpointer unused);
void tn_dav_fixture_open (TnDavFixture *f, const char *path, const char *binding);
void tn_dav_fixture_put (TnDavFixture *f, const char *name, const char *uid, const char *summary);
TurnusListing *tn_dav_fixture_list (TnDavFixture *f, const char *token);
int tn_dav_fixture_fail_list (TnDavFixture *f, const char *token); /* code of TnError */
/* So long that the host asks a server again that said 429 or 503. */
void tn_dav_fixture_wait (TnDavFixture *f);
TurnusRef *tn_dav_fixture_create (TnDavFixture *f, const char *uid);

#define TN_DAV_ADD(path, test)                                                                     \
  g_test_add (path, TnDavFixture, NULL, tn_dav_fixture_set_up, test, tn_dav_fixture_tear_down)

/* An account, and a plugin opened on its URL. */
TnProvider *tn_dav_open_account (TnAccount *account, TnClock *clock, const char *binding,
                                 TnClient **ret_client);

G_END_DECLS
