/* daemon/ctl/sign-in.h — logs a calendar's account in while no daemon runs */
#pragma once

#include "ctl/call.h"

G_BEGIN_DECLS

void tn_sign_in_print_code (const TnCall *call, const char *url, const char *code,
                            gint64 lifetime_s);
gboolean tn_sign_in_run (const TnCall *call, const char *calendar, GError **error);

G_END_DECLS
