/* It judges an assertion as the token server does: signature by the certificate that it knows,
 * audience, issuer, time, and no id twice. */
#include "http/token-site.h"

#include <json-glib/json-glib.h>
#include <openssl/rsa.h>
#include <string.h>

#include "http/pem.h"

/* Returns: (transfer full) (nullable): the decoded value */
char *
tn_token_site_dup_field (const TnHttpSeen *seen, const char *name)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (seen->body, &length);
  g_autofree char *form = g_strndup (text != NULL ? text : "", length);
  g_autofree char *beginning = g_strconcat (name, "=", NULL);
  g_auto (GStrv) fields = g_strsplit (form, "&", -1);
  for (guint i = 0; fields[i] != NULL; i++)
    if (g_str_has_prefix (fields[i], beginning))
      return g_uri_unescape_string (fields[i] + strlen (beginning), NULL);
  return NULL;
}

static guchar *
decode (const char *code, gsize *ret_length)
{
  g_autofree char *padded = g_strconcat (code, "===", NULL);
  padded[(strlen (code) + 3) / 4 * 4] = '\0';
  g_strdelimit (g_strdelimit (padded, "-", '+'), "_", '/');
  return g_base64_decode (padded, ret_length);
}

/* Returns: (transfer full): header (0) or claims (1) of a JWT as JSON */
char *
tn_token_site_dup_part (const char *token, guint index)
{
  g_auto (GStrv) parts = g_strsplit (token, ".", -1);
  gsize length = 0;
  g_assert_cmpuint (g_strv_length (parts), ==, 3);
  g_autofree guchar *bytes = decode (parts[index], &length);
  return g_strndup ((const char *) bytes, length);
}

char *
tn_token_site_find_certificate (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".pem", NULL);
  return g_build_filename (g_getenv ("TURNUS_SOURCE"), "tests", "http", "certificates", file, NULL);
}

/* Whether @token bears a signature with the key of @certificate, of the kind that its header says
 */
gboolean
tn_token_site_verify (const char *token, const char *certificate)
{
  g_autofree char *path = tn_token_site_find_certificate (certificate);
  g_autofree char *header = tn_token_site_dup_part (token, 0);
  const char *dot = strrchr (token, '.');
  gsize length = 0;
  g_autofree guchar *signature = decode (dot + 1, &length);
  g_autoptr (X509) known = tn_pem_load_certificate (path, NULL);
  g_autoptr (EVP_MD_CTX) context = EVP_MD_CTX_new ();
  EVP_PKEY_CTX *options = NULL;
  g_assert_cmpint (
      EVP_DigestVerifyInit (context, &options, EVP_sha256 (), NULL, X509_get0_pubkey (known)), ==,
      1);
  if (strstr (header, "PS256") != NULL)
    g_assert_cmpint (EVP_PKEY_CTX_set_rsa_padding (options, RSA_PKCS1_PSS_PADDING), ==, 1);
  return EVP_DigestVerify (context, signature, length, (const guchar *) token,
                           (gsize) (dot - token))
         == 1;
}

static gboolean
is_in_time (JsonObject *claims, gint64 now_s)
{
  gint64 begin_s = json_object_get_int_member (claims, "nbf");
  gint64 end_s = json_object_get_int_member (claims, "exp");
  return begin_s <= now_s && end_s > now_s && end_s - begin_s <= 600;
}

/* Returns: (nullable): what is wrong with it, as the server says it */
static const char *
judge (TnTokenSite *place, const char *token, const char *client_id)
{
  g_autofree char *text = tn_token_site_dup_part (token, 1);
  g_autoptr (JsonNode) root = json_from_string (text, NULL);
  JsonObject *claims = json_node_get_object (root);
  gint64 now_s = tn_clock_now_us (place->site.clock) / G_USEC_PER_SEC;
  if (!tn_token_site_verify (token, place->known))
    return "AADSTS700027: Client assertion contains an invalid signature.";
  if (!is_in_time (claims, now_s))
    return "AADSTS700024: Client assertion is not within its valid time range.";
  if (strcmp (json_object_get_string_member (claims, "aud"), place->site.account->token_url) != 0
      || g_strcmp0 (json_object_get_string_member (claims, "iss"), client_id) != 0
      || g_strcmp0 (json_object_get_string_member (claims, "sub"), client_id) != 0)
    return "AADSTS700023: Client assertion audience claim does not match Realm issuer.";
  if (!g_hash_table_add (place->ids, g_strdup (json_object_get_string_member (claims, "jti"))))
    return "AADSTS7000273: Assertion was replayed.";
  return NULL;
}

static void
refuse (TnHttpAnswer *answer, const char *description)
{
  g_autofree char *text = g_strdup_printf (
      "{\"error\":\"invalid_client\",\"error_description\":\"%s\"}", description);
  answer->status = 401;
  tn_http_answer_set_text (answer, "application/json", text);
}

static void
answer_token (TnTokenSite *place, const TnHttpSeen *seen, TnHttpAnswer *answer)
{
  g_autofree char *kind = tn_token_site_dup_field (seen, "client_assertion_type");
  g_autofree char *client_id = tn_token_site_dup_field (seen, "client_id");
  g_free (place->last_assertion);
  place->last_assertion = tn_token_site_dup_field (seen, "client_assertion");
  place->n_asked++;
  if (place->refusal != NULL)
    {
      answer->status = 400;
      tn_http_answer_set_text (answer, "application/json", g_steal_pointer (&place->refusal));
      return;
    }
  gboolean has_assertion
      = g_strcmp0 (kind, "urn:ietf:params:oauth:client-assertion-type:jwt-bearer") == 0;
  gboolean has_secret = tn_http_seen_get_header (seen, "authorization") != NULL;
  const char *problem = has_assertion ? judge (place, place->last_assertion, client_id)
                        : has_secret  ? NULL
                                      : "AADSTS7000218: The request body must contain …";
  if (problem != NULL)
    {
      refuse (answer, problem);
      return;
    }
  g_autofree char *text = g_strdup_printf (
      "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"ext_expires_in\":3599,"
      "\"refresh_token\":\"" TN_CANARY "-refresh\",\"access_token\":\"" TN_CANARY "-%u\"}",
      ++place->n_tokens);
  tn_http_answer_set_text (answer, "application/json", text);
}

static void
answer_all (const TnHttpSeen *seen, TnHttpAnswer *answer, gpointer user_data)
{
  TnTokenSite *place = user_data;
  g_autofree char *good = g_strdup_printf ("Bearer " TN_CANARY "-%u", place->n_tokens);
  if (strcmp (seen->target, "/tenant/oauth2/v2.0/token") == 0)
    answer_token (place, seen, answer);
  else if (strcmp (seen->target, "/tenant/oauth2/v2.0/devicecode") == 0)
    tn_http_answer_set_text (answer, "application/json",
                             "{\"device_code\":\"" TN_CANARY "-device\",\"user_code\":\"FJZ9QW2B\","
                             "\"verification_uri\":\"https://microsoft.com/devicelogin\","
                             "\"expires_in\":900,\"interval\":5,\"message\":\"To sign in …\"}");
  else if (g_strcmp0 (tn_http_seen_get_header (seen, "authorization"), good) != 0)
    answer->status = 401;
}

void
tn_token_site_set_up (TnTokenSite *place, gconstpointer unused)
{
  tn_http_site_set_up (&place->site, NULL);
  TnAccount *account = place->site.account;
  account->auth = TN_AUTH_OAUTH2;
  account->token_url = tn_http_server_dup_url (place->site.server, "/tenant/oauth2/v2.0/token");
  account->client_id = g_strdup ("6731de76-14a6-49ae-97bc-6eba6914391e");
  account->scope = g_strdup ("https://graph.microsoft.com/.default");
  place->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  place->known = "signing";
  tn_http_server_set_handler (place->site.server, answer_all, place);
}

void
tn_token_site_tear_down (TnTokenSite *place, gconstpointer unused)
{
  tn_http_site_tear_down (&place->site, NULL);
  g_hash_table_unref (place->ids);
  g_free (place->last_assertion);
}

/* From now on the account logs in with this certificate, whose key only we may read. */
void
tn_token_site_use_certificate (TnTokenSite *place, const char *name)
{
  TnAccount *account = place->site.account;
  g_autofree char *text = NULL;
  g_free (account->signing_certificate);
  g_free (account->signing_key.file);
  account->signing_certificate = tn_token_site_find_certificate (name);
  g_assert_true (g_file_get_contents (account->signing_certificate, &text, NULL, NULL));
  account->signing_key.file = tn_http_site_write_secret (&place->site, "key", text);
  account->signing_key.has_lines = TRUE;
}
