/* tests/charter/rulings.c — the decisions that a charter records */
#include "reading.h"

#define LAST "decisions = ("

static const TnDecision *
find (const TnRulebook *rulebook, TnDecisionKind kind)
{
  const TnCollaboration *seven = g_ptr_array_index (rulebook->collaborations, 0);
  for (guint i = 0; i < seven->decisions->len; i++)
    {
      const TnDecision *decision = g_ptr_array_index (seven->decisions, i);
      if (decision->kind == kind)
        return decision;
    }
  g_assert_not_reached ();
}

/* @keys as one more decision, before the others. */
static TnRulebook *
read_with (const char *keys)
{
  g_autofree char *more = g_strdup_printf (LAST " { on = \"2026-01-15\"; %s },", keys);
  return reading_read_changed (LAST, more);
}

#define assert_wrong(keys, wanted)                                                                 \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *more = g_strdup_printf (LAST " { on = \"2026-01-15\"; %s },", keys);          \
    assert_complaint (LAST, more, wanted);                                                         \
  }                                                                                                \
  G_STMT_END

#define TRIP "series = \"studietur\"; cycle = \"2028\"; "
#define ERFA "series = \"erfa\"; cycle = \"2028\"; "

static void
test_real (void)
{
  g_autofree char *text = reading_dup_7by ();
  g_autoptr (TnRulebook) rulebook = reading_read (text, NULL);
  const TnCollaboration *seven = g_ptr_array_index (rulebook->collaborations, 0);

  const TnDecision *aalborg = g_ptr_array_index (seven->decisions, 0);
  const TnDecision *postponed = g_ptr_array_index (seven->decisions, 1);
  const TnDecision *copenhagen = g_ptr_array_index (seven->decisions, 2);

  g_assert_cmpint (aalborg->kind, ==, TN_DECISION_DATE);
  g_assert_cmpstr (aalborg->value, ==, "2018-05-03");
  g_assert_cmpint (postponed->kind, ==, TN_DECISION_POSTPONE);
  g_assert_cmpint (postponed->on, ==, tn_date_new (2020, 4, 2));
  g_assert_cmpstr (postponed->cycle, ==, "2020");
  g_assert_cmpstr (postponed->value, ==, "kept");
  g_assert_cmpstr (postponed->collaboration, ==, "7by");
  g_assert_cmpstr (postponed->note, ==, "aflyst, Randers beholder værtskabet");
  g_assert_null (postponed->role_name);
  g_assert_cmpstr (postponed->source, ==, "charter 7by.conf:112");
  g_assert_true (copenhagen->confirmed);
  g_assert_cmpstr (copenhagen->value, ==, "2023-05-16");
}

static void
test_one_can_go (void)
{
  g_autoptr (TnRulebook) rulebook = reading_read_changed (
      "    { on = \"2020-04-02\"; series = \"studietur\"; cycle = \"2020\"; postpone = \"kept\";\n"
      "      note = \"aflyst, Randers beholder værtskabet\"; },\n",
      "");
  const TnCollaboration *seven = g_ptr_array_index (rulebook->collaborations, 0);
  g_assert_cmpuint (seven->decisions->len, ==, 2);
}

static void
test_turns (void)
{
  g_autoptr (TnRulebook) swapped = read_with (TRIP "swap = \"2027\"; by = \"esbjerg\";");
  g_autoptr (TnRulebook) skipped = read_with (TRIP "skip = \"odense\";");
  g_autoptr (TnRulebook) set = read_with (TRIP "set = \"odense\"; then = \"unchanged\";");
  g_autoptr (TnRulebook) set_after = read_with (TRIP "set = \"odense\"; role = \"host\";");
  g_autoptr (TnRulebook) inserted = read_with (TRIP "insert = \"odense\"; after = \"esbjerg\";");

  g_assert_cmpstr (find (swapped, TN_DECISION_SWAP)->other_cycle, ==, "2027");
  g_assert_cmpstr (find (swapped, TN_DECISION_SWAP)->by, ==, "esbjerg");
  g_assert_cmpstr (find (skipped, TN_DECISION_SKIP)->council, ==, "odense");
  g_assert_cmpstr (find (set, TN_DECISION_SET)->value, ==, "unchanged");
  g_assert_cmpstr (find (set_after, TN_DECISION_SET)->value, ==, "after");
  g_assert_cmpstr (find (set_after, TN_DECISION_SET)->council, ==, "odense");
  g_assert_cmpstr (find (set_after, TN_DECISION_SET)->role_name, ==, "host");
  g_assert_cmpstr (find (inserted, TN_DECISION_INSERT)->after_council, ==, "esbjerg");
}

/* A term is not bound to a ring: any member may be named, by the role or as the only one to mean.
 */
static void
test_terms (void)
{
  static const char venue[] = "{ role = \"venue\"; council = \"odense\"; }";
  g_autofree char *text = reading_dup_7by ();
  g_autofree char *with_chair = reading_dup_changed (
      text, venue,
      "{ role = \"chair\"; terms = ( { from = \"2026\"; to = \"2029\"; council = \"odense\"; } "
      "); }");
  g_autofree char *named = reading_dup_changed (with_chair, LAST,
                                                LAST "{ on = \"2026-01-15\"; " ERFA
                                                     "set = \"aalborg\"; role = \"chair\"; },");
  g_autofree char *meant = reading_dup_changed (
      with_chair, LAST, LAST "{ on = \"2026-01-15\"; " ERFA "set = \"aalborg\"; },");

  g_autoptr (TnRulebook) by_role = reading_read (named, NULL);
  g_autoptr (TnRulebook) alone = reading_read (meant, NULL);

  g_assert_cmpstr (find (by_role, TN_DECISION_SET)->role_name, ==, "chair");
  g_assert_cmpstr (find (alone, TN_DECISION_SET)->council, ==, "aalborg");
}

static void
test_dates (void)
{
  g_autoptr (TnRulebook) trip = read_with (TRIP "date = \"2028-05-16..2028-05-17\";");
  g_autoptr (TnRulebook) erfa = read_with (ERFA "date = \"2028-10-04\";");
  g_autoptr (TnRulebook) long_erfa = read_with (ERFA "date = \"2028-10-04..2028-10-05\";");
  g_autoptr (TnRulebook) hours
      = read_with (ERFA "date = \"2028-10-04T09:00..2028-10-04T12:00\"; confirmed = true;");

  g_assert_cmpstr (find (trip, TN_DECISION_DATE)->value, ==, "2028-05-16..2028-05-17");
  g_assert_false (find (trip, TN_DECISION_DATE)->confirmed);
  g_assert_cmpstr (find (erfa, TN_DECISION_DATE)->value, ==, "2028-10-04T10:00..2028-10-04T15:00");
  g_assert_cmpstr (find (long_erfa, TN_DECISION_DATE)->value, ==,
                   "2028-10-04T10:00..2028-10-05T15:00");
  g_assert_cmpstr (find (hours, TN_DECISION_DATE)->value, ==, "2028-10-04T09:00..2028-10-04T12:00");
  g_assert_true (find (hours, TN_DECISION_DATE)->confirmed);
}

static void
test_day_of_several (void)
{
  g_autofree char *text = reading_dup_7by ();
  g_autofree char *longer = reading_dup_changed (text, "length = \"1 day\"", "length = \"2 days\"");
  g_autoptr (TnRulebook) rulebook = reading_read (longer, NULL);

  g_assert_cmpstr (find (rulebook, TN_DECISION_DATE)->value, ==, "2018-05-03..2018-05-04");
}

static void
test_members (void)
{
  g_autofree char *text = reading_dup_7by ();
  g_autofree char *named = reading_dup_changed (
      text, "councils = (", "councils = ( { id = \"viborg\"; name = \"Viborg\"; },");
  g_autofree char *joined = reading_dup_changed (
      named, LAST,
      LAST " { on = \"2028-01-01\"; join = \"viborg\"; from = \"2029\"; }, "
           "{ on = \"2028-01-01\"; series = \"studietur\"; cycle = \"2029\"; insert = \"viborg\"; "
           "after = \"esbjerg\"; }, "
           "{ on = \"2026-01-01\"; leave = \"aarhus\"; from = \"2027-07-01\"; },");
  g_autoptr (GError) error = NULL;

  g_autoptr (TnRulebook) rulebook = reading_read (joined, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (find (rulebook, TN_DECISION_JOIN)->council, ==, "viborg");
  g_assert_cmpint (find (rulebook, TN_DECISION_JOIN)->since, ==, tn_date_new (2029, 1, 1));
  g_assert_null (find (rulebook, TN_DECISION_JOIN)->series);
  g_assert_cmpint (find (rulebook, TN_DECISION_LEAVE)->since, ==, tn_date_new (2027, 7, 1));
}

static void
test_rest (void)
{
  g_autoptr (TnRulebook) theme = read_with (ERFA "theme = \"Ensomhed\"; minutes = \"2025-3\";");
  g_autoptr (TnRulebook) off = read_with (ERFA "cancel = true;");
  g_autoptr (TnRulebook) on = read_with (ERFA "cancel = false;");
  g_autoptr (TnRulebook) title = read_with (ERFA "title = \"Møde hos {organiser}\";");
  g_autoptr (TnRulebook) where = read_with (ERFA "where = \"Odense Rådhus\";");
  g_autoptr (TnRulebook) due = read_with (ERFA "milestone = \"referat\"; due = \"2028-11-01\";");
  g_autoptr (TnRulebook) done = read_with (ERFA "milestone = \"referat\"; done = true;");

  g_assert_cmpstr (find (theme, TN_DECISION_THEME)->value, ==, "Ensomhed");
  g_assert_cmpstr (find (theme, TN_DECISION_THEME)->minutes, ==, "2025-3");
  g_assert_cmpstr (find (off, TN_DECISION_CANCEL)->value, ==, "yes");
  g_assert_cmpstr (find (on, TN_DECISION_CANCEL)->value, ==, "no");
  g_assert_cmpstr (find (title, TN_DECISION_TITLE)->value, ==, "Møde hos {organiser}");
  g_assert_cmpstr (find (where, TN_DECISION_WHERE)->value, ==, "Odense Rådhus");
  g_assert_cmpstr (find (due, TN_DECISION_DUE)->value, ==, "2028-11-01");
  g_assert_cmpstr (find (due, TN_DECISION_DUE)->milestone, ==, "referat");
  g_assert_cmpstr (find (done, TN_DECISION_DONE)->value, ==, "yes");
}

static void
test_subjects (void)
{
  assert_wrong ("series = \"studeitur\"; cycle = \"2028\"; cancel = true;",
                "unknown series 'studeitur', expected 'studietur'?");
  assert_wrong ("series = \"studietur\"; cycle = \"2017\"; cancel = true;",
                "cycle = \"2017\" is before the first cycle of 'studietur', expected \"2018\"");
  assert_wrong ("series = \"studietur\"; cycle = \"2028-Q1\"; cancel = true;",
                "cycle = \"2028-Q1\" is no cycle of series 'studietur'");
  assert_wrong ("series = \"studietur\"; cycle = \"2028.2\"; cancel = true;",
                "cycle = \"2028.2\" is no cycle of series 'studietur'");
  assert_wrong ("series = \"studietur\"; cancel = true;", "a decision on cancel needs a cycle");
  assert_wrong ("cycle = \"2028\"; cancel = true;", "a decision on cancel needs a series");
  assert_wrong (TRIP "cancel = true; by = \"odnse\";",
                "unknown council 'odnse', expected 'odense'?");
}

static void
test_one_thing (void)
{
  assert_wrong (TRIP, "a decision decides nothing, expected one of date, cancel");
  assert_wrong (TRIP "cancel = true; theme = \"x\";", "a decision says both cancel and theme");
  assert_wrong (TRIP "cancel = true; confirmed = true;", "confirmed says nothing beside cancel");
  assert_wrong (TRIP "set = \"odense\"; then = \"later\";", "then = \"later\" is not possible");
  assert_wrong (TRIP "insert = \"odense\";", "insert stands without after, expected both");
  assert_wrong (TRIP "done = true;", "done stands without milestone");
  assert_wrong ("leave = \"aarhus\";", "leave stands without from");
  assert_wrong ("leave = 7; from = \"2027\";", "leave");
  assert_wrong ("series = \"erfa\"; leave = \"aarhus\"; from = \"2027\";",
                "series says nothing beside leave");
  assert_wrong (TRIP "postpone = \"keep\";", "postpone = \"keep\" is not possible");
}

static void
test_turns_that_cannot_be (void)
{
  assert_wrong (ERFA "title = \"Hos {host}\";",
                "there is no placeholder '{host}' in series 'erfa'");
  assert_wrong (TRIP "swap = \"2028\";", "a cycle is swapped with itself");
  assert_wrong (TRIP "swap = \"2016\";", "swap = \"2016\" is before the first cycle");
  assert_wrong (TRIP "insert = \"odense\"; after = \"odense\";",
                "a council cannot stand behind itself");
  assert_wrong (ERFA "skip = \"odense\";", "no role of series 'erfa' goes round");
  assert_wrong (ERFA "skip = \"odense\"; role = \"venue\";", "role 'venue' does not go round");
  assert_wrong (ERFA "set = \"odense\"; role = \"venue\";", "role 'venue' does not go round");
  assert_wrong (TRIP "milestone = \"x\"; done = true;", "series 'studietur' has no milestone 'x'");
}

static void
test_rivals (void)
{
  assert_wrong (TRIP "cancel = true; }, { on = \"2026-01-15\"; " TRIP "cancel = false;",
                "two decisions of one day on the same thing");
  g_autoptr (TnRulebook) later
      = read_with (TRIP "cancel = true; }, { on = \"2026-01-16\"; " TRIP "cancel = false;");
  g_assert_nonnull (later);
}

/* What only the ledger said until it was exported. */
static void
test_exported (void)
{
  g_autoptr (TnRulebook) placed = read_with (ERFA "placed = \"2028-09-12\";");
  g_autoptr (TnRulebook) text = read_with (TRIP "text = \"a\\nb\";");
  g_autoptr (TnRulebook) due
      = read_with (ERFA "milestone = \"referat\"; due = \"2028-10-02\"; anchor = \"2028-09-12\";");

  g_assert_cmpstr (find (placed, TN_DECISION_PLACED)->value, ==,
                   "2028-09-12T10:00..2028-09-12T15:00");
  g_assert_cmpstr (find (text, TN_DECISION_TEXT)->value, ==, "a\nb");
  g_assert_cmpint (find (due, TN_DECISION_DUE)->anchor, ==, tn_date_new (2028, 9, 12));
  assert_wrong (TRIP "theme = \"x\"; anchor = \"2028-05-01\";", "anchor says nothing beside theme");
}

#define SITES                                                                                      \
  "kind = \"erfa\"; sites = ( { id = \"nord\"; name = \"Nord\"; }, "                               \
  "{ id = \"syd\"; name = \"Syd\"; } ); theme_plan = { id = \"temaer\"; title = \"T\"; };"

/* The meetings at two places, with homework, and one more decision. */
static char *
dup_at_sites (const char *keys)
{
  g_autofree char *text = reading_dup_7by ();
  g_autofree char *more = g_strdup_printf (LAST " { on = \"2026-01-15\"; %s },", keys);
  g_autofree char *sites = reading_dup_changed (text, "kind = \"erfa\";", SITES);
  g_autofree char *homework
      = reading_dup_changed (sites, "after  = \"2 weeks\";", "every = \"2 weeks\";");
  return reading_dup_changed (homework, LAST, more);
}

static void
assert_wrong_at_sites (const char *keys, const char *wanted)
{
  g_autofree char *text = dup_at_sites (keys);
  g_autoptr (GError) error = NULL;
  g_autoptr (TnRulebook) rulebook = reading_read (text, &error);
  g_assert_null (rulebook);
  if (strstr (error->message, wanted) == NULL || reading_count_lines (error->message) != 1)
    g_test_fail_printf ("'%s' is not all of: %s", wanted, error->message);
}

static TnRulebook *
read_at_sites (const char *keys)
{
  g_autofree char *text = dup_at_sites (keys);
  g_autoptr (GError) error = NULL;
  TnRulebook *rulebook = reading_read (text, &error);
  g_assert_no_error (error);
  return rulebook;
}

/* Each repetition, and the duty to fill the theme plan. */
static void
test_milestones_of_the_plan (void)
{
  g_autoptr (TnRulebook) homework
      = read_at_sites (ERFA "site = \"syd\"; milestone = \"referat-2\"; due = \"2028-11-01\";");
  g_autoptr (TnRulebook) themes
      = read_at_sites (ERFA "site = \"syd\"; milestone = \"temaer\"; done = true;");

  g_assert_cmpstr (find (homework, TN_DECISION_DUE)->milestone, ==, "referat-2");
  g_assert_cmpstr (find (themes, TN_DECISION_DONE)->milestone, ==, "temaer");
  assert_wrong_at_sites (ERFA "site = \"syd\"; milestone = \"referat\"; done = true;",
                         "'referat' comes again and again, expected one of its repetitions, like "
                         "'referat-1'");
  assert_wrong_at_sites (ERFA "site = \"syd\"; milestone = \"referat-61\"; done = true;",
                         "has no milestone 'referat-61'");
}

static void
test_sites (void)
{
  g_autoptr (TnRulebook) rulebook = read_at_sites (ERFA "site = \"syd\"; date = \"2028-10-03\";");

  g_assert_cmpstr (find (rulebook, TN_DECISION_DATE)->site, ==, "syd");
  assert_wrong_at_sites (ERFA "cancel = true;", "'erfa' is held at several places, expected site");
  assert_wrong_at_sites (ERFA "site = \"vest\"; cancel = true;",
                         "series 'erfa' has no site 'vest'");
  assert_wrong (TRIP "site = \"syd\"; cancel = true;", "series 'studietur' has no site 'syd'");
  assert_wrong (TRIP "site = \"syd\"; skip = \"randers\";", "site says nothing beside skip");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charter/rulings/the-real-decisions-are-read", test_real);
  g_test_add_func ("/charter/rulings/the-postponement-can-be-taken-out", test_one_can_go);
  g_test_add_func ("/charter/rulings/turns-are-swapped-skipped-set-and-inserted", test_turns);
  g_test_add_func ("/charter/rulings/a-term-may-be-given-to-another", test_terms);
  g_test_add_func ("/charter/rulings/a-date-stands-for-itself", test_dates);
  g_test_add_func ("/charter/rulings/a-day-begins-a-series-of-several-days", test_day_of_several);
  g_test_add_func ("/charter/rulings/councils-join-and-leave", test_members);
  g_test_add_func ("/charter/rulings/every-other-kind-is-read", test_rest);
  g_test_add_func ("/charter/rulings/a-subject-exists", test_subjects);
  g_test_add_func ("/charter/rulings/a-decision-says-one-thing", test_one_thing);
  g_test_add_func ("/charter/rulings/turns-that-cannot-be-are-told", test_turns_that_cannot_be);
  g_test_add_func ("/charter/rulings/two-of-one-day-contradict", test_rivals);
  g_test_add_func ("/charter/rulings/what-export-writes-can-be-read", test_exported);
  g_test_add_func ("/charter/rulings/every-milestone-of-a-plan-can-be-meant",
                   test_milestones_of_the_plan);
  g_test_add_func ("/charter/rulings/one-of-several-places-is-named", test_sites);
  return g_test_run ();
}
