/* A store whose commits fail as they do on a full disk (hazard 85): all of a batch or nothing, and
 * reading still works. */
#include "fakes/failing-store.h"

#include "base/error.h"

struct _TnFailingStore
{
  GObject parent;
  TnStore *inner; /* (owned) */
  gboolean is_full;
  guint n_left; /* commits that work before the disk is full; 0: no such limit */
};

static void iface_init (TnStoreInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TnFailingStore, tn_failing_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TN_TYPE_STORE, iface_init))

static TnStore *
get_inner (TnStore *store)
{
  return TN_FAILING_STORE (store)->inner;
}

static gboolean
commit (TnStore *store, const TnBatch *batch, GError **error)
{
  TnFailingStore *self = TN_FAILING_STORE (store);
  if (self->is_full)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_FAILED, "the disk is full");
      return FALSE;
    }
  if (self->n_left > 0 && --self->n_left == 0)
    self->is_full = TRUE;
  return tn_store_commit (self->inner, batch, error);
}

static GPtrArray *
load_links (TnStore *store, const char *calendar, GError **error)
{
  return tn_store_load_links (get_inner (store), calendar, error);
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
dispose (GObject *object)
{
  g_clear_object (&TN_FAILING_STORE (object)->inner);
  G_OBJECT_CLASS (tn_failing_store_parent_class)->dispose (object);
}

static void
tn_failing_store_class_init (TnFailingStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dispose;
}

static void
tn_failing_store_init (TnFailingStore *self)
{
}

/**
 * tn_failing_store_new:
 * @inner: keeps what is committed while there is room
 *
 * Returns: (transfer full)
 */
TnFailingStore *
tn_failing_store_new (TnStore *inner)
{
  TnFailingStore *self = g_object_new (TN_TYPE_FAILING_STORE, NULL);
  self->inner = g_object_ref (inner);
  return self;
}

/* TRUE: from now on no commit works; FALSE: there is room again. */
void
tn_failing_store_set_full (TnFailingStore *self, gboolean is_full)
{
  self->is_full = is_full;
  self->n_left = 0;
}

/* The disk is full after `n_commits` more, at least one. */
void
tn_failing_store_fail_after (TnFailingStore *self, guint n_commits)
{
  g_return_if_fail (n_commits > 0);
  self->is_full = FALSE;
  self->n_left = n_commits;
}
