/* plugins/file/swap.h — a file's content replaced, whole or not at all, and only if expected */
#pragma once

#include <sys/stat.h>

#include <turnus-plugin.h>

gboolean file_swap_create (int folder_fd, const char *name, GBytes *bytes, struct stat *ret_st,
                           GError **error);
gboolean file_swap_replace (int folder_fd, const char *name, const char *revision, GBytes *bytes,
                            struct stat *ret_st, GError **error);
gboolean file_swap_remove (int folder_fd, const char *name, const char *revision, GError **error);
void file_swap_tidy (const TurnusCalendar *calendar, int folder_fd, const char *temp_name);
