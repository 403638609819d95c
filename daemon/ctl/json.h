/* daemon/ctl/json.h — members of JSON objects */
#pragma once

#include "base/date.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

void tn_json_add_text (JsonBuilder *builder, const char *name, const char *text);
void tn_json_add_texts (JsonBuilder *builder, const char *name, char **texts);
void tn_json_add_number (JsonBuilder *builder, const char *name, gint64 number);
void tn_json_add_flag (JsonBuilder *builder, const char *name, gboolean flag);
void tn_json_add_date (JsonBuilder *builder, const char *name, TnDate date);
void tn_json_add_reasons (JsonBuilder *builder, const char *name, const GPtrArray *reasons);
void tn_json_begin_array (JsonBuilder *builder, const char *name);
void tn_json_begin_object (JsonBuilder *builder, const char *name);

G_END_DECLS
