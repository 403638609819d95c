/* plugins/exchange/graph-wire.h — where Graph keeps what, and what its answers mean */
#pragma once

#include "graph-json.h"
#include "turnus-plugin.h"

G_BEGIN_DECLS

/* How a body is asked for. Times come in UTC, ids that outlast a move (hazard 36). */
typedef enum
{
  GRAPH_BODY_TEXT,
  GRAPH_BODY_HTML
} GraphBody;

const char *graph_wire_get_prefer (GraphBody body);
const char *graph_wire_get_page_prefer (void);

char *graph_wire_calendars_path (const char *mailbox);
char *graph_wire_events_path (const char *mailbox, const char *calendar);
char *graph_wire_delta_path (const char *mailbox, const char *calendar);
char *graph_wire_list_path (const char *mailbox, const char *calendar);
char *graph_wire_event_path (const char *mailbox, const char *id);
char *graph_wire_load_path (const char *mailbox, const char *id);
char *graph_wire_check_path (const char *mailbox, const char *id, gboolean with_calendar);
char *graph_wire_find_path (const char *mailbox, const char *calendar, const char *uid);
char *graph_wire_make_transaction (const char *uid, guint attempt);

const char *graph_wire_find_code (JsonNode *answer);
gboolean graph_wire_is_lost_token (guint status, JsonNode *answer);
GError *graph_wire_make_error (guint status, JsonNode *answer, const char *wish);

G_END_DECLS
