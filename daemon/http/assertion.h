/* daemon/http/assertion.h — a signed word that we are who we say */
#pragma once

#include "http/pem.h"

G_BEGIN_DECLS

TnSecret *tn_assertion_sign (const TnAccount *account, const TnSecret *key, gint64 now_us,
                             const char *id, GError **error);

G_END_DECLS
