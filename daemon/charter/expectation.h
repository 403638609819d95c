/* daemon/charter/expectation.h — what one value of a key looks like, for people */
#pragma once

#include "charter/keys.h"

G_BEGIN_DECLS

char *tn_expectation_dup (const TnKey *key);

G_END_DECLS
