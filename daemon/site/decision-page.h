/* daemon/site/decision-page.h — a decision on a page: what it is about, its dry run, its taking */
#pragma once

#include "site/reader.h"

G_BEGIN_DECLS

TnWebPage *tn_decision_page_show (TnReader *reader);
void tn_decision_page_list (GString *html, const TnReader *reader, const TnOccurrence *occurrence);

G_END_DECLS
