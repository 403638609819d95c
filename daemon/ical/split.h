/* daemon/ical/split.h — a calendar file as many items */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* All components of one UID, as a calendar of their own. */
typedef struct
{
  char *uid;     /* (owned) */
  GBytes *bytes; /* (owned) */
  GError *error; /* (owned) (nullable) why it cannot be used */
} TnSplitItem;

void tn_split_item_free (TnSplitItem *item);

GPtrArray *tn_split_calendar (GBytes *calendar, GError **error);
GBytes *tn_split_replace (GBytes *calendar, const char *uid, GBytes *item, GError **error);

G_END_DECLS
