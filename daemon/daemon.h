/* daemon/daemon.h — the parts of turnusd, joined, from start to stop */
#pragma once

#include "base/clock.h"
#include "model/settings.h"
#include "provider/loader.h"
#include "sync/desk.h"

G_BEGIN_DECLS

/* As the command line says it. */
typedef struct
{
  const char *config;
  const char *plugins; /* (nullable) instead of the settings' folder */
} TnDaemonPlace;

/* What people wrote, read and found right. */
typedef struct
{
  TnSettings *settings; /* (owned) */
  GPtrArray *files;     /* (owned) (element-type TnSourceFile) */
} TnReading;

gboolean tn_reading_load (TnReading *reading, const char *config, GError **error);
void tn_reading_clear (TnReading *reading);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TnReading, tn_reading_clear)

typedef struct _TnDaemon TnDaemon;

TnDaemon *tn_daemon_new (const TnDaemonPlace *place, TnBook *book);
void tn_daemon_free (TnDaemon *daemon);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnDaemon, tn_daemon_free)

int tn_daemon_run (TnDaemon *daemon);
int tn_daemon_run_once (TnDaemon *daemon);

G_END_DECLS
