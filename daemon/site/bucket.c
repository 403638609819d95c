/* Token buckets, by name. They live as long as the daemon: a restart forgives, and what really
 * counts, that a link is good once, is in the store. There are never more than MOST_NAMES, however
 * many addresses somebody comes from. */
#include "site/bucket.h"

static const guint MOST_NAMES = 4096;

typedef struct
{
  gint64 full_at_us; /* when it is full again */
} Bucket;

struct _TnBuckets
{
  GHashTable *by_name; /* (owned) (element-type utf8 Bucket) */
};

TnBuckets *
tn_buckets_new (void)
{
  TnBuckets *buckets = g_new0 (TnBuckets, 1);
  buckets->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return buckets;
}

void
tn_buckets_free (TnBuckets *buckets)
{
  if (buckets == NULL)
    return;
  g_hash_table_unref (buckets->by_name);
  g_free (buckets);
}

static gboolean
is_full (gpointer name, gpointer bucket, gpointer now_us)
{
  return ((Bucket *) bucket)->full_at_us <= *(gint64 *) now_us;
}

/* Returns: (nullable): %NULL when there is no room for another name */
static Bucket *
find (TnBuckets *buckets, const char *name, gint64 now_us)
{
  Bucket *bucket = g_hash_table_lookup (buckets->by_name, name);
  if (bucket != NULL)
    return bucket;
  if (g_hash_table_size (buckets->by_name) >= MOST_NAMES)
    g_hash_table_foreach_remove (buckets->by_name, is_full, &now_us);
  if (g_hash_table_size (buckets->by_name) >= MOST_NAMES)
    return NULL;
  bucket = g_new0 (Bucket, 1);
  bucket->full_at_us = now_us;
  g_hash_table_insert (buckets->by_name, g_strdup (name), bucket);
  return bucket;
}

/**
 * tn_buckets_take:
 * @name: of what is counted: `sign-in 192.0.2.7`
 * @now_us: monotonic
 * @ret_wait_s: (out): in how many seconds there is one again; untouched when there is one
 *
 * Returns: %TRUE when there was one left
 */
gboolean
tn_buckets_take (TnBuckets *buckets, const char *name, TnBucketSize size, gint64 now_us,
                 guint *ret_wait_s)
{
  const gint64 refill_us = (gint64) size.refill_s * G_USEC_PER_SEC;
  Bucket *bucket = find (buckets, name, now_us);
  if (bucket == NULL)
    {
      *ret_wait_s = size.refill_s;
      return FALSE;
    }
  gint64 full_at_us = MAX (bucket->full_at_us, now_us) + refill_us;
  gint64 over_us = full_at_us - now_us - refill_us * size.most;
  if (over_us > 0)
    {
      *ret_wait_s = (guint) ((over_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
      return FALSE;
    }
  bucket->full_at_us = full_at_us;
  return TRUE;
}

guint
tn_buckets_count (const TnBuckets *buckets)
{
  return g_hash_table_size (buckets->by_name);
}
