/* daemon/ical/patch.h — pieces of bytes to be put in the place of others */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _TnPatch TnPatch;

TnPatch *tn_patch_new (void);
void tn_patch_free (TnPatch *patch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnPatch, tn_patch_free)

void tn_patch_replace (TnPatch *patch, gsize offset, gsize length, const char *bytes, gsize size);
GBytes *tn_patch_apply (TnPatch *patch, GBytes *bytes);

G_END_DECLS
