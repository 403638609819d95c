/* tests/sim/disk.h — a store that fills up, dies with its daemon, and comes back from a backup */
#pragma once

#include "fakes/through-store.h"

G_BEGIN_DECLS

#define SIM_TYPE_DISK (sim_disk_get_type ())
G_DECLARE_FINAL_TYPE (SimDisk, sim_disk, SIM, DISK, TnThroughStore)

SimDisk *sim_disk_new (void);
void sim_disk_set_full (SimDisk *disk, gboolean is_full);
gboolean sim_disk_is_full (const SimDisk *disk);
void sim_disk_die_after (SimDisk *disk, guint n_commits);
gboolean sim_disk_is_dead (const SimDisk *disk);
void sim_disk_revive (SimDisk *disk);
void sim_disk_back_up (SimDisk *disk, const char *const *calendars);
gboolean sim_disk_restore (SimDisk *disk);
void sim_disk_wipe (SimDisk *disk);

G_END_DECLS
