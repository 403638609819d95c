/* daemon/daemon.h — turnusd from start to stop: the offices of one council or of many */
#pragma once

#include "office.h"

G_BEGIN_DECLS

/* As the command line says it. */
typedef struct
{
  const char *config;
  const char *plugins; /* (nullable) instead of the settings' folder */
} TnDaemonPlace;

typedef struct _TnDaemon TnDaemon;

gboolean tn_daemon_check (const TnDaemonPlace *place, GError **error);
TnDaemon *tn_daemon_new (const TnDaemonPlace *place, TnClock *clock, GError **error);
void tn_daemon_free (TnDaemon *daemon);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnDaemon, tn_daemon_free)

int tn_daemon_run (TnDaemon *daemon);
int tn_daemon_run_once (TnDaemon *daemon);

G_END_DECLS
