/* daemon/rules/fairness.h — how fair a ring is, before and after a decision */
#pragma once

#include "rules/roster.h"

G_BEGIN_DECLS

/* One council in one ring that a decision touches. */
typedef struct
{
  char *collaboration; /* (owned) */
  char *series;        /* (owned) */
  char *role;          /* (owned) */
  TnFairness *before;  /* (owned) */
  TnFairness *after;   /* (owned) of the same council */
} TnShare;

void tn_share_free (TnShare *share);

GPtrArray *tn_fairness_list_shares (const TnPlan *plan, const TnDecision *decision);

G_END_DECLS
