/* daemon/store/ledger-text.h — the ledger as a file that people can read */
#pragma once

#include "model/decision.h"

G_BEGIN_DECLS

char *tn_ledger_text_format (const TnDecision *decision);
gboolean tn_ledger_text_append (const char *path, GPtrArray *decisions, GError **error);
gboolean tn_ledger_text_complete (const char *path, GPtrArray *decisions, GError **error);

G_END_DECLS
