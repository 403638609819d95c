/* A calendar that refuses: nothing is deleted in it, the others go on, and it catches up. */
#include "sync/town.h"

#include <string.h>

#include "base/error.h"

/* Aarhus answers each of these to everything that is written. */
static void
assert_catches_up (TnError code)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  TnFakeProvider *aarhus = town_calendar (town, "aarhus");
  town_sync (town);
  town_reset_counts (town);
  town_decide (town, TN_DECISION_WHERE, "studietur", "2027", "Fanø", "esbjerg");
  for (guint i = 0; i < 100; i++)
    tn_fake_provider_script (aarhus, TN_FAKE_SAVE, TN_FAKE_FAIL, code);

  for (guint i = 0; i < 3; i++)
    {
      town_try_sync (town, NULL, 0, NULL);
      tn_fake_clock_advance_us (town->clock, G_TIME_SPAN_HOUR);
    }

  g_assert_cmpuint (tn_fake_provider_get_calls (aarhus, TN_FAKE_SAVE), >=, 1);
  g_assert_cmpuint (tn_fake_provider_get_calls (aarhus, TN_FAKE_SAVE), <=, 9);
  g_assert_cmpuint (tn_fake_provider_get_calls (aarhus, TN_FAKE_REMOVE), ==, 0);
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Esbjerg");
  town_assert_shows (town, "aalborg", uid, TN_FIELD_WHERE, "Fanø");

  tn_fake_provider_clear_script (aarhus);
  town_restart (town);
  town_sync (town);
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Fanø");
  town_assert_settled (town);
}

static void
test_refused_update (void)
{
  assert_catches_up (TN_ERROR_DENIED);
}

static void
test_quota (void)
{
  assert_catches_up (TN_ERROR_LIMIT);
}

static void
test_lost_login_at_writing (void)
{
  assert_catches_up (TN_ERROR_AUTH);
}

/* The password changes while Aarhus is read. */
static void
test_lost_login_at_reading (void)
{
  static const TnFakeCall calls[] = { TN_FAKE_LIST, TN_FAKE_LOAD };
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (Town) town = town_new (TOWN_WRITE);
      g_autofree char *uid = town_uid ("studietur", "2027", NULL);
      TnFakeProvider *aarhus = town_calendar (town, "aarhus");
      town_sync (town);
      town_edit (town, "aarhus", uid, "LOCATION:Esbjerg", "LOCATION:Ribe");
      town_reset_counts (town);
      tn_fake_provider_script (aarhus, calls[i], TN_FAKE_FAIL, TN_ERROR_AUTH);

      g_assert_false (town_try_sync (town, NULL, 0, NULL));

      g_assert_cmpuint (town_count_writes (town), ==, 0);
      town_assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Ribe");
      town_sync (town);
      g_assert_cmpuint (town_count_proposals (town, TN_PROPOSAL_WISH, TN_PROPOSAL_OPEN), ==, 1);
      town_assert_settled (town);
    }
}

static void
test_read_only (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  TnFakeProvider *aarhus = town_calendar (town, "aarhus");
  town_sync (town);
  tn_fake_provider_set_read_only (aarhus, TRUE);
  town_decide (town, TN_DECISION_WHERE, "studietur", "2027", "Fanø", "esbjerg");

  for (guint i = 0; i < 3; i++)
    town_try_sync (town, NULL, 0, NULL);

  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Esbjerg");
  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHERE, "Fanø"); /* nothing is taken back */
  town_assert_shows (town, "aalborg", uid, TN_FIELD_WHERE, "Fanø");
  g_assert_cmpuint (tn_book_get_proposals (town->book)->len, ==, 0);

  tn_fake_provider_set_read_only (aarhus, FALSE);
  town_sync (town);
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Fanø");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/refusals/hazard-45-a-refused-update-deletes-nothing",
                   test_refused_update);
  g_test_add_func ("/sync/refusals/hazard-80-a-full-calendar-catches-up", test_quota);
  g_test_add_func ("/sync/refusals/hazard-12-a-login-lost-at-writing-deletes-nothing",
                   test_lost_login_at_writing);
  g_test_add_func ("/sync/refusals/hazard-12-a-login-lost-at-reading-deletes-nothing",
                   test_lost_login_at_reading);
  g_test_add_func ("/sync/refusals/hazard-14-a-calendar-that-becomes-read-only-changes-no-other",
                   test_read_only);
  return g_test_run ();
}
