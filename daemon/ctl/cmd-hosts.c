/* turnusctl hosts: who holds which cycle, and how fair that is. */
#include "base/error.h"
#include "ctl/command.h"
#include "ctl/json.h"
#include "ctl/papers.h"
#include "ctl/reference.h"
#include "ctl/table.h"
#include "model/catalogue.h"
#include "rules/roster.h"

#include <string.h>

/* Whose turns are asked for. */
typedef struct
{
  const TnCollaboration *collaboration; /* (unowned) */
  const TnSeries *series;               /* (unowned) */
  const char *role;                     /* (unowned) (nullable) */
  TnCycle first;
  TnCycle last;
} Question;

static gboolean
find_cycle (const TnCall *call, const Question *question, const char *name, TnCycle *cycle,
            GError **error)
{
  const char *text = tn_call_get_option (call, name);
  if (text == NULL || tn_reference_parse_cycle (question->series, text, cycle, error))
    return TRUE;
  g_prefix_error (error, "--%s: ", name);
  return FALSE;
}

/* How many cycles one way round the ring takes. */
static int
count_round (const Question *question)
{
  guint n = 1;
  for (guint i = 0; i < question->series->roles->len; i++)
    {
      const TnRoleRule *rule = g_ptr_array_index (question->series->roles, i);
      if (rule->kind == TN_ROLE_RING)
        n = MAX (n, g_strv_length (rule->ring));
    }
  return (int) MAX (n, 5) * question->series->every_n;
}

static gboolean
find_question (const TnCall *call, const TnPapers *papers, Question *question, GError **error)
{
  if (!tn_reference_find_series (papers->rulebook, tn_call_get_option (call, "collaboration"),
                                 call->words[0], &question->collaboration, &question->series,
                                 error))
    return FALSE;
  question->role = tn_call_get_option (call, "role");
  question->first = question->series->first;
  TnCycle now = tn_cycle_at (question->series->every, papers->today);
  if (tn_cycle_compare (&now, &question->first) < 0)
    now = question->first;
  question->last = tn_cycle_step (&now, count_round (question));
  if (!find_cycle (call, question, "from", &question->first, error)
      || !find_cycle (call, question, "to", &question->last, error))
    return FALSE;
  if (tn_cycle_compare (&question->first, &question->last) <= 0)
    return TRUE;
  g_autofree char *first = tn_cycle_to_string (&question->first);
  g_autofree char *last = tn_cycle_to_string (&question->last);
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
               "the last cycle, %s, is before the first, %s: expected a later one", last, first);
  return FALSE;
}

static gboolean
is_asked (const Question *question, TnCycle cycle)
{
  cycle.ordinal = 0; /* `--to 2027` includes 2027.3 */
  return tn_cycle_compare (&cycle, &question->first) >= 0
         && tn_cycle_compare (&cycle, &question->last) <= 0;
}

static gboolean
is_shown (const Question *question, const TnRosterRow *row)
{
  TnCycle cycle;
  return tn_cycle_parse (row->cycle, &cycle, NULL) && is_asked (question, cycle);
}

static void
print_json (const TnCall *call, const TnRoster *roster, const Question *question)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_array (builder);
  for (guint i = 0; i < roster->rows->len; i++)
    {
      const TnRosterRow *row = g_ptr_array_index (roster->rows, i);
      if (!is_shown (question, row))
        continue;
      json_builder_begin_object (builder);
      tn_json_add_text (builder, "cycle", row->cycle);
      tn_json_add_text (builder, "council", row->council);
      tn_json_add_text (builder, "status", tn_turn_status_to_string (row->status));
      tn_json_add_text (builder, "why", row->why);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  tn_call_print_json (call, root);
}

static void
print_rows (const TnCall *call, const TnRoster *roster, const Question *question)
{
  static const char *const headings[]
      = { N_ ("CYCLE"), N_ ("COUNCIL"), N_ ("STATUS"), N_ ("WHY"), NULL };
  g_autoptr (TnTable) table = tn_table_new_in (call->language, headings);
  tn_table_let_judge (table, 2);
  tn_table_let_wrap (table, 3);
  for (guint i = 0; i < roster->rows->len; i++)
    {
      const TnRosterRow *row = g_ptr_array_index (roster->rows, i);
      const char *name
          = row->council != NULL
                ? tn_collaboration_get_council_name (question->collaboration, row->council)
                : tn_say_code (call->language, "nobody");
      g_autofree char *why = tn_tell (call->language, row->why);
      if (is_shown (question, row))
        tn_table_add (table, row->cycle, name,
                      tn_say_code (call->language, tn_turn_status_to_string (row->status)), why,
                      NULL);
    }
  tn_call_print (call, tn_say (call->language, "%s of %s/%s\n\n"),
                 tn_say_code (call->language, roster->role->name), question->collaboration->id,
                 question->series->id);
  tn_table_print (table, call->out);
}

/* Turns to come in what was asked for: the plan knows more, and that would be no answer.
 *
 * Returns: (transfer full): by council
 */
static GHashTable *
count_planned (const TnPlan *plan, const Question *question, const char *role)
{
  GHashTable *counts = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    {
      const TnOccurrence *occurrence = tn_plan_get (plan, i);
      gboolean is_past = occurrence->status != TN_STATUS_UNPLACED
                         && occurrence->when.days.end <= tn_plan_get_today (plan);
      const TnTurn *turn = occurrence->series == question->series
                               ? tn_occurrence_find_turn (occurrence, role)
                               : NULL;
      if (turn == NULL || is_past || occurrence->status == TN_STATUS_CANCELLED
          || !is_asked (question, occurrence->cycle))
        continue;
      for (gsize j = 0; turn->councils[j] != NULL; j++)
        {
          gpointer count = g_hash_table_lookup (counts, turn->councils[j]);
          g_hash_table_insert (counts, turn->councils[j],
                               GINT_TO_POINTER (GPOINTER_TO_INT (count) + 1));
        }
    }
  return counts;
}

static void
print_fairness (const TnCall *call, const TnRoster *roster, const Question *question,
                const TnPlan *plan)
{
  static const char *const headings[]
      = { N_ ("COUNCIL"), N_ ("HELD"),    N_ ("PLANNED"),     N_ ("GIVEN"),
          N_ ("TAKEN"),   N_ ("SKIPPED"), N_ ("YEARS SINCE"), NULL };
  g_autoptr (TnTable) table = tn_table_new_in (call->language, headings);
  g_autoptr (GHashTable) counts = count_planned (plan, question, roster->role->name);
  for (guint i = 0; i < roster->fairness->len; i++)
    {
      const TnFairness *fairness = g_ptr_array_index (roster->fairness, i);
      int n_planned = GPOINTER_TO_INT (g_hash_table_lookup (counts, fairness->council));
      g_autofree char *held = g_strdup_printf ("%d", fairness->n_held);
      g_autofree char *planned = g_strdup_printf ("%d", n_planned);
      g_autofree char *given = g_strdup_printf ("%d", fairness->n_given);
      g_autofree char *taken = g_strdup_printf ("%d", fairness->n_taken);
      g_autofree char *skipped = g_strdup_printf ("%d", fairness->n_skipped);
      g_autofree char *since = fairness->years_since >= 0
                                   ? g_strdup_printf ("%d", fairness->years_since)
                                   : g_strdup ("-");
      tn_table_add (table,
                    tn_collaboration_get_council_name (question->collaboration, fairness->council),
                    held, planned, given, taken, skipped, since, NULL);
    }
  g_autofree char *last = tn_cycle_to_string (&question->last);
  g_autofree char *first = tn_cycle_to_string (&question->series->first);
  tn_call_print (call, tn_say (call->language, "\nturns since %s, and planned until %s\n\n"), first,
                 last);
  tn_table_print (table, call->out);
}

static int
run (TnCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnPapers) papers = tn_papers_load (call, &error);
  Question question = { .role = NULL };
  if (papers == NULL || !find_question (call, papers, &question, &error))
    return tn_call_fail (call, error);
  g_autoptr (TnPlan) plan = tn_papers_plan_cycle (papers, &question.series->first, &question.last);
  g_autoptr (TnRoster) roster = tn_roster_new (plan, question.collaboration->id,
                                               question.series->id, question.role, &error);
  if (roster == NULL)
    return tn_call_fail (call, error);
  if (tn_call_wants_json (call))
    {
      print_json (call, roster, &question);
      return TN_EXIT_DONE;
    }
  print_rows (call, roster, &question);
  print_fairness (call, roster, &question, plan);
  return TN_EXIT_DONE;
}

static const TnOption OPTIONS[] = {
  { "from", "CYCLE", N_ ("first cycle; that of the series when not said"), 0, FALSE },
  { "to", "CYCLE", N_ ("last cycle; once round the ring from today when not said"), 0, FALSE },
  { "role", "ROLE", N_ ("the role; the one that goes round when not said"), 0, FALSE },
  { "collaboration", "COLLABORATION",
    N_ ("of which collaboration, when several have such a series"), 0, FALSE },
  { NULL, NULL, NULL, 0, FALSE },
};

const TnCommand tn_cmd_hosts = {
  .name = "hosts",
  .topic = TN_TOPIC_PLAN,
  .see_also = "explain list swap",
  .arguments = "SERIES",
  .summary = N_ ("who holds which cycle, why, and how fair that is"),
  .help
  = N_ ("Lists who holds which cycle of a series. `held` is past, `planned` to come; `postponed` "
        "was not\n"
        "held, `skipped` lost its turn, `swapped` traded it. Below: how often each council had "
        "its turn.\n\n"
        "Example: the hosts of the study trip\n"
        "  turnusctl hosts studietur --charter 7by.conf --to 2031"),
  .n_min_words = 1,
  .n_max_words = 1,
  .options = OPTIONS,
  .run = run,
};
