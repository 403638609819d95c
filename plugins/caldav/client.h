/* plugins/caldav/client.h — one request to the server, and its answer */
#pragma once

#include "calendar.h"

typedef struct
{
  const char *method;
  const char *path;
  const char *depth;         /* (nullable) */
  const char *type;          /* (nullable) of the body */
  const char *if_match;      /* (nullable) */
  const char *if_none_match; /* (nullable) */
  GBytes *body;              /* (nullable) */
} CaldavRequest;

void caldav_client_send_async (TurnusCalendar *self, const CaldavRequest *request,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data);
TurnusResponse *caldav_client_send_finish (TurnusCalendar *self, GAsyncResult *result,
                                           GError **error);
void caldav_client_ask_async (TurnusCalendar *self, const char *method, const char *path,
                              const char *depth, GBytes *body, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
