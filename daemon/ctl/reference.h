/* daemon/ctl/reference.h — what people type to name a series or an occurrence */
#pragma once

#include "model/plan.h"

G_BEGIN_DECLS

/* `7by/studietur/2027`, with `/site` and `#milestone` behind it. */
typedef struct
{
  const TnCollaboration *collaboration; /* (unowned) of the rulebook */
  const TnSeries *series;               /* (unowned) of the rulebook */
  TnCycle cycle;
  char *site;      /* (owned) (nullable) */
  char *milestone; /* (owned) (nullable) */
} TnReference;

void tn_reference_clear (TnReference *reference);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TnReference, tn_reference_clear)

gboolean tn_reference_parse (const TnRulebook *rulebook, const char *text,
                             TnReference *ret_reference, GError **error);
gboolean tn_reference_find_collaboration (const TnRulebook *rulebook, const char *id,
                                          const TnCollaboration **ret_collaboration,
                                          GError **error);
gboolean tn_reference_find_series (const TnRulebook *rulebook, const char *collaboration,
                                   const char *text, const TnCollaboration **ret_collaboration,
                                   const TnSeries **ret_series, GError **error);
gboolean tn_reference_parse_cycle (const TnSeries *series, const char *text, TnCycle *ret_cycle,
                                   GError **error);

G_END_DECLS
