/* daemon/http/address.h — a URL, read once, by the same reader that later connects to it */
#pragma once

#include <curl/curl.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct _TnAddress TnAddress;

TnAddress *tn_address_parse (const char *url, GError **error);
TnAddress *tn_address_parse_mail (const char *url, GError **error);
void tn_address_free (TnAddress *address);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnAddress, tn_address_free)

gboolean tn_address_has_same_origin (const TnAddress *address, const TnAddress *other);
gboolean tn_address_is_secure (const TnAddress *address);
gboolean tn_address_is_loopback (const TnAddress *address);
const char *tn_address_get_text (const TnAddress *address);
CURLU *tn_address_get_handle (const TnAddress *address);

G_END_DECLS
