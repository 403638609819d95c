/* Remarks: what a calendar tells the person who reads it beside the plan. */
#include "sync/remark.h"

#include <string.h>

#include "rules/authority.h"

/**
 * tn_remark_new:
 * @uid: the event under which it stands
 * @line: one line for the person who reads the event
 */
TnRemark *
tn_remark_new (const char *uid, const char *line)
{
  TnRemark *remark = g_new0 (TnRemark, 1);
  remark->uid = g_strdup (uid);
  remark->line = g_strdup (line);
  return remark;
}

void
tn_remark_free (TnRemark *remark)
{
  if (remark == NULL)
    return;
  g_free (remark->uid);
  g_free (remark->line);
  g_free (remark);
}

/* "Ændringsønske afventer Esbjerg", in the calendar of the one who made it (design section 7). */
static void
add_remark (GPtrArray *remarks, const TnPlan *plan, const TnProposal *proposal)
{
  static const TnRight rights[TN_N_FIELDS] = { TN_RIGHT_WHEN,   TN_RIGHT_WHERE, TN_RIGHT_WHAT,
                                               TN_RIGHT_STATUS, TN_RIGHT_WHAT,  TN_RIGHT_WHAT };
  const TnMilestone *milestone = NULL;
  const TnOccurrence *occurrence = tn_plan_find_uid (plan, proposal->uid, &milestone);
  if (occurrence == NULL)
    return;
  g_auto (GStrv) deciders
      = tn_authority_list_deciders (occurrence, milestone, rights[proposal->field]);
  GString *names = g_string_new (NULL);
  for (guint i = 0; deciders[i] != NULL; i++)
    g_string_append_printf (
        names, "%s%s", i > 0 ? ", " : "",
        tn_collaboration_get_council_name (occurrence->collaboration, deciders[i]));
  const char *word = tn_word (occurrence->collaboration->language, TN_WORD_PROPOSAL_WAITS);
  g_auto (GStrv) halves = g_strsplit (word, "%s", 2);
  g_autofree char *line
      = g_strconcat (halves[0], names->str, halves[1], ": ", proposal->value, NULL);
  g_string_free (names, TRUE);
  g_ptr_array_add (remarks, tn_remark_new (proposal->uid, line));
}

static gboolean
is_open_wish (const TnProposal *proposal, const TnCalendar *calendar)
{
  return proposal->kind == TN_PROPOSAL_WISH && proposal->state == TN_PROPOSAL_OPEN
         && strcmp (proposal->calendar, calendar->id) == 0;
}

/* Is there a newer state of @id among @more? */
static gboolean
is_overtaken (GPtrArray *more, const char *id)
{
  for (guint i = 0; more != NULL && i < more->len; i++)
    if (strcmp (((const TnProposal *) g_ptr_array_index (more, i))->id, id) == 0)
      return TRUE;
  return FALSE;
}

static int
compare_remarks (gconstpointer a, gconstpointer b)
{
  const TnRemark *one = *(TnRemark *const *) a;
  const TnRemark *two = *(TnRemark *const *) b;
  int by_event = strcmp (one->uid, two->uid);
  return by_event != 0 ? by_event : strcmp (one->line, two->line);
}

/**
 * tn_remark_list:
 * @plan: what the proposals are looked for in; those on other events are left out
 * @proposals: (element-type TnProposal): all that are kept
 * @more: (nullable) (element-type TnProposal): proposals that are about to be kept
 *
 * Returns: (transfer full) (element-type TnRemark): what people who read @calendar are told in its
 *   events: the proposals made there that wait for an answer
 */
GPtrArray *
tn_remark_list (const TnPlan *plan, const TnCalendar *calendar, GPtrArray *proposals,
                GPtrArray *more)
{
  GPtrArray *remarks = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_remark_free);
  for (guint i = 0; i < proposals->len; i++)
    {
      const TnProposal *proposal = g_ptr_array_index (proposals, i);
      if (is_open_wish (proposal, calendar) && !is_overtaken (more, proposal->id))
        add_remark (remarks, plan, proposal);
    }
  for (guint i = 0; more != NULL && i < more->len; i++)
    if (is_open_wish (g_ptr_array_index (more, i), calendar))
      add_remark (remarks, plan, g_ptr_array_index (more, i));
  /* In one order, in whatever order this daemon heard of them: others show the same. */
  g_ptr_array_sort (remarks, compare_remarks);
  return remarks;
}
