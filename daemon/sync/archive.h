/* daemon/sync/archive.h — the decisions and proposals that the store keeps */
#pragma once

#include "model/ledger.h"
#include "model/rulebook.h"
#include "store/store.h"

G_BEGIN_DECLS

typedef struct _TnArchive TnArchive;

TnArchive *tn_archive_load (TnStore *store, GError **error);
void tn_archive_free (TnArchive *self);

GPtrArray *tn_archive_get_decisions (const TnArchive *self);
GPtrArray *tn_archive_get_proposals (const TnArchive *self);
TnLedger *tn_archive_make_ledger (const TnArchive *self, const TnRulebook *rulebook,
                                  GPtrArray *more);

gboolean tn_archive_commit (TnArchive *self, TnBatch *batch, GPtrArray *decisions,
                            GPtrArray *proposals, GError **error);
gboolean tn_archive_blank_notes (TnArchive *self, GPtrArray *blanked, GError **error);

G_END_DECLS
