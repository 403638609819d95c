/* A collaboration holds everything that its charter says. */
#include "model/collaboration.h"

#include <string.h>

/**
 * tn_collaboration_new:
 *
 * Returns: (transfer full): a collaboration to be filled in by its reader
 */
TnCollaboration *
tn_collaboration_new (const char *id)
{
  TnCollaboration *collaboration = g_new0 (TnCollaboration, 1);
  collaboration->id = g_strdup (id);
  collaboration->name = g_strdup (id);
  collaboration->edition = 1;
  collaboration->digest = g_strdup ("");
  collaboration->language = TN_LANGUAGE_EN;
  collaboration->zone = tn_zone_new_utc ();
  collaboration->holidays = g_new0 (char *, 1);
  collaboration->calendars = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_holiday_file_free);
  collaboration->councils = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_council_free);
  collaboration->series = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_series_free);
  collaboration->decisions = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_decision_unref);
  return collaboration;
}

void
tn_collaboration_free (TnCollaboration *collaboration)
{
  if (collaboration == NULL)
    return;
  g_free (collaboration->id);
  g_free (collaboration->name);
  g_free (collaboration->digest);
  tn_zone_unref (collaboration->zone);
  g_strfreev (collaboration->holidays);
  g_ptr_array_unref (collaboration->calendars);
  g_ptr_array_unref (collaboration->councils);
  g_ptr_array_unref (collaboration->series);
  g_ptr_array_unref (collaboration->decisions);
  tn_origin_clear (&collaboration->origin);
  g_free (collaboration);
}

/**
 * tn_collaboration_find_council:
 * @id: an id, or one that a renamed council had before
 *
 * Returns: (transfer none) (nullable): the council
 */
const TnCouncil *
tn_collaboration_find_council (const TnCollaboration *collaboration, const char *id)
{
  for (guint i = 0; i < collaboration->councils->len; i++)
    {
      const TnCouncil *council = g_ptr_array_index (collaboration->councils, i);
      if (strcmp (council->id, id) == 0 || g_strv_contains ((const char *const *) council->was, id))
        return council;
    }
  return NULL;
}

/**
 * tn_collaboration_find_series:
 * @id: an id, or one that a renamed series had before
 *
 * Returns: (transfer none) (nullable): the series
 */
const TnSeries *
tn_collaboration_find_series (const TnCollaboration *collaboration, const char *id)
{
  for (guint i = 0; i < collaboration->series->len; i++)
    {
      const TnSeries *series = g_ptr_array_index (collaboration->series, i);
      if (strcmp (series->id, id) == 0 || g_strv_contains ((const char *const *) series->was, id))
        return series;
    }
  return NULL;
}

/**
 * tn_collaboration_get_council_name:
 *
 * Returns: (transfer none): the name of council @id, or @id itself when it is none
 */
const char *
tn_collaboration_get_council_name (const TnCollaboration *collaboration, const char *id)
{
  const TnCouncil *council = tn_collaboration_find_council (collaboration, id);
  return council != NULL ? council->name : id;
}
