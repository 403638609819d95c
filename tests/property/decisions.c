/* Properties of decisions over random charters and ledgers: what is foreseen is what happens, what
 * was held and what is confirmed stays, and a ring is fair but for what people decide. The seed is
 * printed by the test program; `--seed R02S…` replays it. */
#include "ledgers.h"

#include "rules/membership.h"
#include "rules/window.h"
#include "sync/effect.h"

static const int N_WORLDS = 120;

/* The day of seven_plan(). */
static TnDate
get_today (void)
{
  return D (2026, 1, 10);
}

static void
tell (GHashTable *told, const TnOccurrence *of, const char *field, char *value)
{
  g_autofree char *reference = tn_occurrence_to_reference (of);
  g_hash_table_insert (told, g_strdup_printf ("%s: %s", reference, field), value);
}

static char *
join_texts (char **texts)
{
  return g_strjoinv (", ", texts);
}

static void
tell_milestones (GHashTable *told, const TnOccurrence *of)
{
  for (guint i = 0; i < of->milestones->len; i++)
    {
      const TnMilestone *milestone = g_ptr_array_index (of->milestones, i);
      g_autofree char *by = g_strconcat (milestone->id, " by", NULL);
      g_autofree char *title = g_strconcat (milestone->id, " title", NULL);
      g_autofree char *done = g_strconcat (milestone->id, " done", NULL);
      tell (told, of, milestone->id, tn_date_to_string (milestone->due));
      tell (told, of, by, join_texts (milestone->councils));
      tell (told, of, title, g_strdup (milestone->title));
      tell (told, of, done, g_strdup (milestone->done ? "yes" : "no"));
    }
}

static void
tell_occurrence (GHashTable *told, const TnOccurrence *of)
{
  gboolean is_unplaced = of->status == TN_STATUS_UNPLACED;
  for (guint i = 0; i < of->turns->len; i++)
    {
      const TnTurn *turn = g_ptr_array_index (of->turns, i);
      tell (told, of, turn->rule->name, join_texts (turn->councils));
    }
  tell (told, of, "occurrence", g_strdup (""));
  tell (told, of, "when", is_unplaced ? g_strdup ("unplaced") : tn_when_to_string (&of->when));
  tell (told, of, "status", g_strdup (tn_status_to_string (of->status)));
  tell (told, of, "title", g_strdup (of->title));
  tell (told, of, "where", g_strdup (of->place != NULL ? of->place : ""));
  tell (told, of, "theme", g_strdup (of->theme != NULL ? of->theme : ""));
  tell (told, of, "number", g_strdup_printf ("%d", of->number));
  tell_milestones (told, of);
}

/* Returns: (transfer full): all that the plan says to people, by event and field */
static GHashTable *
tell_plan (const TnPlan *plan)
{
  GHashTable *told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    tell_occurrence (told, tn_plan_get (plan, i));
  return told;
}

static const TnEffect *
find_effect (const GPtrArray *effects, const char *name)
{
  for (guint i = 0; i < effects->len; i++)
    {
      const TnEffect *effect = g_ptr_array_index (effects, i);
      g_autofree char *own = g_strdup_printf ("%s: %s", effect->reference, effect->field);
      if (strcmp (own, name) == 0)
        return effect;
    }
  return NULL;
}

static gboolean
is_whole (const GPtrArray *effects, const char *name)
{
  const char *colon = strstr (name, ": ");
  g_autofree char *event = g_strndup (name, (gsize) (colon - name));
  g_autofree char *whole = g_strconcat (event, ": occurrence", NULL);
  return find_effect (effects, whole) != NULL;
}

/* Each difference of @one and @other is foreseen, and with the right words. */
static guint
assert_foreseen (const GPtrArray *effects, GHashTable *one, GHashTable *other)
{
  guint n_changed = 0;
  GHashTableIter iter;
  gpointer name = NULL;
  gpointer before = NULL;
  g_hash_table_iter_init (&iter, one);
  while (g_hash_table_iter_next (&iter, &name, &before))
    {
      const char *after = g_hash_table_lookup (other, name);
      if (g_strcmp0 (before, after) == 0 || is_whole (effects, name))
        continue;
      const TnEffect *effect = find_effect (effects, name);
      if (effect == NULL)
        g_test_message ("%s was '%s' and is '%s'", (char *) name, (char *) before, after);
      g_assert_nonnull (effect);
      g_assert_cmpstr (effect->before, ==, before);
      g_assert_cmpstr (effect->after, ==, after != NULL ? after : "");
      n_changed++;
    }
  return n_changed;
}

/* What is shown beforehand says it all, and nothing else. */
static void
test_foreseen (void)
{
  guint n_changed = 0;
  for (int i = 0; i < N_WORLDS; i++)
    {
      World world = ledgers_make_world ();
      ledgers_decide_some (&world);
      g_autoptr (TnPlan) before = ledgers_plan_world (&world, FIRST_YEAR, END_YEAR);
      ledgers_decide (&world, ledgers_pick_kind (), get_today ());
      g_autoptr (TnPlan) after = ledgers_plan_world (&world, FIRST_YEAR, END_YEAR);

      g_autoptr (GPtrArray) effects = tn_effect_list (before, after);

      g_autoptr (GHashTable) one = tell_plan (before);
      g_autoptr (GHashTable) other = tell_plan (after);
      n_changed += assert_foreseen (effects, one, other);
      for (guint j = 0; j < effects->len; j++)
        {
          const TnEffect *effect = g_ptr_array_index (effects, j);
          g_assert_cmpstr (effect->before, !=, effect->after);
        }
      ledgers_clear_world (&world);
    }
  g_assert_cmpuint (n_changed, >, (guint) N_WORLDS);
}

/* As the daemon does it at first publication: what is not past any more has a date in the ledger.
 */
static void
place_all (World *world, const TnPlan *plan)
{
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    {
      const TnOccurrence *occurrence = tn_plan_get (plan, i);
      if (occurrence->is_placed || occurrence->status == TN_STATUS_UNPLACED)
        continue;
      TnDecisionDraft draft = seven_draft (TN_DECISION_PLACED, occurrence->cycle_text,
                                           occurrence->when.days.start - 30);
      g_autofree char *value = tn_when_to_string (&occurrence->when);
      draft.series = occurrence->series->id;
      draft.value = value;
      seven_decide (world->decisions, &draft);
    }
}

static gboolean
is_past (const TnOccurrence *occurrence)
{
  return occurrence->is_postponed
             ? tn_window_get_membership_span (occurrence->series, &occurrence->cycle).end
                   <= get_today ()
             : occurrence->status != TN_STATUS_UNPLACED
                   && occurrence->when.days.end <= get_today ();
}

/* The ring comes to a cycle by those before it: where one of them is still to be held, moved years
 * away by people, nothing behind it is settled. */
static gboolean
is_held (const TnPlan *plan, const TnOccurrence *occurrence)
{
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    {
      const TnOccurrence *other = tn_plan_get (plan, i);
      if (other->series == occurrence->series
          && tn_cycle_compare (&other->cycle, &occurrence->cycle) <= 0 && !is_past (other))
        return FALSE;
    }
  return !occurrence->is_postponed && occurrence->status != TN_STATUS_CANCELLED;
}

static gboolean
is_future (const TnPlan *plan, const char *series, const char *cycle)
{
  const TnOccurrence *occurrence = tn_plan_find (plan, "7by", series, cycle, NULL);
  return occurrence != NULL && occurrence->status != TN_STATUS_UNPLACED
         && occurrence->when.days.start >= get_today ();
}

/* Joining and leaving may be said late; a swap of what is past is refused (sync/decide). */
static void
decide_one (World *world, const TnPlan *plan)
{
  static const TnDecisionKind kinds[] = { TN_DECISION_JOIN, TN_DECISION_LEAVE, TN_DECISION_SWAP };
  TnDecisionKind kind = kinds[ledgers_pick (G_N_ELEMENTS (kinds))];
  TnDecisionDraft draft = ledgers_make_draft (world, kind, get_today ());
  draft.value = NULL;
  while (kind == TN_DECISION_SWAP
         && (!is_future (plan, draft.series, draft.cycle)
             || !is_future (plan, draft.series, draft.other_cycle)))
    {
      if (ledgers_pick (20) == 0)
        return;
      draft = ledgers_make_draft (world, kind, get_today ());
      draft.value = NULL;
    }
  seven_decide (world->decisions, &draft);
}

/* What led to a failure, to be read by people. */
static void
tell_change (const World *world, const TnOccurrence *changed, const char *role)
{
  g_autofree char *when = tn_when_to_string (&changed->when);
  g_test_message ("changed: %s of %s/%s on %s, by the last of these", role, changed->series->id,
                  changed->cycle_text, when);
  for (guint i = 0; i < world->decisions->len; i++)
    {
      const TnDecision *decision = g_ptr_array_index (world->decisions, i);
      g_autofree char *line = tn_decision_to_line (decision);
      if (decision->kind != TN_DECISION_PLACED)
        g_test_message ("%s", line);
    }
}

static void
assert_kept (const World *world, const TnPlan *before, const TnOccurrence *old,
             const TnOccurrence *new)
{
  g_assert_nonnull (new);
  if (old->status == TN_STATUS_CONFIRMED)
    {
      g_autofree char *stood = tn_when_to_string (&old->when);
      g_autofree char *stands = tn_when_to_string (&new->when);
      g_assert_cmpstr (stands, ==, stood);
    }
  for (guint i = 0; is_held (before, old) && i < old->turns->len; i++)
    {
      const TnTurn *turn = g_ptr_array_index (old->turns, i);
      if (turn->rule->kind != TN_ROLE_RING)
        continue; /* who follows a turn that is still to come follows it */
      g_autofree char *had = g_strjoinv (" ", turn->councils);
      const TnTurn *now = tn_occurrence_find_turn (new, turn->rule->name);
      g_autofree char *has = g_strjoinv (" ", now->councils);
      if (strcmp (had, has) != 0)
        tell_change (world, old, turn->rule->name);
      g_assert_cmpstr (has, ==, had);
    }
}

static void
test_held_and_confirmed_stay (void)
{
  guint n_held = 0;
  for (int i = 0; i < N_WORLDS * 2; i++)
    {
      World world = ledgers_make_world ();
      for (int j = ledgers_pick (10); j > 0; j--)
        ledgers_decide (&world, ledgers_pick_kind (), D (FIRST_YEAR - 1, 6, 1));
      g_autoptr (TnPlan) first = ledgers_plan_world (&world, FIRST_YEAR, END_YEAR);
      place_all (&world, first);
      g_autoptr (TnPlan) before = ledgers_plan_world (&world, FIRST_YEAR, END_YEAR);
      decide_one (&world, before);
      g_autoptr (TnPlan) after = ledgers_plan_world (&world, FIRST_YEAR, END_YEAR);
      for (guint j = 0; j < tn_plan_get_size (before); j++)
        {
          const TnOccurrence *old = tn_plan_get (before, j);
          gboolean held = is_held (before, old);
          n_held += held ? 1 : 0;
          if (old->status == TN_STATUS_CONFIRMED || held)
            assert_kept (&world, before, old, tn_plan_find_uid (after, old->uid, NULL));
        }
      ledgers_clear_world (&world);
    }
  g_assert_cmpuint (n_held, >, (guint) N_WORLDS);
}

static int
compare_cycles (gconstpointer a, gconstpointer b)
{
  return tn_cycle_compare (&(*(TnOccurrence *const *) a)->cycle,
                           &(*(TnOccurrence *const *) b)->cycle);
}

static GPtrArray *
list_cycles (const TnPlan *plan, const TnSeries *series)
{
  GPtrArray *list = g_ptr_array_new ();
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    if (tn_plan_get (plan, i)->series == series && !tn_plan_get (plan, i)->is_postponed)
      g_ptr_array_add (list, (gpointer) tn_plan_get (plan, i));
  g_ptr_array_sort (list, compare_cycles);
  return list;
}

static const char *
get_host (const GPtrArray *cycles, guint place)
{
  const TnOccurrence *occurrence = g_ptr_array_index (cycles, place);
  return tn_occurrence_find_turn (occurrence, "host")->councils[0];
}

static gboolean
is_active (const TnMembership *membership, const GPtrArray *cycles, guint from, guint to,
           const char *council)
{
  const TnOccurrence *first = g_ptr_array_index (cycles, from);
  const TnOccurrence *last = g_ptr_array_index (cycles, to);
  TnSpan begin = tn_window_get_membership_span (first->series, &first->cycle);
  TnSpan end = tn_window_get_membership_span (last->series, &last->cycle);
  return tn_membership_has (membership, council, tn_span_new (begin.start, end.end));
}

static gboolean
has_turn_between (const GPtrArray *cycles, guint from, guint to, const char *council)
{
  for (guint i = from + 1; i < to; i++)
    if (g_strcmp0 (get_host (cycles, i), council) == 0)
      return TRUE;
  return FALSE;
}

/* Between two turns of one council every other that was a member throughout has had one. */
static void
assert_fair (const TnPlan *plan, const TnSeries *series)
{
  const TnCollaboration *in = seven_get (tn_plan_get_rulebook (plan));
  g_autoptr (TnMembership) membership
      = tn_membership_new (in, tn_plan_get_ledger (plan), TN_DATE_NONE);
  g_autoptr (GPtrArray) cycles = list_cycles (plan, series);
  for (guint to = 1; to < cycles->len; to++)
    {
      const char *holder = get_host (cycles, to);
      guint from = to;
      while (holder != NULL && from > 0 && g_strcmp0 (get_host (cycles, from - 1), holder) != 0)
        from--;
      for (guint i = 0; holder != NULL && from > 0 && i < in->councils->len; i++)
        {
          const char *council = ((TnCouncil *) g_ptr_array_index (in->councils, i))->id;
          if (strcmp (council, holder) != 0
              && is_active (membership, cycles, from - 1, to, council))
            g_assert_true (has_turn_between (cycles, from - 1, to, council));
        }
    }
}

/* Dates, themes, what is called off or put off and kept, who joins and leaves: a ring stays fair.
 * Swaps, skips, names and places in the ring are the decisions that may make it otherwise. */
static void
test_fair_but_for_decisions (void)
{
  static const TnDecisionKind kinds[]
      = { TN_DECISION_DATE,     TN_DECISION_CANCEL, TN_DECISION_THEME, TN_DECISION_PLACED,
          TN_DECISION_POSTPONE, TN_DECISION_JOIN,   TN_DECISION_LEAVE };
  for (int i = 0; i < N_WORLDS; i++)
    {
      World world = ledgers_make_world ();
      for (int j = ledgers_pick (12); j > 0; j--)
        {
          TnDecisionKind kind = kinds[ledgers_pick (G_N_ELEMENTS (kinds))];
          TnDecisionDraft draft = ledgers_make_draft (&world, kind, D (FIRST_YEAR - 1, 6, 1));
          if (kind == TN_DECISION_POSTPONE)
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/property/decisions/what-is-foreseen-is-what-happens", test_foreseen);
  g_test_add_func ("/property/decisions/joining-leaving-and-swapping-leave-held-turns-alone",
                   test_held_and_confirmed_stay);
  g_test_add_func ("/property/decisions/rings-are-fair-but-for-decisions",
                   test_fair_but_for_decisions);
  return g_test_run ();
}
