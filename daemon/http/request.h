/* daemon/http/request.h — what is asked of a server, and what it answers */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *method;   /* (owned) */
  char *url;      /* (owned) absolute */
  char **headers; /* (owned) name, value, … */
  GBytes *body;   /* (owned) (nullable) */
} TnHttpRequest;

TnHttpRequest *tn_http_request_new (const char *method, const char *url, const char *const *headers,
                                    GBytes *body);
void tn_http_request_free (TnHttpRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnHttpRequest, tn_http_request_free)

gboolean tn_http_request_check (const TnHttpRequest *request, GError **error);
const char *tn_http_request_find_header (const TnHttpRequest *request, const char *name);
gboolean tn_http_request_is_safe (const TnHttpRequest *request);
gboolean tn_http_request_takes_compressed (const TnHttpRequest *request);

/* Any answer that arrived whole, 401 and 503 as well. */
typedef struct
{
  guint status;
  char **headers; /* (owned) name in lower case, value, … */
  GBytes *body;   /* (owned) decompressed; never NULL */
} TnHttpResponse;

void tn_http_response_free (TnHttpResponse *response);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnHttpResponse, tn_http_response_free)

gint64 tn_http_response_get_date_us (const TnHttpResponse *response);
const char *tn_http_response_find_header (const TnHttpResponse *response, const char *name);

G_END_DECLS
