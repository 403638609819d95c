/* Microsoft Graph v1.0 as one of the plugin's protocols. */
#include "graph-account.h"
#include "graph-listing.h"
#include "graph-loading.h"
#include "graph-place.h"
#include "graph-saving.h"

static gboolean
graph_open (TurnusCalendar *calendar, GHashTable *options, GError **error)
{
  calendar->account = graph_account_new (calendar, error);
  return calendar->account != NULL;
}

static void
graph_close (TurnusCalendar *calendar)
{
  graph_account_free (calendar->account);
}

/* Not NO_MAIL: Graph mails whoever is invited, whatever is changed (pitfall 7). */
static guint32
graph_get_caps (TurnusCalendar *calendar)
{
  guint32 caps
      = TURNUS_CAP_CONDITIONAL | TURNUS_CAP_KEEPS_OWN | TURNUS_CAP_STATUS | TURNUS_CAP_REVIVES;
  return graph_account_of (calendar)->is_read_only ? caps | TURNUS_CAP_READ_ONLY : caps;
}

const ExProtocol graph_protocol = {
  .name = "graph",
  .open = graph_open,
  .close = graph_close,
  .get_caps = graph_get_caps,
  .list_async = graph_listing_async,
  .list_finish = graph_listing_finish,
  .load_async = graph_loading_async,
  .load_finish = graph_loading_finish,
  .save_async = graph_saving_async,
  .save_finish = graph_saving_finish,
  .remove_async = graph_removing_async,
  .remove_finish = graph_removing_finish,
  .discover_async = graph_place_discover_async,
  .discover_finish = graph_place_discover_finish,
};
