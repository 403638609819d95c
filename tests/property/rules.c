/* Properties of plans over random charters and ledgers. The seed is printed by the test program;
 * `--seed R02S…` replays it. */
#include "../rules/seven-cities.h"

#include "rules/explanation.h"
#include "rules/holidays.h"
#include "rules/window.h"

static const int N_WORLDS = 60;
static const int FIRST_YEAR = 2018;
static const int END_YEAR = 2034;

/* A random charter with a random ledger. */
typedef struct
{
  TnRulebook *rulebook;
  GPtrArray *decisions;
  GPtrArray *texts; /* that decisions borrow while they are made */
} World;

static int
pick (int n)
{
  return g_test_rand_int_range (0, n);
}

static TnDate
pick_date (int first_year, int end_year)
{
  return g_test_rand_int_range (D (first_year, 1, 1), D (end_year, 1, 1));
}

static const TnCouncil *
pick_council (const World *world)
{
  GPtrArray *councils = seven_get (world->rulebook)->councils;
  return g_ptr_array_index (councils, pick ((int) councils->len));
}

static TnSeries *
pick_series (const World *world)
{
  GPtrArray *series = seven_get (world->rulebook)->series;
  return g_ptr_array_index (series, pick ((int) series->len));
}

static void
shuffle (GPtrArray *array)
{
  for (guint i = array->len; i > 1; i--)
    {
      guint j = (guint) pick ((int) i);
      gpointer other = array->pdata[j];
      array->pdata[j] = array->pdata[i - 1];
      array->pdata[i - 1] = other;
    }
}

static void
add_councils (TnCollaboration *collaboration)
{
  int n = g_test_rand_int_range (2, 9);
  for (int i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%d", i);
      TnCouncil *council = seven_add_council (
          collaboration, id, id, pick (4) == 0 ? FIRST_YEAR + pick (12) : FIRST_YEAR - 5);
      TnSpan *span = &g_array_index (council->memberships, TnSpan, 0);
      if (pick (4) == 0)
        span->end = span->start + 400 + pick (4000);
    }
}

static void
add_ring (TnCollaboration *collaboration, TnSeries *series)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  for (guint i = 0; i < collaboration->councils->len; i++)
    g_ptr_array_add (ids, ((TnCouncil *) g_ptr_array_index (collaboration->councils, i))->id);
  shuffle (ids);
  g_ptr_array_add (ids, NULL);
  TnRoleRule *host = seven_add_role (series, "host", TN_ROLE_RING);
  g_strfreev (host->ring);
  host->ring = g_strdupv ((char **) ids->pdata);
  host->start_cycle = series->first;
  host->start_council = g_strdup (host->ring[pick ((int) ids->len - 1)]);
}

static void
add_rules (TnSeries *series)
{
  int first_month = g_test_rand_int_range (1, 13);
  int months = pick (4);
  if (series->every == TN_PERIOD_YEAR)
    seven_set_window (series, "window", first_month, 1, (first_month + months - 1) % 12 + 1, 28);
  series->weekdays = (guint) pick (128) << 1;
  series->length_days = 1 + pick (3);
  for (int kind = 0; kind < 4; kind++)
    if (pick (2) == 0)
      seven_add_avoidance (series, (TnAvoidKind) kind, pick (3) > 0);
  for (int kind = 0; kind < 5; kind++)
    if (pick (3) == 0)
      {
        TnPreference *preference = tn_preference_new ((TnPreferKind) kind);
        preference->week = 1 + pick (53);
        g_ptr_array_add (series->preferences, preference);
      }
}

static void
add_series (TnCollaboration *collaboration, int number)
{
  static const TnPeriod periods[]
      = { TN_PERIOD_YEAR, TN_PERIOD_YEAR, TN_PERIOD_HALF, TN_PERIOD_QUARTER };
  g_autofree char *id = g_strdup_printf ("s%d", number);
  TnSeries *series = tn_series_new (id, TN_KIND_MEETING);
  series->every = periods[pick (G_N_ELEMENTS (periods))];
  series->every_n = 1 + pick (2);
  series->first = (TnCycle){ series->every, FIRST_YEAR, 1, 0 };
  seven_set_text (&series->title, "{cycle} {host} {number}");
  add_rules (series);
  add_ring (collaboration, series);
  if (number > 0)
    {
      TnRoleRule *role = seven_add_role (series, "organiser", TN_ROLE_FOLLOWS);
      role->follows_series = g_strdup_printf ("s%d", number - 1);
      role->follows_role = g_strdup (pick (2) == 0 ? "host" : "organiser");
    }
  seven_add_milestone (series, "m", FALSE, pick (40), (TnUnit) pick (4), "host");
  seven_add_milestone (series, "n", TRUE, pick (40), (TnUnit) pick (4), "council");
  g_ptr_array_add (collaboration->series, series);
}

static World
make_world (void)
{
  World world
      = { tn_rulebook_new (), seven_new_decisions (), g_ptr_array_new_with_free_func (g_free) };
  TnCollaboration *collaboration = tn_collaboration_new ("7by");
  g_strfreev (collaboration->holidays);
  collaboration->holidays = g_strsplit ("dk", ",", -1);
  add_councils (collaboration);
  int n = 1 + pick (3);
  for (int i = 0; i < n; i++)
    add_series (collaboration, i);
  g_ptr_array_add (world.rulebook->collaborations, collaboration);
  g_ptr_array_add (world.rulebook->holiday_files, seven_new_holidays ());
  return world;
}

static void
world_clear (World *world)
{
  g_ptr_array_unref (world->decisions);
  g_ptr_array_unref (world->texts);
  tn_rulebook_unref (world->rulebook);
}

static const char *
keep (World *world, char *text)
{
  g_ptr_array_add (world->texts, text);
  return text;
}

static const char *
pick_cycle (World *world, const TnSeries *series, int years_on)
{
  TnCycle cycle
      = tn_cycle_at (series->every, pick_date (FIRST_YEAR + years_on, END_YEAR - 4 + years_on));
  return keep (world, tn_cycle_to_string (&cycle));
}

/* A decision on one cycle, or on membership from one day. */
static TnDecisionDraft
make_draft (World *world, TnDecisionKind kind, TnDate on)
{
  static const char *const values[][2] = { [TN_DECISION_CANCEL] = { "yes", "no" },
                                           [TN_DECISION_SET] = { "after", "unchanged" },
                                           [TN_DECISION_POSTPONE] = { "kept", "used" },
                                           [TN_DECISION_THEME] = { "Natur", "By" } };
  const TnSeries *series = pick_series (world);
  TnDecisionDraft draft = seven_draft (kind, pick_cycle (world, series, 0), on);
  draft.series = series->id;
  draft.council = pick_council (world)->id;
  draft.after_council = pick_council (world)->id;
  draft.other_cycle = pick_cycle (world, series, 4);
  draft.source = keep (world, g_strdup_printf ("test %d", pick (1000000)));
  if ((gsize) kind < G_N_ELEMENTS (values))
    draft.value = values[kind][pick (2)];
  if (pick (6) == 0 && kind != TN_DECISION_DATE)
    draft.value = "no";
  if (kind == TN_DECISION_DATE || kind == TN_DECISION_PLACED)
    {
      draft.value = keep (world, tn_date_to_string (pick_date (FIRST_YEAR, END_YEAR)));
      draft.confirmed = pick (2) == 0;
    }
  if (kind == TN_DECISION_JOIN || kind == TN_DECISION_LEAVE)
    {
      draft.since = pick_date (FIRST_YEAR, END_YEAR);
      draft.series = NULL;
      draft.cycle = NULL;
    }
  return draft;
}

static TnDecisionKind
pick_kind (void)
{
  static const TnDecisionKind kinds[]
      = { TN_DECISION_DATE,     TN_DECISION_CANCEL, TN_DECISION_SWAP,   TN_DECISION_SKIP,
          TN_DECISION_POSTPONE, TN_DECISION_SET,    TN_DECISION_INSERT, TN_DECISION_JOIN,
          TN_DECISION_LEAVE,    TN_DECISION_THEME,  TN_DECISION_PLACED };
  return kinds[pick (G_N_ELEMENTS (kinds))];
}

/* The earlier cycle of a swap is named first, as the commands write it. */
static void
decide (World *world, TnDecisionKind kind, TnDate on)
{
  TnDecisionDraft draft = make_draft (world, kind, on);
  if (kind == TN_DECISION_SWAP && strcmp (draft.cycle, draft.other_cycle) > 0)
    {
      const char *cycle = draft.cycle;
      draft.cycle = draft.other_cycle;
      draft.other_cycle = cycle;
    }
  seven_decide (world->decisions, &draft);
}

static void
decide_some (World *world)
{
  int n = pick (16);
  for (int i = 0; i < n; i++)
    decide (world, pick_kind (), pick_date (FIRST_YEAR - 1, END_YEAR));
}

static TnPlan *
plan_world (const World *world, int first_year, int end_year)
{
  return seven_plan (world->rulebook, world->decisions, first_year, end_year);
}

static char *
describe (const TnPlan *plan, const TnOccurrence *occurrence)
{
  g_autoptr (GPtrArray) lines = tn_explanation_list_lines (plan, occurrence);
  g_ptr_array_add (lines, NULL);
  g_autofree char *text = g_strjoinv ("\n", (char **) lines->pdata);
  return g_strdup_printf ("%s %d %s %d %s\n", occurrence->uid, occurrence->number,
                          occurrence->place != NULL ? occurrence->place : "", occurrence->is_placed,
                          text);
}

static char *
describe_plan (const TnPlan *plan)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    {
      g_autofree char *one = describe (plan, tn_plan_get (plan, i));
      g_string_append (text, one);
    }
  return g_string_free (text, FALSE);
}

static int
compare_cycles (gconstpointer a, gconstpointer b)
{
  return tn_cycle_compare (&(*(TnOccurrence *const *) a)->cycle,
                           &(*(TnOccurrence *const *) b)->cycle);
}

/* Returns: (transfer container): the occurrences of a series by cycle. */
static GPtrArray *
list_cycles (const TnPlan *plan, const TnSeries *series)
{
  GPtrArray *list = g_ptr_array_new ();
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    if (tn_plan_get (plan, i)->series == series)
      g_ptr_array_add (list, (gpointer) tn_plan_get (plan, i));
  g_ptr_array_sort (list, compare_cycles);
  return list;
}

static const char *
get_host (const TnOccurrence *occurrence)
{
  const TnTurn *turn = tn_occurrence_find_turn (occurrence, "host");
  return turn->councils[0];
}

static gboolean
has_turn_between (const GPtrArray *cycles, guint from, guint to, const char *council)
{
  for (guint i = from + 1; i < to; i++)
    {
      const TnOccurrence *occurrence = g_ptr_array_index (cycles, i);
      if (!occurrence->is_postponed && g_strcmp0 (get_host (occurrence), council) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_member_throughout (const TnCouncil *council, const GPtrArray *cycles, guint from, guint to)
{
  for (guint i = from; i <= to; i++)
    {
      const TnOccurrence *occurrence = g_ptr_array_index (cycles, i);
      if (!tn_council_is_member (
              council, tn_window_get_membership_span (occurrence->series, &occurrence->cycle)))
        return FALSE;
    }
  return TRUE;
}

/* Two turns of one council with nobody left out in between. */
static void
assert_fair_round (const TnCollaboration *collaboration, const GPtrArray *cycles, guint from,
                   guint to)
{
  const char *holder = get_host (g_ptr_array_index (cycles, to));
  for (guint i = 0; i < collaboration->councils->len; i++)
    {
      const TnCouncil *council = g_ptr_array_index (collaboration->councils, i);
      if (strcmp (council->id, holder) != 0 && is_member_throughout (council, cycles, from, to))
        g_assert_true (has_turn_between (cycles, from, to, council->id));
    }
}

static void
assert_fair (const TnPlan *plan, const TnSeries *series)
{
  const TnCollaboration *collaboration = seven_get (tn_plan_get_rulebook (plan));
  g_autoptr (GPtrArray) cycles = list_cycles (plan, series);
  for (guint to = 0; to < cycles->len; to++)
    {
      const TnOccurrence *later = g_ptr_array_index (cycles, to);
      const char *holder = get_host (later);
      for (guint from = to; holder != NULL && !later->is_postponed && from > 0; from--)
        {
          const TnOccurrence *earlier = g_ptr_array_index (cycles, from - 1);
          if (earlier->is_postponed || g_strcmp0 (get_host (earlier), holder) != 0)
            continue;
          assert_fair_round (collaboration, cycles, from - 1, to);
          break;
        }
    }
}

/* Kept postponements are the only decisions: they change nothing about who has had a turn. */
static void
test_fairness (void)
{
  for (int i = 0; i < N_WORLDS; i++)
    {
      World world = make_world ();
      for (int j = pick (4); j > 0; j--)
        {
          TnDecisionDraft draft = make_draft (&world, TN_DECISION_POSTPONE, D (2018, 1, 1));
          draft.value = "kept";
          seven_decide (world.decisions, &draft);
        }
      g_autoptr (TnPlan) plan = plan_world (&world, FIRST_YEAR, END_YEAR);
      GPtrArray *series = seven_get (world.rulebook)->series;
      for (guint j = 0; j < series->len; j++)
        assert_fair (plan, g_ptr_array_index (series, j));
      world_clear (&world);
    }
}

static gboolean
is_avoided (const TnHolidays *holidays, TnAvoidKind kind, TnDate day)
{
  static const TnHolidayKind kinds[]
      = { TN_HOLIDAY_PUBLIC, TN_HOLIDAY_PUBLIC, TN_HOLIDAY_SCHOOL_BREAK, TN_HOLIDAY_ELECTION };
  if (kind == TN_AVOID_BRIDGE_DAYS)
    return tn_holidays_find_bridged (holidays, day) != NULL;
  return tn_holidays_find (holidays, day, kinds[kind]) != NULL;
}

static void
assert_keeps_rules (const TnOccurrence *occurrence, const TnHolidays *holidays)
{
  const TnSeries *series = occurrence->series;
  TnSpan days = occurrence->when.days;
  g_assert_true (tn_span_contains_span (tn_window_get_span (series, &occurrence->cycle), days));
  g_assert_true (tn_window_allows_weekdays (series, days));
  g_assert_cmpint (tn_span_get_days (days), ==, series->length_days);
  for (guint i = 0; i < series->avoidances->len; i++)
    {
      const TnAvoidance *avoidance = g_ptr_array_index (series->avoidances, i);
      for (TnDate day = days.start; avoidance->hard && day < days.end; day++)
        g_assert_false (is_avoided (holidays, avoidance->kind, day));
    }
}

static void
test_hard_rules (void)
{
  static const char *const ids[] = { "dk", NULL };
  int n_checked = 0;
  for (int i = 0; i < N_WORLDS; i++)
    {
      World world = make_world ();
      decide_some (&world);
      g_autoptr (TnPlan) plan = plan_world (&world, FIRST_YEAR, END_YEAR);
      g_autoptr (TnHolidays) holidays = tn_holidays_new (
          world.rulebook, ids, tn_span_new (D (FIRST_YEAR - 1, 1, 1), D (END_YEAR + 1, 1, 1)));
      for (guint j = 0; j < tn_plan_get_size (plan); j++)
        {
          const TnOccurrence *occurrence = tn_plan_get (plan, j);
          if (occurrence->is_placed || occurrence->status == TN_STATUS_UNPLACED)
            continue;
          assert_keeps_rules (occurrence, holidays);
          n_checked++;
        }
      world_clear (&world);
    }
  g_assert_cmpint (n_checked, >, N_WORLDS);
}

static void
test_order (void)
{
  for (int i = 0; i < N_WORLDS; i++)
    {
      World world = make_world ();
      decide_some (&world);
      g_autoptr (TnPlan) plan = plan_world (&world, FIRST_YEAR, END_YEAR);
      g_autofree char *before = describe_plan (plan);
      shuffle (seven_get (world.rulebook)->councils);
      shuffle (seven_get (world.rulebook)->series);
      shuffle (world.decisions);
      g_autoptr (TnPlan) again = plan_world (&world, FIRST_YEAR, END_YEAR);
      g_autofree char *after = describe_plan (again);
      g_assert_cmpstr (after, ==, before);
      world_clear (&world);
    }
}

static void
test_span (void)
{
  for (int i = 0; i < N_WORLDS; i++)
    {
      World world = make_world ();
      decide_some (&world);
      g_autoptr (TnPlan) whole = plan_world (&world, FIRST_YEAR - 1, END_YEAR + 2);
      int first = FIRST_YEAR + pick (END_YEAR - FIRST_YEAR);
      g_autoptr (TnPlan) part = plan_world (&world, first, first + 1 + pick (2));
      for (guint j = 0; j < tn_plan_get_size (part); j++)
        {
          const TnOccurrence *one = tn_plan_get (part, j);
          const TnOccurrence *other = tn_plan_find_uid (whole, one->uid, NULL);
          g_assert_nonnull (other);
          g_autofree char *text = describe (part, one);
          g_autofree char *expected = describe (whole, other);
          g_assert_cmpstr (text, ==, expected);
        }
      world_clear (&world);
    }
}

/* A swap that takes the place of another also takes that one back, whose turns may have moved to
 * other cycles since. */
static gboolean
replaces_swap (const World *world, const TnDecision *decision)
{
  for (guint i = 0; i + 1 < world->decisions->len; i++)
    if (decision->kind == TN_DECISION_SWAP
        && tn_decision_is_same_subject (g_ptr_array_index (world->decisions, i), decision))
      return TRUE;
  return FALSE;
}

static gboolean
is_before (const TnOccurrence *occurrence, const TnDecision *decision)
{
  if (decision->cycle == NULL)
    return tn_window_get_membership_span (occurrence->series, &occurrence->cycle).end
           <= decision->since;
  TnCycle cycle = { 0 };
  g_assert_true (tn_cycle_parse (decision->cycle, &cycle, NULL));
  return strcmp (occurrence->series->id, decision->series) == 0
         && tn_cycle_compare (&occurrence->cycle, &cycle) < 0;
}

/* What led to a failure, to be read by people. */
static void
tell_change (const World *world, const TnOccurrence *changed)
{
  g_test_message ("changed: %s/%s, by the last of these", changed->series->id, changed->cycle_text);
  for (guint i = 0; i < world->decisions->len; i++)
    {
      g_autofree char *line = tn_decision_to_line (g_ptr_array_index (world->decisions, i));
      g_test_message ("%s", line);
    }
}

static void
test_past_turns (void)
{
  static const TnDecisionKind kinds[]
      = { TN_DECISION_SWAP,   TN_DECISION_SKIP, TN_DECISION_POSTPONE, TN_DECISION_SET,
          TN_DECISION_INSERT, TN_DECISION_JOIN, TN_DECISION_LEAVE };
  for (int i = 0; i < N_WORLDS * 4; i++)
    {
      World world = make_world ();
      decide_some (&world);
      g_autoptr (TnPlan) before = plan_world (&world, FIRST_YEAR, END_YEAR);
      decide (&world, kinds[pick (G_N_ELEMENTS (kinds))], D (END_YEAR, 1, 1));
      const TnDecision *last = g_ptr_array_index (world.decisions, world.decisions->len - 1);
      g_autoptr (TnPlan) after = plan_world (&world, FIRST_YEAR, END_YEAR);
      for (guint j = 0; j < tn_plan_get_size (before); j++)
        {
          const TnOccurrence *one = tn_plan_get (before, j);
          const TnOccurrence *other = tn_plan_find_uid (after, one->uid, NULL);
          if (other == NULL || !is_before (one, last) || replaces_swap (&world, last))
            continue;
          if (g_strcmp0 (get_host (one), get_host (other)) != 0)
            tell_change (&world, one);
          g_assert_cmpstr (get_host (other), ==, get_host (one));
        }
      world_clear (&world);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/property/rules/nobody-holds-twice-before-all-members-have", test_fairness);
  g_test_add_func ("/property/rules/no-rule-breaks-a-hard-rule", test_hard_rules);
  g_test_add_func ("/property/rules/order-of-charter-and-ledger-does-not-matter", test_order);
  g_test_add_func ("/property/rules/same-occurrence-for-every-span", test_span);
  g_test_add_func ("/property/rules/decision-changes-no-earlier-turn", test_past_turns);
  return g_test_run ();
}
