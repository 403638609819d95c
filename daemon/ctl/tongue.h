/* daemon/ctl/tongue.h — the language in which turnusctl speaks */
#pragma once

#include "model/words.h"

G_BEGIN_DECLS

TnLanguage tn_tongue_find (void);

G_END_DECLS
