/* tests/sim/net.h — what lies between daemons and servers: requests under way, lost, late, twisted
 */
#pragma once

#include "provider/provider.h"
#include "sim/dice.h"
#include "sim/server.h"
#include "store/store.h"

G_BEGIN_DECLS

typedef struct _SimNet SimNet;

/* The connection of one daemon to one server: a provider. */
#define SIM_TYPE_LINE (sim_line_get_type ())
G_DECLARE_FINAL_TYPE (SimLine, sim_line, SIM, LINE, GObject)

SimNet *sim_net_new (SimTrace *trace);
void sim_net_free (SimNet *net);
void sim_net_set_faults (SimNet *net, guint percent);
gboolean sim_net_step (SimNet *net, SimDice *dice);

SimLine *sim_line_new (SimNet *net, SimServer *server, TnStore *store, const char *whose);
void sim_line_cut (SimLine *line, SimDice *dice);

G_END_DECLS
