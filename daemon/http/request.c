/* Requests and responses as values. What a plugin asks for is checked here, before anything is
 * connected: a line end in a header would be a second request of somebody else's making. */
#include "http/request.h"

#include <string.h>

#include <curl/curl.h>

#include "base/error.h"

static const gsize METHOD_MOST = 32;

/**
 * tn_http_request_new:
 * @headers: (nullable) (array zero-terminated=1): name, value, …; copied
 * @body: (nullable)
 *
 * Returns: (transfer full)
 */
TnHttpRequest *
tn_http_request_new (const char *method, const char *url, const char *const *headers, GBytes *body)
{
  TnHttpRequest *request = g_new0 (TnHttpRequest, 1);
  request->method = g_strdup (method);
  request->url = g_strdup (url);
  request->headers = headers != NULL ? g_strdupv ((char **) headers) : g_new0 (char *, 1);
  request->body = body != NULL ? g_bytes_ref (body) : NULL;
  return request;
}

void
tn_http_request_free (TnHttpRequest *request)
{
  if (request == NULL)
    return;
  g_free (request->method);
  g_free (request->url);
  g_strfreev (request->headers);
  g_clear_pointer (&request->body, g_bytes_unref);
  g_free (request);
}

/* Source: RFC 9110 5.6.2. */
static gboolean
is_token (const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr ("!#$%&'*+-.^_`|~", *c) == NULL)
      return FALSE;
  return *text != '\0';
}

static gboolean
is_line (const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c) && *c != '\t')
      return FALSE;
  return TRUE;
}

/* What curl and the account say, and nobody else. */
static gboolean
is_ours (const char *name)
{
  static const char *const names[]
      = { "Accept-Encoding", "Authorization",       "Connection", "Content-Length",
          "Cookie",          "Proxy-Authorization", "Host",       "Transfer-Encoding" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (name, names[i]) == 0)
      return TRUE;
  return FALSE;
}

/**
 * tn_http_request_check:
 *
 * Errors: %TN_ERROR_INVALID when it is no request that may be sent; header values are not quoted.
 */
gboolean
tn_http_request_check (const TnHttpRequest *request, GError **error)
{
  if (!is_token (request->method) || strlen (request->method) > METHOD_MOST)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "'%.32s' is no method of HTTP",
                   request->method);
      return FALSE;
    }
  for (guint i = 0; request->headers[i] != NULL; i += 2)
    if (request->headers[i + 1] == NULL || !is_token (request->headers[i])
        || !is_line (request->headers[i + 1]) || is_ours (request->headers[i]))
      {
        g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                     "header %u cannot be sent: a name, a value of one line, and none that the "
                     "host sets",
                     i / 2 + 1);
        return FALSE;
      }
  return TRUE;
}

static const char *
find_header (char **headers, const char *name)
{
  for (guint i = 0; headers[i] != NULL && headers[i + 1] != NULL; i += 2)
    if (g_ascii_strcasecmp (headers[i], name) == 0)
      return headers[i + 1];
  return NULL;
}

const char *
tn_http_request_find_header (const TnHttpRequest *request, const char *name)
{
  return find_header (request->headers, name);
}

/**
 * tn_http_request_is_safe:
 *
 * Source: RFC 9110 9.2.1, RFC 4918 9.1, RFC 3253 3.6.
 * Returns: %TRUE when asking twice does no harm
 */
gboolean
tn_http_request_is_safe (const TnHttpRequest *request)
{
  static const char *const methods[] = { "GET", "HEAD", "OPTIONS", "PROPFIND", "REPORT", NULL };
  return g_strv_contains (methods, request->method);
}

/**
 * tn_http_request_takes_compressed:
 *
 * A proxy that compresses marks the ETag of what it compressed, which then fits no precondition
 * (hazard 22). So only answers whose ETags stand in their body may be compressed.
 */
gboolean
tn_http_request_takes_compressed (const TnHttpRequest *request)
{
  static const char *const methods[] = { "PROPFIND", "REPORT", "POST", NULL };
  return g_strv_contains (methods, request->method);
}

void
tn_http_response_free (TnHttpResponse *response)
{
  if (response == NULL)
    return;
  g_strfreev (response->headers);
  g_clear_pointer (&response->body, g_bytes_unref);
  g_free (response);
}

const char *
tn_http_response_find_header (const TnHttpResponse *response, const char *name)
{
  return find_header (response->headers, name);
}

/**
 * tn_http_response_get_date_us:
 *
 * Returns: UTC microseconds since 1970 of its Date; 0 when there is none that can be read
 */
gint64
tn_http_response_get_date_us (const TnHttpResponse *response)
{
  const char *text = tn_http_response_find_header (response, "date");
  time_t date = text != NULL ? curl_getdate (text, NULL) : -1;
  return date > 0 ? (gint64) date * G_USEC_PER_SEC : 0;
}
