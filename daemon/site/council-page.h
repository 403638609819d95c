/* daemon/site/council-page.h — what waits for a council, and what it can decide */
#pragma once

#include "site/reader.h"

G_BEGIN_DECLS

TnWebPage *tn_council_page_show (TnReader *reader);

G_END_DECLS
