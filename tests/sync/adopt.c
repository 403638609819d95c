/* tests/sync/adopt.c — ad-hoc events that people let out of their calendar. Design section 7, last
 * paragraph. */
#include "sync/town.h"

#include <string.h>

#include "base/error.h"
#include "model/identity.h"

#define UID "kaffe-1@esbjerg"
#define CALENDAR(inner)                                                                            \
  "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Esbjerg//Kalender//DA\r\nBEGIN:VEVENT\r\n"          \
  "UID:" UID "\r\nDTSTAMP:20261120T080000Z\r\n" inner "END:VEVENT\r\nEND:VCALENDAR\r\n"
#define DAY "DTSTART;VALUE=DATE:20270107\r\n"
#define COFFEE DAY "SUMMARY:Kaffe\r\n"
#define TAG "CATEGORIES:Mad,Samarbejde\r\n"
#define SINGLE CALENDAR (COFFEE TAG)
#define SERIES                                                                                     \
  CALENDAR (COFFEE TAG "RRULE:FREQ=WEEKLY;COUNT=8\r\nEXDATE;VALUE=DATE:20270114\r\n"               \
                       "ORGANIZER:mailto:karen@example.org\r\n"                                    \
                       "ATTENDEE:mailto:karen@example.org\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\n"   \
                       "TRIGGER:-PT1H\r\nDESCRIPTION:Husk\r\nEND:VALARM\r\nEND:VEVENT\r\n"         \
                       "BEGIN:VEVENT\r\nUID:" UID "\r\nRECURRENCE-ID;VALUE=DATE:20270121\r\n"      \
                       "DTSTART;VALUE=DATE:20270122\r\nSUMMARY:Sen kaffe\r\n")

#define ADOPT "council = \"esbjerg\"; adopt = \"samarbejde\";"

/* Esbjerg and Aalborg let events out, Aarhus and the shared calendar do not; all are published. */
static Town *
open_town (void)
{
  Town *town = town_new (TOWN_WRITE);
  town_set_settings (town, "council = \"esbjerg\";", ADOPT);
  town_set_settings (town, "council = \"aalborg\";",
                     "council = \"aalborg\"; adopt = \"samarbejde\";");
  town_reload (town);
  town_sync (town);
  return town;
}

static void
put (Town *town, const char *calendar, const char *text)
{
  tn_fake_provider_put (town_calendar (town, calendar), "kaffe.ics", text);
}

static void
settle (Town *town)
{
  for (guint i = 0; i < 3; i++)
    town_sync (town);
}

static void
wait_for_absence (Town *town)
{
  town_sync (town);
  tn_fake_clock_advance_us (town->clock, 16 * G_TIME_SPAN_MINUTE);
  settle (town);
}

static const char *
find_bytes (Town *town, const char *calendar)
{
  g_autofree char *id = town_find_item (town, calendar, UID);
  return id != NULL ? tn_fake_provider_get (town_calendar (town, calendar), id) : NULL;
}

static void
assert_everywhere (Town *town, TnField field, const char *expected)
{
  static const char *const calendars[] = { "esbjerg", "aalborg", "aarhus", "faelles" };
  for (guint i = 0; i < G_N_ELEMENTS (calendars); i++)
    town_assert_shows (town, calendars[i], UID, field, expected);
}

static void
assert_gone_elsewhere (Town *town)
{
  static const char *const calendars[] = { "aalborg", "aarhus", "faelles" };
  for (guint i = 0; i < G_N_ELEMENTS (calendars); i++)
    {
      town_assert_shows (town, calendars[i], UID, TN_FIELD_TITLE, "gone");
      g_assert_null (tn_fake_provider_find_text (town_calendar (town, calendars[i]), "Xanadu"));
    }
}

static void
test_single (void)
{
  g_autoptr (Town) town = open_town ();
  put (town, "esbjerg", SINGLE);
  settle (town);

  assert_everywhere (town, TN_FIELD_TITLE, "Kaffe");
  g_assert_cmpstr (tn_fake_provider_get (town_calendar (town, "esbjerg"), "kaffe.ics"), ==,
                   SINGLE); /* promise 6 */
  town_assert_settled (town);
  town_restart (town);
  town_assert_settled (town);
}

static void
test_series (void)
{
  g_autoptr (Town) town = open_town ();
  put (town, "esbjerg", SERIES);
  settle (town);

  const char *text = find_bytes (town, "aarhus");
  g_assert_nonnull (text);
  g_assert_nonnull (strstr (text, "RRULE:FREQ=WEEKLY;COUNT=8\r\nEXDATE;VALUE=DATE:20270114\r\n"));
  g_assert_nonnull (strstr (text, "RECURRENCE-ID;VALUE=DATE:20270121\r\n"));
  g_assert_nonnull (strstr (text, "SUMMARY:Sen kaffe\r\n"));
  g_assert_null (strstr (text, "karen"));
  g_assert_null (strstr (text, "VALARM"));
  g_assert_cmpstr (tn_fake_provider_get (town_calendar (town, "esbjerg"), "kaffe.ics"), ==, SERIES);
  town_assert_settled (town);
}

static void
test_without_category (void)
{
  g_autoptr (Town) town = open_town ();
  put (town, "esbjerg", CALENDAR (COFFEE "CATEGORIES:Mad\r\n"));
  settle (town);
  town_assert_shows (town, "aarhus", UID, TN_FIELD_TITLE, "gone");

  put (town, "esbjerg", SINGLE); /* made first, let out later */
  settle (town);
  town_assert_shows (town, "aarhus", UID, TN_FIELD_TITLE, "Kaffe");
}

static void
test_without_key (void)
{
  g_autoptr (Town) town = open_town ();
  put (town, "aarhus", SINGLE);
  settle (town);
  town_assert_shows (town, "esbjerg", UID, TN_FIELD_TITLE, "gone");
}

static void
test_older (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  put (town, "esbjerg", SINGLE);
  town_set_settings (town, "council = \"esbjerg\";", ADOPT);
  town_reload (town);
  g_hash_table_unref (town_preview (town)); /* strangers there: a person has looked */
  settle (town);
  put (town, "esbjerg", CALENDAR (DAY "SUMMARY:Te\r\n" TAG));
  settle (town);
  town_assert_shows (town, "aarhus", UID, TN_FIELD_TITLE, "gone");
}

static void
test_private (void) /* hazard 114 */
{
  static const char *const classes[]
      = { "CLASS:PRIVATE\r\n", "CLASS:CONFIDENTIAL\r\n", "CLASS:X-BESTYRELSEN\r\n" };
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      g_autoptr (Town) town = open_town ();
      g_autofree char *inner = g_strconcat (TAG, classes[i], NULL);
      g_auto (GStrv) halves = g_strsplit (SINGLE, TAG, 2);
      g_autofree char *secret = g_strjoinv (inner, halves);
      put (town, "esbjerg", secret);
      settle (town);
      town_assert_shows (town, "aarhus", UID, TN_FIELD_TITLE, "gone");
      put (town, "esbjerg", SINGLE);
      settle (town);
      town_assert_shows (town, "aarhus", UID, TN_FIELD_TITLE, "Kaffe");

      put (town, "esbjerg", secret); /* taken back */
      settle (town);
      town_assert_shows (town, "aarhus", UID, TN_FIELD_TITLE, "gone");
      g_autoptr (GPtrArray) guests = tn_store_load_guests (town->store, NULL);
      g_assert_cmpstr (((TnGuest *) g_ptr_array_index (guests, 0))->content, ==, "");
    }
}

static void
test_edited_original (void)
{
  g_autoptr (Town) town = open_town ();
  put (town, "esbjerg", SINGLE);
  settle (town);
  put (town, "esbjerg", CALENDAR (DAY "SUMMARY:Te\r\n" TAG));
  settle (town);
  assert_everywhere (town, TN_FIELD_TITLE, "Te");
  town_assert_settled (town);
}

static void
test_edited_mirror (void) /* hazards 40 and 42 */
{
  g_autoptr (Town) town = open_town ();
  put (town, "esbjerg", SINGLE);
  settle (town);
  town_edit (town, "aarhus", UID, "SUMMARY:Kaffe", "SUMMARY:Te");
  settle (town);

  assert_everywhere (town, TN_FIELD_TITLE, "Kaffe");
  g_assert_cmpuint (town_count_proposals (town, TN_PROPOSAL_WISH, TN_PROPOSAL_OPEN), ==, 1);
  g_assert_true (town_remembers (town, UID, "proposed", "Te"));
  town_edit (town, "aarhus", UID, "SUMMARY:Kaffe", "SUMMARY:Te");
  settle (town);
  town_edit (town, "aarhus", UID, "SUMMARY:Kaffe", "SUMMARY:Te");
  settle (town);
  town_assert_shows (town, "aarhus", UID, TN_FIELD_TITLE, "Te"); /* the third time it is left */
  town_assert_shows (town, "esbjerg", UID, TN_FIELD_TITLE, "Kaffe");
  g_assert_true (town_waits (town, "aarhus", "put back twice"));
  town_assert_settled (town);

  put (town, "esbjerg", CALENDAR (DAY "SUMMARY:Te\r\n" TAG)); /* they agree */
  settle (town);
  assert_everywhere (town, TN_FIELD_TITLE, "Te");
  g_assert_false (town_waits (town, "aarhus", "put back twice"));
}

static void
test_private_mirror (void) /* hazard 114 */
{
  g_autoptr (Town) town = open_town ();
  put (town, "esbjerg", SINGLE);
  settle (town);
  town_edit (town, "aarhus", UID, "SUMMARY:Kaffe", "CLASS:PRIVATE\r\nSUMMARY:Xanadu");
  settle (town);
  put (town, "esbjerg", CALENDAR (DAY "SUMMARY:Te\r\n" TAG));
  settle (town);

  g_assert_cmpuint (town_count_proposals (town, TN_PROPOSAL_WISH, TN_PROPOSAL_OPEN), ==, 0);
  g_assert_false (town_remembers (town, UID, "proposed", "Xanadu"));
  town_assert_shows (town, "aarhus", UID, TN_FIELD_TITLE, "Xanadu");
  town_assert_shows (town, "aalborg", UID, TN_FIELD_TITLE, "Te");
  g_assert_true (town_waits (town, "aarhus", "was made private here"));
  town_assert_settled (town);

  tn_fake_provider_delete (town_calendar (town, "esbjerg"), "kaffe.ics");
  wait_for_absence (town);
  town_assert_shows (town, "aalborg", UID, TN_FIELD_TITLE, "gone");
  town_assert_shows (town, "aarhus", UID, TN_FIELD_TITLE, "Xanadu"); /* a person's own by now */
  town_assert_settled (town);
}

static void
test_private_original (void) /* hazard 114 */
{
  g_autoptr (Town) town = open_town ();
  put (town, "esbjerg", SINGLE);
  settle (town);
  put (town, "esbjerg", CALENDAR (DAY "SUMMARY:Xanadu\r\nCLASS:PRIVATE\r\n" TAG));
  tn_fake_provider_script (town_calendar (town, "aarhus"), TN_FAKE_REMOVE, TN_FAKE_FAIL,
                           TN_ERROR_TEMPORARY);
  town_try_sync (town, NULL, 0, NULL);
  settle (town);

  assert_gone_elsewhere (town);
  g_assert_false (town_remembers (town, UID, "changed", "Xanadu"));
  town_assert_settled (town);
}

static void
test_edited_rule (void)
{
  g_autoptr (Town) town = open_town ();
  put (town, "esbjerg", SERIES);
  settle (town);
  town_edit (town, "aarhus", UID, "COUNT=8", "COUNT=9");
  settle (town);

  g_assert_nonnull (strstr (find_bytes (town, "aarhus"), "COUNT=8"));
  g_assert_true (town_remembers (town, UID, "proposed", "RRULE:FREQ=WEEKLY;COUNT=9"));
}

static void
test_alarm (void)
{
  g_autoptr (Town) town = open_town ();
  put (town, "esbjerg", SINGLE);
  settle (town);
  town_edit (town, "aarhus", UID, "END:VEVENT",
             "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT2H\r\nDESCRIPTION:Husk\r\nEND:VALARM\r\n"
             "END:VEVENT");
  town_assert_settled (town);
  put (town, "esbjerg", CALENDAR (DAY "SUMMARY:Te\r\n" TAG));
  settle (town);
  g_assert_nonnull (strstr (find_bytes (town, "aarhus"), "SUMMARY:Te"));
  g_assert_nonnull (strstr (find_bytes (town, "aarhus"), "TRIGGER:-PT2H"));
}

static void
test_invited (void)
{
  g_autoptr (Town) town = open_town ();
  put (town, "esbjerg", SINGLE);
  settle (town);
  town_edit (town, "aarhus", UID, "END:VEVENT", "ATTENDEE:mailto:bo@example.org\r\nEND:VEVENT");
  town_assert_settled (town);
  put (town, "esbjerg", CALENDAR (DAY "SUMMARY:Te\r\n" TAG));
  settle (town);
  town_assert_shows (town, "aarhus", UID, TN_FIELD_TITLE, "Kaffe"); /* promise 4 */
  town_assert_shows (town, "aalborg", UID, TN_FIELD_TITLE, "Te");
  g_assert_true (town_waits (town, "aarhus", "would mail them"));
}

static void
test_deleted_original (void) /* hazard 41 */
{
  g_autoptr (Town) town = open_town ();
  put (town, "esbjerg", SINGLE);
  settle (town);
  tn_fake_provider_delete (town_calendar (town, "esbjerg"), "kaffe.ics");
  settle (town);
  town_assert_shows (town, "aarhus", UID, TN_FIELD_TITLE, "Kaffe"); /* not long enough */
  tn_fake_clock_advance_us (town->clock, 16 * G_TIME_SPAN_MINUTE);
  settle (town);
  assert_everywhere (town, TN_FIELD_TITLE, "gone");
  town_assert_settled (town);
  g_autoptr (GPtrArray) guests = tn_store_load_guests (town->store, NULL);
  g_assert_cmpuint (guests->len, ==, 0);
}

static void
test_deleted_mirror (void) /* hazard 41 */
{
  g_autoptr (Town) town = open_town ();
  put (town, "esbjerg", SINGLE);
  settle (town);
  town_delete (town, "aarhus", UID);
  wait_for_absence (town);
  put (town, "esbjerg", CALENDAR (DAY "SUMMARY:Te\r\n" TAG));
  settle (town);
  town_assert_shows (town, "aarhus", UID, TN_FIELD_TITLE, "gone");
  town_assert_shows (town, "aalborg", UID, TN_FIELD_TITLE, "Te");
  g_assert_true (town_waits (town, "aarhus", "stays away"));
  town_assert_settled (town);
}

static void
put_many (Town *town)
{
  for (guint i = 0; i < 4; i++)
    {
      g_auto (GStrv) parts = g_strsplit (SINGLE, UID, -1);
      g_autofree char *uid = g_strdup_printf ("kaffe-%u@esbjerg", i + 1);
      g_autofree char *id = g_strdup_printf ("kaffe-%u.ics", i);
      g_autofree char *text = g_strjoinv (uid, parts);
      tn_fake_provider_put (town_calendar (town, "esbjerg"), id, text);
    }
}

static void
delete_many (Town *town, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("kaffe-%u.ics", i);
      tn_fake_provider_delete (town_calendar (town, "esbjerg"), id);
    }
}

static void
test_vanished (void)
{
  g_autoptr (Town) town = open_town ();
  put_many (town);
  settle (town);
  delete_many (town, 4);
  wait_for_absence (town);
  town_assert_shows (town, "aarhus", UID, TN_FIELD_TITLE, "Kaffe"); /* promise 3 */
  g_assert_true (town_waits (town, "esbjerg", "turnusctl approve esbjerg"));
  town_assert_settled (town);

  g_assert_true (tn_decide_approve (town->book, "esbjerg", NULL));
  settle (town);
  town_assert_shows (town, "aarhus", UID, TN_FIELD_TITLE, "Kaffe"); /* the brake of each calendar */
  g_assert_true (town_waits (town, "aarhus", "turnusctl approve aarhus"));
  g_assert_true (tn_decide_approve (town->book, "aarhus", NULL));
  settle (town);
  town_assert_shows (town, "aarhus", UID, TN_FIELD_TITLE, "gone");
  town_assert_shows (town, "aalborg", UID, TN_FIELD_TITLE, "Kaffe");
}

static void
test_pasted_copy (void) /* hazard 34 */
{
  g_autoptr (Town) town = open_town ();
  put (town, "esbjerg", SINGLE);
  settle (town);
  g_auto (GStrv) parts = g_strsplit (find_bytes (town, "aalborg"), "UID:" UID, 2);
  g_autofree char *copy = g_strjoinv ("UID:kopi@aalborg", parts);
  tn_fake_provider_put (town_calendar (town, "aalborg"), "kopi.ics", copy);
  tn_fake_provider_put (town_calendar (town, "esbjerg"), "kopi.ics", copy);
  town_assert_settled (town); /* it carries our key: a stranger, in whatever calendar */
  town_assert_shows (town, "aarhus", "kopi@aalborg", TN_FIELD_TITLE, "gone");
}

static void
test_already_there (void)
{
  g_autoptr (Town) town = open_town ();
  tn_fake_provider_put (town_calendar (town, "aarhus"), "egen.ics",
                        CALENDAR (DAY "SUMMARY:Min kaffe\r\n"));
  settle (town);
  put (town, "esbjerg", SINGLE);
  settle (town);
  town_assert_shows (town, "aarhus", UID, TN_FIELD_TITLE, "Min kaffe"); /* promises 2 and 6 */
  town_assert_shows (town, "aalborg", UID, TN_FIELD_TITLE, "Kaffe");
  town_assert_settled (town);
}

static void
test_two_origins (void) /* hazard 44 */
{
  g_autoptr (Town) town = open_town ();
  put (town, "esbjerg", SINGLE);
  put (town, "aalborg", SINGLE); /* the same invitation, saved by both */
  settle (town);
  assert_everywhere (town, TN_FIELD_TITLE, "Kaffe");
  town_assert_settled (town);
  g_autoptr (GPtrArray) guests = tn_store_load_guests (town->store, NULL);
  g_assert_cmpuint (guests->len, ==, 1);
}

static void
test_lost_answer (void) /* hazards 27 and 28 */
{
  g_autoptr (Town) town = open_town ();
  put (town, "esbjerg", SINGLE);
  tn_fake_provider_script (town_calendar (town, "aarhus"), TN_FAKE_SAVE, TN_FAKE_LOSE_ANSWER,
                           TN_ERROR_TEMPORARY);
  town_try_sync (town, NULL, 0, NULL);
  town_restart (town);
  settle (town);
  assert_everywhere (town, TN_FIELD_TITLE, "Kaffe");
  g_assert_cmpuint (town_count_proposals (town, TN_PROPOSAL_WISH, TN_PROPOSAL_OPEN), ==, 0);
  town_assert_settled (town);
}

static void
test_rewriting_servers (void) /* hazard 25 */
{
  g_autoptr (Town) town = open_town ();
  tn_fake_provider_set_rewrite (town_calendar (town, "aarhus"),
                                TN_FAKE_REORDER | TN_FAKE_DROP_X | TN_FAKE_FOLD | TN_FAKE_RENAME);
  tn_fake_provider_set_restless (town_calendar (town, "aalborg"), TRUE);
  tn_fake_provider_set_deltas (town_calendar (town, "faelles"), TRUE);
  put (town, "esbjerg", SERIES);
  settle (town);
  assert_everywhere (town, TN_FIELD_TITLE, "Kaffe");
  town_assert_settled (town);
  town_edit (town, "esbjerg", UID, "SUMMARY:Kaffe", "SUMMARY:Te");
  settle (town);
  assert_everywhere (town, TN_FIELD_TITLE, "Te");
  town_assert_settled (town);
}

static void
test_observed (void)
{
  g_autoptr (Town) town = town_new (TOWN_ASK);
  town_set_settings (town, "council = \"esbjerg\";", ADOPT);
  town_reload (town);
  town_sync (town);
  put (town, "esbjerg", SINGLE);
  settle (town);
  town_assert_shows (town, "aarhus", UID, TN_FIELD_TITLE, "gone");
  g_assert_true (town_waits (town, "aarhus", "waits for the first publication"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add_func ("/sync/adopt/" name, test)
  ADD ("event-of-the-category-reaches-the-others", test_single);
  ADD ("recurring-one-travels-whole-without-its-people", test_series);
  ADD ("nothing-without-the-category", test_without_category);
  ADD ("nothing-from-a-calendar-that-does-not-say-so", test_without_key);
  ADD ("nothing-older-than-first-contact", test_older);
  ADD ("hazard-114-private-never-leaves", test_private);
  ADD ("edit-of-the-original-reaches-the-others", test_edited_original);
  ADD ("hazard-42-edit-of-a-copy-is-a-proposal", test_edited_mirror);
  ADD ("hazard-114-what-is-typed-into-a-private-copy-stays", test_private_mirror);
  ADD ("hazard-114-an-original-made-private-takes-its-copies-back", test_private_original);
  ADD ("edited-rule-is-kept-line-by-line", test_edited_rule);
  ADD ("alarm-of-a-reader-stays", test_alarm);
  ADD ("copy-with-invitations-waits", test_invited);
  ADD ("hazard-41-deleted-original-takes-its-copies-along", test_deleted_original);
  ADD ("hazard-41-deleted-copy-stays-away", test_deleted_mirror);
  ADD ("originals-that-vanish-in-bulk-say-nothing", test_vanished);
  ADD ("hazard-34-pasted-copy-is-a-stranger", test_pasted_copy);
  ADD ("what-stands-there-by-hand-is-not-doubled", test_already_there);
  ADD ("hazard-44-one-uid-has-one-origin", test_two_origins);
  ADD ("hazard-27-lost-answer-doubles-nothing", test_lost_answer);
  ADD ("hazard-25-servers-that-rewrite-settle", test_rewriting_servers);
  ADD ("unpublished-calendar-waits", test_observed);
#undef ADD
  return g_test_run ();
}
