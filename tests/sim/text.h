/* tests/sim/text.h — the bytes of an item as the simulation looks at them */
#pragma once

#include "model/event.h"

G_BEGIN_DECLS

TnEvent *sim_text_parse (const char *text, TnZone *zone);
gboolean sim_text_is_milestone (const char *text, TnZone *zone);
gboolean sim_text_has_entry (const char *ledger, const char *id);
int sim_text_get_sequence (const char *text);
char *sim_text_dup_foreign (const char *text);

G_END_DECLS
