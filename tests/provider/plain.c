/* Events in plain terms: to iCalendar and back, as a plugin's host does it. */
#include "provider/plain.h"

#include <string.h>

#include "base/error.h"
#include "ical/reader.h"

#define HOUR_US G_GINT64_CONSTANT (3600000000)
#define SEPTEMBER_US G_GINT64_CONSTANT (1820908800000000) /* 2027-09-14T08:00:00Z */

static TurnusEvent *
make_meeting (void)
{
  TurnusEvent *event = turnus_event_new ("3d813cbb@turnus");
  g_free (event->summary);
  g_free (event->location);
  g_free (event->description);
  event->summary = g_strdup ("Erfa-møde 2027");
  event->location = g_strdup ("Odense, rådhuset");
  event->description = g_strdup ("Husk kage\n\n--- turnus ---\n7by/erfa/2027");
  event->start_us = SEPTEMBER_US;
  event->end_us = SEPTEMBER_US + 5 * HOUR_US;
  event->zone = g_strdup ("Europe/Copenhagen");
  event->status = TURNUS_STATUS_TENTATIVE;
  event->is_private = TRUE;
  g_hash_table_insert (event->own, g_strdup ("key"), g_strdup ("djEKYz03Ynk"));
  g_hash_table_insert (event->own, g_strdup ("wrote"), g_strdup ("v1 by=odense"));
  g_hash_table_insert (event->own, g_strdup ("placed"), g_strdup ("2027-09-14"));
  g_hash_table_insert (event->own, g_strdup ("ledger"), g_strdup ("page"));
  return event;
}

static TurnusEvent *
there_and_back (const TurnusEvent *event)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = tn_plain_write (event, &error);
  g_assert_no_error (error);
  TurnusEvent *back = tn_plain_read (bytes, "UTC", &error);
  g_assert_no_error (error);
  return back;
}

static const char *
get_own (const TurnusEvent *event, const char *name)
{
  return g_hash_table_lookup (event->own, name);
}

static void
test_meeting (void)
{
  g_autoptr (TurnusEvent) event = make_meeting ();

  g_autoptr (TurnusEvent) back = there_and_back (event);

  g_assert_cmpstr (back->uid, ==, event->uid);
  g_assert_cmpstr (back->summary, ==, event->summary);
  g_assert_cmpstr (back->location, ==, event->location);
  g_assert_cmpstr (back->description, ==, event->description);
  g_assert_false (back->all_day);
  g_assert_cmpint (back->start_us, ==, event->start_us);
  g_assert_cmpint (back->end_us, ==, event->end_us);
  g_assert_cmpstr (back->zone, ==, event->zone);
  g_assert_cmpint (back->status, ==, TURNUS_STATUS_TENTATIVE);
  g_assert_false (back->is_transparent);
  g_assert_true (back->is_private);
  g_assert_cmpstr (get_own (back, "key"), ==, "djEKYz03Ynk");
  g_assert_cmpstr (get_own (back, "wrote"), ==, "v1 by=odense");
  g_assert_cmpstr (get_own (back, "placed"), ==, "2027-09-14");
  g_assert_cmpstr (get_own (back, "ledger"), ==, "page");
  g_assert_false (back->is_meeting);
  g_assert_false (back->recurs);
}

static void
test_days (void)
{
  g_autoptr (TurnusEvent) event = turnus_event_new ("one");
  event->all_day = TRUE;
  event->start_day = 20000;
  event->end_day = 20003;
  event->is_transparent = TRUE;

  g_autoptr (TurnusEvent) back = there_and_back (event);

  g_assert_true (back->all_day);
  g_assert_cmpint (back->start_day, ==, 20000);
  g_assert_cmpint (back->end_day, ==, 20003);
  g_assert_null (back->zone);
  g_assert_true (back->is_transparent);
  g_assert_cmpint (back->status, ==, TURNUS_STATUS_NONE);
  g_assert_cmpstr (back->description, ==, "");
}

/* Hazards 47 and 48: local times that do not tell which of two hours is meant lie in UTC here. */
static void
test_midnight_and_utc (void)
{
  g_autoptr (TurnusEvent) event = make_meeting ();
  event->end_us = SEPTEMBER_US + 14 * HOUR_US; /* midnight in Copenhagen */
  g_autoptr (TurnusEvent) elsewhere = make_meeting ();
  g_free (elsewhere->zone);
  elsewhere->zone = g_strdup ("UTC");

  g_autoptr (TurnusEvent) back = there_and_back (event);
  g_autoptr (TurnusEvent) other = there_and_back (elsewhere);

  g_assert_cmpint (back->end_us, ==, event->end_us);
  g_assert_cmpint (other->start_us, ==, elsewhere->start_us);
  g_assert_cmpstr (other->zone, ==, "UTC");
}

static void
test_guests (void)
{
  g_autoptr (TurnusEvent) event = make_meeting ();
  event->is_meeting = TRUE;
  event->n_attendees = 36;
  event->changed_us = SEPTEMBER_US;

  g_autoptr (TurnusEvent) back = there_and_back (event);

  g_assert_true (back->is_meeting);
  g_assert_cmpuint (back->n_attendees, ==, 36);
}

static void
test_floating (void)
{
  static const char text[] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a\r\n"
                             "DTSTART:20270914T100000\r\nDURATION:PT5H\r\nRRULE:FREQ=DAILY\r\n"
                             "END:VEVENT\r\nEND:VCALENDAR\r\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, sizeof text - 1);

  g_autoptr (TurnusEvent) event = tn_plain_read (bytes, "Europe/Copenhagen", &error);

  g_assert_no_error (error);
  g_assert_cmpint (event->start_us, ==, SEPTEMBER_US);
  g_assert_cmpint (event->end_us, ==, SEPTEMBER_US + 5 * HOUR_US);
  g_assert_cmpstr (event->zone, ==, "Europe/Copenhagen");
  g_assert_true (event->recurs);
}

static void
assert_refused (const TurnusEvent *event, const char *says)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = tn_plain_write (event, &error);
  g_assert_null (bytes);
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, says));
}

static void
test_refusals (void)
{
  g_autoptr (TurnusEvent) recurring = make_meeting ();
  g_autoptr (TurnusEvent) backwards = make_meeting ();
  g_autoptr (TurnusEvent) nameless = make_meeting ();
  g_autoptr (TurnusEvent) lost = make_meeting ();
  g_autoptr (TurnusEvent) far = make_meeting ();
  recurring->recurs = TRUE;
  backwards->end_us = backwards->start_us - HOUR_US;
  *nameless->uid = '\0';
  lost->zone[0] = 'X';
  far->end_us = G_MAXINT64;

  assert_refused (recurring, "it recurs");
  assert_refused (backwards, "ends before it starts");
  assert_refused (nameless, "no UID");
  assert_refused (lost, "Xurope/Copenhagen");
  assert_refused (far, "its year");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/provider/plain/meeting-goes-there-and-back", test_meeting);
  g_test_add_func ("/provider/plain/days-stay-days-hazard-53", test_days);
  g_test_add_func ("/provider/plain/midnight-and-utc-go-there-and-back", test_midnight_and_utc);
  g_test_add_func ("/provider/plain/guests-are-counted-and-not-named", test_guests);
  g_test_add_func ("/provider/plain/floating-time-is-in-the-given-zone-hazard-52", test_floating);
  g_test_add_func ("/provider/plain/what-cannot-be-said-is-refused", test_refusals);
  return g_test_run ();
}
