/* Tests of who has a role of the trip of 2027, whatever kind of role it is. */
#include "seven-cities.h"

#include "rules/roles.h"

/* Who has @role in the @index-th cycle from 2018 on, parted by blanks. */
static void
assert_turn (const TnRulebook *rulebook, GPtrArray *decisions, guint series_index,
             const TnRoleRule *role, int index, const char *expected, const char *reason)
{
  g_autoptr (TnLedger) ledger = tn_ledger_new (decisions);
  TnMembership *membership = tn_membership_new (seven_get (rulebook), ledger, TN_DATE_NONE);
  g_autoptr (TnRoles) roles = tn_roles_new (seven_get (rulebook), ledger, membership,
                                            tn_span_new (D (2018, 1, 1), D (2035, 1, 1)));
  TnTurn *turn = tn_roles_make_turn (roles, seven_get_series (rulebook, series_index), role, index);
  g_autofree char *councils = g_strjoinv (" ", turn->councils);
  const TnReason *last = g_ptr_array_index (turn->reasons, turn->reasons->len - 1);
  gboolean told = strstr (last->text, reason) != NULL;
  for (guint i = 0; i < turn->reasons->len; i++)
    told = told
           || strstr (((TnReason *) g_ptr_array_index (turn->reasons, i))->text, reason) != NULL;
  g_assert_cmpstr (councils, ==, expected);
  if (!told)
    g_test_fail_printf ("'%s' is not told; at last: %s", reason, last->text);
  tn_turn_free (turn);
  tn_membership_free (membership);
}

static void
test_fixed (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  const TnRoleRule *venue = tn_series_find_role (seven_get_series (rulebook, 1), "venue");

  assert_turn (rulebook, decisions, 1, venue, 9, "odense", "the charter names Odense");

  seven_change_membership (decisions, TN_DECISION_LEAVE, "odense", D (2027, 1, 1), D (2026, 1, 5));
  assert_turn (rulebook, decisions, 1, venue, 9, "", "nobody: Odense is not a member in 2027");
  assert_turn (rulebook, decisions, 1, venue, 8, "odense", "the charter names Odense");
}

static void
test_shared (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  TnRoleRule *role = seven_add_role (seven_get_series (rulebook, 0), "secretariat", TN_ROLE_SHARED);
  g_strfreev (role->shared);
  role->shared = g_strsplit ("odense,aarhus", ",", -1);

  assert_turn (rulebook, NULL, 0, role, 9, "odense aarhus", "shared by Odense");
}

static void
test_terms (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  TnRoleRule *role = seven_add_role (seven_get_series (rulebook, 0), "chair", TN_ROLE_TERMS);
  g_ptr_array_add (role->terms,
                   tn_term_new ("randers", tn_span_new (D (2022, 1, 1), D (2026, 1, 1))));
  g_ptr_array_add (role->terms,
                   tn_term_new ("aarhus", tn_span_new (D (2026, 1, 1), D (2030, 1, 1))));

  assert_turn (rulebook, NULL, 0, role, 7, "randers", "Randers has it for the period");
  assert_turn (rulebook, NULL, 0, role, 8, "aarhus", "Aarhus has it for the period");
  assert_turn (rulebook, NULL, 0, role, 12, "", "nobody: no term of the charter holds");
}

/* The organiser of autumn is the host of that year's trip, also of one that was put off. */
static void
test_follows (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);
  const TnRoleRule *organiser = tn_series_find_role (seven_get_series (rulebook, 1), "organiser");

  assert_turn (rulebook, decisions, 1, organiser, 2, "randers", "whose turn was put off");
  assert_turn (rulebook, decisions, 1, organiser, 3, "randers",
               "follows studietur.host of 2021: Randers");
  assert_turn (rulebook, decisions, 1, organiser, 5, "kobenhavn",
               "follows studietur.host of 2023: København");
}

static void
test_circle_ends (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  TnRoleRule *one = seven_add_role (seven_get_series (rulebook, 0), "a", TN_ROLE_FOLLOWS);
  TnRoleRule *other = seven_add_role (seven_get_series (rulebook, 1), "b", TN_ROLE_FOLLOWS);
  one->follows_series = g_strdup ("erfa");
  one->follows_role = g_strdup ("b");
  other->follows_series = g_strdup ("studietur");
  other->follows_role = g_strdup ("a");

  assert_turn (rulebook, NULL, 0, one, 9, "", "nobody");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/roles/a-fixed-holder-must-be-a-member", test_fixed);
  g_test_add_func ("/rules/roles/several-share-one", test_shared);
  g_test_add_func ("/rules/roles/a-term-has-its-holder", test_terms);
  g_test_add_func ("/rules/roles/a-follower-follows-also-what-was-put-off", test_follows);
  g_test_add_func ("/rules/roles/a-circle-ends-with-nobody", test_circle_ends);
  return g_test_run ();
}
