/* A plan that is kept: applied as it is, or refused when what it stands on has moved. */
#include "control/plan-file.h"

#include <string.h>

#include "control/parlour.h"

static GVariant *
all_calendars (void)
{
  return g_variant_new ("(@as)", g_variant_new_strv (NULL, 0));
}

static const char *
get_digest (JsonNode *plan)
{
  return json_object_get_string_member (json_node_get_object (plan), "digest");
}

static GVariant *
apply_all (JsonNode *plan)
{
  return g_variant_new ("(@ass)", g_variant_new_strv (NULL, 0), get_digest (plan));
}

static char *
show_trip (Parlour *parlour, const char *calendar)
{
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  return town_show (parlour->town, calendar, uid, TN_FIELD_WHEN);
}

/* The trip of Esbjerg, moved in the calendar @calendar. */
static void
move_trip (Parlour *parlour, const char *calendar)
{
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_edit (parlour->town, calendar, uid, TOWN_DAYS ("20270518", "20270519"),
             TOWN_DAYS ("20270525", "20270526"));
}

static void
assert_stale (Parlour *parlour, JsonNode *plan)
{
  town_reset_counts (parlour->town);
  g_autofree char *problem = parlour_fail (parlour, "ApplyFile", apply_all (plan));
  g_assert_true (g_str_has_prefix (problem, "org.turnus.Error.Conflict: "));
  g_assert_nonnull (strstr (problem, "turnusctl plan -o"));
  g_assert_cmpuint (town_count_writes (parlour->town), ==, 0);
}

static void
test_is_applied (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_ASK);

  g_autoptr (JsonNode) plan = parlour_ask (parlour, "PlanFile", all_calendars ());
  g_assert_cmpuint (town_count_writes (parlour->town), ==, 0);
  g_autoptr (JsonNode) report = parlour_ask (parlour, "ApplyFile", apply_all (plan));

  g_assert_true (parlour_has (report, "\"created\""));
  g_autofree char *when = show_trip (parlour, "aarhus");
  g_assert_cmpstr (when, ==, "2027-05-18");
}

static void
test_names_what_it_stands_on (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_ASK);

  g_autoptr (JsonNode) plan = parlour_ask (parlour, "PlanFile", all_calendars ());

  JsonObject *object = json_node_get_object (plan);
  JsonObject *rulebook = json_object_get_object_member (object, "rulebook");
  JsonArray *charters = json_object_get_array_member (rulebook, "charters");
  JsonObject *charter = json_array_get_object_element (charters, 0);
  g_assert_cmpint (json_object_get_int_member (object, "turnus_plan"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (charter, "collaboration"), ==, "7by");
  g_assert_cmpint (json_object_get_int_member (charter, "edition"), ==, 1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "footing")), ==,
                    4);
  g_assert_true (parlour_has (plan, "Studietur 2027: Esbjerg"));
}

static void
test_is_the_same_twice (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_ASK);

  g_autoptr (JsonNode) first = parlour_ask (parlour, "PlanFile", all_calendars ());
  town_sync (parlour->town); /* nothing may be written in mode ask, so nothing has moved */
  g_autoptr (JsonNode) second = parlour_ask (parlour, "PlanFile", all_calendars ());

  g_assert_cmpstr (get_digest (first), ==, get_digest (second));
}

static void
test_a_decision_makes_it_stale (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_ASK);
  g_autoptr (JsonNode) plan = parlour_ask (parlour, "PlanFile", all_calendars ());

  town_decide (parlour->town, TN_DECISION_DATE, "studietur", "2027", "2027-05-25", "esbjerg");

  assert_stale (parlour, plan);
}

static void
test_an_edit_makes_it_stale (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_ASK);
  g_autoptr (JsonNode) first = parlour_ask (parlour, "Apply", all_calendars ());
  g_autoptr (JsonNode) plan = parlour_ask (parlour, "PlanFile", all_calendars ());

  move_trip (parlour, "esbjerg");

  assert_stale (parlour, plan);
  g_autofree char *when = show_trip (parlour, "aarhus");
  g_assert_cmpstr (when, ==, "2027-05-18"); /* not even what people may decide */
}

static void
test_a_new_edition_makes_it_stale (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_ASK);
  g_autoptr (JsonNode) first = parlour_ask (parlour, "Apply", all_calendars ());
  g_autoptr (JsonNode) plan = parlour_ask (parlour, "PlanFile", all_calendars ());

  town_set_charter (parlour->town, "[ \"tue\", \"wed\", \"thu\" ]", "[ \"mon\" ]");
  town_set_charter (parlour->town, "edition = 1", "edition = 2");
  town_reload (parlour->town);

  assert_stale (parlour, plan);
  g_assert_true (tn_book_has_new_rulebook (parlour->town->book));
}

static void
test_a_new_edition_is_applied (void)
{
  g_autoptr (Parlour) parlour = parlour_new (TOWN_ASK);
  g_autoptr (JsonNode) first = parlour_ask (parlour, "Apply", all_calendars ());
  town_set_charter (parlour->town, "[ \"tue\", \"wed\", \"thu\" ]", "[ \"mon\" ]");
  town_set_charter (parlour->town, "edition = 1", "edition = 2");
  town_reload (parlour->town);
  g_autoptr (JsonNode) plan = parlour_ask (parlour, "PlanFile", all_calendars ());

  g_autoptr (JsonNode) report = parlour_ask (parlour, "ApplyFile", apply_all (plan));

  g_assert_true (parlour_has (report, "\"changed\""));
  g_autofree char *when = show_trip (parlour, "aarhus");
  g_assert_cmpstr (when, ==, "2027-05-24");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/control/plan-file/is-applied-as-it-was-kept", test_is_applied);
  g_test_add_func ("/control/plan-file/names-what-it-stands-on", test_names_what_it_stands_on);
  g_test_add_func ("/control/plan-file/is-the-same-twice", test_is_the_same_twice);
  g_test_add_func ("/control/plan-file/a-decision-makes-it-stale", test_a_decision_makes_it_stale);
  g_test_add_func ("/control/plan-file/an-edit-makes-it-stale", test_an_edit_makes_it_stale);
  g_test_add_func ("/control/plan-file/a-new-edition-makes-it-stale",
                   test_a_new_edition_makes_it_stale);
  g_test_add_func ("/control/plan-file/a-new-edition-that-it-shows-is-applied",
                   test_a_new_edition_is_applied);
  return g_test_run ();
}
