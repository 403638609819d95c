/* daemon/base/loop.h — sources of the main loop that somebody holds on to */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void tn_loop_clear_source (GSource **source);

G_END_DECLS
