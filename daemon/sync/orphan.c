/* Orphans: events of ours that the plan does not have any more, because the charter dropped their
 * series or the window moved on (design section 7, Lifecycle). What is future and unconfirmed goes,
 * under the brake; everything else stays. Pure. */
#include "sync/orphan.h"

#include <string.h>

#include "provider/turnus-plugin.h"

static void
add_wait (GPtrArray *changes, const TnLink *link, const char *reason)
{
  g_ptr_array_add (changes, tn_change_new_wait (NULL, link, reason));
}

static gboolean
parse_wished (const TnLink *link, TnWhen *when)
{
  const char *wished = link->wished[TN_FIELD_WHEN] != NULL ? link->wished[TN_FIELD_WHEN] : "";
  g_autofree char *span = g_strndup (wished, strcspn (wished, " "));
  return tn_when_parse (span, when, NULL);
}

/* A duty that a swap gives to another council leaves the calendar of the one that had it, and that
 * is what people decided: the brake is not for it. */
static TnChange *
make_removal (const TnDiffInput *input, const TnLink *link, const TnOccurrence *occurrence,
              const TnMilestone *milestone)
{
  TnChange *change = tn_change_new (TN_CHANGE_REMOVE, NULL, link);
  change->by_rule = milestone == NULL || tn_diff_is_by_rule (input);
  change->reason
      = g_strdup (milestone != NULL    ? "the duty is another council's now"
                  : occurrence != NULL ? "the settings no longer show it here"
                                       : "the charters in force do not have it any more");
  return change;
}

/**
 * tn_orphan_diff:
 * @changes: (element-type TnChange): what is to be done with it is added
 * @link: of an event that the plan does not have for this calendar
 *
 * Source: design section 7, Lifecycle.
 */
void
tn_orphan_diff (const TnDiffInput *input, GPtrArray *changes, const TnLink *link)
{
  TnWhen when = { 0 };
  gboolean dated = parse_wished (link, &when);
  const TnMilestone *milestone = NULL;
  const TnOccurrence *occurrence = tn_plan_find_uid (input->plan, link->uid, &milestone);
  if (occurrence != NULL && occurrence->status == TN_STATUS_UNPLACED)
    {
      add_wait (changes, link,
                "the rules leave no day for it any more; it stays until somebody decides a date");
      return;
    }
  gboolean tended = dated && when.days.end > tn_plan_get_today (input->plan)
                    && tn_span_overlaps (when.days, tn_plan_get_span (input->plan));
  if (!tended)
    return; /* design section 7: what leaves the window stays, untended */
  if (tn_snapshot_is_absent (input->snapshot, link))
    {
      g_ptr_array_add (changes, tn_change_new (TN_CHANGE_FORGET, NULL, link));
      return;
    }
  if (g_strcmp0 (link->wished[TN_FIELD_STATUS], "confirmed") == 0
      && strstr (link->key, "\nm=") == NULL)
    {
      add_wait (changes, link,
                "is confirmed, but no charter knows it any more; remove it by hand if it is void");
      return;
    }
  if (link->n_attendees > 0 && (input->caps & TURNUS_CAP_NO_MAIL) == 0)
    {
      add_wait (changes, link,
                "no charter knows it any more, but people are invited to it; remove it by hand");
      return;
    }
  g_ptr_array_add (changes, make_removal (input, link, occurrence, milestone));
}
