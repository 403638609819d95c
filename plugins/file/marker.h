/* plugins/file/marker.h — the file that says which calendar a folder is */
#pragma once

#include <turnus-plugin.h>

gboolean file_marker_find (int folder_fd, const char *name, char **ret_binding, GError **error);
gboolean file_marker_create (int folder_fd, const char *name, char **ret_binding, GError **error);
