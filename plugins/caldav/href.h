/* plugins/caldav/href.h — where a resource is, in the server's spelling and in ours */
#pragma once

#include "turnus-plugin.h"

#define CALDAV_HREF_MAX_BYTES 2048u

char *caldav_href_dup_shown (const char *href);
char *caldav_href_dup_origin (const char *url, char **ret_path, GError **error);
char *caldav_href_dup_path (const char *origin, const char *base_path, const char *href,
                            GError **error);
char *caldav_href_normalise (const char *path);
char *caldav_href_dup_member (const char *collection, const char *path);
