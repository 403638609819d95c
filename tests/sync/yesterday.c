/* A state of yesterday, and one calendar that only this council has: no journal tells what was
 * decided since, so what stands in the calendar has to. Hazard 17. */
#include "sync/town.h"

#include <string.h>

static const char SHARED_LINE[]
    = ",\n  { id = \"faelles\"; provider = \"fake\"; shared = true; " TOWN_WRITE " }\n";

static Town *
new_town (void)
{
  static const char *const owners[] = { "odense", NULL };
  g_autoptr (TnFakeProvider) shared = tn_fake_provider_new ();
  Town *town = town_new_council ("odense", owners, shared, TOWN_WRITE);
  town_set_settings (town, SHARED_LINE, "\n");
  town_reload (town);
  town_sync (town);
  return town;
}

static char *
dup_all (Town *town)
{
  TnFakeProvider *calendar = town_calendar (town, "odense");
  g_auto (GStrv) ids = tn_fake_provider_dup_ids (calendar);
  GString *all = g_string_new (NULL);
  for (guint i = 0; ids[i] != NULL; i++)
    g_string_append (all, tn_fake_provider_get (calendar, ids[i]));
  return g_string_free (all, FALSE);
}

/* Nothing is written over what stands there, and nobody is said to have edited it. */
static void
assert_kept (Town *town, TnStore *backup)
{
  g_autofree char *before = dup_all (town);
  town_restore (town, backup);
  town_sync (town);
  g_autofree char *after = dup_all (town);
  g_assert_true (strcmp (after, before) == 0);
  g_assert_cmpuint (town_count_proposals (town, TN_PROPOSAL_WISH, TN_PROPOSAL_OPEN), ==, 0);
  g_assert_cmpuint (town_count_proposals (town, TN_PROPOSAL_CONFLICT, TN_PROPOSAL_OPEN), ==, 0);
  town_assert_settled (town);
}

static void
swap (Town *town, const char *cycle, const char *other)
{
  TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
  draft.kind = TN_DECISION_SWAP;
  draft.on = tn_date_new (2026, 11, 22);
  draft.by = "odense";
  draft.source = "command test";
  draft.minutes = "møde 4/2026";
  draft.collaboration = "7by";
  draft.series = "studietur";
  draft.cycle = cycle;
  draft.other_cycle = other;
  g_autoptr (GPtrArray) effects = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TnDecision) decision = tn_decide (town->book, &draft, FALSE, &effects, &error);
  g_assert_no_error (error);
}

static void
test_date (void)
{
  g_autoptr (Town) town = new_town ();
  g_autoptr (TnStore) backup = town_back_up (town);
  town_decide (town, TN_DECISION_DATE, "studietur", "2027", "2027-05-25", "esbjerg");
  town_sync (town);

  assert_kept (town, backup);
}

static void
test_swap (void)
{
  g_autoptr (Town) town = new_town ();
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  g_autoptr (TnStore) backup = town_back_up (town);
  swap (town, "2027", "2028");
  town_sync (town);
  town_assert_shows (town, "odense", trip, TN_FIELD_TITLE, "Studietur 2027: Randers");

  assert_kept (town, backup);
}

/* The stamp names the last of an event's decisions by day, then id: of one day it may be one that
 * was known. */
static void
next_day (Town *town)
{
  tn_fake_clock_advance_us (town->clock, G_TIME_SPAN_DAY);
}

static void
assert_second_place_kept (const char *place)
{
  g_autoptr (Town) town = new_town ();
  town_decide (town, TN_DECISION_DATE, "studietur", "2027", "2027-05-25", "esbjerg");
  town_sync (town);
  g_autoptr (TnStore) backup = town_back_up (town);
  next_day (town);
  town_decide (town, TN_DECISION_WHERE, "studietur", "2027", place, "esbjerg");
  town_sync (town);

  assert_kept (town, backup);
}

static void
test_second_decision (void)
{
  assert_second_place_kept ("Ribe");
  assert_second_place_kept ("Varde");
  assert_second_place_kept ("Fanø");
  assert_second_place_kept ("Esbjerg Havn");
}

static void
test_theme (void)
{
  g_autoptr (Town) town = new_town ();
  town_decide (town, TN_DECISION_DATE, "studietur", "2027", "2027-05-25", "esbjerg");
  town_sync (town);
  g_autoptr (TnStore) backup = town_back_up (town);
  next_day (town);
  town_decide (town, TN_DECISION_THEME, "studietur", "2027", "Havnen", "esbjerg");
  town_sync (town);

  assert_kept (town, backup);
}

static void
test_taken_back (void)
{
  g_autoptr (Town) town = new_town ();
  town_decide (town, TN_DECISION_CANCEL, "studietur", "2027", "yes", "esbjerg");
  town_sync (town);
  g_autoptr (TnStore) backup = town_back_up (town);
  town_decide (town, TN_DECISION_CANCEL, "studietur", "2027", "no", "esbjerg");
  town_sync (town);

  assert_kept (town, backup);
}

/* What the old state decides anew is newer than what it forgot. */
static void
test_goes_on (void)
{
  g_autoptr (Town) town = new_town ();
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  g_autoptr (TnStore) backup = town_back_up (town);
  swap (town, "2027", "2028");
  town_sync (town);
  town_restore (town, backup);
  town_sync (town);

  town_decide (town, TN_DECISION_WHERE, "studietur", "2027", "Ribe", "esbjerg");
  town_sync (town);

  town_assert_shows (town, "odense", trip, TN_FIELD_WHERE, "Ribe");
  town_assert_settled (town);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add_func ("/sync/yesterday/" name, test)
  ADD ("hazard-17-a-date-decided-since-stays", test_date);
  ADD ("hazard-17-a-swap-since-stays", test_swap);
  ADD ("hazard-17-a-second-decision-since-stays", test_second_decision);
  ADD ("hazard-17-a-theme-since-stays", test_theme);
  ADD ("hazard-17-what-was-taken-back-since-stays-so", test_taken_back);
  ADD ("hazard-17-what-is-decided-anew-is-written", test_goes_on);
#undef ADD
  return g_test_run ();
}
