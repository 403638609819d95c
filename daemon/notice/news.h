/* daemon/notice/news.h — what a mailbox was not told yet */
#pragma once

#include "notice/fact.h"

G_BEGIN_DECLS

typedef enum
{
  TN_NEWS_NONE,   /* it is as it was told */
  TN_NEWS_SILENT, /* it is to be remembered, and is worth no letter */
  TN_NEWS_DIGEST, /* once a day is enough */
  TN_NEWS_URGENT
} TnNewsRank;

TnNewsRank tn_news_judge (const TnFact *fact, const char *before, gboolean is_first, TnDate today);

G_END_DECLS
