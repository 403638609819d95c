/* tests/provider/ews-site.h — a fake Exchange Server, and the exchange plugin opened on it by EWS
 */
#pragma once

#include "fakes/ews-server.h"
#include "fakes/fake-clock.h"
#include "http/client.h"
#include "provider/provider.h"

G_BEGIN_DECLS

typedef struct
{
  TnEwsServer *server; /* (owned) */
  TnFakeClock *clock;  /* (owned) */
  TnClient *client;    /* (owned) (nullable) of the provider opened last */
} TnEwsSite;

gpointer tn_ews_site_new (void);
void tn_ews_site_free (gpointer site);
TnProvider *tn_ews_site_open (gpointer site, const char *binding);
char *tn_ews_site_edit (gpointer site, const char *uid, const char *text);
gboolean tn_ews_site_lock (gpointer site);

/* `options`: name, value … NULL beside url and protocol. The last with an error. */
TnProvider *tn_ews_site_open_with (TnEwsSite *site, const char *binding, const char *name,
                                   ...) G_GNUC_NULL_TERMINATED;
GError *tn_ews_refuse_to_open (const char *url, const char *name, const char *value);

/* A site with its provider, for tests of what EWS alone promises. */
typedef struct
{
  TnEwsSite *site; /* (owned) */
  TnEwsServer *server;
  TnEwsQuirks *quirks;
  TnHttpServer *http;
  TnProvider *provider; /* (owned) */
} TnEwsFixture;

void tn_ews_fixture_set_up (TnEwsFixture *f, gconstpointer unused);
void tn_ews_fixture_tear_down (TnEwsFixture *f, gconstpointer unused);
TurnusListing *tn_ews_fixture_list (TnEwsFixture *f, const char *token);
int tn_ews_fixture_fail_list (TnEwsFixture *f, const char *token); /* code of TnError */
TurnusRef *tn_ews_fixture_create (TnEwsFixture *f, const char *uid);
/* `where`: "SUMMARY:Studietur" becomes `by`; otherwise as it was loaded */
TurnusRef *tn_ews_fixture_rewrite (TnEwsFixture *f, const char *id, const char *where,
                                   const char *by, GError **error);
char *tn_ews_fixture_load (TnEwsFixture *f, const char *id); /* (transfer full) its text */
/* An element, or an attribute, of the last request of this operation; (transfer full) */
char *tn_ews_fixture_find_sent (TnEwsFixture *f, const char *operation);

#define TN_EWS_ADD(path, test)                                                                     \
  g_test_add (path, TnEwsFixture, NULL, tn_ews_fixture_set_up, test, tn_ews_fixture_tear_down)

G_END_DECLS
