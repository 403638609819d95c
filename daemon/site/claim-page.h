/* daemon/site/claim-page.h — entries made by hand that may be events of the plan */
#pragma once

#include "site/reader.h"

G_BEGIN_DECLS

void tn_claim_page_begin (TnReader *reader);
void tn_claim_page_list (GString *html, const TnReader *reader);

G_END_DECLS
