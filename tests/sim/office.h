/* tests/sim/office.h — one council's daemon: the real core on a disk and a clock with faults */
#pragma once

#include "fakes/fake-clock.h"
#include "sim/disk.h"
#include "sim/net.h"
#include "sync/desk.h"

G_BEGIN_DECLS

typedef struct
{
  SimTrace *trace;            /* (unowned) */
  SimNet *net;                /* (unowned) */
  GHashTable *servers;        /* (unowned) (element-type utf8 SimServer) by calendar */
  const TnSettings *settings; /* (unowned) */
  GPtrArray *files;           /* (unowned) */
  SimDisk *disk;              /* (owned) */
  TnFakeClock *clock;         /* (owned) */
  TnBook *book;               /* (owned) (nullable) while it runs */
  TnDesk *desk;               /* (owned) (nullable) while it runs */
  GPtrArray *lines;           /* (owned) (element-type SimLine) */
  GPtrArray *taken;           /* (owned) (element-type utf8) ids of decisions that it has taken */
  gboolean is_busy;           /* a sync is under way */
  gboolean has_died;          /* once: what it had sent may have arrived much later */
  gboolean lost_state;        /* its store was wiped or taken from a backup */
} SimOffice;

SimOffice *sim_office_new (SimTrace *trace, SimNet *net, GHashTable *servers,
                           const TnSettings *settings, GPtrArray *files, int days_off);
void sim_office_free (SimOffice *office);

void sim_office_open (SimOffice *office);
void sim_office_kill (SimOffice *office, SimDice *dice);
void sim_office_lose_state (SimOffice *office, const char *how);
void sim_office_sync (SimOffice *office, const char *calendar, TnPassFlags flags);
gboolean sim_office_tells (const SimOffice *office, const char *calendar, const char *uid);
gboolean sim_office_tells_deletion (const SimOffice *office, const char *calendar, const char *uid);
gboolean sim_office_links (const SimOffice *office, const char *calendar, const char *uid,
                           const char *id);
gboolean sim_office_tells_of_journal (const SimOffice *office);
gboolean sim_office_keeps (const SimOffice *office, const char *uid, const char *value);
gboolean sim_office_knows_of_status (const SimOffice *office, const char *uid);
char **sim_office_list_calendars (const SimOffice *office);
gboolean sim_office_has (const SimOffice *office, const char *calendar);

void sim_pump (void);

G_END_DECLS
