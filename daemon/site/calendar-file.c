/* Subscriptions under their addresses: `ics/7by/odense.ics` on a site for all, `s/<token>.ics` of
 * one that is given to somebody and can be taken back. A program that has the file already, and
 * says so, gets no other. */
#include "site/calendar-file.h"

#include <string.h>

#include "control/addresses.h"
#include "site/frame.h"
#include "site/subscription.h"

static const char ENDING[] = ".ics";
static const char TYPE[] = "text/calendar; charset=utf-8; method=PUBLISH";

static TnWebPage *
show (const TnReader *reader, const char *reference)
{
  g_autoptr (TnSubscription) subscription
      = tn_subscription_parse (reference, tn_plan_get_rulebook (reader->plan), NULL);
  if (subscription == NULL)
    return tn_frame_make_missing (reader);
  g_autoptr (GBytes) bytes = tn_subscription_write (
      subscription, reader->plan, tn_book_get_publish_span (tn_reader_get_book (reader)));
  g_autofree char *etag = tn_subscription_dup_etag (bytes);
  gboolean has_it = tn_reader_knows (reader, etag);
  TnWebPage *page = tn_web_page_new (has_it ? 304 : 200, TYPE, has_it ? NULL : g_bytes_ref (bytes));
  page->etag = g_steal_pointer (&etag);
  tn_web_page_add_header (page, "Cache-Control", "no-cache");
  return page;
}

static char *
dup_name (const TnReader *reader)
{
  return g_str_has_suffix (reader->rest, ENDING)
             ? g_strndup (reader->rest, strlen (reader->rest) - strlen (ENDING))
             : NULL;
}

/**
 * tn_calendar_file_show:
 *
 * Returns: (transfer full): what the rest of the path names: `7by.ics`,
 * `7by/odense+milestones.ics`; nothing where all addresses are secret
 */
TnWebPage *
tn_calendar_file_show (TnReader *reader)
{
  g_autofree char *name = dup_name (reader);
  return name != NULL && !reader->premises->is_secret ? show (reader, name)
                                                      : tn_frame_make_missing (reader);
}

/**
 * tn_calendar_file_show_secret:
 *
 * Returns: (transfer full): what the address is for whose token the rest of the path is
 */
TnWebPage *
tn_calendar_file_show_secret (TnReader *reader)
{
  g_autofree char *token = dup_name (reader);
  g_autoptr (TnPeephole) address
      = token != NULL ? tn_addresses_find (tn_reader_get_store (reader), token, NULL) : NULL;
  return address != NULL && strcmp (address->target, TN_ADDRESS_PAGES) != 0
             ? show (reader, address->target)
             : tn_frame_make_missing (reader);
}
