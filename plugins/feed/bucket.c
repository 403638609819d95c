/* Token buckets, with the time as an argument. A reader who was not here for so long that its
 * bucket is full again is forgotten; when all places are taken, strangers share one. */
#include "bucket.h"

#include <gio/gio.h>
#include <string.h>

typedef struct
{
  double tokens;
  gint64 at_us;
} Bucket;

struct _FeedBuckets
{
  double rate; /* tokens a second */
  double burst;
  GHashTable *buckets; /* (owned) (element-type utf8 Bucket) */
};

/**
 * feed_buckets_new:
 * @rate: requests a second, in the long run
 * @burst: at once
 *
 * Returns: (transfer full)
 */
FeedBuckets *
feed_buckets_new (guint rate, guint burst)
{
  FeedBuckets *buckets = g_new0 (FeedBuckets, 1);
  buckets->rate = rate;
  buckets->burst = burst;
  buckets->buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return buckets;
}

void
feed_buckets_free (FeedBuckets *buckets)
{
  if (buckets == NULL)
    return;
  g_hash_table_unref (buckets->buckets);
  g_free (buckets);
}

static void
fill (const FeedBuckets *buckets, Bucket *bucket, gint64 now_us)
{
  double passed_s = (double) MAX (0, now_us - bucket->at_us) / G_USEC_PER_SEC;
  bucket->tokens = MIN (buckets->burst, bucket->tokens + passed_s * buckets->rate);
  bucket->at_us = now_us;
}

static void
forget_full (FeedBuckets *buckets, gint64 now_us)
{
  GHashTableIter iter;
  gpointer bucket;
  g_hash_table_iter_init (&iter, buckets->buckets);
  while (g_hash_table_iter_next (&iter, NULL, &bucket))
    {
      fill (buckets, bucket, now_us);
      if (((Bucket *) bucket)->tokens >= buckets->burst)
        g_hash_table_iter_remove (&iter);
    }
}

/* Whoever has one address of the sixth version has 2^64 of them. */
static char *
dup_key (const char *peer)
{
  g_autoptr (GInetAddress) address
      = strchr (peer, ':') != NULL ? g_inet_address_new_from_string (peer) : NULL;
  if (address == NULL || g_inet_address_get_family (address) != G_SOCKET_FAMILY_IPV6)
    return g_strdup (peer);
  const guint8 *bytes = g_inet_address_to_bytes (address);
  GString *key = g_string_new ("six ");
  for (guint i = 0; i < 8; i++)
    g_string_append_printf (key, "%02x", bytes[i]);
  return g_string_free (key, FALSE);
}

static Bucket *
find_bucket (FeedBuckets *buckets, const char *peer, gint64 now_us)
{
  g_autofree char *key = dup_key (peer);
  Bucket *bucket = g_hash_table_lookup (buckets->buckets, key);
  if (bucket != NULL)
    return bucket;
  if (g_hash_table_size (buckets->buckets) >= FEED_BUCKETS_MOST - 1)
    forget_full (buckets, now_us);
  if (g_hash_table_size (buckets->buckets) >= FEED_BUCKETS_MOST - 1)
    {
      g_free (key);
      key = g_strdup ("everybody else");
      bucket = g_hash_table_lookup (buckets->buckets, key);
    }
  if (bucket == NULL)
    {
      bucket = g_new0 (Bucket, 1);
      *bucket = (Bucket){ buckets->burst, now_us };
      g_hash_table_insert (buckets->buckets, g_steal_pointer (&key), bucket);
    }
  return bucket;
}

/**
 * feed_buckets_take:
 * @peer: address of the reader
 * @now_us: of a clock that only goes forward
 *
 * Returns: 0 when the reader may ask; else in how many seconds it may
 */
guint
feed_buckets_take (FeedBuckets *buckets, const char *peer, gint64 now_us)
{
  Bucket *bucket = find_bucket (buckets, peer, now_us);
  fill (buckets, bucket, now_us);
  if (bucket->tokens < 1)
    return (guint) ((1 - bucket->tokens) / buckets->rate) + 1;
  bucket->tokens -= 1;
  return 0;
}

guint
feed_buckets_get_size (const FeedBuckets *buckets)
{
  return g_hash_table_size (buckets->buckets);
}
