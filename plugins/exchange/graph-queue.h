/* plugins/exchange/graph-queue.h — questions on their way to Graph */
#pragma once

#include "calendar.h"
#include "graph-call.h"

typedef struct _GraphQueue GraphQueue;

GraphQueue *graph_queue_new (TurnusCalendar *calendar);
void graph_queue_free (GraphQueue *queue);

void graph_queue_ask_async (GraphQueue *queue, GraphCall *call, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
GraphCall *graph_queue_ask_finish (GAsyncResult *result, GError **error);
