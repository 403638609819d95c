/* daemon/site/wording.h — events, councils and states as the pages call them */
#pragma once

#include "site/reader.h"

G_BEGIN_DECLS

char *tn_wording_dup_when (TnLanguage language, const TnOccurrence *occurrence);
char *tn_wording_dup_day (TnLanguage language, TnDate date);
char *tn_wording_dup_time (const TnReader *reader, gint64 at_us);
char *tn_wording_dup_councils (const TnCollaboration *collaboration, char **councils);
const char *tn_wording_get_status (TnLanguage language, const TnOccurrence *occurrence);
const char *tn_wording_get_turn (TnLanguage language, TnTurnStatus status);
const char *tn_wording_get_kind (TnLanguage language, TnDecisionKind kind);
char *tn_wording_dup_value (TnLanguage language, const char *value);
char *tn_wording_dup_event_path (const TnOccurrence *occurrence);
void tn_wording_add_event_link (GString *html, const TnReader *reader,
                                const TnOccurrence *occurrence);
void tn_wording_add_time (GString *html, TnDate day, const char *text);

G_END_DECLS
