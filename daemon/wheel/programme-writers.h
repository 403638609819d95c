/* daemon/wheel/programme-writers.h — the forms in which a programme is printed */
#pragma once

#include "wheel/programme.h"

G_BEGIN_DECLS

/* Each takes (element-type TnProgramme): a page for each. */
char *tn_programme_to_text (const GPtrArray *programmes);
char *tn_programme_to_html (const GPtrArray *programmes);
char *tn_programme_to_csv (const GPtrArray *programmes);

/* One of them, within a page of the caller's. */
void tn_programme_append_html (GString *html, const TnProgramme *programme);

G_END_DECLS
