/* tests/fakes/ews-series.h — the occurrences of a recurring item */
#pragma once

#include "fakes/ews-mailbox.h"

G_BEGIN_DECLS

typedef void (*TnEwsSeriesVisit) (const TnEwsItem *occurrence, gpointer user_data);

TnEwsItem *tn_ews_series_get (const TnEwsItem *master, int index);
TnEwsItem *tn_ews_series_find (const TnEwsOrganisation *organisation, const char *id,
                               TnEwsItem **ret_master, int *ret_index);
void tn_ews_series_visit (const TnEwsItem *master, GDateTime *start, GDateTime *end,
                          TnEwsSeriesVisit visit, gpointer user_data);
gboolean tn_ews_series_can_keep (const TnEwsItem *master, int index, const xmlNode *fields);
void tn_ews_series_keep (TnEwsItem *master, int index, const xmlNode *fields);
void tn_ews_series_show (const TnEwsItem *master, const char *name, xmlNode *out);

G_END_DECLS
