/* daemon/http/expiry.h — what logs in and will not for ever */
#pragma once

#include <gio/gio.h>

#include "model/account.h"

G_BEGIN_DECLS

#define TN_EXPIRY_WARN_DAYS 30

/* A certificate or secret, and its end. */
typedef struct
{
  char *text;         /* (owned) what ends when */
  const char *advice; /* (unowned) what a person does about it */
  gint64 left_us;     /* until then; negative: it is over */
} TnExpiry;

GPtrArray *tn_expiry_list (const TnAccount *account, gint64 now_us);
gboolean tn_expiry_is_near (const TnExpiry *expiry);

G_END_DECLS
