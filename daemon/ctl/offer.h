/* daemon/ctl/offer.h — what an account offers that is not in the settings yet */
#pragma once

#include "ctl/call.h"

G_BEGIN_DECLS

JsonNode *tn_offer_ask (const TnCall *call, const char *url, GError **error);
void tn_offer_print (const TnCall *call, JsonArray *places, const char *like);

G_END_DECLS
