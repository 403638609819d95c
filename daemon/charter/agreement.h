/* daemon/charter/agreement.h — a charter as a collaboration */
#pragma once

#include "charter/group.h"
#include "model/collaboration.h"

G_BEGIN_DECLS

TnCollaboration *tn_agreement_read (TnGroup charter);

G_END_DECLS
