/* plugins/feed/door.h — who comes in, how many, and for how long */
#pragma once

#include <libsoup/soup.h>

#include "bucket.h"
#include "memo.h"
#include "request.h"

#include <turnus-plugin.h>

G_BEGIN_DECLS

typedef struct
{
  guint callers_most; /* connections at a time */
  guint rate, burst;  /* requests a second, and at once, of one reader */
  gint64 idle_us;     /* a connection without a request */
  gint64 request_us;  /* from the first byte of a request to the last */
  gint64 answer_us;   /* from then on until the answer is gone */
} FeedLimits;

typedef struct _FeedDoor FeedDoor;

/* Someone at the other end of a connection. */
typedef struct
{
  FeedDoor *door;            /* (unowned) outlives us */
  GSocket *socket;           /* (owned) */
  char *address;             /* (owned) or `unix` */
  FeedRequest *request;      /* (owned) (nullable) that is being answered */
  gboolean is_answering;     /* a request is in, and its answer is not gone */
  guint wait_s;              /* it came too fast: when it may come again; 0: now */
  GCancellable *cancellable; /* (owned) of that answer */
  gint64 until_us;           /* it is shown out then; monotonic */
  guint64 serial;            /* of the request */
} FeedCaller;

struct _FeedDoor
{
  gatomicrefcount n_refs;
  const TurnusHost *host;
  gpointer host_data;
  FeedRules *rules; /* (owned) */
  FeedLimits limits;
  GSocketAddress *address; /* (owned) */
  GSocket *socket;         /* (owned) (nullable) NULL: nobody is let in any more */
  GSource *source;         /* (owned) (nullable) */
  SoupServer *server;      /* (owned) */
  GSocket *pretext;        /* (owned) the other end of what the server believes to listen to */
  GHashTable *callers;     /* (owned) (element-type FeedCaller) */
  GHashTable *asked;       /* (owned) (element-type guint64 FeedCaller) by serial */
  guint64 last_serial;
  FeedBuckets *buckets; /* (owned) */
  FeedMemo *memo;       /* (owned) */
  guint sweep_id;       /* 0: nobody is here */
  guint pause_id;       /* 0: we are not out of files */
  gboolean is_closed;   /* the host is gone */
  GTask *stopping;      /* (owned) (nullable) waits until all are gone */
  guint64 counts[TURNUS_N_COUNTS];
};

FeedDoor *feed_door_open (const TurnusPublish *publish, const FeedLimits *limits, GError **error);
void feed_door_stop_async (FeedDoor *door, GAsyncReadyCallback callback, gpointer user_data);
gboolean feed_door_stop_finish (FeedDoor *door, GAsyncResult *result, GError **error);
void feed_door_close (FeedDoor *door);
FeedDoor *feed_door_ref (FeedDoor *door);
void feed_door_unref (FeedDoor *door);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FeedDoor, feed_door_unref)

FeedCaller *feed_door_find (FeedDoor *door, const char *path);

G_END_DECLS
