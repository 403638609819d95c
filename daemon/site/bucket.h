/* daemon/site/bucket.h — how often somebody may do something */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* So many at once, and one more each `refill_s` seconds. */
typedef struct
{
  guint most;
  guint refill_s;
} TnBucketSize;

typedef struct _TnBuckets TnBuckets;

TnBuckets *tn_buckets_new (void);
void tn_buckets_free (TnBuckets *buckets);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnBuckets, tn_buckets_free)

gboolean tn_buckets_take (TnBuckets *buckets, const char *name, TnBucketSize size, gint64 now_us,
                          guint *ret_wait_s);
guint tn_buckets_count (const TnBuckets *buckets);

G_END_DECLS
