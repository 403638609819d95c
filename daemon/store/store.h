/* daemon/store/store.h — the daemon's memory: an interface that speaks of values, never of SQL */
#pragma once

#include "model/decision.h"
#include "store/guest.h"
#include "store/letter.h"
#include "store/link.h"
#include "store/peephole.h"
#include "store/records.h"
#include "store/slip.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Changes that are committed together or not at all: a decision and the intents that follow from it
 * share one batch (design section 8, step 7). Records are copied in. */
typedef struct _TnBatch TnBatch;

TnBatch *tn_batch_new (void);
void tn_batch_free (TnBatch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnBatch, tn_batch_free)

gboolean tn_batch_is_empty (const TnBatch *batch);
void tn_batch_put_link (TnBatch *batch, const TnLink *link);
void tn_batch_drop_link (TnBatch *batch, const char *calendar, const char *uid);
void tn_batch_put_intent (TnBatch *batch, const TnIntent *intent);
void tn_batch_drop_intent (TnBatch *batch, const char *calendar, const char *uid);
void tn_batch_put_sighting (TnBatch *batch, const TnSighting *sighting);
void tn_batch_drop_sighting (TnBatch *batch, const char *calendar, const char *item_id);
void tn_batch_put_proposal (TnBatch *batch, const TnProposal *proposal);
void tn_batch_append_decision (TnBatch *batch, const TnDecision *decision);
void tn_batch_blank_note (TnBatch *batch, const TnDecision *decision);
void tn_batch_append_history (TnBatch *batch, const TnHistory *history);
void tn_batch_put_calendar (TnBatch *batch, const TnCalendarState *state);
void tn_batch_put_rulebook (TnBatch *batch, const char *digest, GPtrArray *files);
void tn_batch_put_guest (TnBatch *batch, const TnGuest *guest);
void tn_batch_drop_guest (TnBatch *batch, const char *uid);
void tn_batch_put_mirror (TnBatch *batch, const TnMirror *mirror);
void tn_batch_drop_mirror (TnBatch *batch, const char *calendar, const char *uid);
void tn_batch_put_slip (TnBatch *batch, const TnSlip *slip);
void tn_batch_drop_slip (TnBatch *batch, const char *token_hash);
void tn_batch_put_peephole (TnBatch *batch, const TnPeephole *peephole);
void tn_batch_drop_peephole (TnBatch *batch, const char *token_hash);
void tn_batch_put_letter (TnBatch *batch, const TnLetter *letter);
void tn_batch_drop_letter (TnBatch *batch, const char *id);
void tn_batch_put_told (TnBatch *batch, const TnTold *told);
void tn_batch_drop_told (TnBatch *batch, const char *address, const char *key);
void tn_batch_purge (TnBatch *batch, gint64 before_us);

/* Has one signal, `committed`, without arguments, after each batch that was kept: who must know
 * what is new asks anew, for a signal says that there is something and never what. A handler may
 * not use the store, only note that it was called. */
#define TN_TYPE_STORE (tn_store_get_type ())
G_DECLARE_INTERFACE (TnStore, tn_store, TN, STORE, GObject)

struct _TnStoreInterface
{
  GTypeInterface parent;
  gboolean (*commit) (TnStore *self, const TnBatch *batch, GError **error);
  GPtrArray *(*load_links) (TnStore *self, const char *calendar, GError **error);
  GPtrArray *(*load_traces) (TnStore *self, const char *calendar, GError **error);
  gboolean (*find_link) (TnStore *self, const char *calendar, const char *uid, TnLink **ret_link,
                         GError **error);
  GPtrArray *(*load_intents) (TnStore *self, const char *calendar, GError **error);
  GPtrArray *(*load_sightings) (TnStore *self, const char *calendar, GError **error);
  GPtrArray *(*load_proposals) (TnStore *self, GError **error);
  GPtrArray *(*load_ledger) (TnStore *self, GError **error);
  GPtrArray *(*load_history) (TnStore *self, const char *uid, guint most, GError **error);
  TnCalendarState *(*load_calendar) (TnStore *self, const char *calendar, GError **error);
  GPtrArray *(*load_rulebook) (TnStore *self, char **ret_digest, GError **error);
  GPtrArray *(*load_guests) (TnStore *self, GError **error);
  GPtrArray *(*load_mirrors) (TnStore *self, const char *calendar, GError **error);
  GPtrArray *(*load_slips) (TnStore *self, GError **error);
  GPtrArray *(*load_peepholes) (TnStore *self, GError **error);
  GPtrArray *(*load_letters) (TnStore *self, GError **error);
  GPtrArray *(*load_told) (TnStore *self, GError **error);
  gboolean (*backup) (TnStore *self, const char *path, GError **error); /* (nullable) */
  const char *(*get_problem) (TnStore *self);                           /* (nullable) */
};

gboolean tn_store_commit (TnStore *self, const TnBatch *batch, GError **error);
GPtrArray *tn_store_load_links (TnStore *self, const char *calendar, GError **error);
GPtrArray *tn_store_load_traces (TnStore *self, const char *calendar, GError **error);
gboolean tn_store_find_link (TnStore *self, const char *calendar, const char *uid,
                             TnLink **ret_link, GError **error);
GPtrArray *tn_store_load_intents (TnStore *self, const char *calendar, GError **error);
GPtrArray *tn_store_load_sightings (TnStore *self, const char *calendar, GError **error);
GPtrArray *tn_store_load_proposals (TnStore *self, GError **error);
GPtrArray *tn_store_load_ledger (TnStore *self, GError **error);
GPtrArray *tn_store_load_history (TnStore *self, const char *uid, guint most, GError **error);
TnCalendarState *tn_store_load_calendar (TnStore *self, const char *calendar, GError **error);
GPtrArray *tn_store_load_rulebook (TnStore *self, char **ret_digest, GError **error);
GPtrArray *tn_store_load_guests (TnStore *self, GError **error);
GPtrArray *tn_store_load_mirrors (TnStore *self, const char *calendar, GError **error);
GPtrArray *tn_store_load_slips (TnStore *self, GError **error);
GPtrArray *tn_store_load_peepholes (TnStore *self, GError **error);
GPtrArray *tn_store_load_letters (TnStore *self, GError **error);
GPtrArray *tn_store_load_told (TnStore *self, GError **error);
gboolean tn_store_backup (TnStore *self, const char *path, GError **error);
const char *tn_store_get_problem (TnStore *self);

TnStore *tn_store_new_memory (void);
TnStore *tn_store_open_sqlite (const char *folder, GError **error);

G_END_DECLS
