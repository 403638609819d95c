/* daemon/site/subscribe-page.h — how to see the plan in one's own calendar */
#pragma once

#include "site/reader.h"

G_BEGIN_DECLS

TnWebPage *tn_subscribe_page_show (TnReader *reader);

G_END_DECLS
