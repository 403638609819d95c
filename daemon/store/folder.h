/* daemon/store/folder.h — the state folder, held by one process at a time */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _TnFolder TnFolder;

gboolean tn_folder_is_network (gint64 file_system);
TnFolder *tn_folder_open (const char *path, GError **error);
void tn_folder_close (TnFolder *folder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnFolder, tn_folder_close)
char *tn_folder_dup_path (const TnFolder *folder, const char *name);
gboolean tn_folder_touch (const TnFolder *folder, const char *name, GError **error);

G_END_DECLS
