/* A shared calendar that cannot carry journals says so, once, and what to do. Design section 6. */
#include "sync/town.h"

#include <string.h>

#include "model/identity.h"

#define WORDS "no journal can be kept here"

/* How many lines of `status` say it of the shared calendar? */
static guint
count_words (Town *town)
{
  const TnPassResult *result = tn_desk_get_result (town->desk, "faelles");
  guint count = 0;
  for (guint i = 0; i < result->changes->len; i++)
    {
      const TnChange *change = g_ptr_array_index (result->changes, i);
      count += change->kind == TN_CHANGE_WAIT && strstr (change->reason, WORDS) != NULL ? 1 : 0;
    }
  return count;
}

static void
decide_theme (Town *town, const char *cycle, TnDate on)
{
  TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
  draft.kind = TN_DECISION_THEME;
  draft.on = on;
  draft.by = "esbjerg";
  draft.source = "command test";
  draft.collaboration = "7by";
  draft.series = "studietur";
  draft.cycle = cycle;
  draft.value = "Havnen";
  g_autoptr (GPtrArray) effects = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TnDecision) decision = tn_decide (town->book, &draft, FALSE, &effects, &error);
  g_assert_no_error (error);
}

static void
test_dropped (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  tn_fake_provider_set_rewrite (town_calendar (town, "faelles"), TN_FAKE_DROP_X);
  decide_theme (town, "2027", tn_date_new (2026, 11, 22));
  decide_theme (town, "2027", tn_date_new (2025, 11, 22)); /* a page of another year, too */
  town_sync (town);
  town_sync (town);

  g_assert_cmpuint (count_words (town), ==, 1);
  g_assert_true (town_waits (town, "faelles", "turnusctl export"));
  town_assert_shows (town, "faelles", trip, TN_FIELD_WHEN, "2027-05-18"); /* it goes on */
  town_assert_settled (town);
  town_restart (town);
  town_sync (town);
  g_assert_cmpuint (count_words (town), ==, 1);
}

/* The UID alone says what it is, and whose. */
static void
test_page_moved_and_forgotten (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  TnFakeProvider *faelles = town_calendar (town, "faelles");
  g_autofree char *key = tn_identity_page_to_key (town->council, 2026, 1);
  g_autofree char *uid = tn_identity_key_to_uid (key);
  tn_fake_provider_set_rewrite (faelles, TN_FAKE_DROP_X);
  town_sync (town);
  g_autofree char *id = town_move (town, "faelles", uid, "elsewhere.ics");
  town_edit (town, "faelles", uid, TOWN_DAYS ("20260101", "20260102"),
             TOWN_DAYS ("20270602", "20270603"));
  g_auto (GStrv) before = tn_fake_provider_dup_ids (faelles);
  town_forget (town, FALSE);

  town_sync (town);
  town_sync (town);

  g_auto (GStrv) after = tn_fake_provider_dup_ids (faelles);
  g_assert_cmpuint (g_strv_length (after), ==, g_strv_length (before));
  town_assert_shows (town, "faelles", uid, TN_FIELD_WHEN, "2026-01-01");
}

static void
test_cannot (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  tn_fake_provider_set_caps (town_calendar (town, "faelles"),
                             TURNUS_CAP_CONDITIONAL | TURNUS_CAP_STATUS);
  town_sync (town);

  g_assert_cmpuint (count_words (town), ==, 1);
  town_assert_shows (town, "faelles", trip, TN_FIELD_WHEN, "2027-05-18");
  town_assert_settled (town);
}

static void
test_kept (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  town_sync (town);
  town_sync (town);

  g_assert_cmpuint (count_words (town), ==, 0);
  g_assert_false (town_waits (town, "esbjerg", WORDS)); /* whose calendar it is reads no journal */
}

/* The server keeps them from now on. */
static void
test_mended (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  tn_fake_provider_set_rewrite (town_calendar (town, "faelles"), TN_FAKE_DROP_X);
  town_sync (town);
  town_sync (town);
  g_assert_cmpuint (count_words (town), ==, 1);

  tn_fake_provider_set_rewrite (town_calendar (town, "faelles"), 0);
  decide_theme (town, "2027", tn_date_new (2026, 11, 22));
  town_sync (town);
  town_sync (town);

  g_assert_cmpuint (count_words (town), ==, 0);
  town_assert_settled (town);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/mute/a-server-that-drops-the-journal-is-told", test_dropped);
  g_test_add_func ("/sync/mute/hazard-17-a-page-that-was-moved-there-is-not-doubled",
                   test_page_moved_and_forgotten);
  g_test_add_func ("/sync/mute/a-provider-that-cannot-keep-it-is-told", test_cannot);
  g_test_add_func ("/sync/mute/where-it-is-kept-nothing-is-said", test_kept);
  g_test_add_func ("/sync/mute/where-it-is-kept-again-nothing-more-is-said", test_mended);
  return g_test_run ();
}
