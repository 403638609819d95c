/* plugins/exchange/ews-listing.h — what is in the folder, or what changed there */
#pragma once

#include "ews-account.h"

void ews_listing_async (TurnusCalendar *calendar, const char *token, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data);
TurnusListing *ews_listing_finish (TurnusCalendar *calendar, GAsyncResult *result, GError **error);
