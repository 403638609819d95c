/* daemon/ctl/delivery.h — an answer goes to the terminal or, with -o, into a file */
#pragma once

#include "ctl/call.h"

G_BEGIN_DECLS

gboolean tn_delivery_hand_over (const TnCall *call, const char *text, GError **error);

G_END_DECLS
