/* tests/sim/history.h — what happens, one act after the other, made from a seed */
#pragma once

#include "sim/region.h"
#include "sim/trace.h"

G_BEGIN_DECLS

/* An act has a seed of its own, so that leaving one out does not change what the others do. */
typedef struct
{
  guint64 seed;
  GArray *acts; /* (owned) (element-type guint64) seeds */
} SimHistory;

SimHistory *sim_history_new (guint64 seed);
SimHistory *sim_history_new_part (const SimHistory *history, const gboolean *keeps);
void sim_history_free (SimHistory *history);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimHistory, sim_history_free)

void sim_history_live (const SimHistory *history, const SimRegion *region, SimTrace *trace);

G_END_DECLS
