/* The methods of org.turnus.Control1 over a real socket; calendars are fakes. */
#include "control/service.h"

#include <string.h>

#include "control/parlour.h"

static JsonObject *
get_element (JsonNode *answer, const char *list, guint place)
{
  JsonArray *array = list != NULL
                         ? json_object_get_array_member (json_node_get_object (answer), list)
                         : json_node_get_array (answer);
  g_assert_cmpuint (json_array_get_length (array), >, place);
  return json_array_get_object_element (array, place);
}

static guint
count (JsonNode *answer, const char *list)
{
  return json_array_get_length (json_object_get_array_member (json_node_get_object (answer), list));
}

static GVariant *
all_calendars (void)
{
  return g_variant_new ("(@as)", g_variant_new_strv (NULL, 0));
}

static GVariant *
one_calendar (const char *calendar)
{
  const char *const one[] = { calendar, NULL };
  return g_variant_new ("(^as)", one);
}

static GVariant *
move_trip (const char *council, gboolean dry_run)
{
  return g_variant_new ("(@a{ss}b)",
                        parlour_fields ("kind", "date", "event", "studietur/2027", "value",
                                        "2027-05-25", "for", council, "note", "bus", NULL),
                        dry_run);
}

static char *
show_trip (Parlour *parlour, const char *calendar)
{
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  return town_show (parlour->town, calendar, uid, TN_FIELD_WHEN);
}

static void
test_status_names_every_calendar (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_WRITE);
  town_sync (parlour->town);

  g_autoptr (JsonNode) status = parlour_ask (parlour, "Status", NULL);

  g_assert_cmpuint (count (status, "calendars"), ==, 4);
  g_assert_cmpstr (json_object_get_string_member (get_element (status, "calendars", 0), "state"),
                   ==, "ok");
  g_assert_cmpuint (count (status, "waiting"), ==, 0);
}

static void
test_plan_and_apply_in_mode_ask (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_ASK);

  g_autoptr (JsonNode) plan = parlour_ask (parlour, "Plan", all_calendars ());
  JsonObject *change = json_array_get_object_element (
      json_object_get_array_member (get_element (plan, NULL, 0), "changes"), 0);
  g_assert_cmpstr (json_object_get_string_member (change, "sign"), ==, "+");
  g_assert_true (json_object_get_boolean_member (change, "held"));
  g_assert_cmpuint (town_count_writes (parlour->town), ==, 0);

  g_autoptr (JsonNode) report = parlour_ask (parlour, "Apply", all_calendars ());
  g_assert_cmpuint (count (report, "waiting"), ==, 0);
  g_assert_cmpuint (count (report, "done"), ==, town_count_writes (parlour->town));
  g_autofree char *when = show_trip (parlour, "aarhus");
  g_assert_cmpstr (when, ==, "2027-05-18");
}

static void
test_status_groups_what_waits_alike (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_ASK);
  town_sync (parlour->town);

  g_autoptr (JsonNode) status = parlour_ask (parlour, "Status", NULL);

  g_assert_cmpuint (count (status, "waiting"), ==, 4); /* one for each calendar */
  JsonObject *wait = get_element (status, "waiting", 0);
  g_assert_cmpint (json_object_get_int_member (wait, "count"), >, 5);
  g_assert_nonnull (strstr (json_object_get_string_member (wait, "why"), "apply"));
}

#define WITH_SECRET_UNTIL(day)                                                                     \
  TOWN_WRITE                                                                                       \
  " url = \"https://graph.microsoft.com/v1.0/\"; oauth = { tenant = \"t\"; client_id = "           \
  "\"c\"; client_secret = { file = \"s\"; }; client_secret_expires = \"" day "\"; };"

/* It is 2026-11-22 in the town. */
static void
test_status_warns_before_a_login_ends (void)
{
  g_autoptr (Parlour) parlour = parlour_new (WITH_SECRET_UNTIL ("2026-12-20"));
  town_sync (parlour->town);

  g_autoptr (JsonNode) status = parlour_ask (parlour, "Status", NULL);

  g_assert_cmpuint (count (status, "waiting"), ==, 4); /* one for each calendar */
  JsonObject *wait = get_element (status, "waiting", 0);
  g_assert_cmpstr (json_object_get_string_member (wait, "what"), ==,
                   "the secret of the app (client_secret) ends, its last day is 2026-12-20");
  g_assert_nonnull (strstr (json_object_get_string_member (wait, "why"), "make a new one"));
  g_assert_cmpstr (json_object_get_string_member (get_element (status, "calendars", 0), "state"),
                   ==, "ok");
}

static void
test_status_is_silent_of_a_login_that_lasts (void)
{
  g_autoptr (Parlour) parlour = parlour_new (WITH_SECRET_UNTIL ("2026-12-23"));
  town_sync (parlour->town);

  g_autoptr (JsonNode) status = parlour_ask (parlour, "Status", NULL);

  g_assert_cmpuint (count (status, "waiting"), ==, 0);
}

static void
test_the_host_decides (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_WRITE);
  town_sync (parlour->town);

  g_autoptr (JsonNode) answer = parlour_ask (parlour, "Decide", move_trip ("esbjerg", FALSE));
  town_sync (parlour->town);

  JsonObject *decision = json_object_get_object_member (json_node_get_object (answer), "decision");
  g_assert_cmpstr (json_object_get_string_member (decision, "by"), ==, "esbjerg");
  g_assert_cmpstr (json_object_get_string_member (decision, "role"), ==, "host");
  g_assert_true (g_str_has_prefix (json_object_get_string_member (decision, "source"), "command "));
  g_assert_cmpstr (json_object_get_string_member (decision, "note"), ==, "bus");
  g_autofree char *when = show_trip (parlour, "aarhus");
  g_assert_cmpstr (when, ==, "2027-05-25");
}

static void
test_a_decision_wakes_the_calendars (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_WRITE);
  town_sync (parlour->town);
  tn_desk_start (parlour->town->desk);
  town_sync (parlour->town);

  g_autoptr (JsonNode) answer = parlour_ask (parlour, "Decide", move_trip ("esbjerg", FALSE));
  g_autofree char *when = show_trip (parlour, "aarhus");
  for (guint i = 0; i < 10000 && strcmp (when, "2027-05-25") != 0; i++)
    {
      g_main_context_iteration (NULL, TRUE);
      g_free (when);
      when = show_trip (parlour, "aarhus");
    }

  g_assert_cmpstr (when, ==, "2027-05-25");
}

static void
test_another_is_denied (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_WRITE);
  town_sync (parlour->town);

  g_autofree char *problem = parlour_fail (parlour, "Decide", move_trip ("aarhus", FALSE));
  town_sync (parlour->town);

  g_assert_true (g_str_has_prefix (problem, "org.turnus.Error.Denied: "));
  g_assert_nonnull (strstr (problem, "Esbjerg")); /* who may */
  g_autofree char *when = show_trip (parlour, "aarhus");
  g_assert_cmpstr (when, ==, "2027-05-18");
}

static void
test_a_dry_run_changes_nothing (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_WRITE);
  town_sync (parlour->town);
  town_reset_counts (parlour->town);
  guint64 version = tn_book_get_version (parlour->town->book);

  g_autoptr (JsonNode) answer = parlour_ask (parlour, "Decide", move_trip ("esbjerg", TRUE));
  town_sync (parlour->town);

  g_assert_cmpuint (count (answer, "effects"), ==, 3); /* the date and two deadlines */
  g_assert_cmpuint (tn_book_get_version (parlour->town->book), ==, version);
  g_assert_cmpuint (town_count_writes (parlour->town), ==, 0);
  g_autoptr (GPtrArray) ledger = tn_store_load_ledger (parlour->town->store, NULL);
  for (guint i = 0; i < ledger->len; i++)
    g_assert_cmpint (((const TnDecision *) g_ptr_array_index (ledger, i))->kind, ==,
                     TN_DECISION_PLACED);
}

static GVariant *
swap_trips (const char *council, const char *minutes, gboolean dry_run)
{
  return g_variant_new ("(@a{ss}b)",
                        parlour_fields ("kind", "swap", "series", "studietur", "cycle", "2027",
                                        "other_cycle", "2028", "for", council, "minutes", minutes,
                                        NULL),
                        dry_run);
}

static void
test_a_dry_run_tells_fairness (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_WRITE);

  g_autoptr (JsonNode) dry
      = parlour_ask (parlour, "Decide", swap_trips ("odense", "erfa 2026", TRUE));
  g_autoptr (JsonNode) done
      = parlour_ask (parlour, "Decide", swap_trips ("odense", "erfa 2026", FALSE));

  JsonObject *randers = get_element (dry, "fairness", 0);
  JsonObject *before = json_object_get_object_member (randers, "before");
  JsonObject *after = json_object_get_object_member (randers, "after");
  g_assert_cmpuint (count (dry, "fairness"), ==, 7);
  g_assert_cmpstr (json_object_get_string_member (randers, "council"), ==, "randers");
  g_assert_cmpstr (json_object_get_string_member (before, "next"), ==, "2028");
  g_assert_cmpstr (json_object_get_string_member (after, "next"), ==, "2027");
  g_assert_cmpint (json_object_get_int_member (before, "given"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (after, "given"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (after, "held"), ==, 1);
  g_assert_true (json_object_get_null_member (json_node_get_object (done), "fairness"));
}

/* Aarhus moves the trip of Esbjerg in its own calendar. */
static char *
propose (Parlour *parlour)
{
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (parlour->town);
  town_edit (parlour->town, "aarhus", uid, "20270519", "20270521");
  town_edit (parlour->town, "aarhus", uid, "20270518", "20270520");
  town_sync (parlour->town);
  g_autoptr (JsonNode) open = parlour_ask (parlour, "Proposals", g_variant_new ("(b)", FALSE));
  g_assert_cmpuint (json_array_get_length (json_node_get_array (open)), ==, 1);
  JsonObject *proposal = get_element (open, NULL, 0);
  g_assert_cmpstr (json_object_get_string_member (proposal, "council"), ==, "aarhus");
  g_assert_cmpstr (json_object_get_string_member (proposal, "value"), ==, "2027-05-20");
  g_assert_cmpstr (
      json_array_get_string_element (json_object_get_array_member (proposal, "deciders"), 0), ==,
      "esbjerg");
  return g_strdup (json_object_get_string_member (proposal, "id"));
}

static void
test_an_accepted_proposal_is_a_decision (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_WRITE);
  g_autofree char *id = propose (parlour);
  g_autoptr (JsonNode) status = parlour_ask (parlour, "Status", NULL);
  g_assert_cmpuint (count (status, "waiting"), ==, 1);

  g_autoptr (JsonNode) answer
      = parlour_ask (parlour, "Answer", g_variant_new ("(sbs)", id, TRUE, "esbjerg"));
  town_sync (parlour->town);

  JsonObject *decision = json_object_get_object_member (json_node_get_object (answer), "decision");
  g_assert_cmpstr (json_object_get_string_member (decision, "value"), ==, "2027-05-20");
  g_autofree char *when = show_trip (parlour, "faelles");
  g_assert_cmpstr (when, ==, "2027-05-20");
}

/* København has a daemon of its own at the same shared calendar. */
static void
test_where_an_entry_came_from_is_told (void)
{
  static const char *const owners[] = { "kobenhavn", NULL };
  g_autoptr (Parlour) parlour = parlour_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  g_autoptr (Town) other = town_new_council ("kobenhavn", owners,
                                             town_calendar (parlour->town, "faelles"), TOWN_WRITE);
  town_sync (other);
  town_edit (other, "kobenhavn", uid, "20270519", "20270521");
  town_edit (other, "kobenhavn", uid, "20270518", "20270520");
  town_decide (other, TN_DECISION_THEME, "studietur", "2030", "Havet", "kobenhavn");
  town_sync (other);

  town_sync (parlour->town);

  g_autoptr (JsonNode) open = parlour_ask (parlour, "Proposals", g_variant_new ("(b)", FALSE));
  JsonObject *proposal = get_element (open, NULL, 0);
  g_assert_cmpstr (json_object_get_string_member (proposal, "origin"), ==, "kobenhavn");
  g_autoptr (JsonNode) status = parlour_ask (parlour, "Status", NULL);
  g_assert_true (parlour_has (status, "from the journal of kobenhavn"));
  g_autoptr (JsonNode) ledger = parlour_ask (parlour, "Ledger", NULL);
  g_assert_true (parlour_has (ledger, "journal kobenhavn"));
}

static void
test_a_rejected_proposal_is_over (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_WRITE);
  g_autofree char *id = propose (parlour);

  g_autoptr (JsonNode) answer
      = parlour_ask (parlour, "Answer", g_variant_new ("(sbs)", id, FALSE, "esbjerg"));
  town_sync (parlour->town);

  g_assert_true (json_object_get_null_member (json_node_get_object (answer), "decision"));
  g_autoptr (JsonNode) all = parlour_ask (parlour, "Proposals", g_variant_new ("(b)", TRUE));
  g_assert_cmpstr (json_object_get_string_member (get_element (all, NULL, 0), "state"), ==,
                   "rejected");
  g_autofree char *when = show_trip (parlour, "faelles");
  g_assert_cmpstr (when, ==, "2027-05-18");
}

static void
test_the_proposer_cannot_accept (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_WRITE);
  g_autofree char *id = propose (parlour);

  g_autofree char *problem
      = parlour_fail (parlour, "Answer", g_variant_new ("(sbs)", id, TRUE, "aarhus"));

  g_assert_true (g_str_has_prefix (problem, "org.turnus.Error.Denied: "));
}

static void
test_history_tells_why (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_WRITE);
  town_sync (parlour->town);
  g_autoptr (JsonNode) decided = parlour_ask (parlour, "Decide", move_trip ("esbjerg", FALSE));
  town_sync (parlour->town);

  g_autoptr (JsonNode) history
      = parlour_ask (parlour, "History", g_variant_new ("(su)", "7by/studietur/2027", 50));

  g_assert_true (parlour_has (history, "\"decided\""));
  g_assert_true (parlour_has (history, "\"2027-05-25\""));
  g_assert_false (parlour_has (history, "7by/erfa/2027")); /* only what was asked for */
}

static void
test_the_ledger_can_be_read_back (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_WRITE);
  town_sync (parlour->town);
  g_autoptr (JsonNode) decided = parlour_ask (parlour, "Decide", move_trip ("esbjerg", FALSE));

  g_autoptr (JsonNode) ledger = parlour_ask (parlour, "Ledger", NULL);

  JsonObject *told = json_object_get_object_member (json_node_get_object (decided), "decision");
  JsonArray *entries = json_node_get_array (ledger);
  guint n_same = 0;
  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);
      const char *id = json_object_get_string_member (entry, "id");
      g_autoptr (TnDecision) decision
          = tn_decision_from_line (json_object_get_string_member (entry, "line"), NULL);
      g_assert_cmpstr (decision->id, ==, id);
      n_same += strcmp (id, json_object_get_string_member (told, "id")) == 0 ? 1 : 0;
    }
  g_assert_cmpuint (n_same, ==, 1);
}

static void
test_a_note_is_blanked (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_WRITE);
  g_autoptr (JsonNode) done = parlour_ask (parlour, "Decide", move_trip ("esbjerg", FALSE));
  JsonObject *decision = json_object_get_object_member (json_node_get_object (done), "decision");
  const char *id = json_object_get_string_member (decision, "id");

  g_autoptr (JsonNode) blanked = parlour_ask (parlour, "Redact", g_variant_new ("(s)", id));
  g_autoptr (JsonNode) ledger = parlour_ask (parlour, "Ledger", NULL);
  g_autofree char *problem = parlour_fail (parlour, "Redact", g_variant_new ("(s)", id));

  g_assert_true (parlour_has (blanked, "\"origin\":null"));
  g_assert_true (parlour_has (ledger, id));
  g_assert_false (parlour_has (ledger, "\"note\":\"bus\""));
  g_assert_true (g_str_has_prefix (problem, "org.turnus.Error.Invalid: "));
}

static void
test_claim_links_a_twin (void)
{
  static const char TWIN[]
      = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:hand@x\r\n"
        "DTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20270512\r\nDTEND;VALUE=DATE:20270513\r\n"
        "SUMMARY:Studietur til Esbjerg\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
  g_autoptr (Parlour) parlour = parlour_new (TOWN_ASK);
  tn_fake_provider_put (town_calendar (parlour->town, "aarhus"), "hand.ics", TWIN);
  g_autoptr (JsonNode) plan = parlour_ask (parlour, "Plan", one_calendar ("aarhus"));
  g_assert_true (parlour_has (plan, "\"?\""));
  town_sync (parlour->town);

  g_autoptr (JsonNode) report
      = parlour_ask (parlour, "Claim", g_variant_new ("(sssb)", "aarhus", "hand.ics", "", FALSE));

  g_assert_true (parlour_has (report, "\"claimed\""));
  g_assert_cmpstr (tn_fake_provider_get (town_calendar (parlour->town, "aarhus"), "hand.ics"), ==,
                   TWIN);
  const TnOccurrence *trip
      = tn_plan_find (tn_book_get_plan (parlour->town->book), "7by", "studietur", "2027", NULL);
  g_assert_cmpint (trip->when.days.start, ==, tn_date_new (2027, 5, 12));
}

static void
test_approve_says_when_nothing_waits (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_WRITE);
  town_sync (parlour->town);

  g_autofree char *problem = parlour_fail (parlour, "Approve", g_variant_new ("(s)", "aarhus"));

  g_assert_true (g_str_has_prefix (problem, "org.turnus.Error.Invalid: "));
}

static void
test_approve_lets_an_emptied_calendar_go_on (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_WRITE);
  town_sync (parlour->town);
  tn_fake_provider_clear (town_calendar (parlour->town, "aarhus"));
  town_sync (parlour->town);
  g_autoptr (JsonNode) held = parlour_ask (parlour, "Status", NULL);
  g_assert_true (parlour_has (held, "\"on hold\""));

  g_autoptr (JsonNode) report = parlour_ask (parlour, "Approve", g_variant_new ("(s)", "aarhus"));

  g_assert_false (parlour_has (report, "\"on hold\""));
}

static void
test_a_failing_calendar_is_told_in_the_report (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_WRITE);
  tn_fake_provider_script (town_calendar (parlour->town, "aarhus"), TN_FAKE_LIST, TN_FAKE_FAIL,
                           TN_ERROR_AUTH);

  g_autoptr (JsonNode) report = parlour_ask (parlour, "Sync", all_calendars ());

  g_assert_true (parlour_has (report, "\"needs login\""));
  g_assert_true (parlour_has (report, "turnusctl calendars login aarhus"));
  g_autofree char *when = show_trip (parlour, "esbjerg"); /* the others go on */
  g_assert_cmpstr (when, ==, "2027-05-18");
}

static void
test_an_unknown_calendar_is_an_error (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_WRITE);

  g_autofree char *sync = parlour_fail (parlour, "Sync", one_calendar ("kolding"));
  g_autofree char *plan = parlour_fail (parlour, "Plan", one_calendar ("kolding"));

  g_assert_true (g_str_has_prefix (sync, "org.turnus.Error.Invalid: "));
  g_assert_true (g_str_has_prefix (plan, "org.turnus.Error.Invalid: "));
}

static void
test_a_caller_may_go_before_the_answer (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_WRITE);
  g_autoptr (GAsyncResult) closed = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree GAsyncResult **slot = parlour_start (parlour, "Sync", all_calendars ());
  g_dbus_connection_flush_sync (parlour->client, NULL, NULL);
  g_dbus_connection_close (parlour->client, NULL, tn_await_store, &closed);
  tn_await (&closed);
  g_autoptr (GAsyncResult) answered = tn_await (slot);
  g_autoptr (GVariant) nothing = g_dbus_connection_call_finish (parlour->client, answered, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  g_assert_null (nothing);
  town_sync (parlour->town);

  g_clear_object (&parlour->client);
  parlour->client = parlour_connect (parlour->socket, NULL);
  g_autoptr (JsonNode) status = parlour_ask (parlour, "Status", NULL);
  g_assert_cmpuint (count (status, "calendars"), ==, 4);
}

static void
test_stopping_answers_who_waits (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_WRITE);
  char *sync_problem = NULL;
  char *plan_problem = NULL;
  tn_fake_provider_script (town_calendar (parlour->town, "aarhus"), TN_FAKE_LIST, TN_FAKE_NEVER,
                           TN_ERROR_FAILED);
  tn_fake_provider_script (town_calendar (parlour->town, "aarhus"), TN_FAKE_LIST, TN_FAKE_NEVER,
                           TN_ERROR_FAILED);
  GAsyncResult **sync = parlour_start (parlour, "Sync", all_calendars ());
  GAsyncResult **plan = parlour_start (parlour, "Plan", one_calendar ("aarhus"));
  g_autoptr (JsonNode) status = parlour_ask (parlour, "Status", NULL); /* both have begun */

  g_clear_pointer (&parlour->service, tn_service_close);

  g_assert_null (parlour_finish (parlour, sync, &sync_problem));
  g_assert_null (parlour_finish (parlour, plan, &plan_problem));
  g_assert_true (g_str_has_prefix (sync_problem, "org.turnus.Error.Temporary: "));
  g_assert_true (g_str_has_prefix (plan_problem, "org.turnus.Error.Temporary: "));
  g_free (sync_problem);
  g_free (plan_problem);
}

static void
test_a_new_edition_waits_in_status (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_ASK);
  g_autoptr (JsonNode) applied = parlour_ask (parlour, "Apply", all_calendars ());
  town_set_charter (parlour->town, "[ \"tue\", \"wed\", \"thu\" ]", "[ \"mon\" ]");
  town_set_charter (parlour->town, "edition = 1", "edition = 2");
  town_reload (parlour->town);

  g_autoptr (JsonNode) status = parlour_ask (parlour, "Status", NULL);
  g_autoptr (JsonNode) plan = parlour_ask (parlour, "Plan", one_calendar ("faelles"));

  JsonObject *rulebook = json_object_get_object_member (json_node_get_object (status), "rulebook");
  g_assert_true (json_object_get_boolean_member (rulebook, "waiting"));
  g_assert_cmpuint (count (status, "waiting"), ==, 1);
  g_assert_true (json_object_get_boolean_member (get_element (plan, NULL, 0), "new_rulebook"));
  g_assert_true (parlour_has (plan, "\"~\""));

  g_autoptr (JsonNode) taken = parlour_ask (parlour, "Apply", all_calendars ());
  g_assert_cmpuint (count (taken, "waiting"), ==, 0);
  g_autofree char *when = show_trip (parlour, "aarhus");
  g_assert_cmpstr (when, ==, "2027-05-24");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/control/service/status-names-every-calendar",
                   test_status_names_every_calendar);
  g_test_add_func ("/control/service/plan-shows-and-apply-does-it",
                   test_plan_and_apply_in_mode_ask);
  g_test_add_func ("/control/service/status-groups-what-waits-alike",
                   test_status_groups_what_waits_alike);
  g_test_add_func ("/control/service/the-host-decides", test_the_host_decides);
  g_test_add_func ("/control/service/a-decision-wakes-the-calendars",
                   test_a_decision_wakes_the_calendars);
  g_test_add_func ("/control/service/another-is-denied", test_another_is_denied);
  g_test_add_func ("/control/service/status-warns-before-a-login-ends",
                   test_status_warns_before_a_login_ends);
  g_test_add_func ("/control/service/status-is-silent-of-a-login-that-lasts",
                   test_status_is_silent_of_a_login_that_lasts);
  g_test_add_func ("/control/service/a-dry-run-changes-nothing", test_a_dry_run_changes_nothing);
  g_test_add_func ("/control/service/a-dry-run-tells-fairness", test_a_dry_run_tells_fairness);
  g_test_add_func ("/control/service/an-accepted-proposal-is-a-decision",
                   test_an_accepted_proposal_is_a_decision);
  g_test_add_func ("/control/service/where-an-entry-came-from-is-told",
                   test_where_an_entry_came_from_is_told);
  g_test_add_func ("/control/service/a-rejected-proposal-is-over",
                   test_a_rejected_proposal_is_over);
  g_test_add_func ("/control/service/the-proposer-cannot-accept", test_the_proposer_cannot_accept);
  g_test_add_func ("/control/service/history-tells-why", test_history_tells_why);
  g_test_add_func ("/control/service/the-ledger-can-be-read-back",
                   test_the_ledger_can_be_read_back);
  g_test_add_func ("/control/service/a-note-is-blanked", test_a_note_is_blanked);
  g_test_add_func ("/control/service/claim-links-a-twin", test_claim_links_a_twin);
  g_test_add_func ("/control/service/approve-says-when-nothing-waits",
                   test_approve_says_when_nothing_waits);
  g_test_add_func ("/control/service/approve-lets-an-emptied-calendar-go-on",
                   test_approve_lets_an_emptied_calendar_go_on);
  g_test_add_func ("/control/service/a-failing-calendar-is-told-in-the-report",
                   test_a_failing_calendar_is_told_in_the_report);
  g_test_add_func ("/control/service/an-unknown-calendar-is-an-error",
                   test_an_unknown_calendar_is_an_error);
  g_test_add_func ("/control/service/a-caller-may-go-before-the-answer",
                   test_a_caller_may_go_before_the_answer);
  g_test_add_func ("/control/service/stopping-answers-who-waits", test_stopping_answers_who_waits);
  g_test_add_func ("/control/service/a-new-edition-waits-in-status",
                   test_a_new_edition_waits_in_status);
  return g_test_run ();
}
