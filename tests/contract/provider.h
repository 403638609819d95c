/* tests/contract/provider.h — what every provider must do, whatever it speaks to */
#pragma once

#include "provider/provider.h"

G_BEGIN_DECLS

/* How to get at one kind of provider. The fixture is the place where its calendar is kept. */
typedef struct
{
  gpointer (*set_up) (void); /* an empty calendar's place, nobody bound to it */
  void (*tear_down) (gpointer place);
  TnProvider *(*open) (gpointer place, const char *binding); /* (transfer full) */
  /* Somebody else writes: `text` NULL removes. Returns the id: (transfer full) (nullable). */
  char *(*edit) (gpointer place, const char *uid, const char *text);
  /* From now on it is read-only; FALSE when that cannot be had here. */
  gboolean (*lock) (gpointer place);
  gboolean exact; /* loads exactly the bytes that were saved */
} TnProviderMaker;

/* `prefix`: "/file/folder" gives the tests /file/folder/…; `maker` must outlive them. */
void tn_contract_add_provider_tests (const char *prefix, const TnProviderMaker *maker);

/* A calendar with one event; (transfer full). */
char *tn_contract_make_event (const char *uid, const char *summary);

G_END_DECLS
