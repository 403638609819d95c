/* Charters and holiday files as texts. */
#include "model/source-file.h"

/**
 * tn_source_file_new:
 *
 * Returns: (transfer full): @text as if it had been read from @path
 */
TnSourceFile *
tn_source_file_new (const char *path, const char *text)
{
  g_return_val_if_fail (path != NULL && text != NULL, NULL);
  TnSourceFile *file = g_new0 (TnSourceFile, 1);
  file->path = g_strdup (path);
  file->text = g_strdup (text);
  return file;
}

void
tn_source_file_free (TnSourceFile *file)
{
  if (file == NULL)
    return;
  g_free (file->path);
  g_free (file->text);
  g_free (file);
}
