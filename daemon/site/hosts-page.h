/* daemon/site/hosts-page.h — who hosts when, ten years ahead */
#pragma once

#include "site/reader.h"

G_BEGIN_DECLS

TnWebPage *tn_hosts_page_show (TnReader *reader);

G_END_DECLS
