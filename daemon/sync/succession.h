/* daemon/sync/succession.h — which rulebook is in force, and which one waits to follow it */
#pragma once

#include "model/plan.h"
#include "model/settings.h"
#include "model/source-file.h"
#include "rules/chapters.h"
#include "store/store.h"

G_BEGIN_DECLS

typedef struct _TnSuccession TnSuccession;

/* tn_charter_read(), which is not for this layer to know. */
typedef TnRulebook *(*TnSuccessionRead) (GPtrArray *files, GError **error);

TnSuccession *tn_succession_load (TnStore *store, TnSuccessionRead read, GError **error);
void tn_succession_free (TnSuccession *self);

const TnRulebook *tn_succession_get_rulebook (const TnSuccession *self);
TnChapters *tn_succession_get_chapters (const TnSuccession *self);
const TnRulebook *tn_succession_find_offered (const TnSuccession *self);

gboolean tn_succession_is_change (const TnSuccession *self, const TnRulebook *rulebook);
gboolean tn_succession_has_to_wait (const TnSuccession *self, const TnSettings *settings,
                                    TnSpan publish, const TnPlan *old_plan, const TnPlan *new_plan);
gboolean tn_succession_offer (TnSuccession *self, TnRulebook *rulebook, GPtrArray *files,
                              gboolean waits, GError **error);
gboolean tn_succession_take_offered (TnSuccession *self, GError **error);

G_END_DECLS
