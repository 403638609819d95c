/* What makes bytes an item: a whole calendar, one UID, no METHOD (hazard 73). A master and its
 * exceptions stand in one item (hazard 55); the master is what turnus reads and edits.
 *
 * Source: RFC 5545 section 3.6; RFC 4791 section 4.1. */
#include "ical/resource.h"

#include "base/error.h"
#include "ical/property.h"

#include <string.h>

#define UID_MAX_BYTES 1024

void
tn_resource_free (TnResource *self)
{
  if (self == NULL)
    return;
  tn_lines_free (self->lines);
  g_free (self->uid);
  g_free (self);
}

/**
 * tn_resource_dup_component_uid:
 * @component: a VEVENT, VTODO or the like
 *
 * Errors: %TN_ERROR_INVALID when it has none, several or one that cannot be read.
 * Returns: (transfer full) (nullable): its UID
 */
char *
tn_resource_dup_component_uid (const TnLines *lines, guint component, GError **error)
{
  guint begin = tn_lines_get_component (lines, component)->begin;
  guint n = tn_lines_count (lines, component, TN_LINE_UID);
  if (n != 1)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "line %u: a component with %s UID",
                   tn_lines_get_number (lines, begin), n == 0 ? "no" : "more than one");
      return NULL;
    }
  int index = tn_lines_find (lines, component, TN_LINE_UID);
  g_autoptr (TnProperty) property = tn_property_new (lines, (guint) index, error);
  if (property == NULL)
    return NULL;
  g_autofree char *uid = g_strstrip (tn_property_dup_text (property));
  if (uid[0] != '\0' && strlen (uid) <= UID_MAX_BYTES)
    return g_steal_pointer (&uid);
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "line %u: an empty or overlong UID",
               tn_lines_get_number (lines, (guint) index));
  return NULL;
}

static gboolean
check_calendar (const TnLines *lines, guint component, GError **error)
{
  int method = tn_lines_find (lines, component, TN_LINE_METHOD);
  if (method < 0)
    return TRUE;
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
               "line %u: a METHOD: this is a message about events, no event of a calendar",
               tn_lines_get_number (lines, (guint) method));
  return FALSE;
}

static gboolean
add_component (TnResource *self, guint component, GError **error)
{
  g_autofree char *uid = tn_resource_dup_component_uid (self->lines, component, error);
  if (uid == NULL)
    return FALSE;
  if (self->uid != NULL && strcmp (self->uid, uid) != 0)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                   "line %u: a second UID, expected one in an item",
                   tn_lines_get_number (self->lines,
                                        tn_lines_get_component (self->lines, component)->begin));
      return FALSE;
    }
  if (self->uid == NULL)
    self->uid = g_steal_pointer (&uid);
  if (tn_lines_get_component (self->lines, component)->kind != TN_COMPONENT_VEVENT)
    return TRUE;

  gboolean is_master = tn_lines_find (self->lines, component, TN_LINE_RECURRENCE_ID) < 0;
  if (self->event < 0 || (is_master && !self->has_master))
    self->event = (int) component;
  self->has_master = self->has_master || is_master;
  return TRUE;
}

static gboolean
add_components (TnResource *self, GError **error)
{
  for (guint i = 0; i < tn_lines_get_n_components (self->lines); i++)
    {
      TnComponentKind kind = tn_lines_get_component (self->lines, i)->kind;
      if (kind == TN_COMPONENT_VCALENDAR && !check_calendar (self->lines, i, error))
        return FALSE;
      if (tn_lines_is_in_calendar (self->lines, i)
          && (kind == TN_COMPONENT_VEVENT || kind == TN_COMPONENT_VTODO
              || kind == TN_COMPONENT_VJOURNAL)
          && !add_component (self, i, error))
        return FALSE;
    }
  if (self->uid != NULL)
    return TRUE;
  g_set_error_literal (error, TN_ERROR, TN_ERROR_INVALID, "a calendar with nothing in it");
  return FALSE;
}

/**
 * tn_resource_new:
 *
 * Errors: %TN_ERROR_INVALID when @bytes are no item: no whole calendar, no UID or several, a
 * METHOD; %TN_ERROR_LIMIT. Returns: (transfer full) (nullable): the item
 */
TnResource *
tn_resource_new (GBytes *bytes, GError **error)
{
  g_autoptr (TnLines) lines = tn_lines_new (bytes, TN_LINES_MAX_IN_ITEM, error);
  if (lines == NULL)
    return NULL;
  g_autoptr (TnResource) self = g_new0 (TnResource, 1);
  self->lines = g_steal_pointer (&lines);
  self->event = -1;
  return add_components (self, error) ? g_steal_pointer (&self) : NULL;
}
