/* daemon/site/health-page.h — how each calendar is, in words */
#pragma once

#include "site/reader.h"

G_BEGIN_DECLS

TnWebPage *tn_health_page_show (TnReader *reader);

G_END_DECLS
