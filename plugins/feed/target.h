/* plugins/feed/target.h — the address in a request, and what forms send: percent signs undone */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FEED_FIELDS_MOST 64 /* of a query or a form */

char *feed_target_dup_path (const char *target);
GPtrArray *feed_target_list_query (const char *target);
GPtrArray *feed_target_list_fields (const char *text);

G_END_DECLS
