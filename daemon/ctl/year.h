/* daemon/ctl/year.h — the year that a page is asked for */
#pragma once

#include "ctl/papers.h"

G_BEGIN_DECLS

gboolean tn_year_find (const TnCall *call, const TnPapers *papers, int *ret_year, GError **error);

G_END_DECLS
