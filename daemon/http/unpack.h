/* daemon/http/unpack.h — a body as it arrives, decompressed and held to its limit */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _TnUnpack TnUnpack;

TnUnpack *tn_unpack_new (const char *coding, gsize max_bytes);
void tn_unpack_free (TnUnpack *unpack);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnUnpack, tn_unpack_free)

gboolean tn_unpack_add (TnUnpack *unpack, const void *bytes, gsize length, GError **error);
GBytes *tn_unpack_end (TnUnpack *unpack, GError **error);

G_END_DECLS
