/* daemon/site/style.h — how the pages look */
#pragma once

#include "site/visit.h"

G_BEGIN_DECLS

TnWebPage *tn_style_make (void);

G_END_DECLS
