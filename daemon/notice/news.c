/* Is it news? The answer depends on what is so, on what was told, and on today: on no event, so
 * nothing is lost or told twice, whenever the daemon was stopped. Pure. */
#include "notice/news.h"

#include <string.h>

/* Within so many days nobody can wait for the letter of tomorrow. */
static const int SOON_DAYS = 14;

static gboolean
is_soon (TnDate day, TnDate today)
{
  return day >= today && day <= today + SOON_DAYS;
}

static TnNewsRank
judge_date (const TnFact *fact, const char *before, TnDate today)
{
  g_autofree char *was = NULL;
  g_autofree char *is = NULL;
  TnWhen old = { 0 };
  TnWhen new = { 0 };
  if (!tn_fact_parse_date_value (before, &was, &old)
      || !tn_fact_parse_date_value (fact->value, &is, &new))
    return TN_NEWS_SILENT;
  gboolean was_held = strcmp (was, "cancelled") != 0 && strcmp (was, "postponed") != 0;
  gboolean is_held = strcmp (is, "cancelled") != 0 && strcmp (is, "postponed") != 0;
  gboolean is_moved = strcmp (was, "open") != 0 && strcmp (is, "open") != 0 && was_held && is_held
                      && !tn_when_equal (&old, &new);
  if (was_held != is_held || is_moved)
    return is_soon (old.days.start, today) || is_soon (new.days.start, today) ? TN_NEWS_URGENT
                                                                              : TN_NEWS_DIGEST;
  return is_held && strcmp (is, "confirmed") == 0 && strcmp (was, "confirmed") != 0
             ? TN_NEWS_DIGEST
             : TN_NEWS_SILENT;
}

static gboolean
holds (const char *holders, const char *council)
{
  g_auto (GStrv) list = g_strsplit (holders, ",", -1);
  return g_strv_contains ((const char *const *) list, council);
}

static TnNewsRank
judge_answer (const TnFact *fact, TnDate today)
{
  const TnOccurrence *occurrence = fact->occurrence;
  TnDate day = fact->milestone != NULL ? fact->milestone->due
               : occurrence != NULL    ? occurrence->when.days.start
                                       : TN_DATE_NONE;
  return is_soon (day, today) ? TN_NEWS_URGENT : TN_NEWS_DIGEST;
}

static TnNewsRank
judge_wish (const TnFact *fact, const char *before)
{
  switch (fact->proposal->state)
    {
    case TN_PROPOSAL_OPEN:
      return TN_NEWS_DIGEST;
    case TN_PROPOSAL_ACCEPTED:
    case TN_PROPOSAL_REJECTED:
      return before != NULL ? TN_NEWS_DIGEST : TN_NEWS_SILENT;
    case TN_PROPOSAL_WITHDRAWN:
    default:
      return TN_NEWS_SILENT;
    }
}

static TnNewsRank
judge_change (const TnFact *fact, const char *before, TnDate today)
{
  switch (fact->kind)
    {
    case TN_FACT_ANSWER:
      return judge_answer (fact, today);
    case TN_FACT_WISH:
      return judge_wish (fact, before);
    case TN_FACT_DATE:
      return before != NULL ? judge_date (fact, before, today) : TN_NEWS_SILENT;
    case TN_FACT_TURN:
      return before != NULL && holds (before, fact->council) != holds (fact->value, fact->council)
                 ? TN_NEWS_DIGEST
                 : TN_NEWS_SILENT;
    case TN_FACT_CALENDAR:
      return strcmp (fact->value, "ok") == 0 ? TN_NEWS_SILENT : TN_NEWS_URGENT;
    case TN_FACT_DUTY:
    case TN_FACT_END:
    default:
      return TN_NEWS_DIGEST;
    }
}

/**
 * tn_news_judge:
 * @before: (nullable): the value that the mailbox was last told; %NULL: never
 * @is_first: the mailbox was never told anything: all is taken as told, so that nobody finds fifty
 *   letters on the first morning
 *
 * What appears on the horizon without ever having been another date, or another's turn, is no
 * news.
 */
TnNewsRank
tn_news_judge (const TnFact *fact, const char *before, gboolean is_first, TnDate today)
{
  if (g_strcmp0 (before, fact->value) == 0)
    return TN_NEWS_NONE;
  return is_first ? TN_NEWS_SILENT : judge_change (fact, before, today);
}
