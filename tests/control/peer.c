/* Who may speak to the daemon. */
#include "control/peer.h"

#include <string.h>
#include <unistd.h>

#include "base/error.h"

static gid_t some_groups[] = { 100, 70 };

static const TnPeer anna = { .uid = 1000, .groups = some_groups, .n_groups = 2, .name = "anna" };

static void
test_root_and_own_user_may (void)
{
  TnPeer root = { .uid = 0, .name = "root" };

  g_assert_true (tn_peer_may_speak (&root, 990, NULL, 0, NULL));
  g_assert_true (tn_peer_may_speak (&anna, 1000, NULL, 0, NULL));
}

static void
test_members_may (void)
{
  g_assert_true (tn_peer_may_speak (&anna, 990, "turnus", 70, NULL));
  g_assert_true (tn_peer_may_speak (&anna, 990, "turnus", 100, NULL));
}

static void
test_others_are_told_who_may (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (tn_peer_may_speak (&anna, 990, "turnus", 71, &error));

  g_assert_error (error, TN_ERROR, TN_ERROR_DENIED);
  g_assert_nonnull (strstr (error->message, "anna"));
  g_assert_nonnull (strstr (error->message, "group turnus"));
}

/* Number 0 is a group, too: without the name there is none. */
static void
test_without_a_group_nobody_is_a_member (void)
{
  gid_t root_group = 0;
  TnPeer bo = { .uid = 1001, .groups = &root_group, .n_groups = 1, .name = "bo" };
  g_autoptr (GError) error = NULL;

  g_assert_false (tn_peer_may_speak (&bo, 990, NULL, 0, &error));

  g_assert_error (error, TN_ERROR, TN_ERROR_DENIED);
  g_assert_null (strstr (error->message, "group"));
}

static void
test_groups_are_found_by_name (void)
{
  gid_t group = 77;

  g_assert_false (tn_peer_find_group ("no-such-group-here", &group));
  g_assert_cmpint (group, ==, 77);
  g_assert_true (tn_peer_find_group ("root", &group));
  g_assert_cmpint (group, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/control/peer/root-and-the-own-user-may-speak", test_root_and_own_user_may);
  g_test_add_func ("/control/peer/members-of-the-group-may-speak", test_members_may);
  g_test_add_func ("/control/peer/hazard-109-others-are-told-who-may",
                   test_others_are_told_who_may);
  g_test_add_func ("/control/peer/without-a-group-nobody-is-a-member",
                   test_without_a_group_nobody_is_a_member);
  g_test_add_func ("/control/peer/groups-are-found-by-name", test_groups_are_found_by_name);
  return g_test_run ();
}
