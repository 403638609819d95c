/* daemon/site/outcome-page.h — what came of a form that was handed in */
#pragma once

#include "site/reader.h"

G_BEGIN_DECLS

TnWebPage *tn_outcome_page_keep (const TnReader *reader, const char *hash, const char *path,
                                 const char *outcome);
TnWebPage *tn_outcome_page_show (TnReader *reader);
TnWebPage *tn_outcome_page_lead (const TnReader *reader, const char *hash);

G_END_DECLS
