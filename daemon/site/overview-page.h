/* daemon/site/overview-page.h — what comes next in a collaboration */
#pragma once

#include "site/reader.h"

G_BEGIN_DECLS

TnWebPage *tn_overview_page_show (TnReader *reader);

G_END_DECLS
