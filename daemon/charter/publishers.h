/* daemon/charter/publishers.h — the key `publishers` */
#pragma once

#include "charter/group.h"
#include "model/settings.h"

G_BEGIN_DECLS

void tn_publishers_read (TnGroup root, TnSettings *settings);

G_END_DECLS
