/* daemon/control/accounts.h — calls about a calendar's place and login, and not its events */
#pragma once

#include "control/errand.h"

G_BEGIN_DECLS

/* Each owns the call. */
void tn_accounts_discover (TnErrand *call, GVariant *arguments);
void tn_accounts_login (TnErrand *call, GVariant *arguments);
void tn_accounts_logged_in (TnErrand *call, GVariant *arguments);
void tn_accounts_try (TnErrand *call, GVariant *arguments);
void tn_accounts_rebind (TnErrand *call, GVariant *arguments);

G_END_DECLS
