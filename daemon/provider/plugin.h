/* daemon/provider/plugin.h — a calendar that a loaded plugin has opened */
#pragma once

#include "base/clock.h"
#include "http/client.h"
#include "provider/provider.h"
#include "provider/witness.h"

G_BEGIN_DECLS

#define TN_TYPE_PLUGIN (tn_plugin_get_type ())
G_DECLARE_FINAL_TYPE (TnPlugin, tn_plugin, TN, PLUGIN, GObject)

TnProvider *tn_plugin_open (const TurnusPlugin *table, TnClock *clock, const char *calendar,
                            GHashTable *options, const char *base_dir, const char *binding,
                            TnClient *client, GError **error);
gboolean tn_plugin_check_options (const TurnusPlugin *table, GHashTable *options, GError **error);
void tn_plugin_set_stint (TnPlugin *self, TnStint *stint);

G_END_DECLS
