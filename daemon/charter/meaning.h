/* daemon/charter/meaning.h — what a charter means, whatever it looks like */
#pragma once

#include "model/collaboration.h"

G_BEGIN_DECLS

char *tn_meaning_to_text (const TnCollaboration *collaboration);
char *tn_meaning_dup_digest (const TnCollaboration *collaboration);

G_END_DECLS
