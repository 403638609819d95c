#include "sync/mailbox.h"

#include <string.h>

static TnProvider *
open_calendar (gpointer user_data, const TnCalendar *calendar, const char *binding, GError **error)
{
  Mailbox *mailbox = user_data;
  if (strcmp (calendar->id, "esbjerg") == 0)
    return g_object_ref (mailbox->own);
  if (strcmp (calendar->id, "faelles") == 0)
    return g_object_ref (mailbox->common);
  return g_object_ref (TN_PROVIDER (town_calendar (mailbox->town, calendar->id)));
}

void
mailbox_reopen (Mailbox *mailbox)
{
  g_clear_object (&mailbox->town->desk);
  mailbox->town->desk = tn_desk_new (mailbox->town->book, open_calendar, mailbox);
}

void
mailbox_set_up (Mailbox *mailbox, gconstpointer unused)
{
  mailbox->town = town_new (TOWN_WRITE);
  mailbox->esbjerg = tn_graph_site_new ();
  mailbox->shared = tn_graph_site_new ();
  mailbox->own = tn_graph_site_open (mailbox->esbjerg, NULL);
  mailbox->common = tn_graph_site_open (mailbox->shared, NULL);
  mailbox_reopen (mailbox);
}

void
mailbox_tear_down (Mailbox *mailbox, gconstpointer unused)
{
  TnGraphSite *const sites[] = { mailbox->esbjerg, mailbox->shared };
  town_free (mailbox->town);
  g_clear_object (&mailbox->own);
  g_clear_object (&mailbox->common);
  for (guint i = 0; i < G_N_ELEMENTS (sites); i++)
    {
      g_assert_cmpuint (tn_graph_server_count_mails (sites[i]->server), ==, 0);
      g_assert_cmpuint (tn_graph_server_count_blind (sites[i]->server), ==, 0);
      tn_graph_site_free (sites[i]);
    }
}

guint
mailbox_count_writes (Mailbox *mailbox)
{
  return town_count_writes (mailbox->town) + tn_graph_server_count_writes (mailbox->esbjerg->server)
         + tn_graph_server_count_writes (mailbox->shared->server);
}

void
mailbox_assert_settled (Mailbox *mailbox)
{
  town_sync (mailbox->town);
  guint before = mailbox_count_writes (mailbox);
  town_sync (mailbox->town);
  g_assert_cmpuint (mailbox_count_writes (mailbox), ==, before);
}

TnGraphEvent *
mailbox_find_trip (TnGraphSite *site)
{
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  const char *id = tn_graph_server_find_uid (site->server, uid);
  g_assert_nonnull (id);
  return tn_graph_server_find (site->server, id);
}
