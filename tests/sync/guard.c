/* The brake at its very limits. Design sections 5 and 8, promise 3. */
#include "sync/town.h"

#include <string.h>

/* `n` of the future events that this calendar has. */
static void
delete_some (Town *town, const char *calendar, guint n)
{
  static const struct
  {
    const char *series;
    const char *cycle;
    const char *milestone;
  } events[] = { { "studietur", "2027", NULL },
                 { "studietur", "2028", NULL },
                 { "studietur", "2029", NULL },
                 { "erfa", "2027", NULL } };
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *uid = town_uid (events[i].series, events[i].cycle, events[i].milestone);
      town_delete (town, calendar, uid);
    }
}

static void
test_vanished_at_the_limit (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  town_sync (town);

  delete_some (town, "faelles", 2);
  town_sync (town);

  g_assert_cmpint (tn_desk_get_result (town->desk, "faelles")->hold, ==, TN_HOLD_NONE);
}

static void
test_vanished_over_the_limit (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  town_sync (town);
  town_reset_counts (town);

  delete_some (town, "faelles", 3);
  town_sync (town);

  g_assert_cmpint (tn_desk_get_result (town->desk, "faelles")->hold, ==, TN_HOLD_VANISHED);
  g_assert_cmpuint (town_count_writes (town), ==, 0);
}

static void
test_vanished_by_share (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE " brake = { removals = 0; percent = 50; };");
  town_sync (town);
  g_autoptr (GPtrArray) links = tn_store_load_links (town->store, "faelles", NULL);
  g_assert_cmpuint (links->len, ==, 7); /* trips and meetings of 2027 to 2029; the journal */

  delete_some (town, "faelles", 3);
  town_sync (town);
  g_assert_cmpint (tn_desk_get_result (town->desk, "faelles")->hold, ==, TN_HOLD_NONE);

  g_autofree char *fourth = town_uid ("erfa", "2027", NULL);
  town_delete (town, "faelles", fourth);
  town_sync (town);
  g_assert_cmpint (tn_desk_get_result (town->desk, "faelles")->hold, ==, TN_HOLD_VANISHED);
}

/* The series ends: three trips of the shared calendar would go. */
static void
end_trips (Town *town)
{
  town_set_charter (town, "title = \"Studietur {cycle}: {host}\";",
                    "title = \"Studietur {cycle}: {host}\"; last = \"2026\";");
  town_reload (town);
  town_sync (town);
}

static void
test_removals_at_the_limit (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE " brake = { removals = 3; percent = 100; };");
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  town_sync (town);

  end_trips (town);

  g_assert_cmpint (tn_desk_get_result (town->desk, "faelles")->hold, ==, TN_HOLD_NONE);
  town_assert_shows (town, "faelles", trip, TN_FIELD_WHEN, "gone");
}

static void
test_removals_over_the_limit (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE " brake = { removals = 2; percent = 100; };");
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  town_sync (town);

  end_trips (town);

  g_assert_cmpint (tn_desk_get_result (town->desk, "faelles")->hold, ==, TN_HOLD_BRAKE);
  g_assert_cmpuint (tn_fake_provider_get_calls (town_calendar (town, "faelles"), TN_FAKE_REMOVE),
                    ==, 0);
  town_assert_shows (town, "faelles", trip, TN_FIELD_WHEN, "2027-05-18");
  g_assert_true (town_waits (town, "faelles", "turnusctl approve faelles"));
}

/* What people decide is no change by rule, however many events it concerns. */
static void
test_decisions_are_not_braked (void)
{
  static const char *const cycles[] = { "2027", "2028", "2029" };
  static const char *const hosts[] = { "esbjerg", "randers", "odense" };
  g_autoptr (Town) town = town_new (TOWN_WRITE " brake = { removals = 0; percent = 0; };");
  g_autofree char *trip = town_uid ("studietur", "2029", NULL);
  town_sync (town);

  for (guint i = 0; i < G_N_ELEMENTS (cycles); i++)
    town_decide (town, TN_DECISION_WHERE, "studietur", cycles[i], "Havnen", hosts[i]);
  town_sync (town);

  g_assert_cmpint (tn_desk_get_result (town->desk, "faelles")->hold, ==, TN_HOLD_NONE);
  town_assert_shows (town, "faelles", trip, TN_FIELD_WHERE, "Havnen");
}

static gboolean
history_has (Town *town, const char *what, const char *before)
{
  g_autoptr (GPtrArray) history = tn_store_load_history (town->store, NULL, 1000, NULL);
  for (guint i = 0; i < history->len; i++)
    {
      const TnHistory *one = g_ptr_array_index (history, i);
      if (strcmp (one->what, what) == 0 && g_strcmp0 (one->before, before) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
swap_first_trips (Town *town)
{
  TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
  draft.kind = TN_DECISION_SWAP;
  draft.on = tn_date_new (2026, 11, 22);
  draft.by = "odense";
  draft.source = "command test";
  draft.minutes = "møde 4/2026";
  draft.collaboration = "7by";
  draft.series = "studietur";
  draft.cycle = "2027";
  draft.other_cycle = "2028";
  g_autoptr (GPtrArray) effects = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TnDecision) swap = tn_decide (town->book, &draft, FALSE, &effects, &error);
  g_assert_no_error (error);
}

/* A swap takes five duties out of Esbjerg's own calendar at once; what people wrote in them is
 * kept. */
static void
test_duties_follow_a_swap (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *program = town_uid ("studietur", "2027", "program");
  town_sync (town);
  town_edit (town, "esbjerg", program, "DESCRIPTION:", "DESCRIPTION:Ring til havnen\\n\\n");
  town_sync (town);

  swap_first_trips (town);
  town_sync (town);

  g_assert_cmpint (tn_desk_get_result (town->desk, "esbjerg")->hold, ==, TN_HOLD_NONE);
  town_assert_shows (town, "esbjerg", program, TN_FIELD_WHEN, "gone");
  g_assert_true (history_has (town, "removed", "Ring til havnen"));
}

/* The removal was worked out from what the link remembered, and never found it again. */
static void
test_duty_edited_before_removal_hazard_20 (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *program = town_uid ("studietur", "2027", "program");
  town_sync (town);

  town_edit (town, "esbjerg", program, "DESCRIPTION:", "DESCRIPTION:Ring til havnen\\n\\n");
  swap_first_trips (town);
  town_sync (town);

  town_assert_shows (town, "esbjerg", program, TN_FIELD_WHEN, "gone");
  g_assert_true (history_has (town, "removed", "Ring til havnen"));
}

static void
test_duty_moved_before_removal_hazard_30 (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *program = town_uid ("studietur", "2027", "program");
  town_sync (town);
  g_autofree char *id = town_find_item (town, "esbjerg", program);
  TnFakeProvider *calendar = town_calendar (town, "esbjerg");
  g_autofree char *text = g_strdup (tn_fake_provider_get (calendar, id));

  tn_fake_provider_delete (calendar, id);
  tn_fake_provider_put (calendar, "elsewhere.ics", text);
  swap_first_trips (town);
  town_sync (town);

  town_assert_shows (town, "esbjerg", program, TN_FIELD_WHEN, "gone");
}

/* Nothing can be kept of what nobody can read, and a removal of it never fitted its revision. */
static void
test_broken_duty_hazard_72 (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *program = town_uid ("studietur", "2027", "program");
  town_sync (town);
  g_autofree char *id = town_find_item (town, "esbjerg", program);
  TnFakeProvider *calendar = town_calendar (town, "esbjerg");

  tn_fake_provider_put (calendar, id, "BEGIN:VCALENDAR\r\nBEGIN:VEV");
  swap_first_trips (town);
  town_sync (town); /* without a problem */

  g_assert_true (town_waits (town, "esbjerg", "cannot be read"));
  g_assert_nonnull (tn_fake_provider_get (calendar, id));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/guard/two-deletions-are-what-people-do", test_vanished_at_the_limit);
  g_test_add_func ("/sync/guard/three-at-once-are-held", test_vanished_over_the_limit);
  g_test_add_func ("/sync/guard/a-share-of-the-events-is-a-limit-too", test_vanished_by_share);
  g_test_add_func ("/sync/guard/as-many-removals-as-allowed-go", test_removals_at_the_limit);
  g_test_add_func ("/sync/guard/one-removal-more-waits", test_removals_over_the_limit);
  g_test_add_func ("/sync/guard/decisions-are-not-braked", test_decisions_are_not_braked);
  g_test_add_func ("/sync/guard/duties-follow-a-swap-without-the-brake", test_duties_follow_a_swap);
  g_test_add_func ("/sync/guard/a-duty-edited-just-before-goes-and-its-text-is-kept-hazard-20",
                   test_duty_edited_before_removal_hazard_20);
  g_test_add_func ("/sync/guard/a-broken-duty-is-left-and-told-hazard-72",
                   test_broken_duty_hazard_72);
  g_test_add_func ("/sync/guard/a-duty-moved-to-another-place-goes-from-there-hazard-30",
                   test_duty_moved_before_removal_hazard_30);
  return g_test_run ();
}
