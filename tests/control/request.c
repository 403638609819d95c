/* The words of commands: what they mean, and what is said when they make no sense. */
#include "control/mention.h"
#include "control/request.h"

#include <string.h>

#include "base/error.h"
#include "control/parlour.h"

static TnRequest *
ask (Town *town, GVariant *fields, GError **error)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (fields);
  return tn_request_new (town->book, owned, "command anna", error);
}

static const TnDecisionDraft *
understand (Town *town, TnRequest **request, GVariant *fields)
{
  g_autoptr (GError) error = NULL;
  *request = ask (town, fields, &error);
  g_assert_no_error (error);
  return tn_request_get_draft (*request);
}

static void
assert_refused (Town *town, const char *words, GVariant *fields)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnRequest) request = ask (town, fields, &error);
  g_assert_null (request);
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  if (strstr (error->message, words) == NULL)
    g_error ("'%s' is not in: %s", words, error->message);
}

static void
test_a_day_keeps_length_and_times (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (TnRequest) request = NULL;

  const TnDecisionDraft *draft = understand (
      town, &request,
      parlour_fields ("kind", "date", "event", "7by/erfa/2027", "value", "2027-10-05", NULL));

  g_assert_cmpstr (draft->value, ==, "2027-10-05T10:00..2027-10-05T15:00");
  g_assert_false (draft->confirmed);
  g_assert_cmpstr (draft->by, ==, "odense"); /* the council of the settings */
  g_assert_cmpstr (draft->source, ==, "command anna");
  g_assert_cmpint (draft->on, ==, tn_date_new (2026, 11, 22));
}

static void
test_times_and_spans_are_taken_as_they_are (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (TnRequest) request = NULL;

  const TnDecisionDraft *draft
      = understand (town, &request,
                    parlour_fields ("kind", "date", "event", "studietur 2027", "value",
                                    "2027-05-20..2027-05-21", "confirmed", "yes", NULL));

  g_assert_cmpstr (draft->value, ==, "2027-05-20..2027-05-21");
  g_assert_true (draft->confirmed);
}

static void
test_confirming_keeps_the_date (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (TnRequest) request = NULL;

  const TnDecisionDraft *draft = understand (
      town, &request,
      parlour_fields ("kind", "date", "event", "studietur/2027", "confirmed", "yes", NULL));

  g_assert_cmpstr (draft->value, ==, "2027-05-18");
}

static void
test_turns_name_series_and_cycles (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (TnRequest) swap = NULL;
  g_autoptr (TnRequest) set = NULL;

  const TnDecisionDraft *draft
      = understand (town, &swap,
                    parlour_fields ("kind", "swap", "series", "studietur", "cycle", "2027",
                                    "other_cycle", "2028", "minutes", "item 4", NULL));
  g_assert_cmpstr (draft->collaboration, ==, "7by");
  g_assert_cmpstr (draft->other_cycle, ==, "2028");
  g_assert_cmpstr (draft->minutes, ==, "item 4");

  draft = understand (town, &set,
                      parlour_fields ("kind", "set", "series", "7by/studietur", "cycle", "2029",
                                      "council", "aarhus", NULL));
  g_assert_cmpstr (draft->value, ==, "after"); /* when not said */
}

/* Homework has no rule that is called like its second repetition. */
static void
test_milestones_are_named (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  town_set_charter (town, "{ id = \"program\";",
                    "{ id = \"lektie\"; title = \"Lektie\"; every = \"4 weeks\"; "
                    "by = \"host\"; }, { id = \"program\";");
  town_reload (town);
  g_autoptr (TnRequest) due = NULL;
  g_autoptr (TnRequest) done = NULL;

  const TnDecisionDraft *draft
      = understand (town, &due,
                    parlour_fields ("kind", "due", "event", "7by/studietur/2027#lektie-2", "value",
                                    "2027-07-14", NULL));
  g_assert_cmpstr (draft->cycle, ==, "2027");
  g_assert_cmpstr (draft->milestone, ==, "lektie-2");
  g_assert_cmpstr (draft->value, ==, "2027-07-14");
  g_assert_cmpint (draft->anchor, ==, tn_date_new (2027, 5, 18)); /* holds until it moves */

  draft = understand (town, &done,
                      parlour_fields ("kind", "done", "event", "7by/studietur/2027", "milestone",
                                      "lektie-2", NULL));
  g_assert_cmpstr (draft->milestone, ==, "lektie-2");
  g_assert_cmpstr (draft->value, ==, "yes");
  assert_refused (
      town, "7by/studietur/2027 has no milestone 'lektie', expected one of",
      parlour_fields ("kind", "done", "event", "7by/studietur/2027", "milestone", "lektie", NULL));
  assert_refused (town, "there is no '7by/studietur/2027#lektie' in the plan",
                  parlour_fields ("kind", "due", "event", "7by/studietur/2027#lektie", "value",
                                  "2027-07-14", NULL));
  assert_refused (town, "expected a day",
                  parlour_fields ("kind", "due", "event", "studietur/2027#program", NULL));
}

static void
test_what_makes_no_sense_is_said (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  assert_refused (town, "no kind of decision", parlour_fields ("kind", "placed", NULL));
  assert_refused (town, "no kind of decision", parlour_fields ("event", "7by/erfa/2027", NULL));
  assert_refused (town, "a decision has no 'wenn'", parlour_fields ("wenn", "x", NULL));
  assert_refused (town, "there is no '7by/erfa/2099'",
                  parlour_fields ("kind", "cancel", "event", "7by/erfa/2099", NULL));
  assert_refused (town, "expected a series", parlour_fields ("kind", "cancel", NULL));
  assert_refused (town, "no series 'trip'",
                  parlour_fields ("kind", "skip", "series", "trip", "cycle", "2028", NULL));
  assert_refused (town, "no cycle of studietur",
                  parlour_fields ("kind", "skip", "series", "studietur", "cycle", "2028-Q1",
                                  "council", "randers", NULL));
  assert_refused (town, "no council of",
                  parlour_fields ("kind", "skip", "series", "studietur", "cycle", "2028", "council",
                                  "vejle", NULL));
  assert_refused (town, "expected the other cycle",
                  parlour_fields ("kind", "swap", "series", "studietur", "cycle", "2028", NULL));
  assert_refused (town, "studietur has no role 'cook'",
                  parlour_fields ("kind", "swap", "series", "studietur", "cycle", "2027",
                                  "other_cycle", "2028", "role", "cook", NULL));
  assert_refused (town, "no role of erfa goes round",
                  parlour_fields ("kind", "skip", "series", "erfa", "cycle", "2027", "council",
                                  "odense", NULL));
  assert_refused (town, "role 'venue' of erfa does not go round",
                  parlour_fields ("kind", "set", "series", "erfa", "cycle", "2027", "council",
                                  "odense", "role", "venue", NULL));
  assert_refused (
      town, "expected one of kept, used, no",
      parlour_fields ("kind", "postpone", "event", "studietur/2027", "value", "late", NULL));
  assert_refused (
      town, "no council of",
      parlour_fields ("kind", "cancel", "event", "studietur/2027", "for", "vejle", NULL));
  assert_refused (
      town, "today or before",
      parlour_fields ("kind", "cancel", "event", "studietur/2027", "on", "2026-11-23", NULL));
  assert_refused (
      town, "",
      parlour_fields ("kind", "date", "event", "studietur/2027", "value", "31 May", NULL));
}

static void
test_texts_have_a_limit (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *text = g_strnfill (2001, 'x');

  assert_refused (town, "longer than",
                  parlour_fields ("kind", "cancel", "event", "studietur/2027", "note", text, NULL));
  text[2000] = '\0';
  g_autoptr (TnRequest) request = NULL;
  const TnDecisionDraft *draft = understand (
      town, &request,
      parlour_fields ("kind", "cancel", "event", "studietur/2027", "note", text, NULL));
  g_assert_cmpuint (strlen (draft->note), ==, 2000);
}

static void
test_milestones_are_found_where_they_may_be (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  const TnPlan *plan = tn_book_get_plan (town->book);
  const TnMilestone *milestone = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (tn_mention_find_event (plan, "erfa/2027#referat", &milestone, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (milestone->id, ==, "referat");
  g_assert_null (tn_mention_find_event (plan, "erfa/2027#referat", NULL, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/control/request/a-day-keeps-length-and-times",
                   test_a_day_keeps_length_and_times);
  g_test_add_func ("/control/request/times-and-spans-are-taken-as-they-are",
                   test_times_and_spans_are_taken_as_they_are);
  g_test_add_func ("/control/request/confirming-keeps-the-date", test_confirming_keeps_the_date);
  g_test_add_func ("/control/request/turns-name-series-and-cycles",
                   test_turns_name_series_and_cycles);
  g_test_add_func ("/control/request/what-makes-no-sense-is-said",
                   test_what_makes_no_sense_is_said);
  g_test_add_func ("/control/request/texts-have-a-limit", test_texts_have_a_limit);
  g_test_add_func ("/control/request/milestones-are-found-where-they-may-be",
                   test_milestones_are_found_where_they_may_be);
  g_test_add_func ("/control/request/milestones-are-named-also-of-homework",
                   test_milestones_are_named);
  return g_test_run ();
}
