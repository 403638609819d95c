/* plugins/caldav/search.h — from a host, an account or a calendar's URL to calendars */
#pragma once

#include "calendar.h"
#include "collection.h"

void caldav_search_one_async (TurnusCalendar *self, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
CaldavCollection *caldav_search_one_finish (GAsyncResult *result, GError **error);

void caldav_search_path_async (TurnusCalendar *self, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
gboolean caldav_search_path_finish (GAsyncResult *result, GError **error);

void caldav_search_all_async (TurnusCalendar *self, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *caldav_search_all_finish (GAsyncResult *result, GError **error);
