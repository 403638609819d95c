/* daemon/rules/distances.h — which strand keeps off which */
#pragma once

#include "rules/strand.h"

G_BEGIN_DECLS

/* One `avoid_series` of a charter, its series found. */
typedef struct
{
  const TnDistance *rule; /* (unowned) */
  TnStrand *from;         /* (unowned) whose rule it is */
  TnStrand *to;           /* (unowned) what it keeps off; never @from itself */
} TnTie;

typedef struct _TnDistances TnDistances;

TnDistances *tn_distances_new (const GPtrArray *strands);
void tn_distances_free (TnDistances *distances);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnDistances, tn_distances_free)

const GArray *tn_distances_get_own (const TnDistances *distances, const TnStrand *strand);
const GArray *tn_distances_get_others (const TnDistances *distances, const TnStrand *strand);
void tn_distances_reach (const TnDistances *distances, const TnStrand *strand, GHashTable *reached);
int tn_distances_compare_strands (gconstpointer a, gconstpointer b);

G_END_DECLS
