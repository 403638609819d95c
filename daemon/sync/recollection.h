/* daemon/sync/recollection.h — all that the store remembers of a few events at a time */
#pragma once

#include "model/plan.h"
#include "sync/snapshot.h"

G_BEGIN_DECLS

/* Everything is borrowed. */
typedef struct
{
  TnStore *store;
  const char *calendar;
  TnSnapshot *snapshot; /* in which links are opened */
} TnRecollection;

gboolean tn_recollection_open (const TnRecollection *recollection, const TnPlan *plan,
                               GError **error);
void tn_recollection_note_planned (const TnRecollection *recollection, const TnPlan *plan,
                                   GHashTable *planned);
GPtrArray *tn_recollection_open_rest (const TnRecollection *recollection, GHashTable *planned,
                                      GPtrArray *intents, GError **error);
gboolean tn_recollection_pass_over (const TnRecollection *recollection, GPtrArray *ids,
                                    gboolean is_preview, GError **error);

G_END_DECLS
