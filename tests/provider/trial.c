/* tests/provider/trial.c — a test event goes through a calendar, and nothing of it stays */
#include "provider/trial.h"

#include <string.h>

#include "base/error.h"
#include "fakes/await.h"
#include "fakes/fake-provider.h"

static const char STRANGER[]
    = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:stranger\r\n"
      "DTSTAMP:20270101T000000Z\r\nDTSTART;VALUE=DATE:20270518\r\nSUMMARY:turnus-trial\r\n"
      "END:VEVENT\r\nEND:VCALENDAR\r\n";

static GPtrArray *
try (TnFakeProvider *fake, GError **error)
{
  GAsyncResult *slot = NULL;
  tn_trial_run_async (TN_PROVIDER (fake), "egen/odense", NULL, tn_await_store, &slot);
  g_autoptr (GAsyncResult) result = tn_await (&slot);
  return tn_trial_run_finish (result, error);
}

/* `create ok, reading back ok, …` */
static char *
describe (GPtrArray *steps)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < steps->len; i++)
    {
      const TnTrialStep *step = g_ptr_array_index (steps, i);
      g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : "", step->what,
                              tn_trial_verdict_to_string (step->verdict));
    }
  return g_string_free (text, FALSE);
}

static void
assert_empty (TnFakeProvider *fake)
{
  g_auto (GStrv) ids = tn_fake_provider_dup_ids (fake);
  g_assert_cmpuint (g_strv_length (ids), ==, 0);
}

static void
test_all_is_well (void)
{
  g_autoptr (TnFakeProvider) fake = tn_fake_provider_new ();
  g_autoptr (GError) error = NULL;

  g_autoptr (GPtrArray) steps = try (fake, &error);

  g_assert_no_error (error);
  g_autofree char *told = describe (steps);
  g_assert_cmpstr (told, ==,
                   "create ok, reading back ok, change ok, old revision ok, remove ok, revive ok");
  assert_empty (fake);
}

static void
test_others_are_left_alone (void)
{
  g_autoptr (TnFakeProvider) fake = tn_fake_provider_new ();
  tn_fake_provider_put (fake, "turnus-trial-stranger", STRANGER);

  g_autoptr (GPtrArray) steps = try (fake, NULL);

  g_auto (GStrv) ids = tn_fake_provider_dup_ids (fake);
  g_assert_nonnull (steps);
  g_assert_cmpuint (g_strv_length (ids), ==, 1);
  g_assert_cmpstr (tn_fake_provider_get (fake, "turnus-trial-stranger"), ==, STRANGER);
}

static void
test_server_that_loses_marks (void)
{
  g_autoptr (TnFakeProvider) fake = tn_fake_provider_new ();
  tn_fake_provider_set_rewrite (fake, TN_FAKE_DROP_X | TN_FAKE_REORDER);

  g_autoptr (GPtrArray) steps = try (fake, NULL);

  g_autofree char *told = describe (steps);
  g_assert_nonnull (strstr (told, "reading back ok, marks weak"));
  assert_empty (fake);
}

static void
test_server_that_names (void)
{
  g_autoptr (TnFakeProvider) fake = tn_fake_provider_new ();
  tn_fake_provider_set_rewrite (fake, TN_FAKE_RENAME);

  g_autoptr (GPtrArray) steps = try (fake, NULL);

  g_assert_nonnull (steps);
  assert_empty (fake);
}

static void
test_read_only (void)
{
  g_autoptr (TnFakeProvider) fake = tn_fake_provider_new ();
  tn_fake_provider_script (fake, TN_FAKE_SAVE, TN_FAKE_FAIL, TN_ERROR_DENIED);

  g_autoptr (GPtrArray) steps = try (fake, NULL);

  g_autofree char *told = describe (steps);
  g_assert_cmpstr (told, ==, "create bad");
  assert_empty (fake);
}

static void
test_failure_in_between (void)
{
  g_autoptr (TnFakeProvider) fake = tn_fake_provider_new ();
  tn_fake_provider_script (fake, TN_FAKE_SAVE, TN_FAKE_WORK, TN_ERROR_FAILED);
  tn_fake_provider_script (fake, TN_FAKE_SAVE, TN_FAKE_FAIL, TN_ERROR_TEMPORARY);

  g_autoptr (GPtrArray) steps = try (fake, NULL);

  g_autofree char *told = describe (steps);
  g_assert_cmpstr (told, ==, "create ok, reading back ok, change bad");
  assert_empty (fake);
}

static void
test_no_revival (void)
{
  g_autoptr (TnFakeProvider) fake = tn_fake_provider_new ();
  for (guint i = 0; i < 3; i++) /* create, change, and on an old revision */
    tn_fake_provider_script (fake, TN_FAKE_SAVE, TN_FAKE_WORK, TN_ERROR_FAILED);
  tn_fake_provider_script (fake, TN_FAKE_SAVE, TN_FAKE_FAIL, TN_ERROR_CONFLICT);

  g_autoptr (GPtrArray) steps = try (fake, NULL);

  g_autofree char *told = describe (steps);
  g_assert_true (g_str_has_suffix (told, "remove ok, revive weak"));
  assert_empty (fake);
}

/* The answer to the removal never came: as after a crash, the event is there. */
static void
test_what_was_left (void)
{
  g_autoptr (TnFakeProvider) fake = tn_fake_provider_new ();
  tn_fake_provider_put (fake, "stranger", STRANGER);
  tn_fake_provider_script (fake, TN_FAKE_REMOVE, TN_FAKE_FAIL, TN_ERROR_TEMPORARY);
  g_autoptr (GPtrArray) first = try (fake, NULL);
  g_autofree char *told_first = describe (first);
  g_auto (GStrv) left = tn_fake_provider_dup_ids (fake);

  g_autoptr (GPtrArray) second = try (fake, NULL);

  g_autofree char *told = describe (second);
  g_auto (GStrv) ids = tn_fake_provider_dup_ids (fake);
  g_assert_true (g_str_has_suffix (told_first, "remove bad"));
  g_assert_cmpuint (g_strv_length (left), ==, 2);
  g_assert_true (g_str_has_prefix (told, "left over ok, create ok"));
  g_assert_cmpuint (g_strv_length (ids), ==, 1);
}

static void
test_no_listing (void)
{
  g_autoptr (TnFakeProvider) fake = tn_fake_provider_new ();
  g_autoptr (GError) error = NULL;
  tn_fake_provider_script (fake, TN_FAKE_LIST, TN_FAKE_FAIL, TN_ERROR_AUTH);

  g_autoptr (GPtrArray) steps = try (fake, &error);

  g_assert_null (steps);
  g_assert_error (error, TN_ERROR, TN_ERROR_AUTH);
  g_assert_cmpuint (tn_fake_provider_get_writes (fake), ==, 0);
}

#define ADD(name, function) g_test_add_func ("/provider/trial/" name, function)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-test-event-goes-through-and-is-gone", test_all_is_well);
  ADD ("what-is-not-ours-is-never-touched", test_others_are_left_alone);
  ADD ("a-server-that-loses-marks-is-told-of", test_server_that_loses_marks);
  ADD ("a-server-may-name-items-as-it-likes", test_server_that_names);
  ADD ("a-refusal-ends-it", test_read_only);
  ADD ("what-fails-in-between-leaves-nothing", test_failure_in_between);
  ADD ("a-uid-that-is-not-taken-again-is-told-of", test_no_revival);
  ADD ("what-an-earlier-one-left-is-taken-away", test_what_was_left);
  ADD ("nothing-is-written-where-nothing-is-listed", test_no_listing);
  return g_test_run ();
}
