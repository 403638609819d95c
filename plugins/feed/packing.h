/* plugins/feed/packing.h — whether a page travels packed, and whether the reader has it already */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean feed_packing_is_taken (const char *accept_encoding);
gboolean feed_packing_is_worth (const char *type, gsize bytes);
GBytes *feed_packing_pack (GBytes *bytes);
char *feed_packing_dup_tag (const char *etag, gboolean is_packed);
gboolean feed_packing_has_tag (const char *if_none_match, const char *etag);

G_END_DECLS
