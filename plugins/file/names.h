/* plugins/file/names.h — which file names are items, and which are our own */
#pragma once

#include <turnus-plugin.h>

#define FILE_NAME_MAX_BYTES 200u /* leaves room for what temporary names add; NAME_MAX is 255 */

gboolean file_name_is_item (const char *name);
gboolean file_name_check (const char *name, GError **error);
char *file_name_for_new (const char *id);

/* A name that is ours while a write is under way (swap.c). */
typedef struct
{
  char *item;   /* (owned) the name that is being written */
  char *before; /* (owned) (nullable) hash of what is replaced; NULL: still being written */
  char *after;  /* (owned) (nullable) hash of what is put there */
} FileTempName;

char *file_name_make_part (const char *item);
char *file_name_make_swap (const char *item, const char *before, const char *after);
gboolean file_name_parse_temp (const char *name, FileTempName *ret_temp);
void file_temp_name_clear (FileTempName *temp);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FileTempName, file_temp_name_clear)
