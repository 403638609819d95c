/* Reading always works; what a commit does is for those who derive from it to say. */
#include "fakes/through-store.h"

typedef struct
{
  TnStore *inner; /* (owned) */
} TnThroughStorePrivate;

static void iface_init (TnStoreInterface *iface);
G_DEFINE_ABSTRACT_TYPE_WITH_CODE (TnThroughStore, tn_through_store, G_TYPE_OBJECT,
                                  G_ADD_PRIVATE (TnThroughStore)
                                      G_IMPLEMENT_INTERFACE (TN_TYPE_STORE, iface_init))

static TnStore *
get_inner (TnStore *store)
{
  return tn_through_store_get_inner (TN_THROUGH_STORE (store));
}

static gboolean
commit (TnStore *store, const TnBatch *batch, GError **error)
{
  TnThroughStore *self = TN_THROUGH_STORE (store);
  return TN_THROUGH_STORE_GET_CLASS (self)->commit (self, batch, error);
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

static GPtrArray *
load_slips (TnStore *store, GError **error)
{
  return tn_store_load_slips (get_inner (store), error);
}

static GPtrArray *
load_peepholes (TnStore *store, GError **error)
{
  return tn_store_load_peepholes (get_inner (store), error);
}

static GPtrArray *
load_letters (TnStore *store, GError **error)
{
  return tn_store_load_letters (get_inner (store), error);
}

static GPtrArray *
load_told (TnStore *store, GError **error)
{
  return tn_store_load_told (get_inner (store), error);
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
  iface->load_slips = load_slips;
  iface->load_peepholes = load_peepholes;
  iface->load_letters = load_letters;
  iface->load_told = load_told;
}

static void
tn_through_store_dispose (GObject *object)
{
  tn_through_store_take_inner (TN_THROUGH_STORE (object), NULL);
  G_OBJECT_CLASS (tn_through_store_parent_class)->dispose (object);
}

static void
tn_through_store_class_init (TnThroughStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tn_through_store_dispose;
}

static void
tn_through_store_init (TnThroughStore *self)
{
}

TnStore *
tn_through_store_get_inner (TnThroughStore *self)
{
  TnThroughStorePrivate *private = tn_through_store_get_instance_private (self);
  return private->inner;
}

/* `inner`: (transfer full) (nullable) */
void
tn_through_store_take_inner (TnThroughStore *self, TnStore *inner)
{
  TnThroughStorePrivate *private = tn_through_store_get_instance_private (self);
  g_clear_object (&private->inner);
  private->inner = inner;
}
