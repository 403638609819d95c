/* Properties of plans over random charters and ledgers. The seed is printed by the test program;
 * `--seed R02S…` replays it. */
#include "ledgers.h"

#include "rules/holidays.h"
#include "rules/window.h"

static const int N_WORLDS = 60;

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
      World world = ledgers_make_world ();
      for (int j = ledgers_pick (4); j > 0; j--)
        {
          TnDecisionDraft draft = ledgers_make_draft (&world, TN_DECISION_POSTPONE, D (2018, 1, 1));
          draft.value = "kept";
          seven_decide (world.decisions, &draft);
        }
      g_autoptr (TnPlan) plan = ledgers_plan_world (&world, FIRST_YEAR, END_YEAR);
      GPtrArray *series = seven_get (world.rulebook)->series;
      for (guint j = 0; j < series->len; j++)
        assert_fair (plan, g_ptr_array_index (series, j));
      ledgers_clear_world (&world);
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
      World world = ledgers_make_world ();
      ledgers_decide_some (&world);
      g_autoptr (TnPlan) plan = ledgers_plan_world (&world, FIRST_YEAR, END_YEAR);
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
      ledgers_clear_world (&world);
    }
  g_assert_cmpint (n_checked, >, N_WORLDS);
}

static void
test_order (void)
{
  for (int i = 0; i < N_WORLDS; i++)
    {
      World world = ledgers_make_world ();
      ledgers_decide_some (&world);
      g_autoptr (TnPlan) plan = ledgers_plan_world (&world, FIRST_YEAR, END_YEAR);
      g_autofree char *before = ledgers_describe_plan (plan);
      ledgers_shuffle (seven_get (world.rulebook)->councils);
      ledgers_shuffle (seven_get (world.rulebook)->series);
      ledgers_shuffle (world.decisions);
      g_autoptr (TnPlan) again = ledgers_plan_world (&world, FIRST_YEAR, END_YEAR);
      g_autofree char *after = ledgers_describe_plan (again);
      g_assert_cmpstr (after, ==, before);
      ledgers_clear_world (&world);
    }
}

static void
test_span (void)
{
  for (int i = 0; i < N_WORLDS; i++)
    {
      World world = ledgers_make_world ();
      ledgers_decide_some (&world);
      g_autoptr (TnPlan) whole = ledgers_plan_world (&world, FIRST_YEAR - 1, END_YEAR + 2);
      int first = FIRST_YEAR + ledgers_pick (END_YEAR - FIRST_YEAR);
      g_autoptr (TnPlan) part = ledgers_plan_world (&world, first, first + 1 + ledgers_pick (2));
      for (guint j = 0; j < tn_plan_get_size (part); j++)
        {
          const TnOccurrence *one = tn_plan_get (part, j);
          const TnOccurrence *other = tn_plan_find_uid (whole, one->uid, NULL);
          g_assert_nonnull (other);
          g_autofree char *text = ledgers_describe (part, one);
          g_autofree char *expected = ledgers_describe (whole, other);
          g_assert_cmpstr (text, ==, expected);
        }
      ledgers_clear_world (&world);
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
      World world = ledgers_make_world ();
      ledgers_decide_some (&world);
      g_autoptr (TnPlan) before = ledgers_plan_world (&world, FIRST_YEAR, END_YEAR);
      ledgers_decide (&world, kinds[ledgers_pick (G_N_ELEMENTS (kinds))], D (END_YEAR, 1, 1));
      const TnDecision *last = g_ptr_array_index (world.decisions, world.decisions->len - 1);
      g_autoptr (TnPlan) after = ledgers_plan_world (&world, FIRST_YEAR, END_YEAR);
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
      ledgers_clear_world (&world);
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
