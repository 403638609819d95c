/* daemon/model/source-file.h — a file that people wrote, as it was read */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Readers work on texts, so that a rulebook kept in the store and one on disk go the same way. */
typedef struct
{
  char *path; /* (owned) for messages; its base name stands in origins */
  char *text; /* (owned) UTF-8 */
} TnSourceFile;

TnSourceFile *tn_source_file_new (const char *path, const char *text);
void tn_source_file_free (TnSourceFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnSourceFile, tn_source_file_free)

G_END_DECLS
