/* The members of a calendar, page by page. Only a resource's own 404 or 410 says that it is gone,
 * and only in a listing of changes; whatever the server could not tell of is listed as there, with
 * a revision that nobody remembers, so that it is read (hazards 4 to 6). */
#include "members.h"

#include <string.h>

#include "multistatus.h"
#include "revision.h"

/* One answer. */
typedef struct
{
  CaldavMembers *members;
  GHashTable *revisions; /* (owned) by id */
  GHashTable *removed;   /* (owned) ids */
} Page;

static GHashTable *
new_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static GHashTable *
new_set (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

CaldavMembers *
caldav_members_new (TurnusCalendar *self, gboolean is_full)
{
  CaldavMembers *members = g_new0 (CaldavMembers, 1);
  members->self = self;
  members->is_full = is_full;
  members->now_us = self->host->now_us (self->host_data);
  members->revisions = new_table ();
  members->removed = new_set ();
  return members;
}

void
caldav_members_free (CaldavMembers *members)
{
  if (members == NULL)
    return;
  g_hash_table_unref (members->revisions);
  g_hash_table_unref (members->removed);
  g_free (members->ctag);
  g_free (members);
}

/* Before another way of listing is tried. */
void
caldav_members_forget (CaldavMembers *members)
{
  g_hash_table_remove_all (members->revisions);
  g_hash_table_remove_all (members->removed);
  g_clear_pointer (&members->ctag, g_free);
  members->has_failed = members->has_more = members->has_self = FALSE;
}

static gboolean
visit_self (CaldavMembers *members, const CaldavMember *member, GError **error)
{
  if (member->status == 507)
    members->has_more = TRUE;
  else if (member->status >= 400)
    {
      g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_TEMPORARY,
                   "the server lists the calendar and says %u of it", member->status);
      return FALSE;
    }
  else
    {
      members->has_self = TRUE;
      g_free (members->ctag);
      members->ctag = g_strdup (member->texts[CALDAV_TEXT_CTAG]);
    }
  return TRUE;
}

static char *
find_revision (CaldavMembers *members, const CaldavMember *member)
{
  char *revision
      = member->has_good ? caldav_revision_from_etag (member->texts[CALDAV_TEXT_ETAG]) : NULL;
  if (revision != NULL)
    return revision;
  if (member->status >= 400 || member->bad_status > 0)
    members->has_failed = TRUE;
  return caldav_revision_make_unread (members->now_us);
}

static gboolean
visit_member (const CaldavMember *member, gpointer user_data, GError **error)
{
  Page *page = user_data;
  CaldavMembers *members = page->members;
  g_autofree char *id
      = caldav_calendar_dup_id (members->self, members->self->path, member->href, error);
  if (id == NULL)
    return FALSE;
  if (*id == '\0')
    return visit_self (members, member, error);
  if (g_str_has_suffix (id, "/") || (member->flags & CALDAV_IS_COLLECTION) != 0)
    return TRUE;
  if (member->status == 404 || member->status == 410)
    g_hash_table_add (page->removed, g_steal_pointer (&id));
  else
    g_hash_table_replace (page->revisions, g_steal_pointer (&id), find_revision (members, member));
  return TRUE;
}

/* Later pages win; in one page, that something is there wins over that it is not. */
static void
take_page (CaldavMembers *members, Page *page)
{
  GHashTableIter iter;
  gpointer id = NULL, revision = NULL;
  g_hash_table_iter_init (&iter, page->removed);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_hash_table_remove (members->revisions, id);
      g_hash_table_add (members->removed, g_strdup (id));
    }
  g_hash_table_iter_init (&iter, page->revisions);
  while (g_hash_table_iter_next (&iter, &id, &revision))
    {
      g_hash_table_remove (members->removed, id);
      g_hash_table_replace (members->revisions, g_strdup (id), g_strdup (revision));
    }
}

/**
 * caldav_members_read:
 * @body: of a 207; taken whole or not at all
 * @ret_sync_token: (out) (nullable)
 *
 * Errors: as caldav_multistatus_read(); nothing is taken then.
 */
gboolean
caldav_members_read (CaldavMembers *members, GBytes *body, char **ret_sync_token, GError **error)
{
  g_autoptr (GHashTable) revisions = new_table ();
  g_autoptr (GHashTable) removed = new_set ();
  Page page = { .members = members, .revisions = revisions, .removed = removed };
  members->has_more = FALSE;
  if (!caldav_multistatus_read (body, visit_member, &page, ret_sync_token, error))
    return FALSE;
  take_page (members, &page);
  return TRUE;
}

static int
compare_refs (gconstpointer a, gconstpointer b)
{
  const TurnusRef *const *left = a, *const *right = b;
  return strcmp ((*left)->id, (*right)->id);
}

/**
 * caldav_members_make_listing:
 *
 * Returns: (transfer full): sorted by id, without token and binding
 */
TurnusListing *
caldav_members_make_listing (const CaldavMembers *members)
{
  TurnusListing *listing = turnus_listing_new (members->is_full);
  GHashTableIter iter;
  gpointer id = NULL, revision = NULL;
  g_hash_table_iter_init (&iter, members->revisions);
  while (g_hash_table_iter_next (&iter, &id, &revision))
    g_ptr_array_add (listing->changed, turnus_ref_new (id, revision));
  g_ptr_array_sort (listing->changed, compare_refs);
  g_hash_table_iter_init (&iter, members->removed);
  while (!members->is_full && g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (listing->removed, g_strdup (id));
  return listing;
}
