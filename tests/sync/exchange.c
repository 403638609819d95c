/* The whole of reconciling with two of the calendars in a mailbox behind Graph, Esbjerg's own and
 * the one that all share; the others are fakes. */
#include <string.h>

#include "sync/mailbox.h"

#define MOVED                                                                                      \
  "{\"start\":{\"dateTime\":\"2027-05-19T00:00:00\",\"timeZone\":\"W. Europe Standard Time\"},"    \
  "\"end\":{\"dateTime\":\"2027-05-20T00:00:00\",\"timeZone\":\"W. Europe Standard Time\"},"       \
  "\"isReminderOn\":true,\"reminderMinutesBeforeStart\":1080,\"body\":{\"contentType\":\"html\","  \
  "\"content\":\"<html><body><p>Husk <b>kage</b></p></body></html>\"}}"

static void
test_published_once (Mailbox *mailbox, gconstpointer unused)
{
  town_sync (mailbox->town);
  guint n = tn_graph_server_count (mailbox->esbjerg->server);

  mailbox_assert_settled (mailbox);

  const TnGraphEvent *trip = mailbox_find_trip (mailbox->esbjerg);
  g_assert_cmpuint (n, >, 5);
  g_assert_cmpuint (tn_graph_server_count (mailbox->esbjerg->server), ==, n);
  g_assert_cmpuint (tn_graph_server_count_writes (mailbox->esbjerg->server), ==, n);
  g_assert_true (json_object_get_boolean_member (trip->plain, "isAllDay"));
  g_assert_cmpstr (trip->start_zone, ==, "Romance Standard Time");
  g_assert_nonnull (strstr (trip->body, "--- turnus ---"));
}

/* The host moves its trip in Outlook: it is so everywhere, and what was set beside stays. */
static void
test_host_moves (Mailbox *mailbox, gconstpointer unused)
{
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (mailbox->town);

  tn_graph_server_edit (mailbox->esbjerg->server, mailbox_find_trip (mailbox->esbjerg)->id, MOVED);
  mailbox_assert_settled (mailbox);

  const TnGraphEvent *trip = mailbox_find_trip (mailbox->esbjerg);
  town_assert_shows (mailbox->town, "aalborg", uid, TN_FIELD_WHEN, "2027-05-19");
  town_assert_shows (mailbox->town, "aarhus", uid, TN_FIELD_WHEN, "2027-05-19");
  g_assert_cmpint (mailbox_find_trip (mailbox->shared)->start_s, ==, trip->start_s);
  g_assert_nonnull (strstr (trip->body, "<b>kage</b>"));
  g_assert_cmpint (json_object_get_int_member (trip->plain, "reminderMinutesBeforeStart"), ==,
                   1080);
  g_assert_cmpuint (tn_book_get_proposals (mailbox->town->book)->len, ==, 0);
}

/* Esbjerg moves what Randers hosts: it is undone in the mailbox, and what was wished is shown. */
static void
test_other_proposes (Mailbox *mailbox, gconstpointer unused)
{
  g_autofree char *uid = town_uid ("studietur", "2028", NULL);
  town_sync (mailbox->town);
  const char *id = tn_graph_server_find_uid (mailbox->esbjerg->server, uid);
  gint64 start_s = tn_graph_server_find (mailbox->esbjerg->server, id)->start_s;
  tn_graph_server_edit (
      mailbox->esbjerg->server, id,
      "{\"start\":{\"dateTime\":\"2028-05-30T00:00:00\",\"timeZone\":\"Romance Standard Time\"},"
      "\"end\":{\"dateTime\":\"2028-05-31T00:00:00\",\"timeZone\":\"Romance Standard Time\"}}");

  mailbox_assert_settled (mailbox);

  const TnGraphEvent *trip = tn_graph_server_find (mailbox->esbjerg->server, id);
  g_assert_cmpint (trip->start_s, ==, start_s);
  g_assert_nonnull (strstr (trip->body, "ndringsønske"));
  g_assert_cmpuint (town_count_proposals (mailbox->town, TN_PROPOSAL_WISH, TN_PROPOSAL_OPEN), ==,
                    1);
}

/* Promise 4: 35 people and a room are invited; a change of place waits, and status says so. */
static void
test_guests_wait (Mailbox *mailbox, gconstpointer unused)
{
  town_sync (mailbox->town);
  tn_graph_server_invite (mailbox->esbjerg->server, mailbox_find_trip (mailbox->esbjerg)->id, 36);
  town_sync (mailbox->town);

  town_decide (mailbox->town, TN_DECISION_WHERE, "studietur", "2027", "Musikhuset", "esbjerg");
  mailbox_assert_settled (mailbox);

  const TnGraphEvent *trip = mailbox_find_trip (mailbox->esbjerg);
  JsonObject *place
      = json_object_get_object_member (mailbox_find_trip (mailbox->shared)->plain, "location");
  g_assert_cmpstr (json_object_get_string_member (place, "displayName"), ==, "Musikhuset");
  g_assert_cmpuint (tn_graph_event_count_guests (trip), ==, 36);
  g_assert_true (town_waits (mailbox->town, "esbjerg", "36"));
}

/* Cancelled without a STATUS: the title says it, and nobody's time is taken. */
static void
test_cancelled (Mailbox *mailbox, gconstpointer unused)
{
  town_sync (mailbox->town);
  town_decide (mailbox->town, TN_DECISION_CANCEL, "studietur", "2027", "yes", "esbjerg");

  mailbox_assert_settled (mailbox);

  const TnGraphEvent *trip = mailbox_find_trip (mailbox->esbjerg);
  g_assert_true (
      g_str_has_prefix (json_object_get_string_member (trip->plain, "subject"), "AFLYST: "));
  g_assert_cmpstr (json_object_get_string_member (trip->plain, "showAs"), ==, "free");
}

/* Whoever takes the prefix away holds the trip after all. */
static void
test_revived (Mailbox *mailbox, gconstpointer unused)
{
  town_sync (mailbox->town);
  town_decide (mailbox->town, TN_DECISION_CANCEL, "studietur", "2027", "yes", "esbjerg");
  town_sync (mailbox->town);

  tn_graph_server_edit (mailbox->esbjerg->server, mailbox_find_trip (mailbox->esbjerg)->id,
                        "{\"subject\":\"Studietur 2027: Esbjerg\",\"showAs\":\"busy\"}");
  mailbox_assert_settled (mailbox);

  const TnGraphEvent *trip = mailbox_find_trip (mailbox->shared);
  g_assert_cmpstr (json_object_get_string_member (trip->plain, "subject"), ==,
                   "Studietur 2027: Esbjerg");
}

/* The token is lost and the ETags are restless: nothing is doubled, nothing is written. */
static void
test_lost_token (Mailbox *mailbox, gconstpointer unused)
{
  town_sync (mailbox->town);
  mailbox_assert_settled (mailbox);
  guint before = mailbox_count_writes (mailbox);
  tn_graph_server_forget_tokens (mailbox->esbjerg->server);
  tn_graph_server_get_quirks (mailbox->esbjerg->server)->is_restless = TRUE;

  town_sync (mailbox->town);
  town_sync (mailbox->town);

  g_assert_cmpuint (mailbox_count_writes (mailbox), ==, before);
}

/* State and private calendars are lost: all is known again from what stands in the mailbox. */
static void
test_state_lost (Mailbox *mailbox, gconstpointer unused)
{
  town_sync (mailbox->town);
  mailbox_assert_settled (mailbox);
  guint n = tn_graph_server_count (mailbox->shared->server);
  town_forget (mailbox->town, FALSE);
  mailbox_reopen (mailbox);

  mailbox_assert_settled (mailbox);

  g_assert_cmpuint (tn_graph_server_count (mailbox->shared->server), ==, n);
}

#define ADD(name, test)                                                                            \
  g_test_add ("/sync/exchange/" name, Mailbox, NULL, mailbox_set_up, test, mailbox_tear_down)

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
