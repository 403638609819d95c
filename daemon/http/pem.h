/* daemon/http/pem.h — certificates and keys as files hold them */
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include "http/secret.h"

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_MD_CTX, EVP_MD_CTX_free)

X509 *tn_pem_load_certificate (const char *path, GError **error);
EVP_PKEY *tn_pem_parse_key (const TnSecret *pem, GError **error);
char *tn_pem_dup_thumbprint (const X509 *certificate, const EVP_MD *digest);
gint64 tn_pem_get_end_us (const X509 *certificate);

G_END_DECLS
