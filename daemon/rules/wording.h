/* daemon/rules/wording.h — titles and descriptions with placeholders, both ways */
#pragma once

#include "model/occurrence.h"

G_BEGIN_DECLS

char *tn_wording_expand (const char *template, const TnOccurrence *occurrence);
char *tn_wording_to_template (const TnOccurrence *occurrence, const char *edited);

G_END_DECLS
