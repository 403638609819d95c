/* plugins/feed/memo.h — which page had which ETag, so that who has it already is told so at once */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FEED_MEMO_MOST 512

typedef struct
{
  char *etag;          /* (owned) without quotes */
  char *cache_control; /* (owned) */
} FeedMemoPage;

typedef struct _FeedMemo FeedMemo;

FeedMemo *feed_memo_new (void);
void feed_memo_free (FeedMemo *memo);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FeedMemo, feed_memo_free)

const FeedMemoPage *feed_memo_find (FeedMemo *memo, const char *target, guint64 version);
void feed_memo_put (FeedMemo *memo, const char *target, guint64 version, const char *etag,
                    const char *cache_control);
guint feed_memo_get_size (const FeedMemo *memo);

G_END_DECLS
