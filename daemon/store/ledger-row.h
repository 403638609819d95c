/* daemon/store/ledger-row.h — what is kept of a decision: its line under its id; and of a rule file
 */
#pragma once

#include "model/decision.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;   /* (owned) */
  char *line; /* (owned) tn_decision_to_line() */
} TnLedgerRow;

TnLedgerRow *tn_ledger_row_new (const TnDecision *decision);
void tn_ledger_row_free (TnLedgerRow *entry);
TnDecision *tn_ledger_row_to_decision (const TnLedgerRow *entry, GError **error);
GPtrArray *tn_ledger_row_list_decisions (GPtrArray *entries, GError **error);

/* A rule file in its place among the others. */
typedef struct
{
  gint32 place;
  char *path;   /* (owned) */
  char *text;   /* (owned) */
  char *digest; /* (owned) of the whole rulebook */
} TnRulePlace;

void tn_rule_place_free (TnRulePlace *place);
GPtrArray *tn_rule_place_list_files (GPtrArray *places, char **ret_digest);

G_END_DECLS
