/* plugins/exchange/ews-refusal.h — what a ResponseCode of EWS means for the caller */
#pragma once

#include "turnus-plugin.h"

TurnusError ews_refusal_get_code (const char *response_code);
gboolean ews_refusal_is_busy (const char *response_code);
gboolean ews_refusal_is_of_all (TurnusError code);
GError *ews_refusal_make_error (const char *response_code, const char *wish);
