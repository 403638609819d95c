/* daemon/charter/charter.h — charter and holiday files to a rulebook */
#pragma once

#include "charter/source.h"
#include "model/rulebook.h"

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean tn_charter_load_busy (GPtrArray *files, const char *const *paths, GError **error);
GPtrArray *tn_charter_load_files (const char *const *charter_paths, const char *holiday_folder,
                                  GError **error);
TnRulebook *tn_charter_read (GPtrArray *files, GError **error);

G_END_DECLS
