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
settle_decided (TnOccurrence *occurrence, const TnDecision *decision, TnWhen when)
{
  occurrence->when = when;
  occurrence->is_placed = TRUE;
  occurrence->status = decision->confirmed ? TN_STATUS_CONFIRMED : TN_STATUS_PROPOSED;
  g_autofree char *text = tn_when_to_string (&occurrence->when);
  explain (occurrence, "decision", decision,
           decision->confirmed ? "%s is confirmed" : "moved to %s", text);
}

/* Where it was published, in the shape that it has now. */
static TnWhen
get_kept (const TnSeries *series, TnWhen when, TnDate today)
{
  gboolean keeps_shape = when.days.start <= today && when.all_day != series->has_time;
  return keeps_shape ? when : make_when (series, when.days.start);
}

static void
settle_kept (TnOccurrence *occurrence, const TnDecision *placed, TnWhen when, TnDate today)
{
  g_autofree char *date = tn_date_to_string (when.days.start);
  occurrence->when = get_kept (occurrence->series, when, today);
  occurrence->is_placed = TRUE;
  occurrence->status = TN_STATUS_PROPOSED;
  explain (occurrence, "placed", placed,
           when.days.start <= today ? "%s has begun: what is past is held"
                                    : "%s was published and is kept",
           date);
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
 * tn_placement_pin:
 *
 * Returns: %TRUE when @occurrence is where a decision put it, or where it was published and has
 *   begun: no rule moves it
 */
gboolean
tn_placement_pin (TnOccurrence *occurrence, const TnLedger *ledger, TnDate today)
{
  const TnDecision *decided = tn_entry_find (ledger, TN_DECISION_DATE, occurrence, NULL);
  const TnDecision *placed = tn_entry_find (ledger, TN_DECISION_PLACED, occurrence, NULL);
  TnWhen when = { 0 };
  if (tn_entry_parse_when (&occurrence->cycle, decided, &when))
    settle_decided (occurrence, decided, when);
  else if (tn_entry_parse_when (&occurrence->cycle, placed, &when) && when.days.start <= today)
    settle_kept (occurrence, placed, when, today);
  else
    return FALSE;
  return TRUE;
}

/**
 * tn_placement_tell_breaches:
 * @occurrence: pinned; when a decision did it, the rules that it breaks are told
 */
void
tn_placement_tell_breaches (TnOccurrence *occurrence, const TnChoice *choice,
                            const TnLedger *ledger)
{
  TnWhen when = { 0 };
  if (tn_entry_parse_when (&occurrence->cycle,
                           tn_entry_find (ledger, TN_DECISION_DATE, occurrence, NULL), &when))
    tn_choice_list_breaches (choice, occurrence->when.days, occurrence->reasons);
}

/**
 * tn_placement_keep:
 * @occurrence: not pinned
 *
 * Returns: %TRUE when it was published and breaks no hard rule where it is
 */
gboolean
tn_placement_keep (TnOccurrence *occurrence, const TnChoice *choice, const TnLedger *ledger,
                   TnDate today)
{
  const TnDecision *placed = tn_entry_find (ledger, TN_DECISION_PLACED, occurrence, NULL);
  TnWhen when = { 0 };
  if (!tn_entry_parse_when (&occurrence->cycle, placed, &when))
    return FALSE;
  TnWhen kept = get_kept (choice->series, when, today);
  g_autoptr (GPtrArray) breaches = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_reason_free);
  if (!tn_choice_list_breaches (choice, kept.days, breaches))
    {
      settle_kept (occurrence, placed, when, today);
      return TRUE;
    }
  g_autofree char *date = tn_date_to_string (when.days.start);
  const TnReason *breach = g_ptr_array_index (breaches, 0);
  explain (occurrence, "placed", placed, "moved from %s, where it was published: it %s (%s)", date,
           breach->text, breach->source);
  return FALSE;
}

/**
 * tn_placement_put:
 * @day: that the rules chose; %TN_DATE_NONE: none was left
 */
void
tn_placement_put (TnOccurrence *occurrence, const TnChoice *choice, TnDate day)
{
  gboolean is_placed = day != TN_DATE_NONE;
  occurrence->status = is_placed ? TN_STATUS_PROPOSED : TN_STATUS_UNPLACED;
  occurrence->when = make_when (choice->series, is_placed ? day : choice->window.start);
}

static gint64
get_moment_s (const TnZone *zone, TnDate day, int minute)
{
  TnLocalTime local = { day + minute / (24 * 60), minute % (24 * 60) * 60 };
  return tn_zone_to_utc_s (zone, local);
}

/* The hour that the clocks leave out is told by the clock before (RFC 5545 section 3.3.5): 02:30 is
 * 03:30 that day, and so every calendar shows it. What would end before it began, or with it, lasts
 * as long as it was to (section 3.8.2.2). */
static void
fit_clocks (TnOccurrence *occurrence)
{
  const TnZone *zone = occurrence->collaboration->zone;
  TnWhen when = occurrence->when;
  TnDate last_day = when.days.end - 1;
  if (when.all_day)
    return;
  gint64 start_s = get_moment_s (zone, when.days.start, when.start_minute);
  gint64 end_s = get_moment_s (zone, last_day, when.end_minute);
  int minutes = (last_day - when.days.start) * 24 * 60 + when.end_minute - when.start_minute;
  TnLocalTime start = tn_zone_to_local (zone, start_s);
  TnLocalTime end = tn_zone_to_local (zone, end_s > start_s ? end_s : start_s + minutes * 60);
  gboolean starts_so = start.date == when.days.start && start.second == when.start_minute * 60;
  gboolean ends_so = end.second == when.end_minute % (24 * 60) * 60;
  if (starts_so && ends_so)
    return;
  /* Midnight ends the day before, as everywhere. */
  gboolean is_midnight = end.second == 0 && end.date > start.date;
  occurrence->when = tn_when_new_timed (start.date, start.second / 60, end.date - is_midnight,
                                        is_midnight ? 24 * 60 : end.second / 60);
  g_autofree char *wished = tn_when_to_string (&when);
  g_autofree char *fitted = tn_when_to_string (&occurrence->when);
  g_autofree char *source = tn_origin_to_string (&occurrence->series->origin);
  g_ptr_array_add (occurrence->reasons,
                   tn_reason_new ("clocks", source,
                                  "%s is %s: the clocks of %s leave out that hour", wished, fitted,
                                  tn_zone_get_id (zone)));
}

/**
 * tn_placement_finish:
 *
 * Tells what has no effect, and whether it is held at all.
 */
void
tn_placement_finish (TnOccurrence *occurrence, const TnLedger *ledger, TnDate today)
{
  const TnDecision *decided = tn_entry_find (ledger, TN_DECISION_DATE, occurrence, NULL);
  TnWhen when = { 0 };
  if (decided != NULL && !tn_entry_parse_when (&occurrence->cycle, decided, &when))
    explain (occurrence, "decision", decided, "'%s' is no date within ten years of %s: no effect",
             decided->value != NULL ? decided->value : "", occurrence->cycle_text);
  fit_clocks (occurrence);
  occurrence->is_computed = !occurrence->is_placed && occurrence->status != TN_STATUS_UNPLACED
                            && occurrence->when.days.end <= today;
  settle_status (occurrence, ledger);
}

/**
 * tn_placement_settle:
 * @occurrence: one that competes with no other; its `when`, status, flags and reasons are filled
 * in; of an unplaced one `when` begins with its window, to sort by
 */
void
tn_placement_settle (TnOccurrence *occurrence, const TnChoice *choice, const TnLedger *ledger,
                     TnDate today)
{
  if (tn_placement_pin (occurrence, ledger, today))
    tn_placement_tell_breaches (occurrence, choice, ledger);
  else if (!tn_placement_keep (occurrence, choice, ledger, today))
    {
      TnDate day = TN_DATE_NONE;
      tn_choice_pick (choice, &day, occurrence->reasons);
      tn_placement_put (occurrence, choice, day);
    }
  tn_placement_finish (occurrence, ledger, today);
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
    if (tn_entry_parse_when (&occurrence->cycle, tn_entry_find (ledger, kinds[i], occurrence, NULL),
                             ret_when))
      return TRUE;
  return FALSE;
}
