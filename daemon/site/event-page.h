/* daemon/site/event-page.h — one event: when, who, why, and what became of it */
#pragma once

#include "site/reader.h"

G_BEGIN_DECLS

TnWebPage *tn_event_page_show (TnReader *reader);

G_END_DECLS
