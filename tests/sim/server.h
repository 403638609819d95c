/* tests/sim/server.h — a calendar server as it stands somewhere, shared by all who speak to it */
#pragma once

#include "provider/turnus-plugin.h"
#include "sim/trace.h"

G_BEGIN_DECLS

typedef struct _SimServer SimServer;

/* Who watches what daemons do to the items: the checker. `old` is NULL at a creation, `text` at a
 * removal. */
typedef void (*SimWitness) (gpointer user_data, SimServer *server, const char *id, const char *old,
                            const char *text);

/* What kind of calendar it is; all but the plain one are mailboxes of Exchange. */
typedef enum
{
  SIM_SYSTEM_PLAIN,
  SIM_SYSTEM_GRAPH,
  SIM_SYSTEM_EWS /* can write what people are invited to, and mail nobody */
} SimSystem;

/* How a server differs from the plainest one; beside the bits of TnFakeRewrite. */
typedef struct
{
  guint rewrite;     /* bits of TnFakeRewrite: what it makes of bytes */
  gboolean deltas;   /* gives tokens */
  gboolean restless; /* new revisions for the same bytes, now and then */
  gboolean doubles;  /* keeps two items of one UID, as folders and Exchange do */
  SimSystem system;
} SimHabits;

SimServer *sim_server_new (const char *name, const SimHabits *habits, SimTrace *trace);
void sim_server_free (SimServer *server);
void sim_server_watch (SimServer *server, SimWitness witness, gpointer user_data);

const char *sim_server_get_name (const SimServer *server);
const SimHabits *sim_server_get_habits (const SimServer *server);
guint sim_server_get_writes (const SimServer *server);
guint sim_server_get_listings (const SimServer *server);

/* What daemons ask. */
TurnusListing *sim_server_list (SimServer *server, const char *token, GError **error);
TurnusLoaded *sim_server_load (SimServer *server, const char *id);
TurnusRef *sim_server_save (SimServer *server, const char *id, const char *revision,
                            const char *text, GError **error);
gboolean sim_server_remove (SimServer *server, const char *id, const char *revision,
                            GError **error);

/* What people and administrators do. */
void sim_server_put (SimServer *server, const char *id, const char *text);
void sim_server_delete (SimServer *server, const char *id);
void sim_server_forget_tokens (SimServer *server);
void sim_server_stir (SimServer *server);
const char *sim_server_get (const SimServer *server, const char *id);
GPtrArray *sim_server_list_ids (const SimServer *server);

G_END_DECLS
