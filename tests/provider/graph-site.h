/* tests/provider/graph-site.h — a fake Graph, and the exchange plugin opened on it */
#pragma once

#include "fakes/fake-clock.h"
#include "fakes/graph-server.h"
#include "http/client.h"
#include "provider/provider.h"

G_BEGIN_DECLS

typedef struct
{
  TnGraphServer *server; /* (owned) */
  TnFakeClock *clock;    /* (owned) */
  TnClient *client;      /* (owned) (nullable) of the provider opened last */
} TnGraphSite;

gpointer tn_graph_site_new (void);
void tn_graph_site_free (gpointer site);
TnProvider *tn_graph_site_open (gpointer site, const char *binding);
TnProvider *tn_graph_site_open_with (TnGraphSite *site, const char *calendar, GError **error);
char *tn_graph_site_edit (gpointer site, const char *uid, const char *text);
gboolean tn_graph_site_lock (gpointer site);

/* A site with its provider, for tests of what Graph alone promises. */
typedef struct
{
  TnGraphSite *site; /* (owned) */
  TnGraphServer *server;
  TnGraphQuirks *quirks;
  TnHttpServer *http;
  TnProvider *provider; /* (owned) */
} TnGraphFixture;

void tn_graph_fixture_set_up (TnGraphFixture *f, gconstpointer unused);
void tn_graph_fixture_tear_down (TnGraphFixture *f, gconstpointer unused);
void tn_graph_fixture_open (TnGraphFixture *f);
void tn_graph_fixture_wait (TnGraphFixture *f); /* as long as the server asked for */
TurnusListing *tn_graph_fixture_list (TnGraphFixture *f, const char *token);
int tn_graph_fixture_fail_list (TnGraphFixture *f, const char *token); /* code of TnError */
char *tn_graph_fixture_load (TnGraphFixture *f, const char *id);       /* its text */
TurnusRef *tn_graph_fixture_create (TnGraphFixture *f, const char *uid);
/* Puts `to` in the place of `from` in what is loaded, and saves that. */
TurnusRef *tn_graph_fixture_change (TnGraphFixture *f, const char *id, const char *from,
                                    const char *to, GError **error);

#define TN_GRAPH_ADD(path, test)                                                                   \
  g_test_add (path, TnGraphFixture, NULL, tn_graph_fixture_set_up, test, tn_graph_fixture_tear_down)

G_END_DECLS
