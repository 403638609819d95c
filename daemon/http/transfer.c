/* One request in curl: its options, what arrives, and what an end means.
 *
 * What curl does by itself is switched off where it would decide for us: it follows no redirect
 * (hazards 7, 75), reads no proxy, .netrc or certificate from the environment (hazard 81), and
 * asks no second time for what is no mere question. That last one it would do when a connection
 * that was kept open dies without an answer; but then the server may have done what it was told,
 * and the caller must read before it writes again (hazard 27).
 *
 * A body that is cut short is an error when the server said how long it is (Content-Length, chunks,
 * HTTP/2). One that ends with its connection, without either, cannot be told from a whole one: who
 * reads a listing must ask for its closing tag (hazard 3). */
#include "http/transfer.h"

#include <string.h>

#include "base/error.h"
#include "http/unpack.h"

const TnLimits tn_limits_usual = {
  .connect_ms = 15000,
  .total_ms = 180000,
  .stall_s = 60,
  .stall_bytes = 16,
  .body_max_bytes = 64u << 20,
  .head_max_bytes = 64u << 10,
  .parallel = 16,
  .poll_unit_ms = 1000,
};

struct _TnTransfer
{
  CURL *easy; /* (owned) */
  TnLimits limits;
  GBytes *upload;             /* (owned) (nullable) */
  gsize uploaded;             /* bytes of `upload` that curl took */
  gboolean is_safe;           /* may be sent twice */
  struct curl_slist *headers; /* (owned) */
  GPtrArray *received;        /* (owned) (element-type utf8) name, value, … */
  gsize head_bytes;
  TnUnpack *unpack;       /* (owned) (nullable) once a body arrives */
  GError *problem;        /* (owned) (nullable) why we stopped it */
  gboolean is_head_whole; /* curl takes a head that was cut for an answer without a body */
  gboolean is_answered;   /* a status line came since it was last asked */
  gboolean is_unanswered; /* asking once more was refused */
  guint n_asked;
  char reason[CURL_ERROR_SIZE];
};

/* The head of another answer begins: after 100, or after a question for credentials. */
static void
begin_answer (TnTransfer *self)
{
  g_ptr_array_set_size (self->received, 0);
  g_clear_pointer (&self->unpack, tn_unpack_free);
  self->head_bytes = 0;
  self->is_answered = TRUE;
  self->is_head_whole = FALSE;
}

static void
take_header (TnTransfer *self, const char *line)
{
  const char *colon = strchr (line, ':');
  self->is_head_whole = self->is_head_whole || *line == '\r' || *line == '\n';
  if (colon == NULL || colon == line || self->unpack != NULL) /* a trailer is no header */
    return;
  g_autofree char *name = g_strndup (line, (gsize) (colon - line));
  g_ptr_array_add (self->received, g_ascii_strdown (g_strchomp (name), -1));
  g_ptr_array_add (self->received, g_strstrip (g_strdup (colon + 1)));
}

static size_t
on_header (char *bytes, size_t size, size_t n, void *user_data)
{
  TnTransfer *self = user_data;
  size_t length = size * n;
  g_autofree char *line = g_strndup (bytes, length);
  if (g_str_has_prefix (line, "HTTP/"))
    begin_answer (self);
  self->head_bytes += length;
  if (self->head_bytes > self->limits.head_max_bytes)
    {
      self->problem = g_error_new (TN_ERROR, TN_ERROR_LIMIT, "the head of the answer is too big");
      return 0;
    }
  take_header (self, line);
  return length;
}

static const char *
find_received (const TnTransfer *self, const char *name)
{
  for (guint i = 0; i < self->received->len; i += 2)
    if (strcmp (g_ptr_array_index (self->received, i), name) == 0)
      return g_ptr_array_index (self->received, i + 1);
  return NULL;
}

static size_t
on_body (char *bytes, size_t size, size_t n, void *user_data)
{
  TnTransfer *self = user_data;
  if (self->unpack == NULL)
    self->unpack
        = tn_unpack_new (find_received (self, "content-encoding"), self->limits.body_max_bytes);
  return tn_unpack_add (self->unpack, bytes, size * n, &self->problem) ? size * n : 0;
}

static size_t
on_upload (char *buffer, size_t size, size_t n, void *user_data)
{
  TnTransfer *self = user_data;
  size_t length = MIN (size * n, g_bytes_get_size (self->upload) - self->uploaded);
  const char *bytes = g_bytes_get_data (self->upload, NULL);
  if (length > 0)
    memcpy (buffer, bytes + self->uploaded, length);
  self->uploaded += length;
  return length;
}

static int
on_rewind (void *user_data, curl_off_t offset, int origin)
{
  TnTransfer *self = user_data;
  self->uploaded = (gsize) offset;
  return CURL_SEEKFUNC_OK;
}

/* Curl is about to ask, the first time or once more: right when the server answered (401), or when
 * asking twice does no harm. */
static int
on_asking (void *user_data, char *peer, char *own, int peer_port, int own_port)
{
  TnTransfer *self = user_data;
  self->is_unanswered = self->n_asked > 0 && !self->is_answered && !self->is_safe;
  self->n_asked++;
  self->is_answered = FALSE;
  return self->is_unanswered ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

static void
set_text (TnTransfer *self, CURLoption option, const char *text)
{
  curl_easy_setopt (self->easy, option, text);
}

static void
set_number (TnTransfer *self, CURLoption option, long number)
{
  curl_easy_setopt (self->easy, option, number);
}

/* Each option is set each time, also to what it is by default: a handle is used again, since it
 * remembers the server's nonce of Digest. */
static void
set_limits (TnTransfer *self)
{
  const TnLimits *limits = &self->limits;
  set_number (self, CURLOPT_NOSIGNAL, 1);
  set_number (self, CURLOPT_CONNECTTIMEOUT_MS, (long) limits->connect_ms);
  set_number (self, CURLOPT_TIMEOUT_MS, (long) limits->total_ms);
  set_number (self, CURLOPT_LOW_SPEED_TIME, (long) limits->stall_s);
  set_number (self, CURLOPT_LOW_SPEED_LIMIT, (long) limits->stall_bytes);
  curl_easy_setopt (self->easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t) limits->body_max_bytes);
  set_number (self, CURLOPT_FOLLOWLOCATION, 0);
  set_number (self, CURLOPT_NETRC, CURL_NETRC_IGNORED);
  set_number (self, CURLOPT_PATH_AS_IS, 1);
  set_text (self, CURLOPT_PROTOCOLS_STR, "http,https"); /* which of them, the address has settled */
  set_text (self, CURLOPT_USERAGENT, "turnus/" TN_VERSION);
}

static void
set_trust (TnTransfer *self, const TnAccount *account, const TnAddress *address)
{
  gboolean is_direct = account->proxy == NULL || tn_address_is_loopback (address);
  set_text (self, CURLOPT_PROXY,
            is_direct ? "" : account->proxy); /* "": none, whatever $http_proxy says */
  set_text (self, CURLOPT_NOPROXY, "");
  set_number (self, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1);
  set_number (self, CURLOPT_HEADEROPT, CURLHEADER_SEPARATE);
  set_number (self, CURLOPT_SSL_VERIFYPEER, 1);
  set_number (self, CURLOPT_SSL_VERIFYHOST, 2);
  set_number (self, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
  if (account->ca != NULL)
    set_text (self, CURLOPT_CAINFO, account->ca);
  set_text (self, CURLOPT_SSLCERT, account->client_certificate);
  set_text (self, CURLOPT_SSLKEY, account->client_key);
  set_text (self, CURLOPT_KEYPASSWD, ""); /* else OpenSSL asks the terminal, and waits */
}

static unsigned long
get_scheme (const TnAccount *account)
{
  static const unsigned long schemes[] = {
    [TN_AUTH_NONE] = CURLAUTH_NONE,     [TN_AUTH_BASIC] = CURLAUTH_BASIC,
    [TN_AUTH_DIGEST] = CURLAUTH_DIGEST, [TN_AUTH_BEARER] = CURLAUTH_BEARER,
    [TN_AUTH_OAUTH2] = CURLAUTH_BEARER, [TN_AUTH_NEGOTIATE] = CURLAUTH_NEGOTIATE,
    [TN_AUTH_NTLM] = CURLAUTH_NTLM,
  };
  return schemes[account->auth];
}

/* With Negotiate the name is empty: curl takes the ticket that it finds, and hands it to nobody. */
static void
set_login (TnTransfer *self, const TnAccount *account, const TnSecret *secret)
{
  gboolean is_bearer = account->auth == TN_AUTH_BEARER || account->auth == TN_AUTH_OAUTH2;
  gboolean has_ticket = account->auth == TN_AUTH_NEGOTIATE;
  const char *text = secret != NULL ? tn_secret_borrow (secret) : has_ticket ? "" : NULL;
  const char *user = has_ticket ? "" : account->user;
  set_text (self, CURLOPT_USERNAME, text != NULL && !is_bearer ? user : NULL);
  set_text (self, CURLOPT_PASSWORD, is_bearer ? NULL : text);
  set_text (self, CURLOPT_XOAUTH2_BEARER, is_bearer ? text : NULL);
  set_number (self, CURLOPT_GSSAPI_DELEGATION, CURLGSSAPI_DELEGATION_NONE);
  curl_easy_setopt (self->easy, CURLOPT_HTTPAUTH,
                    text == NULL ? CURLAUTH_NONE : get_scheme (account));
}

static void
add_header (TnTransfer *self, const char *name, const char *value)
{
  g_autofree char *line = *value != '\0' ? g_strdup_printf ("%s: %s", name, value)
                                         : g_strdup_printf ("%s;", name); /* curl's way to say so */
  self->headers = curl_slist_append (self->headers, line);
}

static void
set_headers (TnTransfer *self, const TnHttpRequest *request)
{
  for (guint i = 0; request->headers[i] != NULL; i += 2)
    add_header (self, request->headers[i], request->headers[i + 1]);
  add_header (self, "Accept-Encoding",
              tn_http_request_takes_compressed (request) ? "gzip" : "identity");
  self->headers = curl_slist_append (self->headers, "Expect:");
  if (tn_http_request_find_header (request, "Content-Type") == NULL)
    self->headers = curl_slist_append (self->headers, "Content-Type:");
  if (tn_http_request_find_header (request, "Accept") == NULL)
    self->headers = curl_slist_append (self->headers, "Accept: */*");
  curl_easy_setopt (self->easy, CURLOPT_HTTPHEADER, self->headers);
}

static void
set_body (TnTransfer *self, const TnHttpRequest *request)
{
  gboolean has_body = request->body != NULL;
  set_text (self, CURLOPT_CUSTOMREQUEST, NULL);
  set_number (self, CURLOPT_UPLOAD, 0);
  if (has_body)
    set_number (self, CURLOPT_POST, 1);
  else
    set_number (self, CURLOPT_HTTPGET, 1);
  set_number (self, CURLOPT_NOBODY, strcmp (request->method, "HEAD") == 0);
  curl_easy_setopt (self->easy, CURLOPT_POSTFIELDSIZE_LARGE,
                    (curl_off_t) (has_body ? g_bytes_get_size (request->body) : 0));
  curl_easy_setopt (self->easy, CURLOPT_READFUNCTION, on_upload);
  curl_easy_setopt (self->easy, CURLOPT_READDATA, self);
  curl_easy_setopt (self->easy, CURLOPT_SEEKFUNCTION, on_rewind);
  curl_easy_setopt (self->easy, CURLOPT_SEEKDATA, self);
  if (strcmp (request->method, "HEAD") != 0)
    set_text (self, CURLOPT_CUSTOMREQUEST, request->method);
}

/**
 * tn_transfer_new:
 * @easy: (transfer full): of this account, used before or not
 * @address: read from the request's URL, of the account's origin
 * @secret: (nullable): what logs in
 *
 * Returns: (transfer full): ready to be added to a source
 */
TnTransfer *
tn_transfer_new (CURL *easy, const TnAccount *account, const TnLimits *limits,
                 const TnAddress *address, const TnHttpRequest *request, const TnSecret *secret)
{
  TnTransfer *self = g_new0 (TnTransfer, 1);
  self->easy = easy;
  self->limits = *limits;
  self->upload = request->body != NULL ? g_bytes_ref (request->body) : NULL;
  self->is_safe = tn_http_request_is_safe (request);
  self->received = g_ptr_array_new_with_free_func (g_free);
  curl_easy_setopt (easy, CURLOPT_PRIVATE, self);
  curl_easy_setopt (easy, CURLOPT_ERRORBUFFER, self->reason);
  curl_easy_setopt (easy, CURLOPT_CURLU, tn_address_get_handle (address));
  curl_easy_setopt (easy, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt (easy, CURLOPT_HEADERDATA, self);
  curl_easy_setopt (easy, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt (easy, CURLOPT_WRITEDATA, self);
  curl_easy_setopt (easy, CURLOPT_PREREQFUNCTION, on_asking);
  curl_easy_setopt (easy, CURLOPT_PREREQDATA, self);
  set_limits (self);
  set_trust (self, account, address);
  set_login (self, account, secret);
  set_headers (self, request);
  set_body (self, request);
  /* Over TLS it is worth a round trip to learn whether one connection carries all (HTTP/2). What
   * logs a connection in, and not a request, cannot do that. */
  gboolean is_bound = account->auth == TN_AUTH_NEGOTIATE || account->auth == TN_AUTH_NTLM;
  set_number (self, CURLOPT_HTTP_VERSION,
              is_bound ? CURL_HTTP_VERSION_1_1 : CURL_HTTP_VERSION_2TLS);
  set_number (self, CURLOPT_PIPEWAIT, tn_address_is_secure (address));
  return self;
}

void
tn_transfer_free (TnTransfer *self)
{
  if (self == NULL)
    return;
  if (self->easy != NULL)
    curl_easy_cleanup (self->easy);
  g_clear_pointer (&self->upload, g_bytes_unref);
  curl_slist_free_all (self->headers);
  g_clear_pointer (&self->received, g_ptr_array_unref);
  g_clear_pointer (&self->unpack, tn_unpack_free);
  g_clear_error (&self->problem);
  g_free (self);
}

CURL *
tn_transfer_get_easy (const TnTransfer *self)
{
  return self->easy;
}

/**
 * tn_transfer_steal_easy:
 *
 * Returns: (transfer full): the handle, pointing at nothing of @self any more, for the next
 * transfer
 */
CURL *
tn_transfer_steal_easy (TnTransfer *self)
{
  CURL *easy = g_steal_pointer (&self->easy);
  curl_easy_setopt (easy, CURLOPT_CURLU, NULL);
  curl_easy_setopt (easy, CURLOPT_HTTPHEADER, NULL);
  curl_easy_setopt (easy, CURLOPT_ERRORBUFFER, NULL);
  curl_easy_setopt (easy, CURLOPT_PRIVATE, NULL);
  return easy;
}

static TnError
judge (CURLcode code)
{
  static const struct
  {
    CURLcode code;
    TnError error;
  } verdicts[] = {
    { CURLE_UNSUPPORTED_PROTOCOL, TN_ERROR_PROTOCOL }, /* also: not HTTP/1 or 2 */
    { CURLE_WEIRD_SERVER_REPLY, TN_ERROR_PROTOCOL },
    { CURLE_BAD_CONTENT_ENCODING, TN_ERROR_PROTOCOL },
    { CURLE_PEER_FAILED_VERIFICATION, TN_ERROR_PROTOCOL },
    { CURLE_SSL_ISSUER_ERROR, TN_ERROR_PROTOCOL },
    { CURLE_FILESIZE_EXCEEDED, TN_ERROR_LIMIT },
    { CURLE_SSL_CERTPROBLEM, TN_ERROR_AUTH },
    { CURLE_SSL_CACERT_BADFILE, TN_ERROR_AUTH },
    { CURLE_OUT_OF_MEMORY, TN_ERROR_FAILED },
    { CURLE_URL_MALFORMAT, TN_ERROR_PROTOCOL },
    { CURLE_COULDNT_RESOLVE_PROXY, TN_ERROR_TEMPORARY },
  };
  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++)
    if (verdicts[i].code == code)
      return verdicts[i].error;
  return TN_ERROR_TEMPORARY;
}

static char *
dup_reason (const TnTransfer *self, CURLcode code)
{
  gboolean is_said = !self->is_unanswered && *self->reason != '\0';
  return g_utf8_make_valid (is_said ? self->reason : curl_easy_strerror (code), -1);
}

/**
 * tn_transfer_end:
 * @code: with which curl ended it
 *
 * Errors: %TN_ERROR_TEMPORARY no answer or not a whole one, so that what the server did is unknown;
 *   %TN_ERROR_PROTOCOL not HTTP, or a certificate that does not hold; %TN_ERROR_LIMIT too big;
 *   %TN_ERROR_AUTH a certificate of ours that cannot be used.
 * Returns: (transfer full) (nullable): the whole answer; @self has none any more
 */
TnHttpResponse *
tn_transfer_end (TnTransfer *self, CURLcode code, GError **error)
{
  if (self->problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->problem));
      return NULL;
    }
  if (code == CURLE_OK && !self->is_head_whole)
    code = CURLE_PARTIAL_FILE;
  if (self->is_unanswered)
    code = CURLE_GOT_NOTHING;
  if (code != CURLE_OK)
    {
      g_autofree char *text = dup_reason (self, code);
      g_set_error (error, TN_ERROR, judge (code), "%s (curl %d)", text, code);
      return NULL;
    }
  g_autoptr (GBytes) body
      = self->unpack != NULL ? tn_unpack_end (self->unpack, error) : g_bytes_new_static ("", 0);
  if (body == NULL)
    return NULL;
  long status = 0;
  curl_easy_getinfo (self->easy, CURLINFO_RESPONSE_CODE, &status);
  TnHttpResponse *response = g_new0 (TnHttpResponse, 1);
  response->status = (guint) status;
  g_ptr_array_add (self->received, NULL);
  response->headers = (char **) g_ptr_array_free (g_steal_pointer (&self->received), FALSE);
  response->body = g_steal_pointer (&body);
  return response;
}
