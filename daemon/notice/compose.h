/* daemon/notice/compose.h — news, a link or a test, as a letter that can be sent */
#pragma once

#include "model/mail.h"
#include "notice/telling.h"

G_BEGIN_DECLS

/* What every letter needs. */
typedef struct
{
  const TnMail *mail;
  const TnRulebook *rulebook;
  const char *council; /* whose daemon it is */
  gint64 now_us;
  guint32 random; /* so that no two letters of one microsecond are one */
} TnComposer;

TnLetter *tn_compose_news (const TnComposer *composer, const TnPlan *plan, const char *address,
                           TnLetterKind kind, GArray *tellings);
TnLetter *tn_compose_ticket (const TnComposer *composer, const char *address, const char *council,
                             const char *url);
TnLetter *tn_compose_test (const TnComposer *composer, const char *address);

G_END_DECLS
