/* Trades (`swap`): two councils exchange a turn and the ring goes on as if they had not. What is
 * traded are two turns, found once where the ring stood on the day of the decision; what people
 * settle later moves both turns along and cannot make a third council part of the trade. */
#include "rules/trade.h"

#include <string.h>

/**
 * tn_trade_count_turn:
 * @trades: (element-type TnTrade): of a walk along the ring; counted on
 * @index: cycle in which a turn of @council begins
 *
 * Returns: which of @trades the turn is, or -1 when nobody traded it
 */
int
tn_trade_count_turn (GArray *trades, int index, const char *council)
{
  int found = -1;
  for (guint i = 0; i < trades->len; i++)
    {
      TnTrade *trade = &g_array_index (trades, TnTrade, i);
      if (index >= trade->base && strcmp (trade->council, council) == 0
          && ++trade->seen == trade->nth)
        found = (int) i;
    }
  return found;
}

/**
 * tn_trade_exchange:
 *
 * The holders of the turns @one and @other change places.
 */
void
tn_trade_exchange (GArray *trades, int one, int other, const TnDecision *decision)
{
  TnTrade *a = &g_array_index (trades, TnTrade, one);
  TnTrade *b = &g_array_index (trades, TnTrade, other);
  const char *holder = a->holder;
  a->holder = b->holder;
  b->holder = holder;
  a->decision = decision;
  b->decision = decision;
}

/**
 * tn_trade_find_by_holder:
 *
 * Returns: the traded turn, other than @except, that @holder takes, or -1
 */
int
tn_trade_find_by_holder (const GArray *trades, const char *holder, int except)
{
  for (guint i = 0; i < trades->len; i++)
    if ((int) i != except && strcmp (g_array_index (trades, TnTrade, i).holder, holder) == 0)
      return (int) i;
  return -1;
}
