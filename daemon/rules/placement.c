/* Placing an occurrence. What people decided stands before what was published, and that before what
 * the rules would choose: a published date moves only when it breaks a hard rule now, and what has
 * begun is held. Source: design section 4, Decisions and Stability. */
#include "rules/placement.h"

#include "rules/entry.h"

static void G_GNUC_PRINTF (4, 5) explain (TnOccurrence *occurrence, const char *rule,
                                          const TnDecision *decision, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  g_autofree char *source = tn_entry_dup_source (decision);
  g_autofree char *how = tn_entry_describe (decision, occurrence->collaboration);
  g_ptr_array_add (occurrence->reasons, tn_reason_new (rule, source, "%s, %s", text, how));
}

/* A date many years from its cycle is a slip or worse; it would make one entry of somebody's
 * journal stretch every plan. */
static const int DECISION_REACH_DAYS = 10 * 366;

static gboolean
parse_when (const TnOccurrence *occurrence, const TnDecision *decision, TnWhen *ret_when)
{
  TnWhen when = { 0 };
  if (decision == NULL || decision->value == NULL || !tn_when_parse (decision->value, &when, NULL))
    return FALSE;
  if (ABS (when.days.start - tn_cycle_get_span (&occurrence->cycle).start) > DECISION_REACH_DAYS)
    return FALSE;
  *ret_when = when;
  return TRUE;
}

/* The shape that the charter gives an occurrence that begins on @start. */
static TnWhen
make_when (const TnSeries *series, TnDate start)
{
  int length = MAX (series->length_days, 1);
  if (!series->has_time)
    return tn_when_new_days (start, length);
  return tn_when_new_timed (start, series->start_minute, start + length - 1, series->end_minute);
}

static void
settle_decided (TnOccurrence *occurrence, const TnChoice *choice, const TnDecision *decision,
                TnWhen when)
{
  occurrence->when = when;
  occurrence->is_placed = TRUE;
  occurrence->status = decision->confirmed ? TN_STATUS_CONFIRMED : TN_STATUS_PROPOSED;
  g_autofree char *text = tn_when_to_string (&occurrence->when);
  explain (occurrence, "decision", decision,
           decision->confirmed ? "%s is confirmed" : "moved to %s", text);
  tn_choice_list_breaches (choice, occurrence->when.days, occurrence->reasons);
}

static void
settle_chosen (TnOccurrence *occurrence, const TnChoice *choice)
{
  TnDate day = 0;
  if (!tn_choice_pick (choice, &day, occurrence->reasons))
    {
      occurrence->status = TN_STATUS_UNPLACED;
      occurrence->when = make_when (choice->series, choice->window.start);
      return;
    }
  occurrence->status = TN_STATUS_PROPOSED;
  occurrence->when = make_when (choice->series, day);
}

static void
settle_placed (TnOccurrence *occurrence, const TnChoice *choice, const TnDecision *placed,
               TnWhen when, TnDate today)
{
  g_autofree char *date = tn_date_to_string (when.days.start);
  gboolean has_begun = when.days.start <= today;
  gboolean keeps_shape = has_begun && when.all_day != choice->series->has_time;
  TnWhen kept = keeps_shape ? when : make_when (choice->series, when.days.start);
  g_autoptr (GPtrArray) breaches = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_reason_free);
  gboolean breaks = tn_choice_list_breaches (choice, kept.days, breaches);
  if (breaks && !has_begun)
    {
      const TnReason *breach = g_ptr_array_index (breaches, 0);
      explain (occurrence, "placed", placed, "moved from %s, where it was published: it %s (%s)",
               date, breach->text, breach->source);
      settle_chosen (occurrence, choice);
      return;
    }
  occurrence->when = kept;
  occurrence->is_placed = TRUE;
  occurrence->status = TN_STATUS_PROPOSED;
  explain (occurrence, "placed", placed,
           has_begun ? "%s has begun: what is past is held" : "%s was published and is kept", date);
}

/* A cycle that is not held keeps the date that it would have had. */
static void
settle_status (TnOccurrence *occurrence, const TnLedger *ledger)
{
  const TnDecision *cancel = tn_entry_find (ledger, TN_DECISION_CANCEL, occurrence, NULL);
  const TnDecision *postpone = tn_entry_find (ledger, TN_DECISION_POSTPONE, occurrence, NULL);
  gboolean is_cancelled = cancel != NULL && !tn_entry_is_taken_back (cancel);
  occurrence->is_postponed = postpone != NULL && !tn_entry_is_taken_back (postpone);
  if (is_cancelled)
    explain (occurrence, "decision", cancel, "cancelled");
  if (occurrence->is_postponed)
    explain (occurrence, "postpone", postpone, "not held: put off");
  if ((is_cancelled || occurrence->is_postponed) && occurrence->status != TN_STATUS_UNPLACED)
    occurrence->status = TN_STATUS_CANCELLED;
}

/**
 * tn_placement_settle:
 * @occurrence: its `when`, status, flags and reasons are filled in; of an unplaced one `when`
 * begins with its window, to sort by
 */
void
tn_placement_settle (TnOccurrence *occurrence, const TnChoice *choice, const TnLedger *ledger,
                     TnDate today)
{
  const TnDecision *decided = tn_entry_find (ledger, TN_DECISION_DATE, occurrence, NULL);
  const TnDecision *placed = tn_entry_find (ledger, TN_DECISION_PLACED, occurrence, NULL);
  TnWhen when = { 0 };
  if (parse_when (occurrence, decided, &when))
    settle_decided (occurrence, choice, decided, when);
  else if (parse_when (occurrence, placed, &when))
    settle_placed (occurrence, choice, placed, when, today);
  else
    settle_chosen (occurrence, choice);
  if (decided != NULL && !parse_when (occurrence, decided, &when))
    explain (occurrence, "decision", decided, "'%s' is no date within ten years of %s: no effect",
             decided->value != NULL ? decided->value : "", occurrence->cycle_text);
  occurrence->is_computed = !occurrence->is_placed && occurrence->status != TN_STATUS_UNPLACED
                            && occurrence->when.days.end <= today;
  settle_status (occurrence, ledger);
}

/**
 * tn_placement_find_known:
 * @ret_when: (out): untouched when nothing is known
 *
 * Returns: %TRUE when the ledger says where @occurrence is or was published
 */
gboolean
tn_placement_find_known (const TnLedger *ledger, const TnOccurrence *occurrence, TnWhen *ret_when)
{
  static const TnDecisionKind kinds[] = { TN_DECISION_DATE, TN_DECISION_PLACED };
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (parse_when (occurrence, tn_entry_find (ledger, kinds[i], occurrence, NULL), ret_when))
      return TRUE;
  return FALSE;
}
