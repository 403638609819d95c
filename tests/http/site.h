/* tests/http/site.h — a scripted server and a client of it, and calls as if they were synchronous
 */
#pragma once

#include "base/clock.h"
#include "fakes/http-server.h"
#include "http/client.h"

G_BEGIN_DECLS

typedef struct
{
  TnHttpServer *server; /* (owned) */
  TnAccount *account;   /* (owned) to be filled before the first request */
  TnLimits limits;      /* small ones */
  TnClock *clock;       /* (owned) a fake one */
  TnClient *client;     /* (owned) (nullable) made by the first request */
  char *folder;         /* (owned) of its own */
} TnHttpSite;

void tn_http_site_set_up (TnHttpSite *site, gconstpointer unused);
void tn_http_site_tear_down (TnHttpSite *site, gconstpointer unused);
TnClient *tn_http_site_open (TnHttpSite *site);
TnHttpResponse *tn_http_site_send (TnHttpSite *site, const char *method, const char *path,
                                   const char *body, GError **error);
TnHttpResponse *tn_http_site_send_to (TnHttpSite *site, const char *method, const char *url,
                                      const char *const *headers, const char *body, GError **error);
guint tn_http_site_get_status (TnHttpSite *site, const char *method, const char *path,
                               const char *body);
const char *tn_http_site_get_header (TnHttpSite *site, guint request, const char *name);
char *tn_http_site_write_secret (TnHttpSite *site, const char *name, const char *text);

#define TN_HTTP_ADD(path, test)                                                                    \
  g_test_add (path, TnHttpSite, NULL, tn_http_site_set_up, test, tn_http_site_tear_down)

G_END_DECLS
