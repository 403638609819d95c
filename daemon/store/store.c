/* The interface: what every store promises, whatever is behind it. One contract suite holds them
 * all to it. */
#include "store/store.h"

#include "base/error.h"

G_DEFINE_INTERFACE (TnStore, tn_store, G_TYPE_OBJECT)

static void
tn_store_default_init (TnStoreInterface *iface)
{
  g_signal_new ("committed", TN_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/**
 * tn_store_commit:
 *
 * All changes of @batch in their order, or none. When it returns %TRUE they outlive a crash and a
 * power cut. An empty batch costs nothing.
 *
 * Errors: %TN_ERROR_INVALID when a record cannot be kept (no key, not UTF-8); %TN_ERROR_TEMPORARY
 *   when the disk is full or read-only: the store is as it was, the batch can be tried again;
 *   %TN_ERROR_FAILED when nothing more can be kept until the store is opened anew.
 * Returns: %TRUE when committed
 */
gboolean
tn_store_commit (TnStore *self, const TnBatch *batch, GError **error)
{
  g_return_val_if_fail (TN_IS_STORE (self) && batch != NULL, FALSE);
  if (tn_batch_is_empty (batch))
    return TRUE;
  if (!TN_STORE_GET_IFACE (self)->commit (self, batch, error))
    return FALSE;
  g_signal_emit_by_name (self, "committed");
  return TRUE;
}

/**
 * tn_store_load_links:
 *
 * Errors: here and in each load: %TN_ERROR_PROTOCOL when what is kept is damaged; table and row are
 *   named, and nothing of that table is used, for the calendar that a damaged row belongs to is as
 *   doubtful as the rest of it (hazard 88).
 * Returns: (transfer full) (element-type TnLink) (nullable): those of @calendar by UID
 */
GPtrArray *
tn_store_load_links (TnStore *self, const char *calendar, GError **error)
{
  g_return_val_if_fail (TN_IS_STORE (self) && calendar != NULL, NULL);
  return TN_STORE_GET_IFACE (self)->load_links (self, calendar, error);
}

/**
 * tn_store_load_traces:
 *
 * Returns: (transfer full) (element-type TnTrace) (nullable): of the links of @calendar, by UID
 */
GPtrArray *
tn_store_load_traces (TnStore *self, const char *calendar, GError **error)
{
  g_return_val_if_fail (TN_IS_STORE (self) && calendar != NULL, NULL);
  return TN_STORE_GET_IFACE (self)->load_traces (self, calendar, error);
}

/**
 * tn_store_find_link:
 * @ret_link: (out) (nullable): the link of event @uid in @calendar, %NULL when there is none;
 *   untouched on failure
 *
 * Returns: %TRUE when it is known whether there is one
 */
gboolean
tn_store_find_link (TnStore *self, const char *calendar, const char *uid, TnLink **ret_link,
                    GError **error)
{
  g_return_val_if_fail (TN_IS_STORE (self) && calendar != NULL && uid != NULL, FALSE);
  return TN_STORE_GET_IFACE (self)->find_link (self, calendar, uid, ret_link, error);
}

/**
 * tn_store_load_intents:
 *
 * Returns: (transfer full) (element-type TnIntent) (nullable): those of @calendar by UID
 */
GPtrArray *
tn_store_load_intents (TnStore *self, const char *calendar, GError **error)
{
  g_return_val_if_fail (TN_IS_STORE (self) && calendar != NULL, NULL);
  return TN_STORE_GET_IFACE (self)->load_intents (self, calendar, error);
}

/**
 * tn_store_load_sightings:
 *
 * Returns: (transfer full) (element-type TnSighting) (nullable): those of @calendar by item
 */
GPtrArray *
tn_store_load_sightings (TnStore *self, const char *calendar, GError **error)
{
  g_return_val_if_fail (TN_IS_STORE (self) && calendar != NULL, NULL);
  return TN_STORE_GET_IFACE (self)->load_sightings (self, calendar, error);
}

/**
 * tn_store_load_proposals:
 *
 * Returns: (transfer full) (element-type TnProposal) (nullable): all, open and answered, by id
 */
GPtrArray *
tn_store_load_proposals (TnStore *self, GError **error)
{
  g_return_val_if_fail (TN_IS_STORE (self), NULL);
  return TN_STORE_GET_IFACE (self)->load_proposals (self, error);
}

/**
 * tn_store_load_ledger:
 *
 * Returns: (transfer full) (element-type TnDecision) (nullable): all, by tn_decision_compare()
 */
GPtrArray *
tn_store_load_ledger (TnStore *self, GError **error)
{
  g_return_val_if_fail (TN_IS_STORE (self), NULL);
  return TN_STORE_GET_IFACE (self)->load_ledger (self, error);
}

/**
 * tn_store_load_history:
 * @uid: (nullable): %NULL for that of all events
 * @most: so many at most; 0 for all
 *
 * Returns: (transfer full) (element-type TnHistory) (nullable): the newest first; of the same time
 *   the one appended last
 */
GPtrArray *
tn_store_load_history (TnStore *self, const char *uid, guint most, GError **error)
{
  g_return_val_if_fail (TN_IS_STORE (self), NULL);
  return TN_STORE_GET_IFACE (self)->load_history (self, uid, most, error);
}

/**
 * tn_store_load_calendar:
 *
 * Returns: (transfer full) (nullable): what is remembered of @calendar; a fresh state when it is
 * not known
 */
TnCalendarState *
tn_store_load_calendar (TnStore *self, const char *calendar, GError **error)
{
  g_return_val_if_fail (TN_IS_STORE (self) && calendar != NULL, NULL);
  return TN_STORE_GET_IFACE (self)->load_calendar (self, calendar, error);
}

/**
 * tn_store_load_rulebook:
 * @ret_digest: (out) (transfer full) (nullable) (optional): %NULL when no file is kept
 *
 * Returns: (transfer full) (element-type TnSourceFile) (nullable): the files of the rulebook in
 * force, in the order in which they were put
 */
GPtrArray *
tn_store_load_rulebook (TnStore *self, char **ret_digest, GError **error)
{
  g_return_val_if_fail (TN_IS_STORE (self), NULL);
  return TN_STORE_GET_IFACE (self)->load_rulebook (self, ret_digest, error);
}

/**
 * tn_store_load_guests:
 *
 * Returns: (transfer full) (element-type TnGuest) (nullable): all, by UID
 */
GPtrArray *
tn_store_load_guests (TnStore *self, GError **error)
{
  g_return_val_if_fail (TN_IS_STORE (self), NULL);
  return TN_STORE_GET_IFACE (self)->load_guests (self, error);
}

/**
 * tn_store_load_mirrors:
 * @calendar: (nullable): %NULL for all calendars
 *
 * Returns: (transfer full) (element-type TnMirror) (nullable): by calendar, then UID
 */
GPtrArray *
tn_store_load_mirrors (TnStore *self, const char *calendar, GError **error)
{
  g_return_val_if_fail (TN_IS_STORE (self), NULL);
  return TN_STORE_GET_IFACE (self)->load_mirrors (self, calendar, error);
}

/**
 * tn_store_load_slips:
 *
 * Returns: (transfer full) (element-type TnSlip) (nullable): all, by the hash of their token
 */
GPtrArray *
tn_store_load_slips (TnStore *self, GError **error)
{
  g_return_val_if_fail (TN_IS_STORE (self), NULL);
  return TN_STORE_GET_IFACE (self)->load_slips (self, error);
}

/**
 * tn_store_load_peepholes:
 *
 * Returns: (transfer full) (element-type TnPeephole) (nullable): all, by the hash of their token
 */
GPtrArray *
tn_store_load_peepholes (TnStore *self, GError **error)
{
  g_return_val_if_fail (TN_IS_STORE (self), NULL);
  return TN_STORE_GET_IFACE (self)->load_peepholes (self, error);
}

/**
 * tn_store_load_letters:
 *
 * Returns: (transfer full) (element-type TnLetter) (nullable): all, the oldest first
 */
GPtrArray *
tn_store_load_letters (TnStore *self, GError **error)
{
  g_return_val_if_fail (TN_IS_STORE (self), NULL);
  return TN_STORE_GET_IFACE (self)->load_letters (self, error);
}

/**
 * tn_store_load_told:
 *
 * Returns: (transfer full) (element-type TnTold) (nullable): all, by address, then key
 */
GPtrArray *
tn_store_load_told (TnStore *self, GError **error)
{
  g_return_val_if_fail (TN_IS_STORE (self), NULL);
  return TN_STORE_GET_IFACE (self)->load_told (self, error);
}

/**
 * tn_store_backup:
 * @path: of a file; one that is there is replaced when the copy is whole
 *
 * Errors: %TN_ERROR_FAILED when the copy cannot be made, or there is nothing that could be copied.
 * Returns: %TRUE when @path holds a copy
 */
gboolean
tn_store_backup (TnStore *self, const char *path, GError **error)
{
  g_return_val_if_fail (TN_IS_STORE (self) && path != NULL, FALSE);
  if (TN_STORE_GET_IFACE (self)->backup != NULL)
    return TN_STORE_GET_IFACE (self)->backup (self, path, error);
  g_set_error (error, TN_ERROR, TN_ERROR_FAILED,
               "cannot back up to %s: this state is kept in memory only", path);
  return FALSE;
}

/**
 * tn_store_get_problem:
 *
 * What does not stop the store, but somebody should look at: `ledger.txt` cannot be written. It is
 * tried again at each commit.
 *
 * Returns: (transfer none) (nullable): for people, until the next call into the store
 */
const char *
tn_store_get_problem (TnStore *self)
{
  g_return_val_if_fail (TN_IS_STORE (self), NULL);
  if (TN_STORE_GET_IFACE (self)->get_problem == NULL)
    return NULL;
  return TN_STORE_GET_IFACE (self)->get_problem (self);
}
