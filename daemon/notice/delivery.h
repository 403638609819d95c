/* daemon/notice/delivery.h — what becomes of a letter after an attempt to send it */
#pragma once

#include "store/store.h"

G_BEGIN_DECLS

void tn_delivery_begin (TnLetter *letter);
void tn_delivery_note (TnLetter *letter, const GError *error, gboolean is_unsure, gint64 now_us,
                       double jitter);
gboolean tn_delivery_is_due (const TnLetter *letter, gint64 now_us);

G_END_DECLS
