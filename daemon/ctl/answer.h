/* daemon/ctl/answer.h — what the daemon answered, as people read it */
#pragma once

#include "ctl/call.h"

G_BEGIN_DECLS

const char *tn_answer_get (JsonObject *object, const char *name);
char *tn_answer_dup_time (JsonObject *object, const char *name);
char *tn_answer_dup_shown (JsonObject *object, const char *name);
char *tn_answer_dup_told (const TnCall *call, JsonObject *object, const char *name);
char **tn_answer_dup_texts (JsonArray *texts);
char *tn_answer_join (JsonArray *texts);
guint tn_answer_count (JsonObject *object, const char *name);
void tn_answer_print_fields (const TnCall *call, JsonObject *change, const char *indent);
void tn_answer_print_waiting (const TnCall *call, JsonObject *report);
void tn_answer_print_history (const TnCall *call, JsonArray *history, gboolean with_time);
gboolean tn_answer_is_failing (JsonObject *calendar);
int tn_answer_find_exit (JsonObject *report);

G_END_DECLS
