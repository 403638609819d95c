/* Links: their words, and that a copy shares nothing with its original. */
#include "store/link.h"

static void
test_states_have_names_and_back (void)
{
  for (int state = TN_LINK_LIVE; state <= TN_LINK_UNTENDED; state++)
    {
      TnLinkState back = TN_LINK_LIVE;
      const char *name = tn_link_state_to_string ((TnLinkState) state);
      g_assert_true (tn_link_state_from_string (name, &back));
      g_assert_cmpint (back, ==, state);
    }
}

static void
test_unknown_state_is_refused (void)
{
  TnLinkState state = TN_LINK_AWAY;
  g_assert_false (tn_link_state_from_string ("Live", &state));
  g_assert_cmpint (state, ==, TN_LINK_AWAY);
}

static void
test_new_link_is_live_and_has_no_null_texts (void)
{
  g_autoptr (TnLink) link = tn_link_new ("egen", "u1", "key");
  g_assert_cmpint (link->state, ==, TN_LINK_LIVE);
  g_assert_cmpstr (link->item_id, ==, "");
  g_assert_cmpstr (link->revision, ==, "");
  for (guint i = 0; i < TN_N_FIELDS; i++)
    {
      g_assert_cmpstr (link->wished[i], ==, "");
      g_assert_cmpstr (link->shown[i], ==, "");
    }
  g_assert_null (link->entry);
}

static void
test_copy_outlives_its_original (void)
{
  TnLink *link = tn_link_new ("egen", "u1", "key");
  link->n_put_back = 2;
  g_autoptr (TnLink) copy = tn_link_copy (link);
  link->uid[0] = 'x';
  tn_link_free (link);
  g_assert_cmpstr (copy->calendar, ==, "egen");
  g_assert_cmpstr (copy->uid, ==, "u1");
  g_assert_cmpuint (copy->n_put_back, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/link/states-have-names-and-back", test_states_have_names_and_back);
  g_test_add_func ("/store/link/unknown-state-is-refused", test_unknown_state_is_refused);
  g_test_add_func ("/store/link/new-link-is-live-and-has-no-null-texts",
                   test_new_link_is_live_and_has_no_null_texts);
  g_test_add_func ("/store/link/copy-outlives-its-original", test_copy_outlives_its_original);
  return g_test_run ();
}
