/* How a calendar is, in one word; who is told, and how often. */
#include "sync/health.h"

#include <string.h>

#include "sync/seat.h"
#include "sync/town.h"

#include "base/error.h"
#include "base/log.h"

typedef struct
{
  const char *title;
  TnError code;
  gboolean was_read;
  TnHealth expected;
} Row;

static void
test_table (void)
{
  static const Row rows[] = {
    { "no answer", TN_ERROR_TEMPORARY, FALSE, TN_HEALTH_DEGRADED },
    { "hazard 80: no room", TN_ERROR_LIMIT, TRUE, TN_HEALTH_DEGRADED },
    { "somebody is always faster", TN_ERROR_CONFLICT, TRUE, TN_HEALTH_DEGRADED },
    { "hazard 12: expired", TN_ERROR_AUTH, FALSE, TN_HEALTH_NEEDS_LOGIN },
    { "hazard 12: expired in the middle", TN_ERROR_AUTH, TRUE, TN_HEALTH_NEEDS_LOGIN },
    { "hazard 14: no write", TN_ERROR_DENIED, TRUE, TN_HEALTH_READ_ONLY },
    { "not even read", TN_ERROR_DENIED, FALSE, TN_HEALTH_FAILING },
    { "hazard 13: not there", TN_ERROR_GONE, FALSE, TN_HEALTH_ON_HOLD },
    { "nonsense", TN_ERROR_PROTOCOL, FALSE, TN_HEALTH_FAILING },
    { "wrong settings", TN_ERROR_INVALID, FALSE, TN_HEALTH_FAILING },
    { "the system says no", TN_ERROR_FAILED, TRUE, TN_HEALTH_FAILING },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GError *problem = g_error_new_literal (TN_ERROR, rows[i].code, rows[i].title);
      TnPassResult *result = tn_pass_result_new_problem (problem);
      result->was_read = rows[i].was_read;
      g_test_message ("%s", rows[i].title);
      g_assert_cmpint (tn_health_judge (result), ==, rows[i].expected);
      tn_pass_result_free (result);
    }
}

static void
test_hold (void)
{
  TnPassResult *result = tn_pass_result_new_problem (NULL);
  g_assert_cmpint (tn_health_judge (result), ==, TN_HEALTH_OK);
  result->hold = TN_HOLD_BRAKE;
  g_assert_cmpint (tn_health_judge (result), ==, TN_HEALTH_ON_HOLD);
  tn_pass_result_free (result);
}

static void
test_advice (void)
{
  for (guint i = TN_HEALTH_OK + 1; i < TN_N_HEALTHS; i++)
    {
      g_autofree char *advice = tn_health_dup_advice ((TnHealth) i, "egen");
      g_assert_nonnull (advice);
      g_assert_null (strstr (advice, "CALENDAR"));
    }
  g_assert_null (tn_health_dup_advice (TN_HEALTH_OK, "egen"));
}

/* Counts the notices of the journal, and keeps the last. */
typedef struct
{
  guint n;
  char *last; /* (owned) (nullable) */
} Notices;

static Notices *
get_notices (void)
{
  static Notices notices;
  return &notices;
}

static GLogWriterOutput
on_logged (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  Notices *notices = user_data;
  const char *id = NULL;
  const char *text = NULL;
  for (gsize i = 0; i < n_fields; i++)
    if (strcmp (fields[i].key, "MESSAGE_ID") == 0)
      id = fields[i].value;
    else if (strcmp (fields[i].key, "MESSAGE") == 0)
      text = fields[i].value;
  if (g_strcmp0 (id, TN_MESSAGE_CALENDAR_STATE) != 0)
    return G_LOG_WRITER_HANDLED;
  notices->n++;
  g_free (notices->last);
  notices->last = g_strdup (text);
  return G_LOG_WRITER_HANDLED;
}

static guint
take_notices (void)
{
  guint n = get_notices ()->n;
  get_notices ()->n = 0;
  return n;
}

static TnHealth
get_health (Town *town)
{
  g_autoptr (TnCalendarState) state = tn_store_load_calendar (town->store, "aarhus", NULL);
  return state->health;
}

static void
fail_list (Town *town, TnError code)
{
  tn_fake_provider_script (town_calendar (town, "aarhus"), TN_FAKE_LIST, TN_FAKE_FAIL, code);
  town_try_sync (town, "aarhus", 0, NULL);
}

/* What people call an event is not for the log. */
static void
test_no_text_of_people (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  town_edit (town, "esbjerg", trip, "SUMMARY:", "SUMMARY:Til Bodil med ");
  for (guint i = 0; i < 4; i++)
    tn_fake_provider_script (town_calendar (town, "aarhus"), TN_FAKE_SAVE, TN_FAKE_FAIL,
                             TN_ERROR_TEMPORARY);
  town_try_sync (town, NULL, 0, NULL);
  g_assert_nonnull (strstr (get_notices ()->last, "cannot write 7by/studietur/2027"));
  g_assert_null (strstr (get_notices ()->last, "Bodil"));
}

static void
test_one_notice (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  town_sync (town);
  take_notices ();

  fail_list (town, TN_ERROR_TEMPORARY);
  g_assert_cmpuint (take_notices (), ==, 1);
  fail_list (town, TN_ERROR_TEMPORARY);
  fail_list (town, TN_ERROR_LIMIT);
  g_assert_cmpuint (take_notices (), ==, 0);
  fail_list (town, TN_ERROR_AUTH);
  g_assert_cmpuint (take_notices (), ==, 1);
  g_assert_nonnull (strstr (get_notices ()->last, "turnusctl calendars login aarhus"));
  town_sync (town);
  g_assert_cmpuint (take_notices (), ==, 1);
  g_assert_nonnull (strstr (get_notices ()->last, "well again"));
  town_sync (town);
  g_assert_cmpuint (take_notices (), ==, 0);
}

/* `turnusd --once`, at a terminal or by cron. */
static void
test_told_again (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  fail_list (town, TN_ERROR_TEMPORARY);
  take_notices ();
  tn_fake_provider_script (town_calendar (town, "aarhus"), TN_FAKE_LIST, TN_FAKE_FAIL,
                           TN_ERROR_TEMPORARY);
  town_try_sync (town, "aarhus", TN_PASS_TELL, NULL);
  g_assert_cmpuint (take_notices (), ==, 1);
}

static void
test_restart (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  town_sync (town);
  fail_list (town, TN_ERROR_AUTH);
  take_notices ();

  town_restart (town);
  g_assert_cmpint (get_health (town), ==, TN_HEALTH_NEEDS_LOGIN);
  fail_list (town, TN_ERROR_AUTH);

  g_assert_cmpuint (take_notices (), ==, 0);
  g_assert_cmpint (get_health (town), ==, TN_HEALTH_NEEDS_LOGIN);
}

static void
test_login_lost_deletes_nothing (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  town_decide (town, TN_DECISION_WHERE, "studietur", "2027", "Fanø", "esbjerg");
  tn_fake_provider_script (town_calendar (town, "aarhus"), TN_FAKE_SAVE, TN_FAKE_FAIL,
                           TN_ERROR_AUTH);

  town_try_sync (town, NULL, 0, NULL);

  g_assert_cmpint (get_health (town), ==, TN_HEALTH_NEEDS_LOGIN);
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Esbjerg");
  town_assert_shows (town, "faelles", uid, TN_FIELD_WHERE, "Fanø");
  town_sync (town); /* logged in again */
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Fanø");
  town_assert_settled (town);
}

static void
test_read_only (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  TnFakeProvider *aarhus = town_calendar (town, "aarhus");
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  tn_fake_provider_set_read_only (aarhus, TRUE);
  town_decide (town, TN_DECISION_WHERE, "studietur", "2027", "Fanø", "esbjerg");
  town_try_sync (town, NULL, 0, NULL);
  town_restart (town);
  town_try_sync (town, NULL, 0, NULL);

  g_assert_cmpint (get_health (town), ==, TN_HEALTH_READ_ONLY);
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Esbjerg");
  town_assert_shows (town, "faelles", uid, TN_FIELD_WHERE, "Fanø"); /* not put back */
  g_assert_cmpuint (tn_book_get_proposals (town->book)->len, ==, 0);

  tn_fake_provider_set_read_only (aarhus, FALSE);
  town_sync (town);
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Fanø");
  town_assert_settled (town);
}

/* One refusal says it for all: a first publication of dozens of events sends a few requests. */
static void
test_no_storm (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  TnFakeProvider *aarhus = town_calendar (town, "aarhus");
  tn_fake_provider_set_read_only (aarhus, TRUE);

  town_try_sync (town, "aarhus", 0, NULL);

  g_assert_cmpuint (tn_fake_provider_get_calls (aarhus, TN_FAKE_SAVE), >, 0);
  g_assert_cmpuint (tn_fake_provider_get_calls (aarhus, TN_FAKE_SAVE), <=, 8);
  g_assert_cmpuint (tn_fake_provider_get_writes (aarhus), ==, 0);
}

static void
test_quota (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  town_decide (town, TN_DECISION_WHERE, "studietur", "2027", "Fanø", "esbjerg");
  tn_fake_provider_script (town_calendar (town, "aarhus"), TN_FAKE_SAVE, TN_FAKE_FAIL,
                           TN_ERROR_LIMIT);

  town_try_sync (town, NULL, 0, NULL);

  g_assert_cmpint (get_health (town), ==, TN_HEALTH_DEGRADED);
  town_assert_shows (town, "faelles", uid, TN_FIELD_WHERE, "Fanø");
  town_sync (town);
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Fanø");
  town_assert_settled (town);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_writer_func (on_logged, get_notices (), NULL);
#define ADD(name, test) g_test_add_func ("/sync/health/" name, test)
  ADD ("an-error-s-code-says-how-a-calendar-is", test_table);
  ADD ("what-is-held-is-on-hold", test_hold);
  ADD ("every-trouble-says-what-a-person-must-do", test_advice);
  ADD ("one-notice-for-each-change-of-state", test_one_notice);
  ADD ("a-person-who-waits-is-told-again", test_told_again);
  ADD ("hazard-12-a-restart-is-no-news", test_restart);
  ADD ("promise-11-no-text-of-people-is-logged", test_no_text_of_people);
  ADD ("hazard-12-an-expired-login-deletes-nothing", test_login_lost_deletes_nothing);
  ADD ("hazard-14-a-read-only-calendar-keeps-what-is-to-be-written", test_read_only);
  ADD ("hazard-14-one-refusal-stops-the-writes", test_no_storm);
  ADD ("hazard-80-a-full-calendar-holds-up-no-other", test_quota);
#undef ADD
  return g_test_run ();
}
