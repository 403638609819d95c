/* daemon/base/chance.h — bytes that nobody can guess */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void tn_chance_fill (guint8 *bytes, gsize n);

G_END_DECLS
