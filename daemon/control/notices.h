/* daemon/control/notices.h — letters, told to those who look after the daemon */
#pragma once

#include "control/errand.h"

G_BEGIN_DECLS

void tn_notices_serve (TnErrand *call, GVariant *arguments);
void tn_notices_serve_test (TnErrand *call, GVariant *arguments);
void tn_notices_add_status (JsonBuilder *sheet, TnBook *book);

G_END_DECLS
