/* daemon/ctl/prompt.h — questions to the one at the terminal */
#pragma once

#include "ctl/call.h"

G_BEGIN_DECLS

gboolean tn_prompt_is_there (const TnCall *call);
char *tn_prompt_ask (const TnCall *call, const char *question, const char *usual);
char *tn_prompt_ask_secret (const TnCall *call, const char *question);
gboolean tn_prompt_confirm (const TnCall *call, const char *question);
gboolean tn_prompt_allows (const TnCall *call, const char *question, GError **error);

G_END_DECLS
