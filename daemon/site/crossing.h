/* daemon/site/crossing.h — visits and pages between a publisher's plain structs and ours */
#pragma once

#include "provider/turnus-plugin.h"
#include "site/visit.h"

G_BEGIN_DECLS

TnVisit *tn_visit_new_from_plugin (const TurnusVisit *visit);
TurnusWebPage *tn_web_page_to_plugin (const TnWebPage *page);

G_END_DECLS
