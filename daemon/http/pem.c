/* Certificates and keys in PEM, by OpenSSL. A key that wants a passphrase is refused instead of
 * asking the terminal. What OpenSSL says of a failure stays in its queue, where curl would take it
 * for its own; so the queue is emptied, and the error says what a person can do. */
#include "http/pem.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <time.h>

#include "base/encode.h"
#include "base/error.h"

#define FILE_MOST (1 << 20) /* bytes: a certificate with its chain has a few thousand */

static int
on_passphrase (char *buffer, int size, int is_writing, void *user_data)
{
  return -1;
}

/**
 * tn_pem_load_certificate:
 * @path: the first certificate in it counts; those after it, of who issued it, do not
 *
 * Errors: %TN_ERROR_AUTH.
 * Returns: (transfer full) (nullable)
 */
X509 *
tn_pem_load_certificate (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  g_autoptr (GError) reason = NULL;
  if (!g_file_get_contents (path, &text, &length, &reason))
    {
      g_set_error (error, TN_ERROR, TN_ERROR_AUTH, "%s", reason->message);
      return NULL;
    }
  g_autoptr (BIO) bio = BIO_new_mem_buf (text, (int) MIN (length, FILE_MOST));
  X509 *certificate = PEM_read_bio_X509 (bio, NULL, on_passphrase, NULL);
  if (certificate == NULL)
    g_set_error (error, TN_ERROR, TN_ERROR_AUTH,
                 "%s holds no certificate, expected one in PEM: -----BEGIN CERTIFICATE-----", path);
  ERR_clear_error ();
  return certificate;
}

/**
 * tn_pem_parse_key:
 *
 * Errors: %TN_ERROR_AUTH.
 * Returns: (transfer full) (nullable)
 */
EVP_PKEY *
tn_pem_parse_key (const TnSecret *pem, GError **error)
{
  g_autoptr (BIO) bio = BIO_new_mem_buf (tn_secret_borrow (pem), -1);
  EVP_PKEY *key = PEM_read_bio_PrivateKey (bio, NULL, on_passphrase, NULL);
  if (key == NULL)
    g_set_error (error, TN_ERROR, TN_ERROR_AUTH,
                 "that is no key, expected one in PEM without a passphrase: "
                 "-----BEGIN PRIVATE KEY-----");
  ERR_clear_error ();
  return key;
}

/**
 * tn_pem_dup_thumbprint:
 *
 * Source: RFC 7515 4.1.7, 4.1.8.
 * Returns: (transfer full): base64url of the digest over the DER
 */
char *
tn_pem_dup_thumbprint (const X509 *certificate, const EVP_MD *digest)
{
  unsigned char bytes[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  gboolean is_done = X509_digest (certificate, digest, bytes, &length) == 1;
  g_assert (is_done); /* it was parsed, and both digests are always there */
  return tn_encode_base64url_bytes (bytes, length);
}

/**
 * tn_pem_get_end_us:
 *
 * Returns: UTC microseconds since 1970 at which @certificate ends; 0 when it does not say so
 * rightly
 */
gint64
tn_pem_get_end_us (const X509 *certificate)
{
  struct tm end = { 0 };
  if (ASN1_TIME_to_tm (X509_get0_notAfter (certificate), &end) == 1)
    return (gint64) timegm (&end) * G_USEC_PER_SEC;
  ERR_clear_error ();
  return 0;
}
