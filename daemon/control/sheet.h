/* daemon/control/sheet.h — an answer being written, as JSON */
#pragma once

#include "base/date.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

void tn_sheet_text (JsonBuilder *sheet, const char *name, const char *text);
void tn_sheet_number (JsonBuilder *sheet, const char *name, gint64 number);
void tn_sheet_flag (JsonBuilder *sheet, const char *name, gboolean flag);
void tn_sheet_date (JsonBuilder *sheet, const char *name, TnDate date);
void tn_sheet_time (JsonBuilder *sheet, const char *name, gint64 at_us);
void tn_sheet_nothing (JsonBuilder *sheet, const char *name);
void tn_sheet_list (JsonBuilder *sheet, const char *name);
char *tn_sheet_to_text (JsonBuilder *sheet);

G_END_DECLS
