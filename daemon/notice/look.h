/* daemon/notice/look.h — one look at what is so, and the letters that come of it */
#pragma once

#include "notice/memory.h"
#include "sync/desk.h"

G_BEGIN_DECLS

/* Makes the address of a page on which @council can answer @proposal. What has to be remembered of
 * it goes into @batch and is committed together with the letter.
 *
 * Returns: (transfer full) (nullable): %NULL: there is no such page */
typedef char *(*TnPostLink) (gpointer user_data, TnBatch *batch, const char *council,
                             const char *proposal);

/* Storage is the caller's. */
typedef struct
{
  TnDesk *desk;
  TnMemory *memory;
  GHashTable *looked; /* (element-type utf8 gint64) last digest looked for, by address */
  TnPostLink link;    /* (nullable) */
  gpointer link_data;
  gint64 now_us;
  gboolean is_tidying; /* also forgets what is old */
} TnLook;

gboolean tn_look_take (TnLook *look, gint64 *ret_next_us, GError **error);

G_END_DECLS
