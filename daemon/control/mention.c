/* A reference as people write it: whole, or without the collaboration, or with blanks between. */
#include "control/mention.h"

#include <string.h>

#include "base/error.h"

/**
 * tn_mention_is:
 *
 * Returns: %TRUE when @asked means @reference
 */
gboolean
tn_mention_is (const char *reference, const char *asked)
{
  g_autofree char *slashed = g_strdelimit (g_strdup (asked), " ", '/');
  const char *slash = strchr (reference, '/');
  return strcmp (reference, slashed) == 0 || (slash != NULL && strcmp (slash + 1, slashed) == 0);
}

static const TnMilestone *
find_named_milestone (const TnOccurrence *occurrence, const char *reference, const char *asked)
{
  const char *hash = strchr (asked, '#');
  if (hash == NULL)
    return NULL;
  g_autofree char *event = g_strndup (asked, (gsize) (hash - asked));
  return tn_mention_is (reference, event) ? tn_occurrence_find_milestone (occurrence, hash + 1)
                                          : NULL;
}

/**
 * tn_mention_find_event:
 * @reference: `7by/studietur/2027`, or `studietur/2027` where no other collaboration has one
 * @ret_milestone: (out) (optional): the milestone that `…#id` names, else %NULL; untouched on
 *   failure. Without it a milestone is not found
 *
 * Errors: %TN_ERROR_INVALID when there is none, or more than one.
 * Returns: (transfer none) (nullable): the occurrence in @plan
 */
const TnOccurrence *
tn_mention_find_event (const TnPlan *plan, const char *reference, const TnMilestone **ret_milestone,
                       GError **error)
{
  const TnOccurrence *found = NULL;
  const TnMilestone *found_milestone = NULL;
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    {
      const TnOccurrence *occurrence = tn_plan_get (plan, i);
      g_autofree char *own = tn_occurrence_to_reference (occurrence);
      const TnMilestone *milestone
          = ret_milestone != NULL ? find_named_milestone (occurrence, own, reference) : NULL;
      if (milestone == NULL && !tn_mention_is (own, reference))
        continue;
      if (found != NULL)
        {
          g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                       "'%s' may be more than one; write it in full, like %s", reference, own);
          return NULL;
        }
      found = occurrence;
      found_milestone = milestone;
    }
  if (found == NULL)
    g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                 "there is no '%s' in the plan; 'turnusctl list' shows what there is", reference);
  else if (ret_milestone != NULL)
    *ret_milestone = found_milestone;
  return found;
}
