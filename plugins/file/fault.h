/* plugins/file/fault.h — what the system said, as what the caller will do */
#pragma once

#include <turnus-plugin.h>

gboolean file_fault_set (GError **error, int errsv, const char *format, ...) G_GNUC_PRINTF (3, 4);
