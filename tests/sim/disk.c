/* A store in memory behind a disk with faults. What a commit says is kept is kept: a death lies
 * between two commits, or refuses one as a whole, as SQLite's transactions do (hazards 28, 85). */
#include "sim/disk.h"

#include "base/error.h"

struct _SimDisk
{
  GObject parent;
  TnStore *inner;  /* (owned) */
  TnStore *backup; /* (owned) (nullable) */
  guint n_left;    /* commits until the process dies; 0: no such limit */
  gboolean is_full;
  gboolean is_dead;
};

static void iface_init (TnStoreInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (SimDisk, sim_disk, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TN_TYPE_STORE, iface_init))

static TnStore *
get_inner (TnStore *store)
{
  return SIM_DISK (store)->inner;
}

static gboolean
commit (TnStore *store, const TnBatch *batch, GError **error)
{
  SimDisk *self = SIM_DISK (store);
  if (!self->is_dead && self->n_left > 0 && --self->n_left == 0)
    self->is_dead = TRUE;
  if (!self->is_full && !self->is_dead)
    return tn_store_commit (self->inner, batch, error);
  g_set_error_literal (error, TN_ERROR, TN_ERROR_FAILED,
                       self->is_dead ? "the process is gone" : "the disk is full");
  return FALSE;
}

static GPtrArray *
load_traces (TnStore *store, const char *calendar, GError **error)
{
  return tn_store_load_traces (get_inner (store), calendar, error);
}

static gboolean
find_link (TnStore *store, const char *calendar, const char *uid, TnLink **ret_link, GError **error)
{
  return tn_store_find_link (get_inner (store), calendar, uid, ret_link, error);
}

static GPtrArray *
load_links (TnStore *store, const char *calendar, GError **error)
{
  return tn_store_load_links (get_inner (store), calendar, error);
}

static GPtrArray *
load_intents (TnStore *store, const char *calendar, GError **error)
{
  return tn_store_load_intents (get_inner (store), calendar, error);
}

static GPtrArray *
load_sightings (TnStore *store, const char *calendar, GError **error)
{
  return tn_store_load_sightings (get_inner (store), calendar, error);
}

static GPtrArray *
load_proposals (TnStore *store, GError **error)
{
  return tn_store_load_proposals (get_inner (store), error);
}

static GPtrArray *
load_ledger (TnStore *store, GError **error)
{
  return tn_store_load_ledger (get_inner (store), error);
}

static GPtrArray *
load_history (TnStore *store, const char *uid, guint most, GError **error)
{
  return tn_store_load_history (get_inner (store), uid, most, error);
}

static TnCalendarState *
load_calendar (TnStore *store, const char *calendar, GError **error)
{
  return tn_store_load_calendar (get_inner (store), calendar, error);
}

static GPtrArray *
load_rulebook (TnStore *store, char **ret_digest, GError **error)
{
  return tn_store_load_rulebook (get_inner (store), ret_digest, error);
}

static GPtrArray *
load_guests (TnStore *store, GError **error)
{
  return tn_store_load_guests (get_inner (store), error);
}

static GPtrArray *
load_mirrors (TnStore *store, const char *calendar, GError **error)
{
  return tn_store_load_mirrors (get_inner (store), calendar, error);
}

static void
iface_init (TnStoreInterface *iface)
{
  iface->commit = commit;
  iface->load_links = load_links;
  iface->load_traces = load_traces;
  iface->find_link = find_link;
  iface->load_intents = load_intents;
  iface->load_sightings = load_sightings;
  iface->load_proposals = load_proposals;
  iface->load_ledger = load_ledger;
  iface->load_history = load_history;
  iface->load_calendar = load_calendar;
  iface->load_rulebook = load_rulebook;
  iface->load_guests = load_guests;
  iface->load_mirrors = load_mirrors;
}

static void
sim_disk_dispose (GObject *object)
{
  g_clear_object (&SIM_DISK (object)->inner);
  g_clear_object (&SIM_DISK (object)->backup);
  G_OBJECT_CLASS (sim_disk_parent_class)->dispose (object);
}

static void
sim_disk_class_init (SimDiskClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sim_disk_dispose;
}

static void
sim_disk_init (SimDisk *self)
{
  self->inner = tn_store_new_memory ();
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
  disk->backup = copy_store (disk->inner, calendars);
}

/* Only while no process has it. FALSE: there is no backup. */
gboolean
sim_disk_restore (SimDisk *disk)
{
  if (disk->backup == NULL)
    return FALSE;
  g_clear_object (&disk->inner);
  disk->inner = g_steal_pointer (&disk->backup);
  return TRUE;
}

/* Only while no process has it. */
void
sim_disk_wipe (SimDisk *disk)
{
  g_clear_object (&disk->inner);
  disk->inner = tn_store_new_memory ();
}
