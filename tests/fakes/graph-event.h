/* tests/fakes/graph-event.h — an event as Exchange Online keeps it */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *id;            /* (owned) the immutable one */
  char *calendar;      /* (owned) id */
  char *uid;           /* (owned) the server's: never the client's (pitfall 1) */
  JsonObject *plain;   /* (owned) what is kept as it came: subject, categories, reminder … */
  char *body;          /* (owned) */
  gboolean is_html;    /* the body */
  gint64 start_s;      /* UTC */
  gint64 end_s;        /* UTC */
  char *start_zone;    /* (owned) as it came */
  char *end_zone;      /* (owned) */
  GHashTable *own;     /* (owned) (element-type utf8 utf8) extended properties */
  char *transaction;   /* (owned) (nullable) */
  char *wording;       /* (owned) of the request that made it: a retry has the same */
  gboolean is_invited; /* somebody else is its organiser */
  guint key;           /* of the change key */
  guint change;        /* when it was changed last */
} TnGraphEvent;

/* How an answer is to look. */
typedef struct
{
  char *zone; /* (owned) of times */
  gboolean as_text;
  gboolean is_immutable; /* ids */
  guint page;            /* 0: the server's own */
} TnGraphPrefer;

typedef struct
{
  const char *code; /* of the refusal */
  guint status;     /* 0: none */
} TnGraphRefusal;

TnGraphEvent *tn_graph_event_new (const char *id, const char *calendar, const char *uid);
void tn_graph_event_free (TnGraphEvent *event);

TnGraphRefusal tn_graph_event_write (TnGraphEvent *event, JsonObject *wish, gboolean is_new);
guint tn_graph_event_count_guests (const TnGraphEvent *event);
char *tn_graph_event_dup_etag (const TnGraphEvent *event);
char *tn_graph_event_dup_shown_id (const TnGraphEvent *event, const TnGraphPrefer *prefer);
/* `expand`: (nullable) the query's, unescaped; `select`: (nullable) names, with commas. */
JsonObject *tn_graph_event_show (const TnGraphEvent *event, const TnGraphPrefer *prefer,
                                 const char *select, const char *expand);

TnGraphPrefer *tn_graph_prefer_parse (const char *text);
void tn_graph_prefer_free (TnGraphPrefer *prefer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnGraphPrefer, tn_graph_prefer_free)

G_END_DECLS
