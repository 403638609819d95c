/* Every explanation of the five charters that are shipped, read through: each date, turn and
 * milestone says by which rule, where that stands, and what was passed over for it; none is empty
 * or says what would fit everything. Source: design promise 10; issue "Every rule", section Prove.
 */
#include "agreed.h"

#include "rules/explanation.h"

static const char *const CHARTERS[]
    = { "7by.conf", "6by.conf", "familjen-helsingborg.conf", "kkr.conf", "ks-aldersvennlige.conf" };

/* What may stand before the reason that something is as it is. */
static const char *const DATE_RULES[]
    = { "window", "weekdays", "avoid",  "spacing",  "except",   "month-day", "prefer",
        "choice", "unplaced", "placed", "decision", "postpone", "breach" };
static const char *const TURN_RULES[]
    = { "rotation", "rest", "membership", "follows", "fixed",    "shared",   "term",
        "swap",     "skip", "set",        "insert",  "postpone", "decision", "breach" };
static const char *const MILESTONE_RULES[]
    = { "milestone", "shift", "homework", "themes", "decision" };

/* What is being read, for whoever reads of a failure. */
typedef struct
{
  const TnPlan *plan;
  const TnOccurrence *occurrence;
  const char *part;
} Reading;

static void
complain (const Reading *reading, const char *what)
{
  g_autofree char *reference = tn_occurrence_to_reference (reading->occurrence);
  g_autoptr (GPtrArray) lines = tn_explanation_list_lines (reading->plan, reading->occurrence);
  for (guint i = 0; i < lines->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (lines, i));
  g_test_fail_printf ("%s: %s: %s", reference, reading->part, what);
}

static gboolean
is_among (const char *word, const char *const *words, guint n)
{
  for (guint i = 0; i < n; i++)
    if (strcmp (words[i], word) == 0)
      return TRUE;
  return FALSE;
}

/* `7by.conf:41`, or a decision's: `ledger 8f3a…`. */
static gboolean
is_source (const char *source)
{
  return g_regex_match_simple ("^([a-z0-9-]+\\.conf:[1-9][0-9]*|ledger [0-9a-f]{16})$", source, 0,
                               0);
}

/* Something of this very case stands in it: a number, a date, a name with a capital. */
static gboolean
is_particular (const char *text)
{
  return g_regex_match_simple ("[0-9]|\\p{Lu}", text, 0, 0);
}

static void
read_reasons (const Reading *reading, const GPtrArray *reasons, const char *const *rules, guint n)
{
  if (reasons->len == 0)
    complain (reading, "says nothing");
  for (guint i = 0; i < reasons->len; i++)
    {
      const TnReason *reason = g_ptr_array_index (reasons, i);
      if (!is_among (reason->rule, rules, n))
        complain (reading, reason->rule);
      if (!is_source (reason->source))
        complain (reading, reason->source);
      if (strcmp (reason->rule, "except") == 0 && strstr (reason->text, "left out (") == NULL)
        complain (reading, "does not say which weeks or months");
      if (strlen (reason->text) < 12 || !is_particular (reason->text))
        complain (reading, reason->text);
    }
}

static const char *
find_text (const GPtrArray *reasons, const char *rule)
{
  for (guint i = 0; i < reasons->len; i++)
    {
      const TnReason *reason = g_ptr_array_index (reasons, i);
      if (strcmp (reason->rule, rule) == 0)
        return reason->text;
    }
  return NULL;
}

/* Counts the days of `12 days passed over: …`. */
static int
count_passed_over (const GPtrArray *reasons)
{
  int sum = 0;
  for (guint i = 0; i < reasons->len; i++)
    {
      const TnReason *reason = g_ptr_array_index (reasons, i);
      if (strstr (reason->text, " passed over: ") != NULL)
        sum += (int) g_ascii_strtoll (reason->text, NULL, 10);
    }
  return sum;
}

static int
read_number (const char *text, const char *pattern)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  if (text == NULL || !g_regex_match (regex, text, 0, &match))
    return -1;
  g_autofree char *number = g_match_info_fetch (match, 1);
  return (int) g_ascii_strtoll (number, NULL, 10);
}

/* The days that each rule passed over and those that were left add up to the window. */
static void
read_date (Reading *reading)
{
  const TnOccurrence *occurrence = reading->occurrence;
  reading->part = "date";
  read_reasons (reading, occurrence->reasons, DATE_RULES, G_N_ELEMENTS (DATE_RULES));
  if (find_text (occurrence->reasons, "decision") != NULL && occurrence->is_placed)
    return;
  int n_days
      = read_number (find_text (occurrence->reasons, "window"), "([0-9]+) days? to begin on");
  int n_left = 0;
  if (occurrence->status != TN_STATUS_UNPLACED)
    n_left = read_number (find_text (occurrence->reasons, "choice"),
                          "(?:of|among) ([0-9]+) (?:days? )?that no rule shuts out");
  if (n_days < 0 || n_left < 0 || n_days != n_left + count_passed_over (occurrence->reasons))
    complain (reading, "the days do not add up to the window");
}

static gboolean
says (const GPtrArray *reasons, const char *before, const char *name, const char *after)
{
  g_autofree char *words = g_strconcat (before, name, after, NULL);
  for (guint i = 0; i < reasons->len; i++)
    if (strstr (((const TnReason *) g_ptr_array_index (reasons, i))->text, words) != NULL)
      return TRUE;
  return FALSE;
}

/* `Esbjerg is next in the ring after Aalborg`: whoever stands between them was passed over. */
static void
read_ring (const Reading *reading, const TnTurn *turn)
{
  const TnCollaboration *in = reading->occurrence->collaboration;
  char **ring = turn->rule->ring;
  guint n = g_strv_length (ring);
  for (guint last = 0; last < n; last++)
    {
      const char *after = tn_collaboration_get_council_name (in, ring[last]);
      const char *holder = tn_collaboration_get_council_name (in, turn->councils[0]);
      g_autofree char *words = g_strdup_printf (" is next in the ring after %s", after);
      if (!says (turn->reasons, holder, words, ""))
        continue;
      for (guint i = last + 1; strcmp (ring[i % n], turn->councils[0]) != 0; i++)
        if (!says (turn->reasons,
                   "passed over: ", tn_collaboration_get_council_name (in, ring[i % n]), ","))
          complain (reading, "does not say who was passed over");
    }
}

/* Who has it is named by a reason. */
static void
read_turn (Reading *reading, const TnTurn *turn)
{
  reading->part = turn->rule->name;
  read_reasons (reading, turn->reasons, TURN_RULES, G_N_ELEMENTS (TURN_RULES));
  if (turn->councils[0] == NULL)
    return;
  if (!says (
          turn->reasons, "",
          tn_collaboration_get_council_name (reading->occurrence->collaboration, turn->councils[0]),
          ""))
    complain (reading, "does not say who");
  if (turn->rule->kind == TN_ROLE_RING)
    read_ring (reading, turn);
}

static void
read_occurrence (Reading *reading)
{
  const TnOccurrence *occurrence = reading->occurrence;
  read_date (reading);
  for (guint i = 0; i < occurrence->turns->len; i++)
    read_turn (reading, g_ptr_array_index (occurrence->turns, i));
  for (guint i = 0; i < occurrence->milestones->len; i++)
    {
      const TnMilestone *milestone = g_ptr_array_index (occurrence->milestones, i);
      reading->part = milestone->id;
      read_reasons (reading, milestone->reasons, MILESTONE_RULES, G_N_ELEMENTS (MILESTONE_RULES));
    }
  static const char *const agenda[] = { "theme", "matter" };
  reading->part = "agenda";
  if (occurrence->agenda->len > 0)
    read_reasons (reading, occurrence->agenda, agenda, G_N_ELEMENTS (agenda));
}

/* From before the first series of each began until long after the last decision. */
static void
test_charter (gconstpointer data)
{
  g_autoptr (TnRulebook) rulebook = agreed_read_shipped (data);

  g_autoptr (TnPlan) plan = agreed_plan (rulebook, 1995, 2050);

  g_assert_cmpuint (tn_plan_get_size (plan), >, 0);
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    {
      Reading reading = { plan, tn_plan_get (plan, i), "" };
      read_occurrence (&reading);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (guint i = 0; i < G_N_ELEMENTS (CHARTERS); i++)
    {
      g_autofree char *path
          = g_strdup_printf ("/golden/reasons/all-of-%s-say-rule-source-and-days", CHARTERS[i]);
      g_test_add_data_func (path, CHARTERS[i], test_charter);
    }
  return g_test_run ();
}
