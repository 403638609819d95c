/* daemon/notice/memory.h — what each mailbox was told, at hand */
#pragma once

#include "notice/fact.h"

G_BEGIN_DECLS

typedef struct _TnMemory TnMemory;

TnMemory *tn_memory_load (TnStore *store, GError **error);
void tn_memory_free (TnMemory *memory);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnMemory, tn_memory_free)

const char *tn_memory_find (const TnMemory *memory, const char *address, const char *key);
gboolean tn_memory_knows (const TnMemory *memory, const char *address, const char *council);
void tn_memory_note (TnMemory *memory, TnBatch *batch, const char *address, const char *key,
                     const char *value, gint64 now_us);
void tn_memory_note_known (TnMemory *memory, TnBatch *batch, const char *address,
                           const char *council, gint64 now_us);
void tn_memory_forget (TnMemory *memory, TnBatch *batch, GPtrArray *mailboxes, GHashTable *live,
                       gint64 before_us);

G_END_DECLS
