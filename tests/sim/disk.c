/* A store in memory behind a disk with faults. What a commit says is kept is kept: a death lies
 * between two commits, or refuses one as a whole, as SQLite's transactions do (hazards 28, 85). */
#include "sim/disk.h"

#include "base/error.h"

struct _SimDisk
{
  TnThroughStore parent;
  TnStore *backup; /* (owned) (nullable) */
  guint n_left;    /* commits until the process dies; 0: no such limit */
  gboolean is_full;
  gboolean is_dead;
};

G_DEFINE_FINAL_TYPE (SimDisk, sim_disk, TN_TYPE_THROUGH_STORE)

static TnStore *
get_inner (SimDisk *self)
{
  return tn_through_store_get_inner (TN_THROUGH_STORE (self));
}

static gboolean
commit (TnThroughStore *store, const TnBatch *batch, GError **error)
{
  SimDisk *self = SIM_DISK (store);
  if (!self->is_dead && self->n_left > 0 && --self->n_left == 0)
    self->is_dead = TRUE;
  if (!self->is_full && !self->is_dead)
    return tn_store_commit (get_inner (self), batch, error);
  g_set_error_literal (error, TN_ERROR, TN_ERROR_FAILED,
                       self->is_dead ? "the process is gone" : "the disk is full");
  return FALSE;
}

static void
sim_disk_dispose (GObject *object)
{
  g_clear_object (&SIM_DISK (object)->backup);
  G_OBJECT_CLASS (sim_disk_parent_class)->dispose (object);
}

static void
sim_disk_class_init (SimDiskClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sim_disk_dispose;
  TN_THROUGH_STORE_CLASS (klass)->commit = commit;
}

static void
sim_disk_init (SimDisk *self)
{
  tn_through_store_take_inner (TN_THROUGH_STORE (self), tn_store_new_memory ());
}

SimDisk *
sim_disk_new (void)
{
  return g_object_new (SIM_TYPE_DISK, NULL);
}

void
sim_disk_set_full (SimDisk *disk, gboolean is_full)
{
  disk->is_full = is_full;
}

gboolean
sim_disk_is_full (const SimDisk *disk)
{
  return disk->is_full;
}

/* The process dies at the commit after `n_commits` more; with 0 it is dead now. */
void
sim_disk_die_after (SimDisk *disk, guint n_commits)
{
  disk->is_dead = disk->is_dead || n_commits == 0;
  disk->n_left = n_commits;
}

gboolean
sim_disk_is_dead (const SimDisk *disk)
{
  return disk->is_dead;
}

/* For the next process. */
void
sim_disk_revive (SimDisk *disk)
{
  disk->is_dead = FALSE;
  disk->n_left = 0;
}

static void
copy_calendar (TnStore *from, const char *calendar, TnBatch *batch)
{
  g_autoptr (GPtrArray) links = tn_store_load_links (from, calendar, NULL);
  g_autoptr (GPtrArray) intents = tn_store_load_intents (from, calendar, NULL);
  g_autoptr (GPtrArray) sightings = tn_store_load_sightings (from, calendar, NULL);
  g_autoptr (TnCalendarState) state = tn_store_load_calendar (from, calendar, NULL);
  for (guint i = 0; i < links->len; i++)
    tn_batch_put_link (batch, g_ptr_array_index (links, i));
  for (guint i = 0; i < intents->len; i++)
    tn_batch_put_intent (batch, g_ptr_array_index (intents, i));
  for (guint i = 0; i < sightings->len; i++)
    tn_batch_put_sighting (batch, g_ptr_array_index (sightings, i));
  tn_batch_put_calendar (batch, state);
}

/* All but the history, which nothing is worked out from. */
static TnStore *
copy_store (TnStore *from, const char *const *calendars)
{
  TnStore *copy = tn_store_new_memory ();
  g_autoptr (TnBatch) batch = tn_batch_new ();
  g_autoptr (GPtrArray) ledger = tn_store_load_ledger (from, NULL);
  g_autoptr (GPtrArray) proposals = tn_store_load_proposals (from, NULL);
  g_autofree char *digest = NULL;
  g_autoptr (GPtrArray) files = tn_store_load_rulebook (from, &digest, NULL);
  for (guint i = 0; i < ledger->len; i++)
    tn_batch_append_decision (batch, g_ptr_array_index (ledger, i));
  for (guint i = 0; i < proposals->len; i++)
    tn_batch_put_proposal (batch, g_ptr_array_index (proposals, i));
  if (files != NULL && digest != NULL)
    tn_batch_put_rulebook (batch, digest, files);
  g_autoptr (GPtrArray) guests = tn_store_load_guests (from, NULL);
  for (guint i = 0; i < guests->len; i++)
    tn_batch_put_guest (batch, g_ptr_array_index (guests, i));
  g_autoptr (GPtrArray) mirrors = tn_store_load_mirrors (from, NULL, NULL);
  for (guint i = 0; i < mirrors->len; i++)
    tn_batch_put_mirror (batch, g_ptr_array_index (mirrors, i));
  for (guint i = 0; calendars[i] != NULL; i++)
    copy_calendar (from, calendars[i], batch);
  g_autoptr (GError) error = NULL;
  tn_store_commit (copy, batch, &error);
  g_assert_no_error (error);
  return copy;
}

void
sim_disk_back_up (SimDisk *disk, const char *const *calendars)
{
  g_clear_object (&disk->backup);
  disk->backup = copy_store (get_inner (disk), calendars);
}

/* Only while no process has it. FALSE: there is no backup. */
gboolean
sim_disk_restore (SimDisk *disk)
{
  if (disk->backup == NULL)
    return FALSE;
  tn_through_store_take_inner (TN_THROUGH_STORE (disk), g_steal_pointer (&disk->backup));
  return TRUE;
}

/* Only while no process has it. */
void
sim_disk_wipe (SimDisk *disk)
{
  tn_through_store_take_inner (TN_THROUGH_STORE (disk), tn_store_new_memory ());
}
