/* daemon/ctl/new-file.h — a file that was not there before */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean tn_new_file_write (const char *path, const char *text, int mode, GError **error);

G_END_DECLS
