/* tests/ctl/listing.c — an occurrence as programs and people read it */
#include "ctl/listing.h"

#include <string.h>

typedef struct
{
  TnCollaboration *collaboration; /* (owned) */
  TnSeries *series;               /* (unowned) */
  TnOccurrence *occurrence;       /* (owned) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  TnCycle cycle;
  g_assert_true (tn_cycle_parse ("2027", &cycle, NULL));
  fixture->collaboration = tn_collaboration_new ("7by");
  g_clear_pointer (&fixture->collaboration->zone, tn_zone_unref);
  fixture->collaboration->zone = tn_zone_new ("Europe/Copenhagen", NULL);
  g_assert_nonnull (fixture->collaboration->zone);
  fixture->series = tn_series_new ("erfa", TN_KIND_ERFA);
  g_ptr_array_add (fixture->collaboration->series, fixture->series);
  fixture->occurrence = tn_occurrence_new (fixture->collaboration, fixture->series, &cycle);
  fixture->occurrence->status = TN_STATUS_PROPOSED;
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  tn_occurrence_free (fixture->occurrence);
  tn_collaboration_free (fixture->collaboration);
}

static char *
get_member (const TnOccurrence *occurrence, const char *name)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  tn_listing_add_occurrence (builder, occurrence);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  JsonObject *object = json_node_get_object (root);
  g_assert_true (json_object_has_member (object, name));
  return json_object_get_null_member (object, name)
             ? NULL
             : g_strdup (json_object_get_string_member (object, name));
}

static void
assert_span (const Fixture *fixture, const char *expected_start, const char *expected_end)
{
  g_autofree char *start = get_member (fixture->occurrence, "start");
  g_autofree char *end = get_member (fixture->occurrence, "end");
  g_assert_cmpstr (start, ==, expected_start);
  g_assert_cmpstr (end, ==, expected_end);
}

static void
test_all_day (Fixture *fixture, gconstpointer user_data)
{
  fixture->occurrence->when = tn_when_new_days (tn_date_new (2027, 5, 18), 2);

  g_autofree char *text = tn_listing_format_when (TN_LANGUAGE_EN, fixture->occurrence);

  assert_span (fixture, "2027-05-18", "2027-05-20");
  g_assert_cmpstr (text, ==, "2027-05-18 to 2027-05-19");
}

static void
test_summer_and_winter (Fixture *fixture, gconstpointer user_data)
{
  TnDate summer = tn_date_new (2027, 9, 1);
  TnDate winter = tn_date_new (2027, 11, 3);

  fixture->occurrence->when = tn_when_new_timed (summer, 600, summer, 900);
  assert_span (fixture, "2027-09-01T10:00:00+02:00", "2027-09-01T15:00:00+02:00");
  fixture->occurrence->when = tn_when_new_timed (winter, 600, winter, 900);
  assert_span (fixture, "2027-11-03T10:00:00+01:00", "2027-11-03T15:00:00+01:00");
}

/* From the evening before summer time to the night in which it has begun; up to midnight. */
static void
test_over_the_change (Fixture *fixture, gconstpointer user_data)
{
  TnDate saturday = tn_date_new (2027, 3, 27);

  fixture->occurrence->when = tn_when_new_timed (saturday, 22 * 60, saturday + 1, 24 * 60);

  assert_span (fixture, "2027-03-27T22:00:00+01:00", "2027-03-29T00:00:00+02:00");
}

/* Hazard section 0: 02:30 does not exist on that day, and happens twice on the other. */
static void
add_hours (TnSeries *series, int start_minute, int end_minute)
{
  TnHours hours = { start_minute, end_minute };
  g_array_append_val (series->hours, hours);
}

/* Saturday 10 to 17, Sunday 9 to 15: in the night between them summer time begins. */
static void
test_hours_of_each_day (Fixture *fixture, gconstpointer user_data)
{
  TnDate saturday = tn_date_new (2027, 3, 27);
  add_hours (fixture->series, 600, 1020);
  add_hours (fixture->series, 540, 900);
  fixture->occurrence->when = tn_when_new_timed (saturday, 600, saturday + 1, 900);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  tn_listing_add_occurrence (builder, fixture->occurrence);

  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *json = json_to_string (root, FALSE);

  g_assert_nonnull (strstr (json, "\"start\":\"2027-03-27T10:00:00+01:00\","
                                  "\"end\":\"2027-03-28T15:00:00+02:00\",\"all_day\":false,"
                                  "\"hours\":[{\"start\":\"2027-03-27T10:00:00+01:00\","
                                  "\"end\":\"2027-03-27T17:00:00+01:00\"},"
                                  "{\"start\":\"2027-03-28T09:00:00+02:00\","
                                  "\"end\":\"2027-03-28T15:00:00+02:00\"}],"));
}

static void
test_gap_and_doubled_hour (Fixture *fixture, gconstpointer user_data)
{
  TnDate gap = tn_date_new (2027, 3, 28);
  TnDate doubled = tn_date_new (2027, 10, 31);

  fixture->occurrence->when = tn_when_new_timed (gap, 150, gap, 300);
  assert_span (fixture, "2027-03-28T03:30:00+02:00", "2027-03-28T05:00:00+02:00");
  fixture->occurrence->when = tn_when_new_timed (doubled, 150, doubled, 300);
  assert_span (fixture, "2027-10-31T02:30:00+02:00", "2027-10-31T05:00:00+01:00");
}

static void
test_western_zone (Fixture *fixture, gconstpointer user_data)
{
  TnDate day = tn_date_new (2027, 7, 1);
  tn_zone_unref (fixture->collaboration->zone);
  fixture->collaboration->zone = tn_zone_new ("America/St_Johns", NULL);

  fixture->occurrence->when = tn_when_new_timed (day, 0, day, 60);

  assert_span (fixture, "2027-07-01T00:00:00-02:30", "2027-07-01T01:00:00-02:30");
}

static void
test_unplaced (Fixture *fixture, gconstpointer user_data)
{
  fixture->occurrence->status = TN_STATUS_UNPLACED;

  g_autofree char *status = get_member (fixture->occurrence, "status");

  assert_span (fixture, NULL, NULL);
  g_assert_cmpstr (status, ==, "unplaced");
}

static void
test_site (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  tn_listing_add_occurrence (builder, fixture->occurrence);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_assert_false (json_object_has_member (json_node_get_object (root), "site"));

  fixture->occurrence->site = g_strdup ("nord");
  g_autofree char *site = get_member (fixture->occurrence, "site");
  g_assert_cmpstr (site, ==, "nord");
}

static void
test_computed (Fixture *fixture, gconstpointer user_data)
{
  fixture->occurrence->is_computed = TRUE;

  g_assert_true (tn_listing_is_computed (fixture->occurrence));
  fixture->occurrence->status = TN_STATUS_CANCELLED;
  g_assert_false (tn_listing_is_computed (fixture->occurrence));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/ctl/listing/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("all-day-ends-on-the-day-behind-it", test_all_day);
  ADD ("offset-is-that-of-the-season", test_summer_and_winter);
  ADD ("event-over-the-change-has-two-offsets", test_over_the_change);
  ADD ("each-day-may-have-its-hours-over-the-change", test_hours_of_each_day);
  ADD ("hour-that-is-missing-moves-and-doubled-one-is-the-first", test_gap_and_doubled_hour);
  ADD ("offset-may-be-negative-and-half", test_western_zone);
  ADD ("unplaced-has-no-dates", test_unplaced);
  ADD ("site-is-there-only-if-any", test_site);
  ADD ("cancelled-is-not-computed", test_computed);
  return g_test_run ();
}
