/* daemon/site/proposal-page.h — a proposal, and the answer to it. da: ændringsønske */
#pragma once

#include "site/reader.h"

G_BEGIN_DECLS

void tn_proposal_page_begin (TnReader *reader);

G_END_DECLS
