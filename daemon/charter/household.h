/* daemon/charter/household.h — the councils whose settings one host includes */
#pragma once

#include "model/settings.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A host serves an office for each; so many of them are more than any country has. */
#define TN_HOUSEHOLD_MAX 512

GPtrArray *tn_household_list (const TnSettings *host, GError **error);
TnSettings *tn_household_load (const TnSettings *host, const char *council, GError **error);

G_END_DECLS
