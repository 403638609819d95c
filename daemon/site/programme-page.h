/* daemon/site/programme-page.h — the dates of a year, and what is due */
#pragma once

#include "site/reader.h"

G_BEGIN_DECLS

TnWebPage *tn_programme_page_show (TnReader *reader);

G_END_DECLS
