/* tests/fakes/ews-answer.h — answers as other servers would have written them */
#pragma once

#include "fakes/ews-server.h"

G_BEGIN_DECLS

void tn_ews_answer_disguise (xmlNode *envelope, const TnEwsQuirks *quirks);
char *tn_ews_answer_make_fault (const char *code, guint backoff_ms);

G_END_DECLS
