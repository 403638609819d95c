/* plugins/exchange/graph-listing.h — what is there, or what changed since */
#pragma once

#include "calendar.h"

void graph_listing_async (TurnusCalendar *calendar, const char *token, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data);
TurnusListing *graph_listing_finish (TurnusCalendar *calendar, GAsyncResult *result,
                                     GError **error);
