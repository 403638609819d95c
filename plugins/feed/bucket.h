/* plugins/feed/bucket.h — so many requests a second for each reader */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FEED_BUCKETS_MOST 4096

typedef struct _FeedBuckets FeedBuckets;

FeedBuckets *feed_buckets_new (guint rate, guint burst);
void feed_buckets_free (FeedBuckets *buckets);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FeedBuckets, feed_buckets_free)

guint feed_buckets_take (FeedBuckets *buckets, const char *peer, gint64 now_us);
guint feed_buckets_get_size (const FeedBuckets *buckets);

G_END_DECLS
