/* Entries: the plan as one calendar is to show it. Which occurrences a council wants to see, which
 * duties stand in whose calendar, and what the events say (design sections 4, 6 and 7). Pure. */
#include "sync/posting.h"

#include <string.h>

#include "model/identity.h"
#include "sync/note.h"

void
tn_posting_free (TnPosting *posting)
{
  if (posting == NULL)
    return;
  tn_event_free (posting->event);
  for (guint i = 0; i < TN_N_FIELDS; i++)
    g_free (posting->wished[i]);
  g_free (posting->decision);
  g_free (posting);
}

static gboolean
wants (char **list, const char *word)
{
  return list[0] == NULL || g_strv_contains ((const char *const *) list, word);
}

static gboolean
wants_role (const TnCalendar *calendar, const TnOccurrence *occurrence)
{
  if (calendar->roles[0] == NULL || calendar->council == NULL)
    return TRUE;
  for (guint i = 0; calendar->roles[i] != NULL; i++)
    if (tn_occurrence_has_role (occurrence, calendar->council, calendar->roles[i]))
      return TRUE;
  return FALSE;
}

static gboolean
wants_occurrence (const TnCalendar *calendar, const TnOccurrence *occurrence)
{
  g_autofree char *full
      = g_strjoin ("/", occurrence->collaboration->id, occurrence->series->id, NULL);
  return wants (calendar->collaborations, occurrence->collaboration->id)
         && (wants (calendar->series, occurrence->series->id) || wants (calendar->series, full))
         && wants_role (calendar, occurrence);
}

/* Design section 4, Milestones: in the calendar of the council that has the duty, and in shared
 * ones that ask for it. */
static gboolean
wants_milestone (const TnCalendar *calendar, const TnMilestone *milestone)
{
  if (calendar->council == NULL)
    return calendar->wants_milestones;
  return g_strv_contains ((const char *const *) milestone->councils, calendar->council);
}

static char *
mark_title (const TnOccurrence *occurrence, const TnMilestone *milestone)
{
  const char *title = milestone != NULL ? milestone->title : occurrence->title;
  if (milestone != NULL && milestone->done)
    return g_strconcat ("✓ ", title, NULL);
  if (occurrence->status == TN_STATUS_CANCELLED)
    return g_strconcat (tn_word (occurrence->collaboration->language, TN_WORD_CANCELLED), ": ",
                        title, NULL);
  return g_strdup (title);
}

static TnEvent *
make_event (const TnOccurrence *occurrence, const TnMilestone *milestone, GPtrArray *remarks)
{
  TnEvent *event = tn_event_new (milestone != NULL ? milestone->uid : occurrence->uid);
  event->key = g_strdup (milestone != NULL ? milestone->key : occurrence->key);
  event->when = milestone != NULL ? tn_when_new_days (milestone->due, 1) : occurrence->when;
  if (!event->when.all_day)
    event->zone = tn_zone_ref (occurrence->collaboration->zone);
  g_free (event->title);
  event->title = mark_title (occurrence, milestone);
  if (milestone == NULL && occurrence->place != NULL)
    {
      g_free (event->where);
      event->where = g_strdup (occurrence->place);
    }
  if (milestone == NULL && occurrence->text != NULL)
    {
      g_free (event->text);
      event->text = g_strdup (occurrence->text);
    }
  g_free (event->note);
  event->note = tn_note_write (occurrence, milestone, remarks);
  gboolean cancelled = occurrence->status == TN_STATUS_CANCELLED;
  /* A duty and a report take nobody's time on their day. */
  event->is_transparent
      = cancelled || milestone != NULL || occurrence->series->kind == TN_KIND_REPORT;
  event->status = cancelled ? TN_EVENT_CANCELLED
                  : milestone != NULL || occurrence->status == TN_STATUS_CONFIRMED
                      ? TN_EVENT_CONFIRMED
                      : TN_EVENT_TENTATIVE;
  event->placed = tn_date_to_string (occurrence->when.days.start);
  return event;
}

static char *
find_decision (const TnPlan *plan, const TnOccurrence *occurrence, const TnMilestone *milestone)
{
  const guint of_occurrence
      = 1u << TN_DECISION_DATE | 1u << TN_DECISION_CANCEL | 1u << TN_DECISION_POSTPONE
        | 1u << TN_DECISION_WHERE | 1u << TN_DECISION_TITLE | 1u << TN_DECISION_THEME
        | 1u << TN_DECISION_SET | 1u << TN_DECISION_SWAP | 1u << TN_DECISION_SKIP;
  const guint of_milestone = 1u << TN_DECISION_DUE | 1u << TN_DECISION_DONE;
  const TnLedger *ledger = tn_plan_get_ledger (plan);
  const TnDecision *last = tn_ledger_find_last (
      ledger, of_occurrence, occurrence->collaboration->id, occurrence->series->id,
      occurrence->cycle_text, occurrence->site, NULL);
  const TnDecision *duty
      = milestone == NULL
            ? NULL
            : tn_ledger_find_last (ledger, of_milestone, occurrence->collaboration->id,
                                   occurrence->series->id, occurrence->cycle_text, occurrence->site,
                                   milestone->id);
  if (duty != NULL && (last == NULL || tn_decision_compare (duty, last) > 0))
    last = duty;
  return last != NULL ? g_strdup (last->id) : NULL;
}

static TnPosting *
make_posting (const TnPlan *plan, TnSpan publish, const TnOccurrence *occurrence,
              const TnMilestone *milestone, GPtrArray *remarks)
{
  TnPosting *posting = g_new0 (TnPosting, 1);
  posting->event = make_event (occurrence, milestone, remarks);
  posting->occurrence = occurrence;
  posting->milestone = milestone;
  posting->days = posting->event->when.days;
  posting->is_future = posting->days.end > tn_plan_get_today (plan);
  /* A duty that is over is nobody's any more; an occurrence that is over is the record of it. */
  posting->may_create = !occurrence->is_computed
                        && tn_span_contains (publish, occurrence->when.days.start)
                        && (milestone == NULL || posting->is_future);
  posting->decision = find_decision (plan, occurrence, milestone);
  for (guint i = 0; i < TN_N_FIELDS; i++)
    posting->wished[i] = tn_event_dup_field (posting->event, (TnField) i);
  if (milestone != NULL || !occurrence->series->shares_text)
    g_clear_pointer (&posting->wished[TN_FIELD_TEXT], g_free);
  return posting;
}

/**
 * tn_posting_list:
 * @publish: days in which new events may be created (design section 7, Lifecycle)
 * @remarks: (nullable) (element-type TnRemark): lines that stand under events of this calendar
 *
 * Returns: (transfer full) (element-type TnPosting): all that @calendar is to show, in the plan's
 * order;
 *   @plan must outlive it
 */
GPtrArray *
tn_posting_list (const TnPlan *plan, const TnCalendar *calendar, TnSpan publish, GPtrArray *remarks)
{
  GPtrArray *postings = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_posting_free);
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    {
      const TnOccurrence *occurrence = tn_plan_get (plan, i);
      if (occurrence->status == TN_STATUS_UNPLACED || !wants_occurrence (calendar, occurrence))
        continue;
      g_ptr_array_add (postings, make_posting (plan, publish, occurrence, NULL, remarks));
      for (guint j = 0; j < occurrence->milestones->len; j++)
        {
          const TnMilestone *milestone = g_ptr_array_index (occurrence->milestones, j);
          if (milestone->due != TN_DATE_NONE && wants_milestone (calendar, milestone))
            g_ptr_array_add (postings,
                             make_posting (plan, publish, occurrence, milestone, remarks));
        }
    }
  return postings;
}

/**
 * tn_posting_dup_key_label:
 * @title: (nullable)
 * @when: (nullable)
 *
 * Returns: (transfer full): an event as messages name it: title, date and reference
 */
char *
tn_posting_dup_key_label (const char *key, const char *title, const char *when)
{
  g_autofree char *reference = tn_identity_key_to_reference (key);
  return g_strdup_printf ("%s%s%s%s[%s]", title != NULL ? title : "", title != NULL ? " " : "",
                          when != NULL ? when : "", when != NULL ? " " : "", reference);
}

char *
tn_posting_dup_label (const TnPosting *posting)
{
  return tn_posting_dup_key_label (posting->event->key, posting->wished[TN_FIELD_TITLE],
                                   posting->wished[TN_FIELD_WHEN]);
}

/**
 * tn_posting_dup_zone:
 *
 * Returns: (transfer full): the zone in which its times are compared
 */
TnZone *
tn_posting_dup_zone (const TnPosting *posting)
{
  return posting->occurrence != NULL ? tn_zone_ref (posting->occurrence->collaboration->zone)
                                     : tn_zone_new_utc ();
}
