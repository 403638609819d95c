/* What is so now, for one mailbox. Nothing is kept between two looks: a daemon that was away for a
 * week, or killed at any moment, sees what is so when it is back. Pure. */
#include "notice/survey.h"

#include <string.h>

#include "rules/authority.h"
#include "sync/amend.h"
#include "sync/consent.h"

/* Long enough to book a room, short enough to be remembered. */
static const int DUTY_LEAD_DAYS = 14;

TnGlance *
tn_glance_new (const char *id, const char *state)
{
  TnGlance *glance = g_new0 (TnGlance, 1);
  glance->id = g_strdup (id);
  glance->state = state;
  glance->endings = g_array_new (FALSE, FALSE, sizeof (TnEnding));
  return glance;
}

void
tn_glance_free (TnGlance *glance)
{
  g_array_unref (glance->endings);
  g_free (glance->id);
  g_free (glance);
}

static gboolean
is_future (const TnSurvey *survey, const TnOccurrence *occurrence)
{
  return occurrence->status != TN_STATUS_UNPLACED && !occurrence->is_computed
         && occurrence->when.days.end > tn_plan_get_today (survey->plan)
         && occurrence->when.days.start < survey->publish.end;
}

static gboolean
is_member (const TnOccurrence *occurrence, const char *council)
{
  const TnCouncil *member = tn_collaboration_find_council (occurrence->collaboration, council);
  return member != NULL && tn_council_is_member (member, occurrence->when.days);
}

/* (transfer full) */
static void
add (GPtrArray *facts, TnFact *fact, const TnOccurrence *occurrence)
{
  fact->occurrence = occurrence;
  g_ptr_array_add (facts, fact);
}

/* Homework and duties that are far off are no news; those that are over are nobody's any more. */
static void
add_duties (GPtrArray *facts, const TnSurvey *survey, const TnOccurrence *occurrence,
            const char *council)
{
  TnDate today = tn_plan_get_today (survey->plan);
  if (occurrence->status == TN_STATUS_CANCELLED || occurrence->is_postponed)
    return;
  for (guint i = 0; i < occurrence->milestones->len; i++)
    {
      const TnMilestone *milestone = g_ptr_array_index (occurrence->milestones, i);
      if (milestone->done || milestone->due == TN_DATE_NONE || milestone->due < today
          || milestone->due > today + DUTY_LEAD_DAYS
          || !g_strv_contains ((const char *const *) milestone->councils, council))
        continue;
      g_autofree char *due = tn_date_to_string (milestone->due);
      TnFact *fact = tn_fact_new (TN_FACT_DUTY, council, milestone->uid, due);
      fact->milestone = milestone;
      add (facts, fact, occurrence);
    }
}

static void
add_turns (GPtrArray *facts, const TnOccurrence *occurrence, const char *council)
{
  for (guint i = 0; i < occurrence->turns->len; i++)
    {
      const TnTurn *turn = g_ptr_array_index (occurrence->turns, i);
      g_autofree char *holders = g_strjoinv (",", turn->councils);
      g_autofree char *about = g_strdup_printf ("%s %s", occurrence->uid, turn->rule->name);
      TnFact *fact = tn_fact_new (TN_FACT_TURN, council, about, holders);
      fact->role = turn->rule->name;
      add (facts, fact, occurrence);
    }
}

static void
add_plan (GPtrArray *facts, const TnSurvey *survey, const char *council)
{
  for (guint i = 0; i < tn_plan_get_size (survey->plan); i++)
    {
      const TnOccurrence *occurrence = tn_plan_get (survey->plan, i);
      if (occurrence->status != TN_STATUS_UNPLACED && is_member (occurrence, council))
        add_duties (facts, survey, occurrence, council); /* also after the event: the minutes */
      if (!is_future (survey, occurrence) || !is_member (occurrence, council))
        continue;
      g_autofree char *value = tn_fact_dup_date_value (occurrence);
      add (facts, tn_fact_new (TN_FACT_DATE, council, occurrence->uid, value), occurrence);
      add_turns (facts, occurrence, council);
    }
}

static char **
list_deciders (const TnSurvey *survey, const TnProposal *proposal, const TnOccurrence *occurrence,
               const TnMilestone *milestone)
{
  static const TnRight rights[TN_N_FIELDS]
      = { [TN_FIELD_WHEN] = TN_RIGHT_WHEN,  [TN_FIELD_WHERE] = TN_RIGHT_WHERE,
          [TN_FIELD_TITLE] = TN_RIGHT_WHAT, [TN_FIELD_STATUS] = TN_RIGHT_STATUS,
          [TN_FIELD_TEXT] = TN_RIGHT_WHAT,  [TN_FIELD_NOTE] = TN_RIGHT_WHAT };
  if (tn_amend_is_for (proposal))
    {
      const char *const owner[] = { g_hash_table_lookup (survey->owners, proposal->id), NULL };
      return g_strdupv ((char **) owner);
    }
  if (proposal->kind == TN_PROPOSAL_DECISION)
    return tn_consent_list_deciders (survey->plan, proposal);
  return occurrence != NULL
             ? tn_authority_list_deciders (occurrence, milestone, rights[proposal->field])
             : g_new0 (char *, 1);
}

static void
add_proposal (GPtrArray *facts, const TnSurvey *survey, const TnProposal *proposal, TnFactKind kind,
              const char *council)
{
  TnFact *fact
      = tn_fact_new (kind, council, proposal->id, tn_proposal_state_to_string (proposal->state));
  fact->proposal = proposal;
  const TnMilestone *milestone = NULL;
  const TnOccurrence *occurrence = tn_plan_find_uid (survey->plan, proposal->uid, &milestone);
  fact->milestone = milestone;
  fact->deciders = list_deciders (survey, proposal, occurrence, milestone);
  if (kind == TN_FACT_ANSWER && !g_strv_contains ((const char *const *) fact->deciders, council))
    tn_fact_free (fact);
  else
    add (facts, fact, occurrence);
}

static void
add_proposals (GPtrArray *facts, const TnSurvey *survey, const char *council)
{
  for (guint i = 0; i < survey->proposals->len; i++)
    {
      const TnProposal *proposal = g_ptr_array_index (survey->proposals, i);
      if (proposal->state == TN_PROPOSAL_OPEN)
        add_proposal (facts, survey, proposal, TN_FACT_ANSWER, council);
      if (g_strcmp0 (proposal->council, council) == 0)
        add_proposal (facts, survey, proposal, TN_FACT_WISH, council);
    }
}

static void
add_endings (GPtrArray *facts, const TnGlance *glance)
{
  for (guint i = 0; i < glance->endings->len; i++)
    {
      const TnEnding *ending = &g_array_index (glance->endings, TnEnding, i);
      g_autofree char *day = tn_date_to_string (ending->last_day);
      g_autofree char *about = g_strdup_printf ("%s %u %s", glance->id, ending->place, day);
      TnFact *fact = tn_fact_new (TN_FACT_END, NULL, about, "near");
      fact->calendar = glance->id;
      fact->advice = ending->advice;
      fact->end = ending->last_day;
      add (facts, fact, NULL);
    }
}

static void
add_calendars (GPtrArray *facts, const TnSurvey *survey)
{
  for (guint i = 0; i < survey->glances->len; i++)
    {
      const TnGlance *glance = g_ptr_array_index (survey->glances, i);
      TnFact *fact = tn_fact_new (TN_FACT_CALENDAR, NULL, glance->id, glance->state);
      fact->calendar = glance->id;
      add (facts, fact, NULL);
      add_endings (facts, glance);
    }
}

/**
 * tn_survey_list:
 *
 * Returns: (transfer full) (element-type TnFact): what @contact may want to know, each key once, in
 *   the order in which it is told; @survey must outlive them
 */
GPtrArray *
tn_survey_list (const TnSurvey *survey, const TnMailbox *contact)
{
  GPtrArray *facts = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_fact_free);
  if (contact->council == NULL)
    add_calendars (facts, survey);
  else
    {
      add_proposals (facts, survey, contact->council);
      add_plan (facts, survey, contact->council);
    }
  return facts;
}
