/* What a certificate signs, as Microsoft's page "certificate credentials" and RFC 7523 want it. The
 * thumbprints are those that `openssl x509 -outform DER | openssl dgst` gives. */
#include "http/assertion.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/error.h"
#include "http/token-site.h"

#define NOW_US (G_GINT64_CONSTANT (1728000000) * G_USEC_PER_SEC) /* 2024-10-04 */

static TnSecret *
load_key (const char *name)
{
  g_autofree char *path = tn_token_site_find_certificate (name);
  g_autofree char *text = NULL;
  gsize length = 0;
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  return tn_secret_new_lines (text, length, NULL);
}

static TnAccount *
make_account (const char *certificate)
{
  TnAccount *account = tn_account_new ("https://graph.microsoft.com/v1.0/");
  account->token_url = g_strdup ("https://login.microsoftonline.com/t/oauth2/v2.0/token");
  account->client_id = g_strdup ("app-\"1\"");
  account->signing_certificate = tn_token_site_find_certificate (certificate);
  return account;
}

static void
test_claims (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnAccount) account = make_account ("signing");
  g_autoptr (TnSecret) key = load_key ("signing");
  g_autoptr (TnSecret) token = tn_assertion_sign (account, key, NOW_US, "id-1", &error);
  g_assert_no_error (error);
  g_autofree char *header = tn_token_site_dup_part (tn_secret_borrow (token), 0);
  g_autofree char *claims = tn_token_site_dup_part (tn_secret_borrow (token), 1);
  g_assert_cmpstr (header, ==,
                   "{\"alg\":\"PS256\",\"typ\":\"JWT\",\"x5t#S256\":"
                   "\"Sldw783OfhHygLp1x30F4-smLYn4zTgYb97OzSxFuSM\"}");
  g_assert_cmpstr (claims, ==,
                   "{\"aud\":\"https://login.microsoftonline.com/t/oauth2/v2.0/token\","
                   "\"iss\":\"app-\\\"1\\\"\",\"sub\":\"app-\\\"1\\\"\",\"jti\":\"id-1\","
                   "\"iat\":1728000000,\"nbf\":1728000000,\"exp\":1728000600}");
  g_assert_true (tn_token_site_verify (tn_secret_borrow (token), "signing"));
  g_assert_false (tn_token_site_verify (tn_secret_borrow (token), "ageing"));
}

static void
test_old_kind (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnAccount) account = make_account ("signing");
  g_autoptr (TnSecret) key = load_key ("signing");
  account->signature = TN_SIGNATURE_RS256;
  g_autoptr (TnSecret) token = tn_assertion_sign (account, key, NOW_US, "id-1", &error);
  g_assert_no_error (error);
  g_autofree char *header = tn_token_site_dup_part (tn_secret_borrow (token), 0);
  g_assert_cmpstr (header, ==,
                   "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"x5t\":\"z3ebt4A3b1mJadhO9Y_yDmqd9sQ\"}");
  g_assert_true (tn_token_site_verify (tn_secret_borrow (token), "signing"));
}

static void
assert_refused (const char *certificate, const char *key_name, gint64 now_us, const char *reason)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnAccount) account = make_account (certificate);
  g_autoptr (TnSecret) key = load_key (key_name);
  g_assert_null (tn_assertion_sign (account, key, now_us, "id-1", &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_AUTH);
  g_assert_nonnull (strstr (error->message, reason));
  g_assert_null (strstr (error->message, "PRIVATE KEY-----M"));
}

static void
test_wrong_pair (void)
{
  assert_refused ("signing", "ageing", NOW_US, "does not belong to the certificate");
  assert_refused ("good", "good", NOW_US, "expected RSA with 2048 bits");
  assert_refused ("nowhere", "signing", NOW_US, "No such file");
  assert_refused ("README", "signing", NOW_US, "README.pem");
}

/* It ends at the beginning of 2024-10-20. */
static void
test_ended (void)
{
  gint64 end_us = NOW_US + 16 * G_TIME_SPAN_DAY;
  g_autoptr (TnAccount) account = make_account ("ageing");
  g_autoptr (TnSecret) key = load_key ("ageing");
  g_autoptr (TnSecret) token = tn_assertion_sign (account, key, end_us - 1, "id-1", NULL);
  g_assert_nonnull (token);
  assert_refused ("ageing", "ageing", end_us, "has ended");
}

static void
assert_no_key (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnAccount) account = make_account ("signing");
  g_autoptr (TnSecret) key = tn_secret_new_lines (text, strlen (text), NULL);
  g_assert_null (tn_assertion_sign (account, key, NOW_US, "id-1", &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_AUTH);
  g_assert_nonnull (strstr (error->message, "expected one in PEM without a passphrase"));
  g_assert_null (strstr (error->message, TN_CANARY));
}

/* A key that wants a passphrase must not ask the terminal for it: nobody is there. */
static void
test_no_key (void)
{
  assert_no_key (TN_CANARY);
  assert_no_key ("-----BEGIN PRIVATE KEY-----\n" TN_CANARY "\n-----END PRIVATE KEY-----\n");
  assert_no_key ("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n"
                 "DEK-Info: AES-128-CBC,0123456789ABCDEF0123456789ABCDEF\n\n"
                 "MDEyMzQ1Njc4OWFiY2RlZg==\n-----END RSA PRIVATE KEY-----\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/assertion/claims-are-those-that-microsoft-wants", test_claims);
  g_test_add_func ("/http/assertion/older-server-gets-its-kind-of-signature", test_old_kind);
  g_test_add_func ("/http/assertion/key-of-another-certificate-is-refused", test_wrong_pair);
  g_test_add_func ("/http/assertion/certificate-that-has-ended-is-refused", test_ended);
  g_test_add_func ("/http/assertion/hazard-102-no-key-is-said-and-not-quoted", test_no_key);
  return g_test_run ();
}
