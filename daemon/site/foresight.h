/* daemon/site/foresight.h — what a decision changes, shown before and after it is taken */
#pragma once

#include "site/reader.h"

G_BEGIN_DECLS

void tn_foresight_add_effects (GString *html, const TnReader *reader, const char *caption,
                               GPtrArray *effects);
void tn_foresight_add_shares (GString *html, const TnReader *reader, GPtrArray *shares);
char *tn_foresight_to_text (GPtrArray *effects);
GPtrArray *tn_foresight_from_text (const char *text);
char *tn_foresight_dup_digest (GPtrArray *effects);

G_END_DECLS
