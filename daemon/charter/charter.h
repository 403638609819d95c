/* daemon/charter/charter.h — charter and holiday files to a rulebook */
#pragma once

#include "model/rulebook.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A file as it was read: the reader works on texts, so that a rulebook kept in the store and one on
 * disk go the same way. */
typedef struct
{
  char *path; /* (owned) for messages; its base name stands in origins */
  char *text; /* (owned) UTF-8 */
} TnSourceFile;

TnSourceFile *tn_source_file_new (const char *path, const char *text);
TnSourceFile *tn_source_file_load (const char *path, GError **error);
void tn_source_file_free (TnSourceFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnSourceFile, tn_source_file_free)

GPtrArray *tn_charter_load_files (const char *const *charter_paths, const char *holiday_folder,
                                  GError **error);
TnRulebook *tn_charter_read (GPtrArray *files, GError **error);

G_END_DECLS
