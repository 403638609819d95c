/* The other records: ids of proposals, fresh states, copies. */
#include "store/records.h"

#include <string.h>

static TnProposal *
propose (const char *value, const char *council)
{
  return tn_proposal_new (TN_PROPOSAL_WISH, "egen", "u1", "key", TN_FIELD_WHERE, value, "old",
                          council, tn_date_new (2026, 3, 4));
}

static void
test_same_wish_has_the_same_id (void)
{
  g_autoptr (TnProposal) one = propose ("Randers", "odense");
  g_autoptr (TnProposal) two = propose ("Randers", "odense");
  g_assert_cmpuint (strlen (one->id), ==, 16);
  g_assert_cmpstr (one->id, ==, two->id);
}

static void
test_other_wish_has_another_id (void)
{
  g_autoptr (TnProposal) one = propose ("Randers", "odense");
  g_autoptr (TnProposal) other_value = propose ("Esbjerg", "odense");
  g_autoptr (TnProposal) other_council = propose ("Randers", NULL);
  g_assert_cmpstr (one->id, !=, other_value->id);
  g_assert_cmpstr (one->id, !=, other_council->id);
}

static void
test_shared_calendar_has_many_names (void)
{
  TnDate day = tn_date_new (2026, 3, 4);
  g_autoptr (TnProposal) one = tn_proposal_new (TN_PROPOSAL_WISH, "faelles", "u1", "key",
                                                TN_FIELD_WHERE, "a", "b", NULL, day);
  g_autoptr (TnProposal) two = tn_proposal_new (TN_PROPOSAL_WISH, "shared", "u1", "key",
                                                TN_FIELD_WHERE, "a", "b", NULL, day);
  g_assert_cmpstr (one->id, ==, two->id);
  g_assert_cmpstr (two->calendar, ==, "shared");
}

static void
test_answer_does_not_change_the_id (void)
{
  g_autoptr (TnProposal) one = propose ("Randers", "odense");
  one->state = TN_PROPOSAL_REJECTED;
  one->answered_by = g_strdup ("esbjerg");
  one->at_us = 77;
  one->origin = g_strdup ("aarhus");
  one->answer_origin = g_strdup ("esbjerg");
  g_autoptr (TnProposal) copy = tn_proposal_copy (one);
  g_autoptr (TnProposal) fresh = propose ("Randers", "odense");
  g_assert_cmpstr (copy->id, ==, fresh->id);
  g_assert_cmpstr (copy->answered_by, ==, "esbjerg");
  g_assert_cmpint (copy->at_us, ==, 77);
  g_assert_cmpstr (copy->origin, ==, "aarhus");
  g_assert_cmpstr (copy->answer_origin, ==, "esbjerg");
}

static void
test_new_intent_must_find_nothing (void)
{
  g_autoptr (TnIntent) intent = tn_intent_new ("egen", "u1", TN_INTENT_CREATE);
  g_assert_null (intent->revision);
  g_assert_cmpstr (intent->wished[TN_FIELD_NOTE], ==, "");
}

static void
test_new_calendar_was_never_looked_at (void)
{
  g_autoptr (TnCalendarState) state = tn_calendar_state_new ("egen");
  g_autoptr (TnCalendarState) copy = tn_calendar_state_copy (state);
  g_assert_cmpstr (copy->calendar, ==, "egen");
  g_assert_cmpint (copy->contact, ==, TN_CONTACT_NEW);
  g_assert_cmpint (copy->last_good_us, ==, 0);
}

static void
test_states_have_names (void)
{
  g_assert_cmpstr (tn_proposal_state_to_string (TN_PROPOSAL_OPEN), ==, "open");
  g_assert_cmpstr (tn_proposal_state_to_string (TN_PROPOSAL_WITHDRAWN), ==, "withdrawn");
  g_assert_cmpstr (tn_hold_to_string (TN_HOLD_NONE), ==, "none");
  g_assert_cmpstr (tn_hold_to_string (TN_HOLD_PLUGIN), ==, "plugin");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/records/same-wish-has-the-same-id", test_same_wish_has_the_same_id);
  g_test_add_func ("/store/records/other-wish-has-another-id", test_other_wish_has_another_id);
  g_test_add_func ("/store/records/a-shared-calendar-has-many-names",
                   test_shared_calendar_has_many_names);
  g_test_add_func ("/store/records/answer-does-not-change-the-id",
                   test_answer_does_not_change_the_id);
  g_test_add_func ("/store/records/new-intent-must-find-nothing",
                   test_new_intent_must_find_nothing);
  g_test_add_func ("/store/records/new-calendar-was-never-looked-at",
                   test_new_calendar_was_never_looked_at);
  g_test_add_func ("/store/records/states-have-names", test_states_have_names);
  return g_test_run ();
}
