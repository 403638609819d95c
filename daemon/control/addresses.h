/* daemon/control/addresses.h — addresses of the site that nobody can guess: made, shown, taken back
 */
#pragma once

#include "control/errand.h"

G_BEGIN_DECLS

#define TN_ADDRESS_PAGES "pages" /* the target of an address for all pages */

gboolean tn_addresses_check_target (const char *target, const TnRulebook *rulebook, GError **error);
char *tn_addresses_dup_path (const char *target, const char *token);
TnPeephole *tn_addresses_find (TnStore *store, const char *token, GError **error);

void tn_addresses_serve_list (TnErrand *call, GVariant *arguments);
void tn_addresses_serve_make (TnErrand *call, GVariant *arguments);
void tn_addresses_serve_revoke (TnErrand *call, GVariant *arguments);

G_END_DECLS
