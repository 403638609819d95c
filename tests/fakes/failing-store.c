/* A store whose commits fail as they do on a full disk (hazard 85): all of a batch or nothing, and
 * reading still works. */
#include "fakes/failing-store.h"

#include "base/error.h"

struct _TnFailingStore
{
  TnThroughStore parent;
  gboolean is_full;
  guint n_left; /* commits that work before the disk is full; 0: no such limit */
};

G_DEFINE_FINAL_TYPE (TnFailingStore, tn_failing_store, TN_TYPE_THROUGH_STORE)

static TnStore *
get_inner (TnFailingStore *self)
{
  return tn_through_store_get_inner (TN_THROUGH_STORE (self));
}

static gboolean
commit (TnThroughStore *store, const TnBatch *batch, GError **error)
{
  TnFailingStore *self = TN_FAILING_STORE (store);
  if (self->is_full)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_FAILED, "the disk is full");
      return FALSE;
    }
  if (self->n_left > 0 && --self->n_left == 0)
    self->is_full = TRUE;
  return tn_store_commit (get_inner (self), batch, error);
}

static void
tn_failing_store_class_init (TnFailingStoreClass *klass)
{
  TN_THROUGH_STORE_CLASS (klass)->commit = commit;
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
  tn_through_store_take_inner (TN_THROUGH_STORE (self), g_object_ref (inner));
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
