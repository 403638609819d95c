/* daemon/http/smtp.h — letters to the mail server of one account */
#pragma once

#include "base/clock.h"
#include "http/transfer.h"
#include "model/mail.h"

G_BEGIN_DECLS

#define TN_TYPE_SMTP (tn_smtp_get_type ())
G_DECLARE_FINAL_TYPE (TnSmtp, tn_smtp, TN, SMTP, GObject)

TnSmtp *tn_smtp_new (const TnMail *mail, TnClock *clock, const TnLimits *limits, GError **error);

void tn_smtp_send_async (TnSmtp *self, const char *to, GBytes *message, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data);
gboolean tn_smtp_send_finish (TnSmtp *self, GAsyncResult *result, gboolean *ret_is_unsure,
                              GError **error);

G_END_DECLS
