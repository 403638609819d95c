/* daemon/sync/guard.h — what is held back until a person says so */
#pragma once

#include "sync/diff.h"

G_BEGIN_DECLS

TnHold tn_guard_find_vanished (const TnDiffInput *input, char **ret_text);
TnHold tn_guard_hold (const TnDiffInput *input, GPtrArray *changes, char **ret_text);

G_END_DECLS
