/* daemon/sync/mirrors.h — what a calendar shows of the guests of others */
#pragma once

#include "sync/guests.h"

G_BEGIN_DECLS

gboolean tn_mirrors_take (const TnVisit *visit, GError **error);

G_END_DECLS
