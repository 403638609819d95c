/* daemon/sync/redaction.h — the note of a decision is blanked, because somebody asks for it */
#pragma once

#include "sync/book.h"

G_BEGIN_DECLS

gboolean tn_redaction_blank (TnBook *book, GPtrArray *blanked, GError **error);
TnDecision *tn_redaction_take (TnBook *book, const char *id, GError **error);

G_END_DECLS
