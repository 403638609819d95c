/* daemon/site/deadlines-page.h — what is due next, and whose duty it is */
#pragma once

#include "site/reader.h"

G_BEGIN_DECLS

TnWebPage *tn_deadlines_page_show (TnReader *reader);

G_END_DECLS
