/* daemon/rules/trade.h — turns of a ring that two councils have traded */
#pragma once

#include "model/decision.h"

G_BEGIN_DECLS

/* A turn of the ring that somebody else may take. It is named by whose turn it is and not by its
 * cycle, so that it stays the same turn when a year is put off or a council leaves. */
typedef struct
{
  const char *council;        /* (unowned) whose turn it is by the ring */
  int base;                   /* cycle index from which its turns are counted … */
  int nth;                    /* … and the how-many-th, from 1, this one is */
  const char *holder;         /* (unowned) who takes it */
  const TnDecision *decision; /* (unowned) the trade that said so last */
  int seen;                   /* of a walk: turns of @council since @base */
  gboolean is_taken;          /* of a walk: its holder has had it */
} TnTrade;

int tn_trade_count_turn (GArray *trades, int index, const char *council);
void tn_trade_exchange (GArray *trades, int one, int other, const TnDecision *decision);
int tn_trade_find_by_holder (const GArray *trades, const char *holder, int except);

G_END_DECLS
