/* daemon/notice/telling.h — news as people read it */
#pragma once

#include "model/rulebook.h"
#include "model/words.h"
#include "notice/fact.h"

G_BEGIN_DECLS

/* One piece of news. */
typedef struct
{
  const TnFact *fact;
  const char *before; /* (nullable) what was told last */
  const char *link;   /* (nullable) a page on which it can be answered */
} TnTelling;

char *tn_telling_dup_headline (const TnTelling *telling, const TnRulebook *rulebook);
char *tn_telling_dup_text (const TnTelling *telling, const TnPlan *plan);
TnLanguage tn_telling_get_language (const TnTelling *telling, const TnRulebook *rulebook);
char *tn_telling_format_when (TnLanguage language, const TnWhen *when);
char *tn_telling_make_safe (const char *text);

G_END_DECLS
