/* daemon/site/chronicle.h — what became of an event, without anybody's name or words */
#pragma once

#include "site/reader.h"

G_BEGIN_DECLS

void tn_chronicle_add_decisions (GString *html, const TnReader *reader,
                                 const TnOccurrence *occurrence);
void tn_chronicle_add_steps (GString *html, const TnReader *reader, const TnOccurrence *occurrence);
char *tn_chronicle_dup_safe (const TnReader *reader, const TnOccurrence *occurrence,
                             const char *text);

G_END_DECLS
