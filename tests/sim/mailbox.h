/* tests/sim/mailbox.h — what a mailbox of Exchange keeps of an event */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *sim_mailbox_keep (const char *before, const char *text, GError **error);

G_END_DECLS
