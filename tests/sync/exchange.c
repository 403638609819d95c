/* The whole of reconciling with two of the calendars in a mailbox behind Graph, Esbjerg's own and
 * the one that all share; the others are fakes. */
#include <string.h>

#include "provider/graph-site.h"
#include "sync/town.h"

typedef struct
{
  Town *town;           /* (owned) */
  TnGraphSite *esbjerg; /* (owned) */
  TnGraphSite *shared;  /* (owned) */
  TnProvider *own;      /* (owned) */
  TnProvider *common;   /* (owned) */
} Region;

static TnProvider *
open_calendar (gpointer user_data, const TnCalendar *calendar, const char *binding, GError **error)
{
  Region *region = user_data;
  if (strcmp (calendar->id, "esbjerg") == 0)
    return g_object_ref (region->own);
  if (strcmp (calendar->id, "faelles") == 0)
    return g_object_ref (region->common);
  return g_object_ref (TN_PROVIDER (town_calendar (region->town, calendar->id)));
}

static void
set_up (Region *region, gconstpointer unused)
{
  region->town = town_new (TOWN_WRITE);
  region->esbjerg = tn_graph_site_new ();
  region->shared = tn_graph_site_new ();
  region->own = tn_graph_site_open (region->esbjerg, NULL);
  region->common = tn_graph_site_open (region->shared, NULL);
  g_clear_object (&region->town->desk);
  region->town->desk = tn_desk_new (region->town->book, open_calendar, region);
}

static void
tear_down (Region *region, gconstpointer unused)
{
  TnGraphSite *const sites[] = { region->esbjerg, region->shared };
  town_free (region->town);
  g_clear_object (&region->own);
  g_clear_object (&region->common);
  for (guint i = 0; i < G_N_ELEMENTS (sites); i++)
    {
      g_assert_cmpuint (tn_graph_server_count_mails (sites[i]->server), ==, 0);
      g_assert_cmpuint (tn_graph_server_count_blind (sites[i]->server), ==, 0);
      tn_graph_site_free (sites[i]);
    }
}

static guint
count_writes (Region *region)
{
  return town_count_writes (region->town) + tn_graph_server_count_writes (region->esbjerg->server)
         + tn_graph_server_count_writes (region->shared->server);
}

/* Promise 5. */
static void
assert_settled (Region *region)
{
  town_sync (region->town);
  guint before = count_writes (region);
  town_sync (region->town);
  g_assert_cmpuint (count_writes (region), ==, before);
}

static TnGraphEvent *
find_trip (TnGraphSite *site)
{
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  const char *id = tn_graph_server_find_uid (site->server, uid);
  g_assert_nonnull (id);
  return tn_graph_server_find (site->server, id);
}

#define MOVED                                                                                      \
  "{\"start\":{\"dateTime\":\"2027-05-19T00:00:00\",\"timeZone\":\"W. Europe Standard Time\"},"    \
  "\"end\":{\"dateTime\":\"2027-05-20T00:00:00\",\"timeZone\":\"W. Europe Standard Time\"},"       \
  "\"isReminderOn\":true,\"reminderMinutesBeforeStart\":1080,\"body\":{\"contentType\":\"html\","  \
  "\"content\":\"<html><body><p>Husk <b>kage</b></p></body></html>\"}}"

static void
test_published_once (Region *region, gconstpointer unused)
{
  town_sync (region->town);
  guint n = tn_graph_server_count (region->esbjerg->server);

  assert_settled (region);

  const TnGraphEvent *trip = find_trip (region->esbjerg);
  g_assert_cmpuint (n, >, 5);
  g_assert_cmpuint (tn_graph_server_count (region->esbjerg->server), ==, n);
  g_assert_cmpuint (tn_graph_server_count_writes (region->esbjerg->server), ==, n);
  g_assert_true (json_object_get_boolean_member (trip->plain, "isAllDay"));
  g_assert_cmpstr (trip->start_zone, ==, "Romance Standard Time");
  g_assert_nonnull (strstr (trip->body, "--- turnus ---"));
}

/* The host moves its trip in Outlook: it is so everywhere, and what was set beside stays. */
static void
test_host_moves (Region *region, gconstpointer unused)
{
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (region->town);

  tn_graph_server_edit (region->esbjerg->server, find_trip (region->esbjerg)->id, MOVED);
  assert_settled (region);

  const TnGraphEvent *trip = find_trip (region->esbjerg);
  town_assert_shows (region->town, "aalborg", uid, TN_FIELD_WHEN, "2027-05-19");
  town_assert_shows (region->town, "aarhus", uid, TN_FIELD_WHEN, "2027-05-19");
  g_assert_cmpint (find_trip (region->shared)->start_s, ==, trip->start_s);
  g_assert_nonnull (strstr (trip->body, "<b>kage</b>"));
  g_assert_cmpint (json_object_get_int_member (trip->plain, "reminderMinutesBeforeStart"), ==,
                   1080);
  g_assert_cmpuint (tn_book_get_proposals (region->town->book)->len, ==, 0);
}

/* Esbjerg moves what Randers hosts: it is undone in the mailbox, and what was wished is shown. */
static void
test_other_proposes (Region *region, gconstpointer unused)
{
  g_autofree char *uid = town_uid ("studietur", "2028", NULL);
  town_sync (region->town);
  const char *id = tn_graph_server_find_uid (region->esbjerg->server, uid);
  gint64 start_s = tn_graph_server_find (region->esbjerg->server, id)->start_s;
  tn_graph_server_edit (
      region->esbjerg->server, id,
      "{\"start\":{\"dateTime\":\"2028-05-30T00:00:00\",\"timeZone\":\"Romance Standard Time\"},"
      "\"end\":{\"dateTime\":\"2028-05-31T00:00:00\",\"timeZone\":\"Romance Standard Time\"}}");

  assert_settled (region);

  const TnGraphEvent *trip = tn_graph_server_find (region->esbjerg->server, id);
  g_assert_cmpint (trip->start_s, ==, start_s);
  g_assert_nonnull (strstr (trip->body, "ndringsønske"));
  g_assert_cmpuint (town_count_proposals (region->town, TN_PROPOSAL_WISH, TN_PROPOSAL_OPEN), ==, 1);
}

/* Promise 4: 35 people and a room are invited; a change of place waits, and status says so. */
static void
test_guests_wait (Region *region, gconstpointer unused)
{
  town_sync (region->town);
  tn_graph_server_invite (region->esbjerg->server, find_trip (region->esbjerg)->id, 36);
  town_sync (region->town);

  town_decide (region->town, TN_DECISION_WHERE, "studietur", "2027", "Musikhuset", "esbjerg");
  assert_settled (region);

  const TnGraphEvent *trip = find_trip (region->esbjerg);
  JsonObject *place = json_object_get_object_member (find_trip (region->shared)->plain, "location");
  g_assert_cmpstr (json_object_get_string_member (place, "displayName"), ==, "Musikhuset");
  g_assert_cmpuint (tn_graph_event_count_guests (trip), ==, 36);
  g_assert_true (town_waits (region->town, "esbjerg", "36"));
}

/* Cancelled without a STATUS: the title says it, and nobody's time is taken. */
static void
test_cancelled (Region *region, gconstpointer unused)
{
  town_sync (region->town);
  town_decide (region->town, TN_DECISION_CANCEL, "studietur", "2027", "yes", "esbjerg");

  assert_settled (region);

  const TnGraphEvent *trip = find_trip (region->esbjerg);
  g_assert_true (
      g_str_has_prefix (json_object_get_string_member (trip->plain, "subject"), "AFLYST: "));
  g_assert_cmpstr (json_object_get_string_member (trip->plain, "showAs"), ==, "free");
}

/* Whoever takes the prefix away holds the trip after all. */
static void
test_revived (Region *region, gconstpointer unused)
{
  town_sync (region->town);
  town_decide (region->town, TN_DECISION_CANCEL, "studietur", "2027", "yes", "esbjerg");
  town_sync (region->town);

  tn_graph_server_edit (region->esbjerg->server, find_trip (region->esbjerg)->id,
                        "{\"subject\":\"Studietur 2027: Esbjerg\",\"showAs\":\"busy\"}");
  assert_settled (region);

  const TnGraphEvent *trip = find_trip (region->shared);
  g_assert_cmpstr (json_object_get_string_member (trip->plain, "subject"), ==,
                   "Studietur 2027: Esbjerg");
}

/* The token is lost and the ETags are restless: nothing is doubled, nothing is written. */
static void
test_lost_token (Region *region, gconstpointer unused)
{
  town_sync (region->town);
  assert_settled (region);
  guint before = count_writes (region);
  tn_graph_server_forget_tokens (region->esbjerg->server);
  tn_graph_server_get_quirks (region->esbjerg->server)->is_restless = TRUE;

  town_sync (region->town);
  town_sync (region->town);

  g_assert_cmpuint (count_writes (region), ==, before);
}

/* State and private calendars are lost: all is known again from what stands in the mailbox. */
static void
test_state_lost (Region *region, gconstpointer unused)
{
  town_sync (region->town);
  assert_settled (region);
  guint n = tn_graph_server_count (region->shared->server);
  town_forget (region->town, FALSE);
  g_clear_object (&region->town->desk);
  region->town->desk = tn_desk_new (region->town->book, open_calendar, region);

  assert_settled (region);

  g_assert_cmpuint (tn_graph_server_count (region->shared->server), ==, n);
}

#define ADD(name, test) g_test_add ("/sync/exchange/" name, Region, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("published-once-and-settled", test_published_once);
  ADD ("host-moves-in-outlook-pitfall-13", test_host_moves);
  ADD ("other-proposes-and-the-mailbox-shows-it", test_other_proposes);
  ADD ("a-change-waits-for-36-guests-hazard-62", test_guests_wait);
  ADD ("cancelled-without-a-status", test_cancelled);
  ADD ("revived-by-its-title", test_revived);
  ADD ("lost-token-and-restless-etags-write-nothing-pitfall-5-pitfall-11", test_lost_token);
  ADD ("lost-state-doubles-nothing", test_state_lost);
  return g_test_run ();
}
