/* tests/fakes/rewrite.h — what servers do to iCalendar that is saved in them */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *tn_rewrite (const char *text, guint rewrite);

G_END_DECLS
