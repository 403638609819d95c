/* tests/fakes/ews-filter.h — Restriction: which of the items or folders are meant */
#pragma once

#include "fakes/ews-tree.h"

G_BEGIN_DECLS

/* The text of what a path names; (transfer full) (nullable): it has none. */
typedef char *(*TnEwsFilterRead) (gconstpointer subject, const xmlNode *path);

gboolean tn_ews_filter_admits (const xmlNode *restriction, gconstpointer subject,
                               TnEwsFilterRead read);

G_END_DECLS
