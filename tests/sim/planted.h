/* tests/sim/planted.h — the switch of planted faults; only the copies that plant.py makes include
 * it
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PLANTED(name) G_UNLIKELY (sim_planted_is (#name))

gboolean sim_planted_is (const char *name);
gboolean sim_planted_set (const char *name);

G_END_DECLS
