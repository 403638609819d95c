/* daemon/wheel/html.h — a year wheel on a page, with the year's programme below it */
#pragma once

#include "wheel/layout.h"

G_BEGIN_DECLS

void tn_html_append_wheel (GString *markup, const TnLayout *layout, const char *base);
char *tn_html_from_layouts (const GPtrArray *layouts, const TnPlan *plan);

G_END_DECLS
