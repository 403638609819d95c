/* A calendar that moved to another system is bound again. Design sections 6 and 8, hazard 13. */
#include "sync/rebind.h"

#include <string.h>

#include "sync/town.h"

#define AARHUS "aarhus"

static TnRebinding *
try_rebind (Town *town, const char *answer, gboolean does_it, GError **error)
{
  const char *const answers[] = { answer, NULL };
  g_autoptr (GAsyncResult) result = NULL;
  TnProvider *provider = tn_desk_borrow (town->desk, AARHUS, error);
  g_assert_nonnull (provider);
  const TnSettings *settings = tn_book_get_settings (town->book);
  tn_rebind_async (town->book, provider, tn_settings_find_calendar (settings, AARHUS), answers,
                   does_it, NULL, tn_await_store, &result);
  tn_await (&result);
  TnRebinding *rebinding = tn_rebind_finish (town->book, result, error);
  tn_desk_give_back (town->desk, AARHUS, rebinding != NULL && rebinding->is_done);
  return rebinding;
}

static TnRebinding *
rebind (Town *town, const char *answer, gboolean does_it)
{
  g_autoptr (GError) error = NULL;
  TnRebinding *rebinding = try_rebind (town, answer, does_it, &error);
  g_assert_no_error (error);
  return rebinding;
}

/* Each line that begins with @start is taken out, with what it is folded over. */
static void
drop_line (GString *text, const char *start)
{
  g_autofree char *pattern = g_strconcat ("\r\n", start, "[^\r\n]*(\r\n [^\r\n]*)*", NULL);
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autofree char *without = g_regex_replace_literal (regex, text->str, -1, 0, "", 0, NULL);
  g_string_assign (text, without);
}

typedef enum
{
  LOSES_NOTHING,
  LOSES_X,
  LOSES_X_AND_UID
} Loss;

/* As an export and an import do it: everything stands elsewhere, in another calendar. */
static void
move (Town *town, Loss loss)
{
  TnFakeProvider *calendar = town_calendar (town, AARHUS);
  g_auto (GStrv) ids = tn_fake_provider_dup_ids (calendar);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autofree char *id = g_strdup_printf ("moved-%u", i);
      GString *text = g_string_new (tn_fake_provider_get (calendar, ids[i]));
      if (loss >= LOSES_X)
        drop_line (text, "X-TURNUS-[A-Z]*");
      if (loss >= LOSES_X_AND_UID)
        {
          g_autofree char *uid = g_strdup_printf ("\r\nUID:other-%u", i);
          drop_line (text, "UID:");
          g_string_replace (text, "\r\nDTSTAMP", "\r\nUID:\r\nDTSTAMP", 1);
          g_string_replace (text, "\r\nUID:", uid, 1);
        }
      tn_fake_provider_delete (calendar, ids[i]);
      tn_fake_provider_put (calendar, id, text->str);
      g_string_free (text, TRUE);
    }
  tn_fake_provider_set_binding (calendar, "the new system");
}

static TnCalendarState *
load_state (Town *town)
{
  return tn_store_load_calendar (town->store, AARHUS, NULL);
}

static void
assert_all_found (const TnRebinding *rebinding, TnMark mark)
{
  g_assert_cmpuint (rebinding->findings->len, ==, rebinding->n_items);
  g_assert_cmpuint (rebinding->findings->len, >, 3);
  g_assert_cmpuint (rebinding->missing->len, ==, 0);
  g_assert_cmpuint (tn_rebinding_count_questions (rebinding), ==, 0);
  for (guint i = 0; i < rebinding->findings->len; i++)
    {
      const TnFinding *finding = g_ptr_array_index (rebinding->findings, i);
      g_assert_cmpint (finding->mark, ==, mark);
    }
}

/* The whole way: on hold, looked at, bound anew, settled without a write too many. */
static void
run_move (Loss loss, TnMark mark)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  move (town, loss);
  town_try_sync (town, AARHUS, 0, NULL);
  g_autoptr (TnCalendarState) held = load_state (town);
  g_assert_cmpint (held->hold, ==, TN_HOLD_BINDING);
  town_reset_counts (town);

  g_autoptr (TnRebinding) listed = rebind (town, NULL, FALSE);
  g_autoptr (TnCalendarState) still = load_state (town);
  g_autoptr (TnRebinding) done = rebind (town, NULL, TRUE);
  g_autoptr (TnCalendarState) bound = load_state (town);

  assert_all_found (listed, mark);
  g_assert_false (listed->is_done);
  g_assert_cmpint (still->hold, ==, TN_HOLD_BINDING);
  g_assert_true (done->is_done);
  g_assert_cmpint (bound->hold, ==, TN_HOLD_NONE);
  g_assert_cmpstr (bound->binding, ==, "the new system");
  g_assert_cmpuint (town_count_writes (town), ==, 0);

  town_sync (town);
  town_decide (town, TN_DECISION_WHERE, "studietur", "2027", "Fanø", "esbjerg");
  town_sync (town);
  g_assert_nonnull (tn_fake_provider_find_text (town_calendar (town, AARHUS), "Fanø"));
  g_assert_cmpuint (tn_book_get_proposals (town->book)->len, ==, 0);
  if (loss != LOSES_X_AND_UID)
    town_assert_shows (town, AARHUS, uid, TN_FIELD_WHERE, "Fanø"); /* and once only */
  g_auto (GStrv) ids = tn_fake_provider_dup_ids (town_calendar (town, AARHUS));
  g_assert_cmpuint (g_strv_length (ids), ==, listed->n_items); /* promise 2 */
  town_assert_settled (town);
}

static void
test_by_key (void)
{
  run_move (LOSES_NOTHING, TN_MARK_KEY);
}

static void
test_by_uid (void)
{
  run_move (LOSES_X, TN_MARK_UID);
}

static void
test_by_text (void)
{
  run_move (LOSES_X_AND_UID, TN_MARK_TEXT);
}

/* What a person changed in the new system is judged, as it would have been in the old one. */
static void
test_edit_meanwhile (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  TnFakeProvider *calendar = town_calendar (town, AARHUS);
  town_sync (town);
  move (town, LOSES_X_AND_UID);
  g_auto (GStrv) ids = tn_fake_provider_dup_ids (calendar);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      GString *text = g_string_new (tn_fake_provider_get (calendar, ids[i]));
      if (g_string_replace (text, "LOCATION:Esbjerg", "LOCATION:Fanø", 0) > 0)
        tn_fake_provider_put (calendar, ids[i], text->str);
      g_string_free (text, TRUE);
    }

  g_autoptr (TnRebinding) done = rebind (town, NULL, TRUE);
  town_sync (town);

  g_assert_true (done->is_done);
  g_assert_cmpuint (town_count_proposals (town, TN_PROPOSAL_WISH, TN_PROPOSAL_OPEN), >, 0);
  town_assert_settled (town);
}

/* The same event twice, as imports leave it: a person says which one. */
static void
test_question (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  TnFakeProvider *calendar = town_calendar (town, AARHUS);
  town_sync (town);
  move (town, LOSES_X_AND_UID);
  g_autofree char *first
      = g_strdup (tn_fake_provider_find_text (calendar, "SUMMARY:Studietur 2027"));
  GString *copy = g_string_new (tn_fake_provider_get (calendar, first));
  g_string_replace (copy, "UID:other", "UID:copy", 1);
  tn_fake_provider_put (calendar, "the-copy", copy->str);
  g_string_free (copy, TRUE);

  g_autoptr (TnRebinding) asked = rebind (town, NULL, TRUE);
  g_autofree char *answer = g_strconcat ("7by/studietur/2027=", first, NULL);
  g_autoptr (TnRebinding) done = rebind (town, answer, TRUE);

  g_assert_cmpuint (tn_rebinding_count_questions (asked), ==, 1);
  g_assert_false (asked->is_done);
  g_assert_true (done->is_done);
  town_sync (town);
  town_decide (town, TN_DECISION_WHERE, "studietur", "2027", "Fanø", "esbjerg");
  town_sync (town);
  g_assert_nonnull (strstr (tn_fake_provider_get (calendar, first), "Fanø"));
  g_assert_null (strstr (tn_fake_provider_get (calendar, "the-copy"), "Fanø"));
  town_assert_settled (town);
}

static void
test_wrong_answers (void)
{
  static const char *const wrong[]
      = { "7by/studietur/2027=nosuch", "7by/studietur/1999=", "studietur", "" };
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  town_sync (town);
  move (town, LOSES_NOTHING);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (try_rebind (town, wrong[i], TRUE, &error));
      g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
    }
  g_autoptr (TnCalendarState) state = load_state (town);
  g_assert_cmpstr (state->binding, !=, "the new system");
}

/* Nothing is forgotten on what a half listing does not show. */
static void
test_failing (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) later = NULL;
  town_sync (town);
  move (town, LOSES_NOTHING);
  tn_fake_provider_script (town_calendar (town, AARHUS), TN_FAKE_LIST, TN_FAKE_FAIL,
                           TN_ERROR_TEMPORARY);
  g_assert_null (try_rebind (town, NULL, TRUE, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_TEMPORARY);
  tn_fake_provider_script (town_calendar (town, AARHUS), TN_FAKE_LOAD, TN_FAKE_FAIL,
                           TN_ERROR_TEMPORARY);
  g_assert_null (try_rebind (town, NULL, TRUE, &later));
  g_autoptr (TnCalendarState) state = load_state (town);
  g_assert_cmpstr (state->binding, !=, "the new system");
}

static void
test_missing (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  town_sync (town);
  move (town, LOSES_NOTHING);
  tn_fake_provider_delete (town_calendar (town, AARHUS), "moved-0");
  g_autoptr (TnRebinding) listed = rebind (town, NULL, FALSE);
  g_assert_cmpuint (listed->missing->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add_func ("/sync/rebind/" name, test)
  ADD ("hazard-13-known-events-are-found-by-key", test_by_key);
  ADD ("without-x-properties-they-are-found-by-uid", test_by_uid);
  ADD ("without-a-uid-they-are-found-by-the-reference-below-the-marker", test_by_text);
  ADD ("what-was-changed-meanwhile-is-judged", test_edit_meanwhile);
  ADD ("two-items-for-one-event-are-a-question", test_question);
  ADD ("answers-that-answer-nothing-are-refused", test_wrong_answers);
  ADD ("what-cannot-be-read-binds-nothing", test_failing);
  ADD ("what-is-not-there-is-said", test_missing);
#undef ADD
  return g_test_run ();
}
