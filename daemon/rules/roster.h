/* daemon/rules/roster.h — who holds which cycle, and how fair that is */
#pragma once

#include "model/plan.h"

G_BEGIN_DECLS

typedef struct
{
  char *cycle;         /* (owned) */
  char *council;       /* (owned) (nullable) id; %NULL: nobody */
  TnTurnStatus status; /* SKIPPED: a council that lost its turn; who got it has a row of its own */
  char *why;           /* (owned) */
  char *instead_of; /* (owned) (nullable) id of who would have it if nobody joined or left later */
} TnRosterRow;

/* What one council has had and will have of a ring. */
typedef struct
{
  char *council; /* (owned) id */
  int n_held;
  int n_planned;
  int n_given;     /* turns of its own that another has in a trade */
  int n_taken;     /* turns of others that it has in a trade */
  int n_skipped;   /* turns that it lost */
  int years_since; /* calendar years from the last held turn to today; -1 when it had none */
  char *next;      /* (owned) (nullable) its next turn to come: a cycle */
} TnFairness;

void tn_fairness_free (TnFairness *fairness);

typedef struct
{
  const TnRoleRule *role; /* (unowned) of the plan */
  GPtrArray *rows;        /* (owned) (element-type TnRosterRow) by cycle */
  GPtrArray *fairness;    /* (owned) (element-type TnFairness) by council id */
} TnRoster;

TnRoster *tn_roster_new (const TnPlan *plan, const char *collaboration, const char *series,
                         const char *role, GError **error);
const TnFairness *tn_roster_find_fairness (const TnRoster *roster, const char *council);
void tn_roster_free (TnRoster *roster);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnRoster, tn_roster_free)

G_END_DECLS
