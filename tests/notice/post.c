/* tests/notice/post.c — who is told what, once, and what may happen on the way */
#include "notice/office.h"

#include <string.h>

#include "base/error.h"
#include "model/catalogue.h"

static const char TRIP_DAY[] = TOWN_DAYS ("20270518", "20270519");

static void
assert_has (const char *text, const char *words)
{
  if (strstr (text, words) == NULL)
    g_test_fail_printf ("'%s' is not in '%s'", words, text);
}

/* Frees @words, so that what is said in the collaboration's language can be made in the call. */
static void
assert_says (const char *text, char *words)
{
  assert_has (text, words);
  g_free (words);
}

#define SAY(text, ...) g_strdup_printf (tn_say (TN_LANGUAGE_DA, text), __VA_ARGS__)
#define TRIP "Studietur 2027: Esbjerg"

static const char *
get_to (Office *office, guint index)
{
  return tn_smtp_server_get (office->server, index)->to;
}

static char *
dup_message_id (Office *office, guint index)
{
  const char *at = strstr (tn_smtp_server_get (office->server, index)->text, "Message-ID: ");
  g_assert_nonnull (at);
  return g_strndup (at, strcspn (at, "\r"));
}

static void
move_trip (Office *office, const char *day)
{
  town_decide (office->town, TN_DECISION_DATE, "studietur", "2027", day, "esbjerg");
  town_sync (office->town);
}

static void
next_morning (Office *office)
{
  office_sleep_until (office, 7);
  office_look (office);
}

static void
test_first_look (void)
{
  g_autoptr (Office) office = office_new ();
  next_morning (office);
  g_assert_cmpuint (tn_smtp_server_count (office->server), ==, 0);
}

static void
test_moved (void)
{
  g_autoptr (Office) office = office_new ();
  move_trip (office, "2027-05-20");
  office_look (office);
  g_assert_cmpuint (tn_smtp_server_count (office->server), ==, 0);

  next_morning (office);
  g_assert_cmpuint (tn_smtp_server_count (office->server), ==, 2);
  g_assert_cmpuint (office_count (office, OFFICE_ESBJERG), ==, 1);
  g_assert_cmpuint (office_count (office, OFFICE_AARHUS), ==, 1);
  g_autofree char *body = office_dup_body (office, 0);
  g_autofree char *subject = office_dup_subject (office, 0);
  assert_has (subject, "Studietur 2027");
  assert_has (body, "18. maj 2027 (");
  assert_has (body, "20. maj 2027 (");
  assert_has (body, " 20)");
  assert_has (body, "Esbjerg");
  const char *text = tn_smtp_server_get (office->server, 0)->text;
  assert_has (text, "method=PUBLISH");
  assert_has (text, "filename=\"studietur-2027.ics\"");

  next_morning (office);
  g_assert_cmpuint (tn_smtp_server_count (office->server), ==, 2);
}

static char *
dup_enclosure (Office *office, guint index)
{
  const char *text = tn_smtp_server_get (office->server, index)->text;
  const char *start = strstr (text, ".ics\"\r\n\r\n") + strlen (".ics\"\r\n\r\n");
  g_autofree char *code = g_strndup (start, (gsize) (strstr (start, "\r\n--") - start));
  gsize length = 0;
  g_autofree guchar *bytes = g_base64_decode (code, &length);
  return g_strndup ((char *) bytes, length);
}

static void
test_file (void)
{
  g_autoptr (Office) office = office_new ();
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  move_trip (office, "2027-05-20");
  next_morning (office);
  g_autofree char *calendar = dup_enclosure (office, 0);
  assert_has (calendar, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:PUBLISH\r\n");
  assert_has (calendar, uid);
  assert_has (calendar, "DTSTART;VALUE=DATE:20270520");
  g_assert_null (strstr (calendar, "ATTENDEE"));
  g_assert_null (strstr (calendar, "ORGANIZER"));
  g_assert_null (strstr (calendar, "SEQUENCE:0\r\n"));
}

/* The way there and back between two letters is no news. */
static void
test_and_back (void)
{
  g_autoptr (Office) office = office_new ();
  move_trip (office, "2027-05-20");
  town_decide (office->town, TN_DECISION_CANCEL, "studietur", "2027", "yes", "esbjerg");
  town_decide (office->town, TN_DECISION_CANCEL, "studietur", "2027", "no", "esbjerg");
  next_morning (office);
  g_autofree char *subject = office_dup_subject (office, 0);
  g_autofree char *body = office_dup_body (office, 0);
  g_assert_cmpuint (tn_smtp_server_count (office->server), ==, 2);
  assert_says (subject, SAY ("%s: another date", TRIP));
  assert_has (body, "20. maj 2027");
}

static void
test_urgent (void)
{
  g_autoptr (Office) office = office_new ();
  office_advance (office, 166 * G_TIME_SPAN_DAY); /* 7 May 2027 */
  office_look (office);
  office_sleep_until (office, 14);
  office_look (office);
  tn_smtp_server_forget (office->server);

  move_trip (office, "2027-05-20");
  office_look (office);
  g_assert_cmpuint (tn_smtp_server_count (office->server), ==, 2);
  town_decide (office->town, TN_DECISION_CANCEL, "studietur", "2027", "yes", "esbjerg");
  office_look (office);
  g_assert_cmpuint (tn_smtp_server_count (office->server), ==, 2);
  office_advance (office, G_TIME_SPAN_HOUR);
  office_look (office);
  g_assert_cmpuint (tn_smtp_server_count (office->server), ==, 4);
  g_autofree char *subject = office_dup_subject (office, 3);
  assert_says (subject, SAY ("%s: cancelled", TRIP));
  next_morning (office);
  g_assert_cmpuint (tn_smtp_server_count (office->server), ==, 4);
}

static void
wish (Office *office)
{
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_edit (office->town, "aarhus", uid, TRIP_DAY, TOWN_DAYS ("20270525", "20270526"));
  town_sync (office->town);
}

static char *
dup_link (gpointer user_data, TnBatch *batch, const char *council, const char *proposal)
{
  g_assert_cmpstr (council, ==, "esbjerg");
  return g_strdup_printf ("https://turnus.example/answer/%.8s", proposal);
}

static void
test_wish (void)
{
  g_autoptr (Office) office = office_new ();
  tn_post_set_link (office->post, dup_link, NULL);
  wish (office);
  next_morning (office);
  g_assert_cmpuint (tn_smtp_server_count (office->server), ==, 2);
  g_assert_cmpstr (get_to (office, 0), ==, OFFICE_ESBJERG);
  g_autofree char *asked = office_dup_body (office, 0);
  assert_says (asked, SAY ("%s: an answer is wanted", TRIP));
  assert_says (asked, SAY ("%s proposes a change.", "Aarhus"));
  assert_has (asked, "25. maj 2027");
  assert_has (asked, "https://turnus.example/answer/");
  g_assert_cmpstr (get_to (office, 1), ==, OFFICE_AARHUS);
  g_autofree char *told = office_dup_body (office, 1);
  assert_says (told, SAY ("%s: your wish waits for an answer", TRIP));
  assert_says (told, SAY ("Who decides it, and was asked: %s.", "Esbjerg"));
  g_assert_null (strstr (told, "https://"));
}

static void
test_answer (void)
{
  g_autoptr (Office) office = office_new ();
  g_autoptr (GError) error = NULL;
  wish (office);
  next_morning (office);
  tn_smtp_server_forget (office->server);
  const TnProposal *proposal = g_ptr_array_index (tn_book_get_proposals (office->town->book), 0);
  g_autofree char *id = g_strdup (proposal->id);
  g_autoptr (TnDecision) decision
      = tn_decide_answer (office->town->book, id, FALSE, "esbjerg", &error);
  g_assert_no_error (error);
  next_morning (office);
  g_assert_cmpuint (tn_smtp_server_count (office->server), ==, 1);
  g_assert_cmpstr (get_to (office, 0), ==, OFFICE_AARHUS);
  g_autofree char *subject = office_dup_subject (office, 0);
  assert_says (subject, SAY ("%s: your wish was not accepted", TRIP));
}

/* Promise 11. */
static void
test_canary (void)
{
  g_autoptr (Office) office = office_new ();
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_edit (office->town, "aarhus", uid, "DESCRIPTION:", "DESCRIPTION:Ring til CANARY Hansen\\n");
  town_edit (office->town, "aarhus", uid, TRIP_DAY, TOWN_DAYS ("20270525", "20270526"));
  town_sync (office->town);
  move_trip (office, "2027-05-20");
  next_morning (office);
  g_assert_cmpuint (tn_smtp_server_count (office->server), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *body = office_dup_body (office, i);
      g_autofree char *calendar = dup_enclosure (office, i);
      g_assert_null (strstr (body, "CANARY"));
      g_assert_null (strstr (calendar, "CANARY"));
    }
}

static void
test_duty (void)
{
  g_autoptr (Office) office = office_new ();
  office_advance (office,
                  105 * G_TIME_SPAN_DAY); /* 7 March 2027; the programme is due on the 23rd */
  next_morning (office);
  g_assert_cmpuint (office_count (office, OFFICE_ESBJERG), ==, 0);
  for (guint i = 0; i < 20; i++)
    next_morning (office);
  g_assert_cmpuint (office_count (office, OFFICE_ESBJERG), ==, 1);
  g_autofree char *body = office_dup_body (office, 0);
  assert_has (body, "23. marts 2027");
  g_assert_cmpuint (office_count (office, OFFICE_AARHUS), ==, 0);
}

/* It takes the secretariat, which these councils have not, or minutes. */
static void
postpone (Office *office)
{
  TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
  g_autoptr (GPtrArray) effects = NULL;
  g_autoptr (GError) error = NULL;
  draft.kind = TN_DECISION_POSTPONE;
  draft.on = tn_plan_get_today (tn_book_get_plan (office->town->book));
  draft.by = "esbjerg";
  draft.source = "command test";
  draft.minutes = "referat 3/2026";
  draft.collaboration = "7by";
  draft.series = "studietur";
  draft.cycle = "2027";
  draft.value = "kept";
  g_autoptr (TnDecision) decision = tn_decide (office->town->book, &draft, FALSE, &effects, &error);
  g_assert_no_error (error);
}

static void
test_turn (void)
{
  g_autoptr (Office) office = office_new ();
  town_decide (office->town, TN_DECISION_DATE, "studietur", "2027", "2027-05-18", "esbjerg");
  office_look (office);
  postpone (office);
  next_morning (office);
  g_assert_cmpuint (office_count (office, OFFICE_ESBJERG), ==, 1);
  g_autofree char *body = office_dup_body (office, 0);
  assert_says (body, SAY ("%s: postponed", TRIP));
  assert_says (body, SAY ("%s: a turn has moved", "Studietur 2028: Esbjerg"));
  assert_has (body, "Randers");
}

static void
break_calendar (Office *office)
{
  for (guint i = 0; i < 4; i++)
    tn_fake_provider_script (town_calendar (office->town, "aarhus"), TN_FAKE_LIST, TN_FAKE_FAIL,
                             TN_ERROR_AUTH);
  g_autoptr (GError) error = NULL;
  g_assert_false (town_try_sync (office->town, "aarhus", 0, &error));
}

static void
test_calendar (void)
{
  g_autoptr (Office) office = office_new ();
  break_calendar (office);
  office_look (office);
  office_look (office);
  g_assert_cmpuint (tn_smtp_server_count (office->server), ==, 1);
  g_assert_cmpstr (get_to (office, 0), ==, OFFICE_ADMIN);
  g_autofree char *subject = office_dup_subject (office, 0);
  assert_says (subject, SAY ("The calendar %s needs somebody", "aarhus"));
  next_morning (office);
  g_assert_cmpuint (tn_smtp_server_count (office->server), ==, 1);
}

static void
test_by_night (void)
{
  g_autoptr (Office) office = office_new ();
  office_sleep_until (office, 23);
  break_calendar (office);
  office_look (office);
  g_assert_cmpuint (tn_smtp_server_count (office->server), ==, 0);
  next_morning (office);
  g_assert_cmpuint (tn_smtp_server_count (office->server), ==, 1);
}

static void
test_server_away (void)
{
  g_autoptr (Office) office = office_new ();
  tn_smtp_server_set_away (office->server, TRUE);
  move_trip (office, "2027-05-20");
  next_morning (office);
  for (guint i = 0; i < 24; i++)
    {
      office_advance (office, G_TIME_SPAN_HOUR);
      office_look (office);
    }
  g_assert_cmpuint (tn_smtp_server_count (office->server), ==, 0);
  g_assert_cmpuint (tn_smtp_server_count_connections (office->server), <, 80);
  office_restart (office);
  tn_smtp_server_set_away (office->server, FALSE);
  office_advance (office, 2 * G_TIME_SPAN_HOUR);
  office_look (office);
  office_look (office);
  g_assert_cmpuint (office_count (office, OFFICE_ESBJERG), ==, 1);
  g_assert_cmpuint (office_count (office, OFFICE_AARHUS), ==, 1);
  g_assert_cmpuint (tn_smtp_server_count (office->server), ==, 2);
}

static const TnLetter *
find_letter (GPtrArray *letters, const char *address)
{
  for (guint i = 0; i < letters->len; i++)
    if (strcmp (((const TnLetter *) g_ptr_array_index (letters, i))->address, address) == 0)
      return g_ptr_array_index (letters, i);
  g_assert_not_reached ();
}

static void
test_refused_address (void)
{
  g_autoptr (Office) office = office_new ();
  tn_smtp_server_refuse (office->server, OFFICE_ESBJERG, "550 5.1.1 no such mailbox");
  move_trip (office, "2027-05-20");
  next_morning (office);
  g_assert_cmpuint (office_count (office, OFFICE_AARHUS), ==, 1);
  g_autoptr (GPtrArray) letters = tn_store_load_letters (office->town->store, NULL);
  const TnLetter *refused = find_letter (letters, OFFICE_ESBJERG);
  g_assert_cmpint (refused->state, ==, TN_LETTER_GIVEN_UP);
  assert_has (refused->problem, "SMTP 550");
  g_assert_null (refused->message);
}

static void
test_lost_answer (void)
{
  g_autoptr (Office) office = office_new ();
  tn_smtp_server_push_fault (office->server, &(TnSmtpFault){ .stage = TN_SMTP_DOT, .drops = TRUE });
  break_calendar (office);
  office_look (office);
  office_advance (office, G_TIME_SPAN_MINUTE);
  office_look (office);
  g_assert_cmpuint (tn_smtp_server_count (office->server), ==, 2);
  g_autofree char *first = dup_message_id (office, 0);
  g_autofree char *second = dup_message_id (office, 1);
  g_assert_cmpstr (first, ==, second);
  g_autoptr (GPtrArray) letters = tn_store_load_letters (office->town->store, NULL);
  const TnLetter *letter = g_ptr_array_index (letters, 0);
  g_assert_true (letter->is_unsure);
  g_assert_cmpint (letter->state, ==, TN_LETTER_SENT);
}

static void
test_new_mailbox (void)
{
  g_autoptr (Office) office = office_new ();
  move_trip (office, "2027-05-20");
  town_set_settings (office->town, "{ role = \"admin\";",
                     "{ council = \"odense\"; mail = \"raad@odense.example\"; }, { role = "
                     "\"admin\";");
  town_set_settings (office->town, "raad@aarhus.example", "ny@aarhus.example");
  town_reload (office->town);
  office_restart (office);
  next_morning (office);
  g_assert_cmpuint (tn_smtp_server_count (office->server), ==, 1);
  g_assert_cmpstr (get_to (office, 0), ==, OFFICE_ESBJERG);
}

static void
test_ticket (void)
{
  g_autoptr (Office) office = office_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TnBatch) batch = tn_batch_new ();
  office_sleep_until (office, 23);
  g_assert_true (
      tn_post_put_ticket (office->post, batch, "aarhus", "https://t.example/once/x1", &error));
  g_assert_true (tn_store_commit (office->town->store, batch, &error));
  office_look (office);
  g_assert_cmpuint (tn_smtp_server_count (office->server), ==, 1);
  g_assert_cmpstr (get_to (office, 0), ==, OFFICE_AARHUS);
  g_autofree char *body = office_dup_body (office, 0);
  assert_has (body, "https://t.example/once/x1");
  g_assert_false (tn_post_put_ticket (office->post, batch, "randers", "https://t.example", &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
}

static void
test_test (void)
{
  g_autoptr (Office) office = office_new ();
  g_autoptr (GError) error = NULL;
  g_assert_false (tn_post_send_test (office->post, "somebody@else.example", &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_true (tn_post_send_test (office->post, OFFICE_ADMIN, NULL));
  office_look (office);
  g_assert_cmpuint (tn_smtp_server_count (office->server), ==, 1);
  g_assert_cmpstr (get_to (office, 0), ==, OFFICE_ADMIN);
}

static void
test_sleeps (void)
{
  g_autoptr (Office) office = office_new ();
  gint64 now_us = tn_clock_now_us (TN_CLOCK (office->town->clock));
  g_assert_cmpint (tn_post_get_next_us (office->post) - now_us, ==, 17 * G_TIME_SPAN_HOUR);
}

static void
test_no_mail (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GError) error = NULL;
  g_autoptr (TnPost) post = tn_post_open (town->desk);
  tn_post_look (post);
  g_assert_cmpint (tn_post_get_next_us (post), ==, 0);
  g_assert_false (tn_post_send_test (post, "a@b.example", &error));
  assert_has (error->message, "the settings say no mail");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(sentence, test) g_test_add_func ("/notice/post/" sentence, test)
  ADD ("first-look-takes-all-as-told", test_first_look);
  ADD ("moved-date-is-told-once-in-the-morning", test_moved);
  ADD ("date-comes-as-a-file-that-invites-nobody", test_file);
  ADD ("what-came-and-went-is-no-news", test_and_back);
  ADD ("what-is-soon-is-told-at-once-and-hourly-at-most", test_urgent);
  ADD ("wish-is-told-to-who-wished-and-who-decides", test_wish);
  ADD ("answer-is-told-to-who-wished", test_answer);
  ADD ("text-of-a-person-is-in-no-letter", test_canary);
  ADD ("duty-is-told-to-who-has-it-two-weeks-before", test_duty);
  ADD ("turn-that-moved-is-told", test_turn);
  ADD ("calendar-that-needs-somebody-is-told-to-the-admin", test_calendar);
  ADD ("nights-are-quiet", test_by_night);
  ADD ("server-that-was-away-for-a-day-loses-and-doubles-nothing", test_server_away);
  ADD ("address-that-is-refused-holds-up-nobody", test_refused_address);
  ADD ("lost-answer-is-settled-by-the-same-message-id", test_lost_answer);
  ADD ("new-mailbox-begins-without-a-flood", test_new_mailbox);
  ADD ("link-that-was-asked-for-goes-at-once", test_ticket);
  ADD ("test-goes-to-a-mailbox-of-the-settings-only", test_test);
  ADD ("between-two-mornings-it-sleeps", test_sleeps);
  ADD ("without-mail-it-does-nothing", test_no_mail);
#undef ADD
  return g_test_run ();
}
