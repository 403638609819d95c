/* plugins/caldav/listing.h — what changed since a token */
#pragma once

#include "calendar.h"

void caldav_listing_async (TurnusCalendar *self, const char *token, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data);
TurnusListing *caldav_listing_finish (GAsyncResult *result, GError **error);
