/* An unchanged poll is what a subscription does nearly always. It costs no rendering as long as the
 * site has the version of which the ETag is. Only pages that were really made are in it, so what
 * readers ask for in vain fills nothing. */
#include "memo.h"

struct _FeedMemo
{
  guint64 version;
  GHashTable *pages; /* (owned) (element-type utf8 FeedMemoPage) by target as it was sent */
};

static void
page_free (gpointer data)
{
  FeedMemoPage *page = data;
  g_free (page->etag);
  g_free (page->cache_control);
  g_free (page);
}

FeedMemo *
feed_memo_new (void)
{
  FeedMemo *memo = g_new0 (FeedMemo, 1);
  memo->pages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, page_free);
  return memo;
}

void
feed_memo_free (FeedMemo *memo)
{
  if (memo == NULL)
    return;
  g_hash_table_unref (memo->pages);
  g_free (memo);
}

static void
turn_to (FeedMemo *memo, guint64 version)
{
  if (memo->version != version)
    g_hash_table_remove_all (memo->pages);
  memo->version = version;
}

/**
 * feed_memo_find:
 * @version: of the site, now
 *
 * Returns: (transfer none) (nullable): what the page was in that version
 */
const FeedMemoPage *
feed_memo_find (FeedMemo *memo, const char *target, guint64 version)
{
  turn_to (memo, version);
  return g_hash_table_lookup (memo->pages, target);
}

/**
 * feed_memo_put:
 * @version: of the site before it was asked: a change while it answered is seen next time
 */
void
feed_memo_put (FeedMemo *memo, const char *target, guint64 version, const char *etag,
               const char *cache_control)
{
  turn_to (memo, version);
  if (g_hash_table_size (memo->pages) >= FEED_MEMO_MOST)
    g_hash_table_remove_all (memo->pages);
  FeedMemoPage *page = g_new0 (FeedMemoPage, 1);
  page->etag = g_strdup (etag);
  page->cache_control = g_strdup (cache_control);
  g_hash_table_replace (memo->pages, g_strdup (target), page);
}

guint
feed_memo_get_size (const FeedMemo *memo)
{
  return g_hash_table_size (memo->pages);
}
