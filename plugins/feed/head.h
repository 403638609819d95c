/* plugins/feed/head.h — the head of a request, read strictly */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FEED_LINE_MAX_BYTES 4096
#define FEED_HEADERS_MOST 64
#define FEED_HEAD_MAX_BYTES 16384
#define FEED_BODY_MAX_BYTES 65536

typedef struct
{
  char *method;        /* (owned) */
  char *target;        /* (owned) begins with a slash */
  gboolean is_old;     /* HTTP/1.0 */
  gboolean closes;     /* the reader wants no further request on this connection */
  GHashTable *headers; /* (owned) (element-type utf8 utf8) names in small letters, each once */
  gsize body_bytes;    /* that follow */
} FeedHead;

FeedHead *feed_head_parse (const char *bytes, gsize length, guint *ret_refusal);
void feed_head_free (FeedHead *head);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FeedHead, feed_head_free)

gssize feed_head_find_end (const char *bytes, gsize length, guint *ret_refusal);

G_END_DECLS
