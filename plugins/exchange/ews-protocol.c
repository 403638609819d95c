/* Exchange Web Services as one of the plugin's protocols: Exchange Server 2013 SP1 and later, and
 * what speaks like it. */
#include "ews-account.h"
#include "ews-changing.h"
#include "ews-creating.h"
#include "ews-listing.h"
#include "ews-loading.h"
#include "ews-place.h"

static gboolean
ews_open (TurnusCalendar *calendar, GHashTable *options, GError **error)
{
  calendar->account = ews_account_new (calendar, options, error);
  return calendar->account != NULL;
}

static void
ews_close (TurnusCalendar *calendar)
{
  ews_account_free (calendar->account);
}

/* What is written mails nobody: SendToNone, always. */
static guint32
ews_get_caps (TurnusCalendar *calendar)
{
  guint32 caps = TURNUS_CAP_CONDITIONAL | TURNUS_CAP_KEEPS_OWN | TURNUS_CAP_STATUS
                 | TURNUS_CAP_REVIVES | TURNUS_CAP_NO_MAIL;
  return ews_account_of (calendar)->is_read_only ? caps | TURNUS_CAP_READ_ONLY : caps;
}

/* `id`: of a new item only a proposal, which Exchange cannot take */
static void
ews_save_async (TurnusCalendar *calendar, const char *id, const char *revision, GBytes *bytes,
                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  if (revision == NULL)
    ews_creating_async (calendar, bytes, cancellable, callback, user_data);
  else
    ews_changing_async (calendar, id, revision, bytes, cancellable, callback, user_data);
}

/* Both tasks give a TurnusRef. */
static TurnusRef *
ews_save_finish (TurnusCalendar *calendar, GAsyncResult *result, GError **error)
{
  return ews_creating_finish (result, error);
}

const ExProtocol ews_protocol = {
  .name = "ews",
  .open = ews_open,
  .close = ews_close,
  .get_caps = ews_get_caps,
  .list_async = ews_listing_async,
  .list_finish = ews_listing_finish,
  .load_async = ews_loading_async,
  .load_finish = ews_loading_finish,
  .save_async = ews_save_async,
  .save_finish = ews_save_finish,
  .remove_async = ews_removing_async,
  .remove_finish = ews_removing_finish,
  .discover_async = ews_place_discover_async,
  .discover_finish = ews_place_discover_finish,
};
