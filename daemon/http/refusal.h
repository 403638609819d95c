/* daemon/http/refusal.h — why a token server lets nobody in, and what a person does about it */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GError *tn_refusal_to_error (guint status, const char *word, guint64 number);
guint64 tn_refusal_find_number (const char *description);

G_END_DECLS
