/* daemon/base/log.h — what the daemon tells the journal: fields first, text last */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Messages that tools may look for, by MESSAGE_ID (journalctl MESSAGE_ID=…). */
#define TN_MESSAGE_READY "6c2c3f0a1f5c4f4db4f4f36e0f1f7c01"
#define TN_MESSAGE_PASS "6c2c3f0a1f5c4f4db4f4f36e0f1f7c02"
#define TN_MESSAGE_CALENDAR_STATE "6c2c3f0a1f5c4f4db4f4f36e0f1f7c03"
#define TN_MESSAGE_RELOAD_FAILED "6c2c3f0a1f5c4f4db4f4f36e0f1f7c04"
#define TN_MESSAGE_STALL "6c2c3f0a1f5c4f4db4f4f36e0f1f7c05"

void tn_log_debug (const char *format, ...) G_GNUC_PRINTF (1, 2);
void tn_log_info (const char *calendar, const char *format, ...) G_GNUC_PRINTF (2, 3);
void tn_log_message (const char *message_id, const char *calendar, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
void tn_log_warning (const char *message_id, const char *calendar, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
char *tn_log_make_safe (const char *text);

G_END_DECLS
