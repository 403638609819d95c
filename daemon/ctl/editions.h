/* daemon/ctl/editions.h — was the edition raised when a charter's meaning changed? */
#pragma once

#include "model/rulebook.h"

G_BEGIN_DECLS

GPtrArray *tn_editions_compare (const TnRulebook *rulebook, const TnRulebook *before);

G_END_DECLS
