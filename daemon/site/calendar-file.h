/* daemon/site/calendar-file.h — what calendar programs ask for again and again */
#pragma once

#include "site/reader.h"

G_BEGIN_DECLS

TnWebPage *tn_calendar_file_show (TnReader *reader);
TnWebPage *tn_calendar_file_show_secret (TnReader *reader);

G_END_DECLS
