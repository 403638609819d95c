/* daemon/charter/places.h — where the daemon of the settings keeps and finds its things */
#pragma once

#include "charter/group.h"
#include "model/settings.h"

G_BEGIN_DECLS

char *tn_places_dup_path (const TnSettings *settings, const char *path);
char *tn_places_dup_socket (const TnSettings *host, const char *council);
void tn_places_read (TnGroup root, TnSettings *settings, const TnSettings *host);

G_END_DECLS
