/* daemon/sync/twins.h — entries that somebody may have made by hand for an occurrence */
#pragma once

#include "sync/posting.h"
#include "sync/snapshot.h"

G_BEGIN_DECLS

/* What a stranger may have been made for. */
typedef struct
{
  char *uid; /* (owned) of the occurrence */
  int days;  /* between the two */
} TnTwin;

gboolean tn_twins_is_likely (const TnPosting *posting, const TnEvent *stranger);
GHashTable *tn_twins_new (void);
void tn_twins_look (GHashTable *twins, GPtrArray *postings, const TnSnapshot *snapshot);
const char *tn_twins_find_uid (GHashTable *twins, const TnSeen *seen);
void tn_twins_mark (GHashTable *twins, TnSnapshot *snapshot, GPtrArray *sightings,
                    const char *calendar);

G_END_DECLS
