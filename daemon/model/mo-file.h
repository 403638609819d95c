/* daemon/model/mo-file.h — one catalogue of translations, as msgfmt compiles it */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const guint8 *bytes; /* (unowned) (nullable): NULL says no text at all */
  gsize n_bytes;
} TnMoFile;

const char *tn_mo_file_find (const TnMoFile *file, const char *context, const char *text,
                             guint form);

G_END_DECLS
