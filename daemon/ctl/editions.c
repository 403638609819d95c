/* Editions. Copies of a charter differ for a while, and daemons judge each other's writes by its
 * edition: two copies that mean different things under one number stop both (design section 4,
 * Editions). So whoever edits a charter is told before anybody reads it. */
#include "ctl/editions.h"

#include <string.h>

static void
compare (const TnCollaboration *now, const TnCollaboration *before, GPtrArray *warnings)
{
  g_autofree char *source = tn_origin_to_string (&now->origin);
  gboolean is_same = strcmp (now->digest, before->digest) == 0;
  if (now->edition < before->edition)
    g_ptr_array_add (warnings,
                     tn_reason_new ("edition", source,
                                    "%s: edition %d was there before, this is %d: daemons with the "
                                    "newer one will not follow it",
                                    now->id, before->edition, now->edition));
  else if (now->edition == before->edition && !is_same)
    g_ptr_array_add (warnings,
                     tn_reason_new ("edition", source,
                                    "%s: the meaning has changed and the edition has not: say "
                                    "edition = %d",
                                    now->id, now->edition + 1));
}

/**
 * tn_editions_compare:
 * @before: what the charters said earlier
 *
 * Returns: (transfer full) (element-type TnReason): a warning for each collaboration whose edition
 *   does not tell that it changed, in the order of @rulebook
 */
GPtrArray *
tn_editions_compare (const TnRulebook *rulebook, const TnRulebook *before)
{
  GPtrArray *warnings = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_reason_free);
  for (guint i = 0; i < rulebook->collaborations->len; i++)
    {
      const TnCollaboration *now = g_ptr_array_index (rulebook->collaborations, i);
      const TnCollaboration *then = tn_rulebook_find_collaboration (before, now->id);
      if (then != NULL)
        compare (now, then, warnings);
    }
  return warnings;
}
