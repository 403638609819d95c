/* A calendar file as items, and one of them put back. An item is all components of a UID, as they
 * stand, with the VTIMEZONEs that they name, in a calendar of its own whose frame is always the
 * same: so an item's bytes change when the item does, and not when a program renames the file's
 * calendar.
 *
 * METHOD:PUBLISH is what programs write when they export a calendar, and says nothing of an event;
 * any other METHOD goes into the items, where it is refused (hazard 73).
 *
 * Source: RFC 5545 section 3.4; RFC 4791 section 4.1 (what stands in one resource). */
#include "ical/split.h"

#include "base/encode.h"
#include "base/error.h"
#include "ical/patch.h"
#include "ical/property.h"
#include "ical/resource.h"
#include "ical/timezone.h"

#include <string.h>

/* What is collected of one UID. */
typedef struct
{
  char *uid;       /* (owned) */
  GArray *members; /* (owned) (element-type guint) components */
  GError *error;   /* (owned) (nullable) */
} Group;

static void
group_free (Group *group)
{
  g_free (group->uid);
  g_array_unref (group->members);
  g_clear_error (&group->error);
  g_free (group);
}

void
tn_split_item_free (TnSplitItem *item)
{
  if (item == NULL)
    return;
  g_free (item->uid);
  g_clear_pointer (&item->bytes, g_bytes_unref);
  g_clear_error (&item->error);
  g_free (item);
}

static gboolean
is_member (const TnLines *lines, guint component)
{
  return tn_lines_is_in_calendar (lines, component)
         && tn_lines_get_component (lines, component)->kind != TN_COMPONENT_VTIMEZONE;
}

static gboolean
is_block (const TnLines *lines, guint component)
{
  return tn_lines_is_in_calendar (lines, component)
         && tn_lines_get_component (lines, component)->kind == TN_COMPONENT_VTIMEZONE;
}

/* The raw bytes from BEGIN to END. */
static const char *
peek_component (const TnLines *lines, guint component, gsize *ret_length)
{
  const TnComponent *raw = tn_lines_get_component (lines, component);
  const TnLine *last = tn_lines_get (lines, raw->end);
  *ret_length = (gsize) last->offset + last->length - tn_lines_get (lines, raw->begin)->offset;
  return tn_lines_peek (lines, raw->begin);
}

static void
append_component (GString *to, const TnLines *lines, guint component)
{
  gsize length = 0;
  const char *raw = peek_component (lines, component, &length);
  g_string_append_len (to, raw, (gssize) length);
}

/* Something without a UID that can be read is an item, too: a stranger, named by its bytes. */
static char *
dup_stand_in (const TnLines *lines, guint component)
{
  gsize length = 0;
  const char *raw = peek_component (lines, component, &length);
  g_autofree char *hash = tn_encode_sha256 (raw, (gssize) length);
  return g_strdup_printf ("no-uid-%.16s", hash);
}

/* Groups in the order of their first component. */
static GPtrArray *
collect_groups (const TnLines *lines)
{
  g_autoptr (GHashTable) by_uid = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) group_free);
  for (guint i = 0; i < tn_lines_get_n_components (lines); i++)
    {
      if (!is_member (lines, i))
        continue;
      GError *error = NULL;
      g_autofree char *uid = tn_resource_dup_component_uid (lines, i, &error);
      if (uid == NULL)
        uid = dup_stand_in (lines, i);
      Group *group = g_hash_table_lookup (by_uid, uid);
      if (group == NULL)
        {
          group = g_new0 (Group, 1);
          group->members = g_array_new (FALSE, FALSE, sizeof (guint));
          group->uid = g_steal_pointer (&uid);
          g_ptr_array_add (groups, group);
          g_hash_table_insert (by_uid, group->uid, group);
        }
      g_array_append_val (group->members, i);
      if (group->error == NULL)
        group->error = g_steal_pointer (&error);
      g_clear_error (&error);
    }
  return groups;
}

/* TZID to component, the first of each. */
static GHashTable *
collect_blocks (const TnLines *lines)
{
  GHashTable *blocks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < tn_lines_get_n_components (lines); i++)
    {
      g_autofree char *tzid = is_block (lines, i) ? tn_timezone_dup_block_id (lines, i) : NULL;
      if (tzid != NULL && !g_hash_table_contains (blocks, tzid))
        g_hash_table_insert (blocks, g_steal_pointer (&tzid), GUINT_TO_POINTER (i));
    }
  return blocks;
}

/* The TZID of a line; NULL for the many lines that have none. */
static char *
dup_tzid (const TnLines *lines, guint index)
{
  const TnLine *line = tn_lines_get (lines, index);
  if (line->kind == TN_LINE_BLANK || line->kind == TN_LINE_BROKEN || line->kind == TN_LINE_BEGIN
      || line->kind == TN_LINE_END
      || memchr (tn_lines_peek (lines, index), ';', MIN (line->length, 128)) == NULL)
    return NULL;
  g_autoptr (TnProperty) property = tn_property_new (lines, index, NULL);
  return property == NULL ? NULL : tn_property_dup_parameter (property, "TZID");
}

/* The blocks that the group's lines name, each once, in the order in which they are named. */
static GArray *
find_named_blocks (const TnLines *lines, const Group *group, GHashTable *blocks)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  GArray *named = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint m = 0; m < group->members->len; m++)
    {
      const TnComponent *member
          = tn_lines_get_component (lines, g_array_index (group->members, guint, m));
      for (guint i = member->begin; i <= member->end; i++)
        {
          g_autofree char *tzid = dup_tzid (lines, i);
          gpointer block = NULL;
          if (tzid == NULL || !g_hash_table_lookup_extended (blocks, tzid, NULL, &block)
              || !g_hash_table_add (seen, block))
            continue;
          guint component = GPOINTER_TO_UINT (block);
          g_array_append_val (named, component);
        }
    }
  return named;
}

static void
append_head (GString *to, const char *line_end)
{
  g_string_append_printf (to, "BEGIN:VCALENDAR%sVERSION:2.0%sPRODID:-//turnus//turnus//EN%s",
                          line_end, line_end, line_end);
}

static void
append_foot (GString *to, const char *line_end)
{
  g_string_append_printf (to, "END:VCALENDAR%s", line_end);
}

/* How the file ends its lines, by its first one. An item is framed likewise: CR and LF in one would
 * change what is a line. */
static char *
dup_line_end (const TnLines *lines)
{
  guint calendar = tn_lines_get_component (lines, 0)->begin;
  return tn_lines_dup_line_end (lines, calendar);
}

static gboolean
is_publish (const TnLines *lines, guint index)
{
  GString *line = tn_lines_dup_unfolded (lines, index, 64);
  gboolean is_it = g_ascii_strcasecmp (g_strchomp (line->str), "METHOD:PUBLISH") == 0;
  g_string_free (line, TRUE);
  return is_it;
}

/* Calendar component to its METHOD line, where that is not PUBLISH. */
static GHashTable *
collect_methods (const TnLines *lines)
{
  GHashTable *methods = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < tn_lines_get_n (lines); i++)
    {
      const TnLine *line = tn_lines_get (lines, i);
      if (line->kind == TN_LINE_METHOD
          && tn_lines_get_component (lines, (guint) line->component)->depth == 1
          && !is_publish (lines, i))
        g_hash_table_insert (methods, GINT_TO_POINTER (line->component), GUINT_TO_POINTER (i));
    }
  return methods;
}

static void
append_method (GString *to, const TnLines *lines, GHashTable *methods, guint member)
{
  gint calendar = tn_lines_get_component (lines, member)->parent;
  gpointer index = NULL;
  if (g_hash_table_lookup_extended (methods, GINT_TO_POINTER (calendar), NULL, &index))
    g_string_append_len (to, tn_lines_peek (lines, GPOINTER_TO_UINT (index)),
                         tn_lines_get (lines, GPOINTER_TO_UINT (index))->length);
}

static GBytes *
make_item (const TnLines *lines, const Group *group, GHashTable *blocks, GHashTable *methods)
{
  g_autofree char *line_end = dup_line_end (lines);
  g_autoptr (GArray) named = find_named_blocks (lines, group, blocks);
  GString *item = g_string_new (NULL);
  append_head (item, line_end);
  append_method (item, lines, methods, g_array_index (group->members, guint, 0));
  for (guint i = 0; i < named->len; i++)
    append_component (item, lines, g_array_index (named, guint, i));
  for (guint i = 0; i < group->members->len; i++)
    append_component (item, lines, g_array_index (group->members, guint, i));
  append_foot (item, line_end);
  return g_string_free_to_bytes (item);
}

/**
 * tn_split_calendar:
 * @calendar: the bytes of a calendar file
 *
 * Source: RFC 5545 section 3.4.
 * Errors: %TN_ERROR_INVALID when @calendar is no whole calendar (cut short, empty): nothing is
 * known of its items then, least of all that they are gone (promise 3); %TN_ERROR_LIMIT. Returns:
 * (transfer full) (nullable) (element-type TnSplitItem): events, tasks and whatever else has a UID,
 * in the order of the file. What has none is an item with an error.
 */
GPtrArray *
tn_split_calendar (GBytes *calendar, GError **error)
{
  g_return_val_if_fail (calendar != NULL, NULL);

  g_autoptr (TnLines) lines = tn_lines_new (calendar, TN_LINES_MAX_IN_FILE, error);
  if (lines == NULL)
    {
      g_prefix_error (error, "cannot read the calendar: ");
      return NULL;
    }
  g_autoptr (GPtrArray) groups = collect_groups (lines);
  g_autoptr (GHashTable) blocks = collect_blocks (lines);
  g_autoptr (GHashTable) methods = collect_methods (lines);
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_split_item_free);
  for (guint i = 0; i < groups->len; i++)
    {
      Group *group = g_ptr_array_index (groups, i);
      TnSplitItem *item = g_new0 (TnSplitItem, 1);
      item->bytes = make_item (lines, group, blocks, methods);
      item->uid = g_steal_pointer (&group->uid);
      item->error = g_steal_pointer (&group->error);
      g_ptr_array_add (items, item);
    }
  return items;
}

/* Another line end in the place of each. A CR alone is one only where there is no LF. */
static void
convert_line_ends (GString *text, const char *line_end)
{
  gboolean has_lf = memchr (text->str, '\n', text->len) != NULL;
  g_autoptr (GString) old = g_string_new_len (text->str, (gssize) text->len);
  g_string_truncate (text, 0);
  for (gsize i = 0; i < old->len; i++)
    if (old->str[i] == (has_lf ? '\n' : '\r'))
      g_string_append (text, line_end);
    else if (old->str[i] != '\r' || old->str[i + 1] != '\n')
      g_string_append_c (text, old->str[i]);
}

/* The components of the new item, and those of its blocks that the file does not have. */
static gboolean
collect_new (const TnLines *file, GBytes *item, const char *uid, GString *members, GString *blocks,
             GError **error)
{
  g_autoptr (TnResource) resource = tn_resource_new (item, error);
  if (resource == NULL)
    return FALSE;
  if (strcmp (resource->uid, uid) != 0)
    {
      g_set_error_literal (error, TN_ERROR, TN_ERROR_INVALID, "the item has another UID");
      return FALSE;
    }
  g_autoptr (GHashTable) known = collect_blocks (file);
  const TnLines *lines = resource->lines;
  for (guint i = 0; i < tn_lines_get_n_components (lines); i++)
    {
      g_autofree char *tzid = is_block (lines, i) ? tn_timezone_dup_block_id (lines, i) : NULL;
      if (is_member (lines, i))
        append_component (members, lines, i);
      else if (tzid != NULL && !g_hash_table_contains (known, tzid))
        append_component (blocks, lines, i);
    }
  g_autofree char *own_end = dup_line_end (lines);
  g_autofree char *line_end = dup_line_end (file);
  if (strcmp (own_end, line_end) != 0)
    {
      convert_line_ends (members, line_end);
      convert_line_ends (blocks, line_end);
    }
  return TRUE;
}

/* Where the first component stands that `is_wanted` in the last calendar of the file; its END when
 * there is none. */
static gsize
find_place (const TnLines *lines, gboolean (*is_wanted) (const TnLines *, guint))
{
  guint calendar = 0;
  for (guint i = 0; i < tn_lines_get_n_components (lines); i++)
    if (tn_lines_get_component (lines, i)->depth == 1)
      calendar = i;
  const TnComponent *around = tn_lines_get_component (lines, calendar);
  for (guint i = calendar + 1; is_wanted != NULL && i < tn_lines_get_n_components (lines); i++)
    if (is_wanted (lines, i))
      return tn_lines_get (lines, tn_lines_get_component (lines, i)->begin)->offset;
  return tn_lines_get (lines, around->end)->offset;
}

/* Takes the components of `uid` out; `members` come where the first one was. */
static void
replace_members (TnPatch *patch, const TnLines *lines, const char *uid, const GString *members)
{
  gboolean is_placed = members->len == 0;
  for (guint i = 0; i < tn_lines_get_n_components (lines); i++)
    {
      g_autofree char *own
          = is_member (lines, i) ? tn_resource_dup_component_uid (lines, i, NULL) : NULL;
      if (own == NULL || strcmp (own, uid) != 0)
        continue;
      gsize length = 0;
      peek_component (lines, i, &length);
      gsize offset = tn_lines_get (lines, tn_lines_get_component (lines, i)->begin)->offset;
      tn_patch_replace (patch, offset, length, members->str, is_placed ? 0 : members->len);
      is_placed = TRUE;
    }
  if (!is_placed)
    tn_patch_replace (patch, find_place (lines, NULL), 0, members->str, members->len);
}

static GBytes *
make_empty (void)
{
  GString *calendar = g_string_new (NULL);
  append_head (calendar, "\r\n");
  append_foot (calendar, "\r\n");
  return g_string_free_to_bytes (calendar);
}

/**
 * tn_split_replace:
 * @calendar: the bytes of a calendar file; none at all for a new one
 * @item: (nullable): a calendar with all components of @uid; %NULL to take them out
 *
 * The components of @uid are replaced where the first one stands, or added at the end; VTIMEZONEs
 * that
 * @item has and the file has not are added before the file's first component. Every other byte
 * stays.
 *
 * Source: promise 6.
 * Errors: %TN_ERROR_INVALID when @calendar is no whole calendar or @item no item of @uid;
 *   %TN_ERROR_LIMIT.
 * Returns: (transfer full) (nullable): the new file; @calendar when there was nothing to take out
 */
GBytes *
tn_split_replace (GBytes *calendar, const char *uid, GBytes *item, GError **error)
{
  g_return_val_if_fail (calendar != NULL && uid != NULL, NULL);

  g_autoptr (GBytes) old
      = g_bytes_get_size (calendar) == 0 ? make_empty () : g_bytes_ref (calendar);
  g_autoptr (GString) members = g_string_new (NULL);
  g_autoptr (GString) blocks = g_string_new (NULL);
  g_autoptr (TnPatch) patch = tn_patch_new ();
  g_autoptr (TnLines) lines = tn_lines_new (old, TN_LINES_MAX_IN_FILE, error);
  if (lines == NULL || (item != NULL && !collect_new (lines, item, uid, members, blocks, error)))
    {
      g_prefix_error (error, "cannot change the calendar: ");
      return NULL;
    }
  if (blocks->len > 0)
    tn_patch_replace (patch, find_place (lines, is_member), 0, blocks->str, blocks->len);
  replace_members (patch, lines, uid, members);
  return tn_patch_apply (patch, old);
}
