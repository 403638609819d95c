/* tests/contract/store.h — what every store must do, whatever is behind it */
#pragma once

#include "store/store.h"

/* How a store is made for one test. `step` is called before each thing that is done to it and gives
 * the store to do it to, so that a variant can close and open it between any two. */
typedef struct
{
  const char *name; /* stands in the paths of the tests */
  gpointer (*set_up) (void);
  TnStore *(*step) (gpointer place); /* (transfer none) */
  void (*tear_down) (gpointer place);
} StoreFactory;

void store_contract_add (const StoreFactory *factory);
TnLink *store_contract_make_link (const char *calendar, const char *uid);
TnDecision *store_contract_make_decision (const char *cycle, const char *note);
