/* daemon/charter/source.h — a file that people wrote, read whole and safely */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* libconfig looks for duplicate keys by comparing each with each: 60,000 keys take it 17 s (design
 * section 11). */
#define TN_SOURCE_MAX_BYTES (64 * 1024)

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

G_END_DECLS
