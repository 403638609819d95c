/* plugins/exchange/graph-call.h — one question to Graph, alone or with others in a batch */
#pragma once

#include "graph-json.h"

G_BEGIN_DECLS

#define GRAPH_BATCH_MOST 20u   /* json-batching.md */
#define GRAPH_BATCH_AT_ONCE 4u /* of one mailbox: throttling-outlook.md (pitfall 6) */

typedef struct
{
  const char *method;
  char *path;         /* (owned) relative to the version; absolute when `is_alone` */
  const char *prefer; /* (nullable) */
  char *if_match;     /* (owned) (nullable) */
  JsonNode *body;     /* (owned) (nullable) */
  gboolean is_alone;  /* goes into no batch: a link that the server gave */

  guint n_put_off;      /* how often another one's failure took it along */
  guint status;         /* 0: not answered */
  gint64 retry_after_s; /* -1: it did not say */
  JsonNode *answer;     /* (owned) (nullable) an object */
} GraphCall;

GraphCall *graph_call_new (const char *method, char *path, const char *prefer);
void graph_call_free (GraphCall *call);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GraphCall, graph_call_free)

JsonObject *graph_call_get_answer (const GraphCall *call, GError **error);

GBytes *graph_call_build_batch (GPtrArray *calls);
gboolean graph_call_read_batch (GBytes *bytes, GPtrArray *calls, GError **error);

G_END_DECLS
