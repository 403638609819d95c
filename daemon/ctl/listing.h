/* daemon/ctl/listing.h — an occurrence as programs and people read it */
#pragma once

#include "model/occurrence.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

gboolean tn_listing_is_computed (const TnOccurrence *occurrence);
void tn_listing_add_occurrence (JsonBuilder *builder, const TnOccurrence *occurrence);
void tn_listing_add_when (JsonBuilder *builder, const TnOccurrence *occurrence);
void tn_listing_add_span (JsonBuilder *builder, const TnWhen *when, const TnZone *zone);
char *tn_listing_format_span (TnLanguage language, const TnWhen *when);
char *tn_listing_format_when (TnLanguage language, const TnOccurrence *occurrence);
char *tn_listing_format_councils (TnLanguage language, const TnOccurrence *occurrence,
                                  char **councils);
char *tn_listing_format_roles (TnLanguage language, const TnOccurrence *occurrence);
char *tn_listing_format_duty (TnLanguage language, const TnOccurrence *occurrence,
                              const TnMilestone *milestone);

G_END_DECLS
