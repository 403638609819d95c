/* The fake keeps the contract, so that what is tested with it holds for real calendars; and its
 * tricks do what they say. */
#include <string.h>

#include "base/error.h"
#include "contract/provider.h"
#include "fakes/await.h"
#include "fakes/fake-provider.h"

static gpointer
set_up (void)
{
  return tn_fake_provider_new ();
}

static TnProvider *
open_fake (gpointer place, const char *binding)
{
  return g_object_ref (TN_PROVIDER (place));
}

static char *
edit (gpointer place, const char *uid, const char *text)
{
  if (text == NULL)
    tn_fake_provider_delete (TN_FAKE_PROVIDER (place), uid);
  else
    tn_fake_provider_put (TN_FAKE_PROVIDER (place), uid, text);
  return g_strdup (uid);
}

static gboolean
lock (gpointer place)
{
  tn_fake_provider_set_read_only (TN_FAKE_PROVIDER (place), TRUE);
  return TRUE;
}

static const TnProviderMaker maker = {
  .set_up = set_up,
  .tear_down = g_object_unref,
  .open = open_fake,
  .edit = edit,
  .lock = lock,
  .exact = TRUE,
};

static gpointer
set_up_without_deltas (void)
{
  TnFakeProvider *fake = tn_fake_provider_new ();
  tn_fake_provider_set_deltas (fake, FALSE);
  return fake;
}

static const TnProviderMaker maker_without_deltas = {
  .set_up = set_up_without_deltas,
  .tear_down = g_object_unref,
  .open = open_fake,
  .edit = edit,
  .lock = lock,
  .exact = TRUE,
};

static void
test_lost_answer (void)
{
  g_autoptr (TnFakeProvider) fake = tn_fake_provider_new ();
  g_autoptr (GError) error = NULL;
  tn_fake_provider_script (fake, TN_FAKE_SAVE, TN_FAKE_LOSE_ANSWER, TN_ERROR_TEMPORARY);

  g_autoptr (TurnusRef) ref = tn_await_save (TN_PROVIDER (fake), "one", NULL, "text", &error);

  g_assert_error (error, TN_ERROR, TN_ERROR_TEMPORARY);
  g_assert_null (ref);
  g_assert_cmpstr (tn_fake_provider_get (fake, "one"), ==, "text");
}

static void
test_empty_trick (void)
{
  g_autoptr (TnFakeProvider) fake = tn_fake_provider_new ();
  g_autoptr (GError) error = NULL;
  tn_fake_provider_put (fake, "one", "text");
  tn_fake_provider_script (fake, TN_FAKE_LIST, TN_FAKE_WORK, 0);
  tn_fake_provider_script (fake, TN_FAKE_LIST, TN_FAKE_EMPTY, 0);

  g_autoptr (TurnusListing) true_one = tn_await_list (TN_PROVIDER (fake), NULL, &error);
  g_autoptr (TurnusListing) false_one = tn_await_list (TN_PROVIDER (fake), true_one->token, &error);

  g_assert_cmpuint (true_one->changed->len, ==, 1);
  g_assert_true (false_one->full);
  g_assert_cmpuint (false_one->changed->len, ==, 0);
}

static void
test_never_answers (void)
{
  g_autoptr (TnFakeProvider) fake = tn_fake_provider_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *slot = NULL;
  tn_fake_provider_script (fake, TN_FAKE_LIST, TN_FAKE_NEVER, 0);
  tn_provider_list_async (TN_PROVIDER (fake), NULL, cancellable, tn_await_store, &slot);
  tn_await_idle ();
  g_assert_null (slot);

  g_cancellable_cancel (cancellable);
  g_autoptr (GAsyncResult) result = tn_await (&slot);

  g_assert_null (tn_provider_list_finish (TN_PROVIDER (fake), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_forgotten_token (void)
{
  g_autoptr (TnFakeProvider) fake = tn_fake_provider_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusListing) listing = tn_await_list (TN_PROVIDER (fake), NULL, &error);
  tn_fake_provider_forget_tokens (fake);

  g_autoptr (TurnusListing) later = tn_await_list (TN_PROVIDER (fake), listing->token, &error);

  g_assert_null (later);
  g_assert_error (error, TN_ERROR, TN_ERROR_GONE);
}

static void
test_traps (void)
{
  g_autoptr (TnFakeProvider) fake = tn_fake_provider_new ();
  tn_fake_provider_put (fake, "one", "text");
  g_autoptr (TurnusListing) listing = tn_await_list (TN_PROVIDER (fake), NULL, NULL);
  const TurnusRef *ref = tn_await_find (listing, "one");

  g_autoptr (TurnusRef) made_up = tn_await_save (TN_PROVIDER (fake), "one", "*", "new", NULL);
  g_autoptr (TurnusRef) blind
      = tn_await_save (TN_PROVIDER (fake), "one", ref->revision, "new", NULL);
  g_autoptr (TurnusRef) honest
      = tn_await_save (TN_PROVIDER (fake), "one", blind->revision, "newer", NULL);

  g_assert_cmpuint (tn_fake_provider_get_unconditional_writes (fake), ==, 1);
  g_assert_cmpuint (tn_fake_provider_get_blind_writes (fake), ==, 1);
  g_assert_cmpuint (tn_fake_provider_get_writes (fake), ==, 2);
}

static void
test_rewrites (void)
{
  g_autoptr (TnFakeProvider) fake = tn_fake_provider_new ();
  g_autofree char *text = tn_contract_make_event ("one", "Æbler, pærer og en meget lang titel");
  tn_fake_provider_set_rewrite (fake,
                                TN_FAKE_REORDER | TN_FAKE_DROP_X | TN_FAKE_FOLD | TN_FAKE_RENAME);

  g_autoptr (TurnusRef) ref = tn_await_save (TN_PROVIDER (fake), "one", NULL, text, NULL);
  const char *kept = tn_fake_provider_get (fake, ref->id);

  g_assert_cmpstr (ref->id, !=, "one");
  g_assert_null (strstr (kept, "X-SOMEBODY"));
  g_assert_nonnull (strstr (kept, "\r\n "));
  g_assert_true (strstr (kept, "UID:") > strstr (kept, "SUMMARY:"));
}

static void
test_restless (void)
{
  g_autoptr (TnFakeProvider) fake = tn_fake_provider_new ();
  tn_fake_provider_put (fake, "one", "text");
  g_autofree char *before = g_strdup (tn_fake_provider_get_revision (fake, "one"));
  tn_fake_provider_set_restless (fake, TRUE);

  g_autoptr (TurnusListing) listing = tn_await_list (TN_PROVIDER (fake), NULL, NULL);

  g_assert_cmpstr (tn_await_find (listing, "one")->revision, !=, before);
  g_assert_cmpstr (tn_fake_provider_get (fake, "one"), ==, "text");
}

static void
test_vanishes (void)
{
  g_autoptr (TnFakeProvider) fake = tn_fake_provider_new ();
  tn_fake_provider_put (fake, "one", "text");
  tn_fake_provider_script (fake, TN_FAKE_LOAD, TN_FAKE_VANISH, 0);

  g_autoptr (TurnusLoaded) loaded = tn_await_load_one (TN_PROVIDER (fake), "one");

  g_assert_error (loaded->error, TN_ERROR, TN_ERROR_GONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  tn_contract_add_provider_tests ("/fake/contract", &maker);
  tn_contract_add_provider_tests ("/fake/contract-without-deltas", &maker_without_deltas);
  g_test_add_func ("/fake/lost-answer-did-happen", test_lost_answer);
  g_test_add_func ("/fake/empty-listing-is-full", test_empty_trick);
  g_test_add_func ("/fake/never-answers-until-cancelled", test_never_answers);
  g_test_add_func ("/fake/forgotten-token-is-gone", test_forgotten_token);
  g_test_add_func ("/fake/traps-catch-careless-writes", test_traps);
  g_test_add_func ("/fake/rewrites-as-servers-do", test_rewrites);
  g_test_add_func ("/fake/restless-revisions-with-the-same-bytes", test_restless);
  g_test_add_func ("/fake/item-vanishes-between-listing-and-loading", test_vanishes);
  return g_test_run ();
}
