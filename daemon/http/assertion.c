/* Instead of a secret, a program shows a token server a few claims signed with the key of a
 * certificate that the server knows: nothing that is worth stealing goes over the wire.
 *
 * Source: RFC 7523 (2.2, 3), RFC 7515; for Microsoft's identity platform its page "certificate
 * credentials": PS256 with x5t#S256, a life of five to ten minutes. Older servers, AD FS among
 * them, want RS256 with x5t. */
#include "http/assertion.h"

#include <json-glib/json-glib.h>
#include <openssl/err.h>
#include <openssl/rsa.h>
#include <string.h>

#include "base/encode.h"
#include "base/error.h"

static const gint64 LIFETIME_S = 600;
static const int KEY_LEAST_BITS = 2048; /* RFC 7518 3.3 and 3.5 */

/* Ends @builder. Returns: (transfer full): its object as a part of the token */
static char *
encode (JsonBuilder *builder)
{
  json_builder_end_object (builder);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = json_to_string (root, FALSE);
  return tn_encode_base64url (text);
}

static void
add_text (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_time (JsonBuilder *builder, const char *name, gint64 at_s)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, at_s);
}

static char *
dup_header (const TnAccount *account, const X509 *certificate)
{
  gboolean is_new = account->signature == TN_SIGNATURE_PS256;
  g_autofree char *thumbprint
      = tn_pem_dup_thumbprint (certificate, is_new ? EVP_sha256 () : EVP_sha1 ());
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  add_text (builder, "alg", is_new ? "PS256" : "RS256");
  add_text (builder, "typ", "JWT");
  add_text (builder, is_new ? "x5t#S256" : "x5t", thumbprint);
  return encode (builder);
}

static char *
dup_claims (const TnAccount *account, gint64 now_us, const char *id)
{
  gint64 now_s = now_us / G_USEC_PER_SEC;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  add_text (builder, "aud", account->token_url);
  add_text (builder, "iss", account->client_id);
  add_text (builder, "sub", account->client_id);
  add_text (builder, "jti", id);
  add_time (builder, "iat", now_s);
  add_time (builder, "nbf", now_s);
  add_time (builder, "exp", now_s + LIFETIME_S);
  return encode (builder);
}

/* Returns: (transfer full) (nullable) */
static char *
dup_signature (TnSignature signature, EVP_PKEY *key, const char *text)
{
  EVP_PKEY_CTX *options = NULL; /* of `context` */
  g_autoptr (EVP_MD_CTX) context = EVP_MD_CTX_new ();
  gsize length = 0;
  gsize size = strlen (text);
  gboolean is_ready = EVP_DigestSignInit (context, &options, EVP_sha256 (), NULL, key) == 1;
  if (is_ready && signature == TN_SIGNATURE_PS256)
    is_ready = EVP_PKEY_CTX_set_rsa_padding (options, RSA_PKCS1_PSS_PADDING) == 1
               && EVP_PKEY_CTX_set_rsa_pss_saltlen (options, RSA_PSS_SALTLEN_DIGEST) == 1;
  if (!is_ready || EVP_DigestSign (context, NULL, &length, (const unsigned char *) text, size) != 1)
    return NULL;
  g_autofree unsigned char *bytes = g_malloc (length);
  if (EVP_DigestSign (context, bytes, &length, (const unsigned char *) text, size) != 1)
    return NULL;
  return tn_encode_base64url_bytes (bytes, length);
}

/* A wrong pair would be refused by the server with a word that leads nobody to the cause; one that
 * has ended as well. */
static gboolean
check (const TnAccount *account, const X509 *certificate, EVP_PKEY *key, gint64 now_us,
       GError **error)
{
  const char *path = account->signing_certificate;
  gint64 end_us = tn_pem_get_end_us (certificate);
  if (!EVP_PKEY_is_a (key, "RSA") || EVP_PKEY_get_bits (key) < KEY_LEAST_BITS)
    g_set_error (error, TN_ERROR, TN_ERROR_AUTH,
                 "the key of %s is of another kind, expected RSA with %d bits or more", path,
                 KEY_LEAST_BITS);
  else if (X509_check_private_key (certificate, key) != 1)
    g_set_error (error, TN_ERROR, TN_ERROR_AUTH,
                 "client_key does not belong to the certificate %s, expected its own", path);
  else if (end_us != 0 && end_us <= now_us)
    g_set_error (error, TN_ERROR, TN_ERROR_AUTH,
                 "the certificate %s has ended; make a new one, and upload it to the app", path);
  else
    return TRUE;
  ERR_clear_error ();
  return FALSE;
}

/**
 * tn_assertion_sign:
 * @account: with a signing_certificate, token_url and client_id
 * @key: PEM
 * @now_us: UTC microseconds since 1970
 * @id: never used before
 *
 * Errors: %TN_ERROR_AUTH when certificate or key cannot be used.
 * Returns: (transfer full) (nullable): the JWT; who reads it in time can use it
 */
TnSecret *
tn_assertion_sign (const TnAccount *account, const TnSecret *key, gint64 now_us, const char *id,
                   GError **error)
{
  g_autoptr (X509) certificate = tn_pem_load_certificate (account->signing_certificate, error);
  g_autoptr (EVP_PKEY) pair = NULL;
  if (certificate != NULL)
    pair = tn_pem_parse_key (key, error);
  if (pair == NULL || !check (account, certificate, pair, now_us, error))
    return NULL;
  g_autofree char *header = dup_header (account, certificate);
  g_autofree char *claims = dup_claims (account, now_us, id);
  g_autofree char *signed_part = g_strjoin (".", header, claims, NULL);
  g_autofree char *signature = dup_signature (account->signature, pair, signed_part);
  ERR_clear_error ();
  if (signature == NULL)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_AUTH, "the key of %s does not sign",
                   account->signing_certificate);
      return NULL;
    }
  g_autofree char *token = g_strjoin (".", signed_part, signature, NULL);
  TnSecret *secret = tn_secret_new (token, strlen (token), error);
  tn_secret_wipe (token);
  return secret;
}
