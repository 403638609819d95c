/* plugins/file/revision.h — what a file was when somebody looked at it */
#pragma once

#include <sys/stat.h>

#include <turnus-plugin.h>

#define FILE_REVISION_UNREAD "unread" /* instead of a hash: matches nothing */

char *file_revision_new (const struct stat *st, const char *hash);
gboolean file_revision_is_fresh (const struct stat *st);
gboolean file_revision_has_hash (const char *revision);
gboolean file_revision_matches (const char *revision, const struct stat *st, const char *hash);
char *file_revision_hash (GBytes *bytes);
