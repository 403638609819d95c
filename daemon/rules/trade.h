/* daemon/rules/trade.h — turns of a ring that two councils have traded */
#pragma once

#include "model/decision.h"

G_BEGIN_DECLS

/* Who takes a turn of the ring from some cycle on. The turn is named by whose it is and not by its
 * cycle, so that it stays the same turn when a year is put off or a council leaves. Each trade of a
 * turn is one more of these behind the one that names it. */
typedef struct
{
  int turn;                   /* place of the one that names the turn; its own place, if that one */
  const char *council;        /* (unowned) whose turn it is by the ring */
  int base;                   /* cycle index from which its turns are counted … */
  int nth;                    /* … and the how-many-th, from 1, this one is */
  int from;                   /* cycle index from which it holds: what was put off before stays */
  const char *holder;         /* (unowned) who takes it */
  const TnDecision *decision; /* (unowned) (nullable) %NULL in the one that names the turn */
  int seen;                   /* of a walk: turns of @council since @base */
  gboolean is_taken;          /* of a walk: somebody has had it */
} TnTrade;

int tn_trade_name_turn (GArray *trades, const char *council, int base, int nth, const char *holder);
int tn_trade_count_turn (GArray *trades, int index, const char *council);
TnTrade *tn_trade_get (const GArray *trades, int turn, int index);
void tn_trade_agree (GArray *trades, int turn, int from, const char *holder,
                     const TnDecision *decision);
int tn_trade_find_by_holder (const GArray *trades, const char *holder, int except, int index);

G_END_DECLS
