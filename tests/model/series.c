/* Series: their defaults, their words, their rights. */
#include "model/series.h"

static void
assert_may (const TnSeries *series, TnRight right, const char *roles)
{
  g_autofree char *found = g_strjoinv (" ", series->may[right]);
  g_assert_cmpstr (found, ==, roles);
}

/* Design section 7. */
static void
test_rights (void)
{
  TnSeries *series = tn_series_new ("studietur", TN_KIND_TRIP);

  assert_may (series, TN_RIGHT_WHEN, "host organiser secretariat");
  assert_may (series, TN_RIGHT_WHERE, "host organiser secretariat venue");
  assert_may (series, TN_RIGHT_WHAT, "host organiser secretariat");
  assert_may (series, TN_RIGHT_STATUS, "host organiser secretariat");
  assert_may (series, TN_RIGHT_TURN, "secretariat");
  tn_series_free (series);
}

static void
test_defaults (void)
{
  TnSeries *series = tn_series_new ("studietur", TN_KIND_TRIP);

  g_assert_cmpint (series->every, ==, TN_PERIOD_YEAR);
  g_assert_cmpint (series->every_n, ==, 1);
  g_assert_cmpint (series->length_days, ==, 1);
  g_assert_false (series->has_time);
  g_assert_false (series->shares_text);
  tn_series_free (series);
}

static void
test_find (void)
{
  TnSeries *series = tn_series_new ("studietur", TN_KIND_TRIP);
  TnRoleRule *host = tn_role_rule_new ("host", TN_ROLE_RING);
  TnMilestoneRule *program = tn_milestone_rule_new ("program");
  g_ptr_array_add (series->roles, host);
  g_ptr_array_add (series->milestones, program);
  g_ptr_array_add (series->preferences, tn_preference_new (TN_PREFER_WEEK));
  g_ptr_array_add (series->avoidances, tn_avoidance_new (TN_AVOID_HOLIDAYS, TRUE));
  g_ptr_array_add (series->participants, tn_participant_new ("chair", 1));

  g_assert_true (tn_series_find_role (series, "host") == host);
  g_assert_null (tn_series_find_role (series, "venue"));
  g_assert_true (tn_series_find_milestone (series, "program") == program);
  g_assert_null (tn_series_find_milestone (series, "referat"));
  g_assert_cmpstr (program->by, ==, "host");
  tn_series_free (series);
  tn_series_free (NULL);
}

static TnMilestoneRule *
add_milestone (TnSeries *series, const char *id, int every)
{
  TnMilestoneRule *rule = tn_milestone_rule_new (id);
  rule->every = every;
  g_ptr_array_add (series->milestones, rule);
  return rule;
}

/* Each repetition of homework is a milestone; the rule itself is none. */
static void
test_homework_ids (void)
{
  TnSeries *series = tn_series_new ("regional", TN_KIND_ERFA);
  add_milestone (series, "program-2", 0);
  const TnMilestoneRule *homework = add_milestone (series, "lektie", 4);
  series->theme_plan.id = g_strdup ("temaer");

  g_assert_true (tn_series_find_homework (series, "lektie-1") == homework);
  g_assert_true (tn_series_find_homework (series, "lektie-60") == homework);
  static const char *const none[]
      = { "lektie", "lektie-", "lektie-0", "lektie-01", "lektie-61", "lektie-1x", "program-2" };
  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    g_assert_null (tn_series_find_homework (series, none[i]));
  g_assert_true (tn_series_has_milestone (series, "lektie-2"));
  g_assert_true (tn_series_has_milestone (series, "program-2"));
  g_assert_true (tn_series_has_milestone (series, "temaer"));
  g_assert_false (tn_series_has_milestone (series, "lektie"));
  tn_series_free (series);
}

static void
test_matters (void)
{
  TnCycle cycles[] = { { TN_PERIOD_YEAR, 2026, 1, 0 },
                       { TN_PERIOD_YEAR, 2027, 1, 0 },
                       { TN_PERIOD_YEAR, 2028, 1, 0 },
                       { TN_PERIOD_YEAR, 2029, 1, 0 } };
  TnSeries *series = tn_series_new ("erfa", TN_KIND_ERFA);
  TnMatter *matter = tn_matter_new ("Takster", &cycles[1]);
  g_ptr_array_add (series->matters, matter);

  g_assert_false (tn_matter_is_on_agenda (matter, &cycles[0]));
  g_assert_true (tn_matter_is_on_agenda (matter, &cycles[3]));
  matter->is_done = TRUE;
  matter->done = cycles[2];
  g_assert_true (tn_matter_is_on_agenda (matter, &cycles[2]));
  g_assert_false (tn_matter_is_on_agenda (matter, &cycles[3]));
  tn_series_free (series);
}

static void
test_named_role (void)
{
  TnSeries *series = tn_series_new ("mode", TN_KIND_MEETING);
  TnRoleRule *host = tn_role_rule_new ("host", TN_ROLE_FIXED);
  TnRoleRule *chair = tn_role_rule_new ("chair", TN_ROLE_TERMS);
  TnRoleRule *venue = tn_role_rule_new ("venue", TN_ROLE_RING);
  g_ptr_array_add (series->roles, host);
  g_assert_null (tn_series_find_named_role (series, NULL));
  g_ptr_array_add (series->roles, chair);
  g_assert_true (tn_series_find_named_role (series, NULL) == chair);
  g_ptr_array_add (series->roles, venue);
  g_assert_true (tn_series_find_named_role (series, NULL) == venue);
  host->kind = TN_ROLE_RING;

  g_assert_true (tn_series_find_named_role (series, NULL) == host);
  g_assert_true (tn_series_find_named_role (series, "chair") == chair);
  g_assert_null (tn_series_find_named_role (series, "cook"));
  tn_series_free (series);
}

static void
test_words (void)
{
  static const char *const kinds[] = { "trip", "erfa", "theme", "meeting", "report" };
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      TnKind kind = TN_KIND_TRIP;
      g_assert_true (tn_kind_from_string (kinds[i], &kind));
      g_assert_cmpstr (tn_kind_to_string (kind), ==, kinds[i]);
    }
  TnKind unchanged = TN_KIND_ERFA;
  g_assert_false (tn_kind_from_string ("party", &unchanged));
  g_assert_cmpint (unchanged, ==, TN_KIND_ERFA);
  g_assert_cmpstr (tn_avoid_kind_to_string (TN_AVOID_SCHOOL_BREAKS), ==, "school-breaks");
  g_assert_cmpstr (tn_avoid_kind_to_string (TN_AVOID_ELECTIONS), ==, "elections");
  g_assert_cmpstr (tn_right_to_string (TN_RIGHT_TURN), ==, "turn");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/series/rights-are-those-of-the-design", test_rights);
  g_test_add_func ("/model/series/new-one-is-a-day-each-year", test_defaults);
  g_test_add_func ("/model/series/roles-and-milestones-are-found-by-name", test_find);
  g_test_add_func ("/model/series/a-decision-means-the-ring-or-the-term", test_named_role);
  g_test_add_func ("/model/series/words-are-read-back", test_words);
  g_test_add_func ("/model/series/each-repetition-of-homework-is-a-milestone", test_homework_ids);
  g_test_add_func ("/model/series/a-matter-comes-back-until-it-is-dealt-with", test_matters);
  return g_test_run ();
}
