/* Trades (`swap`): two councils exchange a turn and the ring goes on as if they had not. What is
 * traded are two turns, found once where the ring stood on the day of the decision; what people
 * settle later moves both turns along and cannot make a third council part of the trade. */
#include "rules/trade.h"

#include <string.h>

/**
 * tn_trade_name_turn:
 * @trades: (element-type TnTrade)
 * @holder: who has the turn before any trade
 *
 * Returns: the turn, to be traded; the same one when it is named again
 */
int
tn_trade_name_turn (GArray *trades, const char *council, int base, int nth, const char *holder)
{
  for (guint i = 0; i < trades->len; i++)
    {
      const TnTrade *trade = &g_array_index (trades, TnTrade, i);
      if (trade->base == base && trade->nth == nth && strcmp (trade->council, council) == 0)
        return trade->turn;
    }
  TnTrade named = { .turn = (int) trades->len,
                    .council = council,
                    .base = base,
                    .nth = nth,
                    .from = G_MININT,
                    .holder = holder };
  g_array_append_val (trades, named);
  return named.turn;
}

/**
 * tn_trade_count_turn:
 * @trades: (element-type TnTrade): of a walk along the ring; counted on
 * @index: cycle in which a turn of @council begins
 *
 * Returns: which traded turn it is, or -1 when nobody traded it
 */
int
tn_trade_count_turn (GArray *trades, int index, const char *council)
{
  int found = -1;
  for (guint i = 0; i < trades->len; i++)
    {
      TnTrade *trade = &g_array_index (trades, TnTrade, i);
      if (trade->turn == (int) i && index >= trade->base && strcmp (trade->council, council) == 0
          && ++trade->seen == trade->nth)
        found = (int) i;
    }
  return found;
}

/**
 * tn_trade_get:
 * @turn: a turn that is named
 *
 * Returns: (transfer none): what holds of @turn in the cycle @index
 */
TnTrade *
tn_trade_get (const GArray *trades, int turn, int index)
{
  TnTrade *found = &g_array_index (trades, TnTrade, turn);
  for (guint i = (guint) turn + 1; i < trades->len; i++)
    {
      TnTrade *trade = &g_array_index (trades, TnTrade, i);
      if (trade->turn == turn && trade->from <= index)
        found = trade;
    }
  return found;
}

/**
 * tn_trade_agree:
 *
 * From the cycle @from on @holder takes @turn.
 */
void
tn_trade_agree (GArray *trades, int turn, int from, const char *holder, const TnDecision *decision)
{
  TnTrade trade = g_array_index (trades, TnTrade, turn);
  trade.from = from;
  trade.holder = holder;
  trade.decision = decision;
  g_array_append_val (trades, trade);
}

/**
 * tn_trade_find_by_holder:
 *
 * Returns: the traded turn, other than @except, that @holder takes by what holds in the cycle
 *   @index, or -1
 */
int
tn_trade_find_by_holder (const GArray *trades, const char *holder, int except, int index)
{
  for (guint i = 0; i < trades->len; i++)
    {
      int turn = g_array_index (trades, TnTrade, i).turn;
      if (turn == (int) i && turn != except
          && strcmp (tn_trade_get (trades, turn, index)->holder, holder) == 0)
        return turn;
    }
  return -1;
}
