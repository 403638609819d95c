/* OAuth 2 on the wire, without I/O: forms out, JSON in.
 *
 * Source: RFC 6749 (4.4, 5, 6), RFC 8628 (3.1-3.5). */
#include "http/oauth2.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "base/error.h"
#include "http/refusal.h"

static const gint64 LIFETIME_S = 3600; /* when the server does not say; RFC 6749 5.1 */
static const gint64 LIFETIME_MOST_S = 30 * 24 * 3600;
static const gint64 INTERVAL_S = 5; /* RFC 8628 3.2 */

void
tn_oauth2_token_free (TnOauth2Token *token)
{
  if (token == NULL)
    return;
  g_clear_pointer (&token->access, tn_secret_unref);
  g_clear_pointer (&token->refresh, tn_secret_unref);
  g_free (token);
}

void
tn_oauth2_device_free (TnOauth2Device *device)
{
  if (device == NULL)
    return;
  g_clear_pointer (&device->device_code, tn_secret_unref);
  g_free (device->user_code);
  g_free (device->url);
  g_free (device);
}

/* The client names itself in the form where it has no secret to do so with (RFC 6749 2.3.1). */
static GBytes *
format_form (const TnAccount *account, const char *grant, const char *name, const TnSecret *secret,
             gboolean with_scope)
{
  GString *form = g_string_new (NULL);
  if (grant != NULL)
    {
      g_autofree char *escaped = g_uri_escape_string (grant, NULL, FALSE);
      g_string_append_printf (form, "&grant_type=%s", escaped);
    }
  if (name != NULL)
    {
      char *escaped = g_uri_escape_string (tn_secret_borrow (secret), NULL, FALSE);
      g_string_append_printf (form, "&%s=%s", name, escaped);
      tn_secret_wipe (escaped);
      g_free (escaped);
    }
  if (!tn_secret_place_is_set (&account->client_secret) || grant == NULL)
    {
      g_autofree char *escaped = g_uri_escape_string (account->client_id, NULL, FALSE);
      g_string_append_printf (form, "&client_id=%s", escaped);
    }
  if (with_scope && account->scope != NULL)
    {
      g_autofree char *escaped = g_uri_escape_string (account->scope, NULL, FALSE);
      g_string_append_printf (form, "&scope=%s", escaped);
    }
  g_string_erase (form, 0, 1);
  return g_string_free_to_bytes (form);
}

/**
 * tn_oauth2_add_assertion:
 * @form: (transfer full): a grant
 *
 * Source: RFC 7523 2.2.
 * Returns: (transfer full): with what shows who the client is
 */
GBytes *
tn_oauth2_add_assertion (GBytes *form, const TnSecret *assertion)
{
  static const char kind[] = "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer";
  g_autoptr (GBytes) owned_form = form;
  gsize length = 0;
  const char *fields = g_bytes_get_data (owned_form, &length);
  GString *all = g_string_new_len (fields, (gssize) length);
  g_string_append_printf (all, "&client_assertion_type=%s&client_assertion=%s", kind,
                          tn_secret_borrow (assertion)); /* a JWT needs no escape */
  return g_string_free_to_bytes (all);
}

GBytes *
tn_oauth2_format_client_grant (const TnAccount *account)
{
  return format_form (account, "client_credentials", NULL, NULL, TRUE);
}

GBytes *
tn_oauth2_format_refresh_grant (const TnAccount *account, const TnSecret *refresh)
{
  return format_form (account, "refresh_token", "refresh_token", refresh, FALSE);
}

GBytes *
tn_oauth2_format_device_question (const TnAccount *account)
{
  return format_form (account, NULL, NULL, NULL, TRUE);
}

GBytes *
tn_oauth2_format_device_grant (const TnAccount *account, const TnSecret *device_code)
{
  return format_form (account, "urn:ietf:params:oauth:grant-type:device_code", "device_code",
                      device_code, FALSE);
}

/* Returns: (transfer full) (nullable): the answer's object; nothing of it is quoted in an error */
static JsonObject *
parse_object (const TnHttpResponse *response, GError **error)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (response->body, &length);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonNode *root = text != NULL && g_utf8_validate_len (text, length, NULL)
                           && json_parser_load_from_data (parser, text, (gssize) length, NULL)
                       ? json_parser_get_root (parser)
                       : NULL;
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    return json_node_dup_object (root);
  if (response->status >= 500 || response->status == 429)
    g_set_error (error, TN_ERROR, TN_ERROR_TEMPORARY, "the token server answers %u",
                 response->status);
  else
    g_set_error (error, TN_ERROR, TN_ERROR_PROTOCOL, "the token server answers %u and no JSON",
                 response->status);
  return NULL;
}

static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

static gint64
get_seconds (JsonObject *object, const char *name, gint64 preset)
{
  JsonNode *node = json_object_get_member (object, name);
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return preset;
  /* Some servers write the number as a text. */
  const char *text = get_text (object, name);
  gint64 seconds = text != NULL ? g_ascii_strtoll (text, NULL, 10) : json_node_get_int (node);
  return CLAMP (seconds, 0, LIFETIME_MOST_S);
}

static TnSecret *
take_secret (JsonObject *object, const char *name)
{
  const char *text = get_text (object, name);
  return text != NULL ? tn_secret_new (text, strlen (text), NULL) : NULL;
}

static gboolean
is_code (const char *text)
{
  return strspn (text, "abcdefghijklmnopqrstuvwxyz_") == strlen (text) && strlen (text) < 40;
}

/* The description is a peer's text, of which only a number is taken. */
static void
set_refusal (JsonObject *object, guint status, GError **error)
{
  const char *code = get_text (object, "error");
  const char *word = code != NULL && is_code (code) ? code : "no reason";
  guint64 number = tn_refusal_find_number (get_text (object, "error_description"));
  g_propagate_error (error, tn_refusal_to_error (status, word, number));
}

/**
 * tn_oauth2_parse_token:
 * @ret_wait: (out) (nullable): whether a person has not answered yet; then there is an error too
 *
 * Errors: %TN_ERROR_AUTH refused; %TN_ERROR_TEMPORARY later, maybe; %TN_ERROR_PROTOCOL nonsense.
 * Returns: (transfer full) (nullable)
 */
TnOauth2Token *
tn_oauth2_parse_token (const TnHttpResponse *response, TnOauth2Wait *ret_wait, GError **error)
{
  g_autoptr (JsonObject) object = parse_object (response, error);
  if (ret_wait != NULL)
    *ret_wait = TN_OAUTH2_WAIT_NO;
  if (object == NULL)
    return NULL;
  if (response->status != 200)
    {
      const char *code = get_text (object, "error");
      if (ret_wait != NULL && code != NULL && strcmp (code, "authorization_pending") == 0)
        *ret_wait = TN_OAUTH2_WAIT_AS_BEFORE;
      if (ret_wait != NULL && code != NULL && strcmp (code, "slow_down") == 0)
        *ret_wait = TN_OAUTH2_WAIT_LONGER;
      set_refusal (object, response->status, error);
      return NULL;
    }
  g_autoptr (TnOauth2Token) token = g_new0 (TnOauth2Token, 1);
  const char *kind = get_text (object, "token_type");
  token->access = take_secret (object, "access_token");
  token->refresh = take_secret (object, "refresh_token");
  token->lifetime_s = get_seconds (object, "expires_in", LIFETIME_S);
  if (token->access != NULL && kind != NULL && g_ascii_strcasecmp (kind, "bearer") == 0)
    return g_steal_pointer (&token);
  g_set_error (error, TN_ERROR, TN_ERROR_PROTOCOL, "the token server gives no bearer token");
  return NULL;
}

/**
 * tn_oauth2_parse_device:
 *
 * Errors: as tn_oauth2_parse_token().
 * Returns: (transfer full) (nullable)
 */
TnOauth2Device *
tn_oauth2_parse_device (const TnHttpResponse *response, GError **error)
{
  g_autoptr (JsonObject) object = parse_object (response, error);
  if (object == NULL)
    return NULL;
  if (response->status != 200)
    {
      set_refusal (object, response->status, error);
      return NULL;
    }
  g_autoptr (TnOauth2Device) device = g_new0 (TnOauth2Device, 1);
  const char *url = get_text (object, "verification_uri");
  device->device_code = take_secret (object, "device_code");
  device->user_code = g_strdup (get_text (object, "user_code"));
  /* Google's name for it, from before the RFC. */
  device->url = g_strdup (url != NULL ? url : get_text (object, "verification_url"));
  device->lifetime_s = get_seconds (object, "expires_in", LIFETIME_S);
  device->interval_s = get_seconds (object, "interval", INTERVAL_S);
  if (device->device_code != NULL && device->user_code != NULL && device->url != NULL)
    return g_steal_pointer (&device);
  g_set_error (error, TN_ERROR, TN_ERROR_PROTOCOL, "the token server gives no device code");
  return NULL;
}
