/* plugins/caldav/revision.h — what an ETag is good for */
#pragma once

#include "turnus-plugin.h"

gboolean caldav_revision_is_weak (const char *revision);
gboolean caldav_revision_is_exact (const char *revision);
char *caldav_revision_from_etag (const char *etag);
char *caldav_revision_from_header (const char *etag);
char *caldav_revision_from_bytes (const TurnusHost *host, gpointer host_data, GBytes *bytes);
char *caldav_revision_make_unread (gint64 now_us);
char *caldav_revision_make_unconfirmed (gint64 now_us);
char *caldav_revision_to_condition (const char *revision);
gboolean caldav_revision_means_same (const char *a, const char *b);
