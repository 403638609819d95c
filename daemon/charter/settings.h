/* daemon/charter/settings.h — the settings of one council, read */
#pragma once

#include "charter/source.h"
#include "model/rulebook.h"
#include "model/settings.h"

#include <gio/gio.h>

G_BEGIN_DECLS

TnSettings *tn_settings_load (const char *path, GError **error);
TnSettings *tn_settings_load_council (const char *path, const TnSettings *host, GError **error);
TnSettings *tn_settings_read (const TnSourceFile *source, const TnSettings *host, GError **error);
gboolean tn_settings_check (const TnSettings *settings, const TnRulebook *rulebook, GError **error);

G_END_DECLS
