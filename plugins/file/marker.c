/* The marker's first line is a random id; the rest is for the person who finds it. It is written
 * once and never again (hazard 15). */
#include "marker.h"

#include <string.h>

#include "content.h"
#include "swap.h"

static const char explanation[]
    = "turnus knows this calendar by the line above. Keep this file with the calendar;\n"
      "without it turnus takes the place for one whose disk is not mounted.\n";

/* The first line, if it can be a binding. */
static char *
parse (GBytes *bytes)
{
  gsize length = 0;
  const char *start = g_bytes_get_data (bytes, &length);
  g_autofree char *text = g_strndup (start != NULL ? start : "", length);
  g_autofree char *line = g_strndup (text, strcspn (text, "\r\n"));
  gsize size = strlen (line);
  if (size < 8 || size > 64)
    return NULL;
  for (const char *c = line; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '-')
      return NULL;
  return g_steal_pointer (&line);
}

/**
 * file_marker_find:
 * @ret_binding: (out) (transfer full) (nullable): NULL when there is no marker
 *
 * Errors: FAILED when there is one that says nothing.
 */
gboolean
file_marker_find (int folder_fd, const char *name, char **ret_binding, GError **error)
{
  struct stat st;
  g_autoptr (GError) fault = NULL;
  g_autoptr (GBytes) bytes = file_content_read (folder_fd, name, &st, &fault);
  if (g_error_matches (fault, TURNUS_ERROR, TURNUS_ERROR_GONE))
    {
      *ret_binding = NULL;
      return TRUE;
    }
  if (bytes == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&fault));
      return FALSE;
    }
  char *binding = parse (bytes);
  if (binding == NULL)
    {
      g_set_error (
          error, TURNUS_ERROR, TURNUS_ERROR_FAILED,
          "the marker %s names no calendar: restore it, or remove it and bind the calendar "
          "again",
          name);
      return FALSE;
    }
  *ret_binding = binding;
  return TRUE;
}

/**
 * file_marker_create:
 * @ret_binding: (out) (transfer full): the new id, or that of somebody who was faster
 */
gboolean
file_marker_create (int folder_fd, const char *name, char **ret_binding, GError **error)
{
  g_autofree char *binding = g_uuid_string_random ();
  g_autofree char *text = g_strconcat (binding, "\n", explanation, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) fault = NULL;
  struct stat st;
  if (file_swap_create (folder_fd, name, bytes, &st, &fault))
    {
      *ret_binding = g_steal_pointer (&binding);
      return TRUE;
    }
  if (g_error_matches (fault, TURNUS_ERROR, TURNUS_ERROR_CONFLICT))
    return file_marker_find (folder_fd, name, ret_binding, error);
  g_propagate_error (error, g_steal_pointer (&fault));
  return FALSE;
}
