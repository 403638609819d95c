/* Random histories of an office: dates move, are cancelled and held after all, calendars break, the
 * mail server fails, hangs up and is away, the disk is full, the daemon is restarted, hours and
 * days go by. Then the faults stop, and it is checked that each mailbox was told what is so,
 * nothing twice, and not more often than it may be. */
#include "notice/office.h"

#include <string.h>

#include "fakes/failing-store.h"

static const guint N_HISTORIES = 25;
static const guint N_STEPS = 20;

static const char *const ADDRESSES[] = { OFFICE_ESBJERG, OFFICE_AARHUS, OFFICE_ADMIN };

typedef struct
{
  Office *office;       /* (owned) */
  TnFailingStore *disk; /* (unowned) of the town */
  GString *log;         /* (owned) what happened, a line each */
  gboolean is_cancelled;
} Story;

static guint
choose (guint n)
{
  return (guint) g_test_rand_int_range (0, (gint32) n);
}

static void
note (Story *story, const char *what, int detail)
{
  g_string_append_printf (story->log, "  %s %d\n", what, detail);
}

/* The disk under the town can be filled. */
static void
set_disk (Story *story)
{
  Office *office = story->office;
  g_clear_pointer (&office->post, tn_post_close);
  tn_await_idle ();
  story->disk = tn_failing_store_new (office->town->store);
  g_object_unref (office->town->store);
  office->town->store = TN_STORE (story->disk);
  office_restart (office);
}

static void
begin (Story *story)
{
  story->office = office_new ();
  story->log = g_string_new (NULL);
  set_disk (story);
  if (choose (2) == 0)
    { /* The trip is soon. */
      office_advance (story->office, 166 * G_TIME_SPAN_DAY);
      office_look (story->office);
    }
}

static void
clear (Story *story)
{
  office_free (story->office);
  g_string_free (story->log, TRUE);
}

static void
move_trip (Story *story)
{
  int day = 18 + (int) choose (8);
  g_autofree char *value = g_strdup_printf ("2027-05-%02d", day);
  note (story, "moved to", day);
  town_decide (story->office->town, TN_DECISION_DATE, "studietur", "2027", value, "esbjerg");
}

static void
cancel_trip (Story *story)
{
  story->is_cancelled = !story->is_cancelled;
  note (story, "cancelled", story->is_cancelled);
  town_decide (story->office->town, TN_DECISION_CANCEL, "studietur", "2027",
               story->is_cancelled ? "yes" : "no", "esbjerg");
}

static void
break_calendar (Story *story)
{
  note (story, "calendar breaks", 0);
  tn_fake_provider_script (town_calendar (story->office->town, "aarhus"), TN_FAKE_LIST,
                           TN_FAKE_FAIL, TN_ERROR_AUTH);
  town_try_sync (story->office->town, "aarhus", 0, NULL);
}

static void
push_fault (Story *story)
{
  static const char *const replies[] = { NULL, "451 4.3.0 later", "421 4.3.2 busy" };
  TnSmtpFault fault = { .stage = (TnSmtpStage) choose (TN_SMTP_QUIT),
                        .reply = replies[choose (G_N_ELEMENTS (replies))] };
  if (fault.stage == TN_SMTP_STARTTLS || fault.stage == TN_SMTP_AUTH)
    fault.stage = TN_SMTP_DOT; /* where it hurts */
  fault.drops = fault.reply == NULL;
  note (story, "server fails at", fault.stage);
  tn_smtp_server_push_fault (story->office->server, &fault);
}

static void
restart (Story *story)
{
  note (story, "restart", 0);
  tn_failing_store_set_full (story->disk, FALSE);
  office_restart (story->office);
}

static void
take_step (Story *story)
{
  Office *office = story->office;
  guint dice = choose (14);
  if (dice < 2)
    move_trip (story);
  else if (dice < 4)
    cancel_trip (story);
  else if (dice == 4)
    break_calendar (story);
  else if (dice < 7)
    push_fault (story);
  else if (dice == 7)
    restart (story);
  else if (dice == 8)
    tn_smtp_server_set_away (office->server, choose (2) == 0);
  else if (dice == 9)
    {
      guint n = 1 + choose (4);
      note (story, "disk is full after", (int) n);
      tn_failing_store_fail_after (story->disk, n);
      office_look (office);
      restart (story);
    }
  else
    {
      guint hours = 1 + choose (16);
      note (story, "hours", (int) hours);
      office_advance (office, hours * G_TIME_SPAN_HOUR);
    }
  office_look (office);
}

static void
stop_faults (Story *story)
{
  tn_smtp_server_set_away (story->office->server, FALSE);
  tn_smtp_server_clear_faults (story->office->server);
  for (guint i = 0; i < 3; i++)
    {
      office_sleep_until (story->office, 10);
      office_look (story->office);
    }
}

static guint
count_caught (Story *story, const TnLetter *letter)
{
  guint n = 0;
  for (guint i = 0; i < tn_smtp_server_count (story->office->server); i++)
    n += strstr (tn_smtp_server_get (story->office->server, i)->text, letter->id) != NULL ? 1 : 0;
  return n;
}

/* Nothing is lost; what is there twice was unsure, and has one Message-ID. */
static void
check_letters (Story *story, GPtrArray *letters)
{
  guint n_caught = 0;
  for (guint i = 0; i < letters->len; i++)
    {
      const TnLetter *letter = g_ptr_array_index (letters, i);
      guint n = count_caught (story, letter);
      n_caught += n;
      g_assert_cmpint (letter->state, ==, TN_LETTER_SENT);
      g_assert_cmpuint (n, >=, 1);
      g_assert_true (n == 1 || letter->is_unsure);
    }
  g_assert_cmpuint (n_caught, ==, tn_smtp_server_count (story->office->server));
}

static void
check_pace (GPtrArray *letters, const char *address)
{
  g_autoptr (TnZone) zone = tn_zone_new ("Europe/Copenhagen", NULL);
  TnDate last_digest = TN_DATE_NONE;
  gint64 last_urgent_us = 0;
  for (guint i = 0; i < letters->len; i++)
    {
      const TnLetter *letter = g_ptr_array_index (letters, i);
      TnLocalTime local = tn_zone_to_local (zone, letter->written_us / G_USEC_PER_SEC);
      if (strcmp (letter->address, address) != 0)
        continue;
      g_assert_cmpint (local.second, >=, 7 * 3600);
      if (letter->kind == TN_LETTER_DIGEST)
        {
          g_assert_cmpint (local.date, >, last_digest);
          last_digest = local.date;
          continue;
        }
      g_assert_cmpint (local.second, <, 20 * 3600);
      g_assert_true (last_urgent_us == 0
                     || letter->written_us - last_urgent_us >= G_TIME_SPAN_HOUR);
      last_urgent_us = letter->written_us;
    }
}

/* What a letter's file says of the trip, in no language: `20270520 TENTATIVE`, `cancelled`; NULL:
 * nothing. A date that is confirmed is news to whoever was told it as proposed. */
static char *
dup_trip (const char *letter)
{
  const char *start = strstr (letter, "filename=\"studietur-2027.ics\"\r\n\r\n");
  if (start == NULL)
    return NULL;
  start = strstr (start, "\r\n\r\n") + 4;
  g_autofree char *code = g_strndup (start, (gsize) (strstr (start, "\r\n--") - start));
  gsize length = 0;
  g_autofree guchar *bytes = g_base64_decode (code, &length);
  g_autofree char *text = g_strndup ((char *) bytes, length);
  const char *day = strstr (text, "DTSTART;VALUE=DATE:");
  const char *status = strstr (text, "\nSTATUS:");
  g_assert_nonnull (day);
  g_assert_nonnull (status);
  day += strlen ("DTSTART;VALUE=DATE:");
  status += strlen ("\nSTATUS:");
  if (g_str_has_prefix (status, "CANCELLED"))
    return g_strdup ("cancelled");
  return g_strdup_printf ("%.8s %.*s", day, (int) strcspn (status, "\r"), status);
}

static char *
dup_trip_now (Story *story)
{
  const TnPlan *plan = tn_book_get_plan (story->office->town->book);
  const TnOccurrence *trip = tn_plan_find (plan, "7by", "studietur", "2027", NULL);
  g_autofree char *day = tn_date_to_string (trip->when.days.start);
  g_auto (GStrv) parts = g_strsplit (day, "-", 3);
  if (trip->status == TN_STATUS_CANCELLED)
    return g_strdup ("cancelled");
  return g_strconcat (parts[0], parts[1], parts[2],
                      trip->status == TN_STATUS_CONFIRMED ? " CONFIRMED" : " TENTATIVE", NULL);
}

/* What was told last is what is so, and nothing was told that the mailbox knew already. */
static void
check_trip (Story *story, const char *address)
{
  g_autofree char *told = g_strdup ("20270518 TENTATIVE"); /* taken as told */
  g_autofree char *now = dup_trip_now (story);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < tn_smtp_server_count (story->office->server); i++)
    {
      const TnCaught *caught = tn_smtp_server_get (story->office->server, i);
      const char *id = strstr (caught->text, "Message-ID: ");
      g_autofree char *one = g_strndup (id, strcspn (id, "\r"));
      g_autofree char *trip = dup_trip (caught->text);
      if (strcmp (caught->to, address) != 0 || trip == NULL
          || !g_hash_table_add (seen, g_steal_pointer (&one)))
        continue;
      g_assert_cmpstr (trip, !=, told);
      g_free (told);
      told = g_steal_pointer (&trip);
    }
  g_assert_cmpstr (told, ==, now);
}

static int
compare_letters (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(TnLetter *const *) a)->id, (*(TnLetter *const *) b)->id);
}

static void
test_histories (void)
{
  for (guint i = 0; i < N_HISTORIES; i++)
    {
      Story story = { 0 };
      begin (&story);
      for (guint j = 0; j < N_STEPS; j++)
        take_step (&story);
      stop_faults (&story);
      g_test_message ("history %u:\n%s", i, story.log->str);
      g_autoptr (GPtrArray) letters = tn_store_load_letters (story.office->town->store, NULL);
      g_ptr_array_sort (letters, compare_letters);
      check_letters (&story, letters);
      for (guint j = 0; j < G_N_ELEMENTS (ADDRESSES); j++)
        check_pace (letters, ADDRESSES[j]);
      check_trip (&story, OFFICE_ESBJERG);
      check_trip (&story, OFFICE_AARHUS);
      clear (&story);
    }
}

/* Nothing after the nth commit is kept, and the daemon is gone. */
static void
test_each_commit (void)
{
  for (guint n = 1; n <= 12; n++)
    {
      Story story = { 0 };
      story.office = office_new ();
      story.log = g_string_new (NULL);
      set_disk (&story);
      town_decide (story.office->town, TN_DECISION_DATE, "studietur", "2027", "2027-05-20",
                   "esbjerg");
      office_sleep_until (story.office, 8);
      tn_failing_store_fail_after (story.disk, n);
      office_look (story.office);
      restart (&story);
      stop_faults (&story);
      g_autoptr (GPtrArray) letters = tn_store_load_letters (story.office->town->store, NULL);
      g_assert_cmpuint (letters->len, ==, 2);
      check_letters (&story, letters);
      check_trip (&story, OFFICE_ESBJERG);
      check_trip (&story, OFFICE_AARHUS);
      clear (&story);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/property/notices/each-fact-is-told-once-whatever-fails", test_histories);
  g_test_add_func ("/property/notices/crash-at-each-commit-loses-and-doubles-nothing",
                   test_each_commit);
  return g_test_run ();
}
