/* A rulebook is what `edition` and the digest speak of: one of them is in force, and a new one
 * waits in `ask` mode until a person has seen what it would change. */
#include "model/rulebook.h"

#include <string.h>

/**
 * tn_rulebook_new:
 *
 * Returns: (transfer full): an empty rulebook to be filled in by its reader
 */
TnRulebook *
tn_rulebook_new (void)
{
  TnRulebook *rulebook = g_atomic_rc_box_new0 (TnRulebook);
  rulebook->collaborations
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_collaboration_free);
  rulebook->holiday_files = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_holiday_file_free);
  rulebook->digest = g_strdup ("");
  return rulebook;
}

TnRulebook *
tn_rulebook_ref (const TnRulebook *rulebook)
{
  return g_atomic_rc_box_acquire ((TnRulebook *) rulebook);
}

static void
rulebook_clear (TnRulebook *rulebook)
{
  g_ptr_array_unref (rulebook->collaborations);
  g_ptr_array_unref (rulebook->holiday_files);
  g_free (rulebook->digest);
}

void
tn_rulebook_unref (TnRulebook *rulebook)
{
  if (rulebook != NULL)
    g_atomic_rc_box_release_full (rulebook, (GDestroyNotify) rulebook_clear);
}

const TnCollaboration *
tn_rulebook_find_collaboration (const TnRulebook *rulebook, const char *id)
{
  for (guint i = 0; i < rulebook->collaborations->len; i++)
    {
      const TnCollaboration *collaboration = g_ptr_array_index (rulebook->collaborations, i);
      if (strcmp (collaboration->id, id) == 0)
        return collaboration;
    }
  return NULL;
}

const TnHolidayFile *
tn_rulebook_find_holidays (const TnRulebook *rulebook, const char *id)
{
  for (guint i = 0; i < rulebook->holiday_files->len; i++)
    {
      const TnHolidayFile *file = g_ptr_array_index (rulebook->holiday_files, i);
      if (strcmp (file->id, id) == 0)
        return file;
    }
  return NULL;
}

/**
 * tn_rulebook_list_decisions:
 *
 * Returns: (transfer full) (element-type TnDecision): those that the charters record
 */
GPtrArray *
tn_rulebook_list_decisions (const TnRulebook *rulebook)
{
  GPtrArray *decisions = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_decision_unref);
  for (guint i = 0; i < rulebook->collaborations->len; i++)
    {
      const TnCollaboration *collaboration = g_ptr_array_index (rulebook->collaborations, i);
      for (guint j = 0; j < collaboration->decisions->len; j++)
        g_ptr_array_add (decisions,
                         tn_decision_ref (g_ptr_array_index (collaboration->decisions, j)));
    }
  return decisions;
}
