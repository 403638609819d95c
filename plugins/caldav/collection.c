/* What is known of a calendar before it is listed. */
#include "collection.h"

#include <string.h>

#include "href.h"

/**
 * caldav_collection_fits:
 *
 * Returns: %TRUE for a calendar that can hold events
 */
gboolean
caldav_collection_fits (const CaldavMember *member)
{
  return (member->flags & CALDAV_IS_CALENDAR) != 0
         && ((member->flags & CALDAV_HAS_COMPONENTS) == 0
             || (member->flags & CALDAV_HOLDS_EVENTS) != 0);
}

/**
 * caldav_collection_new:
 * @path: of @member, on our origin
 *
 * Returns: (transfer full)
 */
CaldavCollection *
caldav_collection_new (const CaldavMember *member, const char *path)
{
  CaldavCollection *collection = g_new0 (CaldavCollection, 1);
  collection->path = g_strdup (path);
  collection->name = g_strdup (member->texts[CALDAV_TEXT_NAME]);
  collection->ctag = g_strdup (member->texts[CALDAV_TEXT_CTAG]);
  collection->resource_id = g_strdup (member->texts[CALDAV_TEXT_RESOURCE_ID]);
  collection->has_sync = (member->flags & CALDAV_HAS_SYNC) != 0;
  /* A server that does not say what we may do is asked by trying (RFC 3744 5.4). */
  collection->is_read_only
      = (member->flags & CALDAV_HAS_PRIVILEGES) != 0 && (member->flags & CALDAV_CAN_WRITE) == 0;
  return collection;
}

void
caldav_collection_free (CaldavCollection *collection)
{
  if (collection == NULL)
    return;
  g_free (collection->path);
  g_free (collection->name);
  g_free (collection->ctag);
  g_free (collection->resource_id);
  g_free (collection);
}

/**
 * caldav_collection_dup_binding:
 *
 * Host and path, and, where the server has it, what tells a collection that was deleted and made
 * anew under the same path from the one before (RFC 5842 3.1; hazard 13). Its creationdate does
 * not: Cyrus gives another one when an item is first changed.
 *
 * Returns: (transfer full)
 */
char *
caldav_collection_dup_binding (const CaldavCollection *collection, const char *origin)
{
  g_autofree char *path = caldav_href_normalise (collection->path);
  const char *birth = collection->resource_id != NULL ? collection->resource_id : "";
  g_autofree char *shown = g_uri_escape_string (birth, ":", FALSE);
  return g_strdup_printf ("%s%s %.1000s", strstr (origin, "://") + 3, path, shown);
}
