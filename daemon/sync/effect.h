/* daemon/sync/effect.h — what a decision changes in the plan */
#pragma once

#include "model/plan.h"

G_BEGIN_DECLS

/* What a decision changes in the plan: one field of one event. */
typedef struct
{
  char *reference; /* (owned) `7by/studietur/2027` */
  char *title;     /* (owned) */
  char *field;  /* (owned) `host`, `organiser`, `when`, `title`, `status`, `where`, a milestone's id
                   … */
  char *before; /* (owned) */
  char *after;  /* (owned) */
} TnEffect;

void tn_effect_free (TnEffect *effect);

GPtrArray *tn_effect_list (const TnPlan *before, const TnPlan *after);
gboolean tn_effect_check_held (const TnPlan *before, const TnPlan *after, GError **error);

G_END_DECLS
