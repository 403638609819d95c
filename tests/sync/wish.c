/* What a changed field means as a decision, from the calendar in which it is changed to all others.
 * Design sections 4 and 7. */
#include "sync/town.h"

#include <string.h>

static const char TRIP_DAY[] = TOWN_DAYS ("20270518", "20270519");
static const char PROGRAM_DAY[] = TOWN_DAYS ("20270323", "20270324");

typedef struct
{
  Town *town;    /* (owned) */
  char *trip;    /* (owned) UID, 2027, of Esbjerg */
  char *program; /* (owned) UID of its duty */
} Scene;

static void
scene_free (Scene *scene)
{
  town_free (scene->town);
  g_free (scene->trip);
  g_free (scene->program);
  g_free (scene);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scene, scene_free)

static Scene *
scene_new (void)
{
  Scene *scene = g_new0 (Scene, 1);
  scene->town = town_new (TOWN_WRITE);
  scene->trip = town_uid ("studietur", "2027", NULL);
  scene->program = town_uid ("studietur", "2027", "program");
  town_sync (scene->town);
  return scene;
}

static void
test_no_place (void)
{
  g_autoptr (Scene) scene = scene_new ();

  town_edit (scene->town, "esbjerg", scene->trip, "LOCATION:Esbjerg\r\n", "");
  town_sync (scene->town);

  town_assert_shows (scene->town, "esbjerg", scene->trip, TN_FIELD_WHERE, "");
  town_assert_shows (scene->town, "aarhus", scene->trip, TN_FIELD_WHERE, "");
  g_assert_cmpuint (town_count_decisions (scene->town, TN_DECISION_WHERE), ==, 1);
  town_assert_settled (scene->town);
  g_assert_cmpuint (town_count_decisions (scene->town, TN_DECISION_WHERE), ==, 1);
}

static void
test_confirmed_in_calendar (void)
{
  g_autoptr (Scene) scene = scene_new ();

  town_edit (scene->town, "esbjerg", scene->trip, "STATUS:TENTATIVE", "STATUS:CONFIRMED");
  town_sync (scene->town);

  const TnDecision *date
      = town_find_decision (scene->town, TN_DECISION_DATE, "studietur", "2027", NULL);
  g_assert_nonnull (date);
  g_assert_true (date->confirmed);
  g_assert_cmpstr (date->value, ==, "2027-05-18");
  g_assert_cmpstr (date->by, ==, "esbjerg");
  town_assert_shows (scene->town, "aarhus", scene->trip, TN_FIELD_STATUS, "confirmed");
  town_assert_shows (scene->town, "faelles", scene->trip, TN_FIELD_STATUS, "confirmed");
  town_assert_settled (scene->town);
}

static void
test_moved_and_confirmed (void)
{
  g_autoptr (Scene) scene = scene_new ();

  town_edit (scene->town, "esbjerg", scene->trip, "STATUS:TENTATIVE", "STATUS:CONFIRMED");
  town_edit (scene->town, "esbjerg", scene->trip, TRIP_DAY, TOWN_DAYS ("20270525", "20270527"));
  town_sync (scene->town);

  town_assert_shows (scene->town, "aarhus", scene->trip, TN_FIELD_STATUS, "confirmed");
  town_assert_shows (scene->town, "aarhus", scene->trip, TN_FIELD_WHEN, "2027-05-25..2027-05-26");
  g_assert_cmpuint (town_count_decisions (scene->town, TN_DECISION_DATE), ==, 1);
  town_assert_settled (scene->town);
}

static void
test_confirmed_stays_so_when_moved (void)
{
  g_autoptr (Scene) scene = scene_new ();
  town_decide (scene->town, TN_DECISION_DATE, "studietur", "2027", "2027-05-18", "esbjerg");
  town_sync (scene->town);

  town_edit (scene->town, "esbjerg", scene->trip, TRIP_DAY, TOWN_DAYS ("20270525", "20270526"));
  town_sync (scene->town);

  town_assert_shows (scene->town, "aarhus", scene->trip, TN_FIELD_STATUS, "confirmed");
  town_assert_shows (scene->town, "aarhus", scene->trip, TN_FIELD_WHEN, "2027-05-25");
}

static void
test_unconfirmed_again (void)
{
  g_autoptr (Scene) scene = scene_new ();
  town_decide (scene->town, TN_DECISION_DATE, "studietur", "2027", "2027-05-18", "esbjerg");
  town_sync (scene->town);

  town_edit (scene->town, "esbjerg", scene->trip, "STATUS:CONFIRMED", "STATUS:TENTATIVE");
  town_sync (scene->town);

  town_assert_shows (scene->town, "aarhus", scene->trip, TN_FIELD_STATUS, "tentative");
  town_assert_settled (scene->town);
}

static void
test_missing_status (void)
{
  g_autoptr (Scene) scene = scene_new ();

  town_edit (scene->town, "esbjerg", scene->trip, "STATUS:TENTATIVE\r\n", "");
  town_sync (scene->town);

  town_assert_shows (scene->town, "esbjerg", scene->trip, TN_FIELD_STATUS, "tentative");
  g_assert_cmpuint (tn_book_get_proposals (scene->town->book)->len, ==, 0);
  town_assert_settled (scene->town);
}

static void
test_missing_status_of_cancelled (void)
{
  g_autoptr (Scene) scene = scene_new ();
  town_decide (scene->town, TN_DECISION_CANCEL, "studietur", "2027", "yes", "esbjerg");
  town_sync (scene->town);

  town_edit (scene->town, "esbjerg", scene->trip, "STATUS:CANCELLED\r\n", "");
  town_sync (scene->town);

  town_assert_shows (scene->town, "esbjerg", scene->trip, TN_FIELD_STATUS, "cancelled");
  town_assert_shows (scene->town, "aarhus", scene->trip, TN_FIELD_STATUS, "cancelled");
  town_assert_settled (scene->town);
}

static void
test_empty_title (void)
{
  g_autoptr (Scene) scene = scene_new ();

  town_edit (scene->town, "esbjerg", scene->trip, "SUMMARY:Studietur 2027: Esbjerg", "SUMMARY:");
  town_sync (scene->town);

  town_assert_shows (scene->town, "esbjerg", scene->trip, TN_FIELD_TITLE,
                     "Studietur 2027: Esbjerg");
  g_assert_true (town_remembers (scene->town, scene->trip, "not possible", ""));
  town_assert_settled (scene->town);
}

static void
test_typed_placeholder (void)
{
  g_autoptr (Scene) scene = scene_new ();

  town_edit (scene->town, "esbjerg", scene->trip, "SUMMARY:Studietur 2027: Esbjerg",
             "SUMMARY:{host} {cycle} {ukendt}");
  town_sync (scene->town);

  town_assert_shows (scene->town, "aarhus", scene->trip, TN_FIELD_TITLE, "Esbjerg 2027 {ukendt}");
  town_assert_shows (scene->town, "esbjerg", scene->trip, TN_FIELD_TITLE, "Esbjerg 2027 {ukendt}");
  town_assert_settled (scene->town);
}

static void
test_uncancelled_by_title (void)
{
  g_autoptr (Scene) scene = scene_new ();
  town_decide (scene->town, TN_DECISION_CANCEL, "studietur", "2027", "yes", "esbjerg");
  town_sync (scene->town);

  town_edit (scene->town, "esbjerg", scene->trip, "SUMMARY:AFLYST: ", "SUMMARY:");
  town_edit (scene->town, "esbjerg", scene->trip, "STATUS:CANCELLED", "STATUS:TENTATIVE");
  town_sync (scene->town);

  town_assert_shows (scene->town, "aarhus", scene->trip, TN_FIELD_STATUS, "tentative");
  town_assert_shows (scene->town, "aarhus", scene->trip, TN_FIELD_TITLE, "Studietur 2027: Esbjerg");
  town_assert_settled (scene->town);
}

static void
test_duty_moved_by_its_council (void)
{
  g_autoptr (Scene) scene = scene_new ();

  town_edit (scene->town, "esbjerg", scene->program, PROGRAM_DAY,
             TOWN_DAYS ("20270401", "20270402"));
  town_sync (scene->town);

  const TnDecision *due
      = town_find_decision (scene->town, TN_DECISION_DUE, "studietur", "2027", "program");
  g_assert_nonnull (due);
  g_assert_cmpstr (due->value, ==, "2027-04-01");
  town_assert_shows (scene->town, "esbjerg", scene->program, TN_FIELD_WHEN, "2027-04-01");
  town_assert_settled (scene->town);
}

static void
test_moved_duty_follows_its_event (void)
{
  g_autoptr (Scene) scene = scene_new ();
  town_edit (scene->town, "esbjerg", scene->program, PROGRAM_DAY,
             TOWN_DAYS ("20270401", "20270402"));
  town_sync (scene->town);

  town_edit (scene->town, "esbjerg", scene->trip, TRIP_DAY, TOWN_DAYS ("20270519", "20270520"));
  town_sync (scene->town);

  town_assert_shows (scene->town, "esbjerg", scene->program, TN_FIELD_WHEN, "2027-03-24");
  town_assert_settled (scene->town);
}

static void
test_duty_moved_by_others (void)
{
  g_autoptr (Scene) scene = scene_new ();
  town_set_settings (scene->town, "shared = true;", "shared = true; milestones = true;");
  town_reload (scene->town);
  town_sync (scene->town);

  town_edit (scene->town, "faelles", scene->program, PROGRAM_DAY,
             TOWN_DAYS ("20270401", "20270402"));
  town_sync (scene->town);

  town_assert_shows (scene->town, "faelles", scene->program, TN_FIELD_WHEN, "2027-03-23");
  town_assert_shows (scene->town, "esbjerg", scene->program, TN_FIELD_WHEN, "2027-03-23");
  g_assert_cmpuint (town_count_proposals (scene->town, TN_PROPOSAL_WISH, TN_PROPOSAL_OPEN), ==, 1);
  g_autofree char *note = town_show (scene->town, "faelles", scene->program, TN_FIELD_NOTE);
  g_assert_nonnull (strstr (note, "Ændringsønske afventer Esbjerg"));
  town_assert_settled (scene->town);
}

/* Who gives the event a name has not seen that it is cancelled. */
static void
test_title_of_one_cancelled_meanwhile (void)
{
  g_autoptr (Scene) scene = scene_new ();

  town_edit (scene->town, "esbjerg", scene->trip, "SUMMARY:Studietur", "SUMMARY:Havturen");
  town_decide (scene->town, TN_DECISION_CANCEL, "studietur", "2027", "yes", "esbjerg");
  town_sync (scene->town);

  town_assert_shows (scene->town, "aarhus", scene->trip, TN_FIELD_STATUS, "cancelled");
  g_autofree char *title = town_show (scene->town, "aarhus", scene->trip, TN_FIELD_TITLE);
  g_assert_true (g_str_has_prefix (title, "AFLYST: Havturen"));
  town_assert_settled (scene->town);
}

/* Whether what the office decided has reached the calendar, nobody knows: no answer came. */
static void
decide_unheard (Scene *scene, const char *value, TnFakeTrick trick)
{
  g_autoptr (GError) error = NULL;
  TnFakeProvider *esbjerg = town_calendar (scene->town, "esbjerg");
  town_decide (scene->town, TN_DECISION_CANCEL, "studietur", "2027", value, "esbjerg");
  for (guint i = 0; i < 20; i++)
    tn_fake_provider_script (esbjerg, TN_FAKE_SAVE, trick, TN_ERROR_TEMPORARY);
  g_assert_false (town_try_sync (scene->town, "esbjerg", 0, &error));
  tn_fake_provider_clear_script (esbjerg);
}

static void
test_title_while_its_cancelling_is_written (void) /* hazard 27 */
{
  g_autoptr (Scene) scene = scene_new ();
  decide_unheard (scene, "yes", TN_FAKE_FAIL);

  town_edit (scene->town, "esbjerg", scene->trip, "SUMMARY:Studietur", "SUMMARY:Havturen");
  town_sync (scene->town);

  town_assert_shows (scene->town, "aarhus", scene->trip, TN_FIELD_STATUS, "cancelled");
  g_autofree char *title = town_show (scene->town, "aarhus", scene->trip, TN_FIELD_TITLE);
  g_assert_true (g_str_has_prefix (title, "AFLYST: Havturen"));
  town_assert_settled (scene->town);
}

static void
test_title_of_one_no_longer_cancelled (void) /* hazard 27 */
{
  g_autoptr (Scene) scene = scene_new ();
  decide_unheard (scene, "yes", TN_FAKE_LOSE_ANSWER);
  town_decide (scene->town, TN_DECISION_CANCEL, "studietur", "2027", "no", "esbjerg");

  town_edit (scene->town, "esbjerg", scene->trip, "SUMMARY:AFLYST: Studietur",
             "SUMMARY:AFLYST: Havturen");
  town_sync (scene->town);

  town_assert_shows (scene->town, "aarhus", scene->trip, TN_FIELD_STATUS, "tentative");
  g_autofree char *title = town_show (scene->town, "aarhus", scene->trip, TN_FIELD_TITLE);
  g_assert_true (g_str_has_prefix (title, "Havturen"));
  town_assert_settled (scene->town);
}

static void
test_title_wished_before_it_was_cancelled (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (GError) error = NULL;
  town_edit (scene->town, "aarhus", scene->trip, "SUMMARY:Studietur", "SUMMARY:Havturen");
  town_sync (scene->town);
  const TnProposal *wish = g_ptr_array_index (tn_book_get_proposals (scene->town->book), 0);
  g_autofree char *id = g_strdup (wish->id);
  town_decide (scene->town, TN_DECISION_CANCEL, "studietur", "2027", "yes", "esbjerg");

  g_autoptr (TnDecision) taken = tn_decide_answer (scene->town->book, id, TRUE, "esbjerg", &error);

  g_assert_no_error (error);
  g_assert_cmpint (taken->kind, ==, TN_DECISION_TITLE);
}

static void
test_duty_is_one_day_without_place (void)
{
  g_autoptr (Scene) scene = scene_new ();

  town_edit (scene->town, "esbjerg", scene->program, PROGRAM_DAY,
             TOWN_DAYS ("20270401", "20270403"));
  town_edit (scene->town, "esbjerg", scene->program, "SUMMARY:", "LOCATION:Fanø\r\nSUMMARY:NB ");
  town_sync (scene->town);

  town_assert_shows (scene->town, "esbjerg", scene->program, TN_FIELD_WHEN, "2027-03-23");
  town_assert_shows (scene->town, "esbjerg", scene->program, TN_FIELD_WHERE, "");
  g_assert_true (town_remembers (scene->town, scene->program, "not possible", "2027-04-02"));
  g_assert_true (town_remembers (scene->town, scene->program, "not possible", "Fanø"));
  g_assert_true (town_remembers (scene->town, scene->program, "not possible", "NB "));
  town_assert_settled (scene->town);
}

static void
test_check_mark_taken_away (void)
{
  g_autoptr (Scene) scene = scene_new ();
  town_edit (scene->town, "esbjerg", scene->program, "SUMMARY:", "SUMMARY:✓ ");
  town_sync (scene->town);

  town_edit (scene->town, "esbjerg", scene->program, "SUMMARY:✓ ", "SUMMARY:");
  town_sync (scene->town);

  const TnOccurrence *trip
      = tn_plan_find (tn_book_get_plan (scene->town->book), "7by", "studietur", "2027", NULL);
  g_assert_false (tn_occurrence_find_milestone (trip, "program")->done);
  town_assert_settled (scene->town);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/wish/no-place-is-a-decision-too", test_no_place);
  g_test_add_func ("/sync/wish/confirming-in-the-calendar-confirms-the-date",
                   test_confirmed_in_calendar);
  g_test_add_func ("/sync/wish/moved-and-confirmed-is-one-decision", test_moved_and_confirmed);
  g_test_add_func ("/sync/wish/what-is-confirmed-stays-so-when-moved",
                   test_confirmed_stays_so_when_moved);
  g_test_add_func ("/sync/wish/a-confirmation-can-be-taken-back", test_unconfirmed_again);
  g_test_add_func ("/sync/wish/a-missing-status-says-nothing", test_missing_status);
  g_test_add_func ("/sync/wish/a-missing-status-takes-no-cancelling-back",
                   test_missing_status_of_cancelled);
  g_test_add_func ("/sync/wish/an-event-needs-a-title", test_empty_title);
  g_test_add_func ("/sync/wish/a-typed-placeholder-is-one", test_typed_placeholder);
  g_test_add_func ("/sync/wish/taking-aflyst-away-takes-the-cancelling-back",
                   test_uncancelled_by_title);
  g_test_add_func ("/sync/wish/a-name-for-one-that-was-cancelled-meanwhile-is-a-name",
                   test_title_of_one_cancelled_meanwhile);
  g_test_add_func ("/sync/wish/hazard-27-a-name-given-while-its-cancelling-is-written-is-a-name",
                   test_title_while_its_cancelling_is_written);
  g_test_add_func ("/sync/wish/hazard-27-a-name-behind-an-unheard-cancelling-is-a-name",
                   test_title_of_one_no_longer_cancelled);
  g_test_add_func ("/sync/wish/a-name-wished-before-it-was-cancelled-is-a-name",
                   test_title_wished_before_it_was_cancelled);
  g_test_add_func ("/sync/wish/a-duty-is-moved-by-its-council", test_duty_moved_by_its_council);
  g_test_add_func ("/sync/wish/a-moved-duty-follows-its-event", test_moved_duty_follows_its_event);
  g_test_add_func ("/sync/wish/a-duty-moved-by-others-is-a-proposal", test_duty_moved_by_others);
  g_test_add_func ("/sync/wish/a-duty-is-one-day-without-place",
                   test_duty_is_one_day_without_place);
  g_test_add_func ("/sync/wish/a-check-mark-can-be-taken-away", test_check_mark_taken_away);
  return g_test_run ();
}
