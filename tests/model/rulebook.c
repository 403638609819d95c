/* What people wrote down beforehand. */
#include "model/rulebook.h"

static TnRulebook *
make_rulebook (void)
{
  TnRulebook *rulebook = tn_rulebook_new ();
  g_ptr_array_add (rulebook->collaborations, tn_collaboration_new ("6by"));
  TnCollaboration *collaboration = tn_collaboration_new ("7by");
  TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
  draft.kind = TN_DECISION_POSTPONE;
  draft.on = tn_date_new (2020, 4, 2);
  draft.collaboration = "7by";
  draft.value = "kept";
  g_ptr_array_add (collaboration->decisions, tn_decision_new (&draft));
  g_ptr_array_add (rulebook->collaborations, collaboration);
  g_ptr_array_add (rulebook->holiday_files, tn_holiday_file_new ("dk", "Danmark"));
  return rulebook;
}

static void
test_find (void)
{
  g_autoptr (TnRulebook) rulebook = make_rulebook ();

  g_assert_cmpstr (tn_rulebook_find_collaboration (rulebook, "7by")->id, ==, "7by");
  g_assert_null (tn_rulebook_find_collaboration (rulebook, "8by"));
  g_assert_cmpstr (tn_rulebook_find_holidays (rulebook, "dk")->name, ==, "Danmark");
  g_assert_null (tn_rulebook_find_holidays (rulebook, "se"));
}

static void
test_decisions (void)
{
  TnRulebook *rulebook = make_rulebook ();

  g_autoptr (GPtrArray) decisions = tn_rulebook_list_decisions (rulebook);
  tn_rulebook_unref (rulebook); /* the list holds references of its own */

  g_assert_cmpuint (decisions->len, ==, 1);
  g_assert_cmpstr (((TnDecision *) g_ptr_array_index (decisions, 0))->value, ==, "kept");
}

static void
test_shared (void)
{
  TnRulebook *rulebook = make_rulebook ();
  g_autoptr (TnRulebook) again = tn_rulebook_ref (rulebook);

  tn_rulebook_unref (rulebook);

  g_assert_nonnull (tn_rulebook_find_collaboration (again, "6by"));
  g_assert_cmpstr (again->digest, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/rulebook/charters-and-holidays-are-found-by-id", test_find);
  g_test_add_func ("/model/rulebook/charters-bring-their-decisions", test_decisions);
  g_test_add_func ("/model/rulebook/lives-as-long-as-its-last-reference", test_shared);
  return g_test_run ();
}
