/* plugins/file/content.h — a file's bytes, read so that they are of one moment */
#pragma once

#include <sys/stat.h>

#include <turnus-plugin.h>

#define FILE_CONTENT_MAX_BYTES (32 * 1024 * 1024)

GBytes *file_content_read (int folder_fd, const char *name, struct stat *ret_st, GError **error);
char *file_content_hash (int folder_fd, const char *name, GError **error);
