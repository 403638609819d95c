/* daemon/base/encode.h — text that must survive a place with fewer letters */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *tn_encode_base64url (const char *text);
char *tn_encode_base64url_bytes (const guint8 *bytes, gsize n);
char *tn_decode_base64url (const char *code, GError **error);
char *tn_encode_percent (const char *text);
char *tn_decode_percent (const char *code);
const char *tn_encode_find_nearest (const char *word, const char *const *candidates);
char *tn_encode_sha256 (const char *bytes, gssize length);

G_END_DECLS
