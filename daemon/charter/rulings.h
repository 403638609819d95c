/* daemon/charter/rulings.h — the decisions that a charter records */
#pragma once

#include "charter/group.h"
#include "model/collaboration.h"

G_BEGIN_DECLS

void tn_rulings_read (TnGroup charter, TnCollaboration *collaboration);

G_END_DECLS
