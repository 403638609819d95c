/* A folder that is missing, or that is not the one that was bound, is no empty calendar (hazard
 * 15): a disk that is not mounted leaves an empty folder behind. The folder is opened anew for each
 * operation, because a descriptor kept over a mount would show what lies below it. */
#include "place.h"

#include <errno.h>
#include <fcntl.h>

#include "fault.h"
#include "marker.h"

/**
 * file_place_open:
 * @make: the folder may be made, when the calendar was never bound
 *
 * Errors: GONE when there is no folder and never was a calendar; FAILED when there was one.
 * Returns: a descriptor of the folder, or -1
 */
int
file_place_open (TurnusCalendar *self, gboolean make, GError **error)
{
  const int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
  int fd = open (self->folder, flags);
  if (fd < 0 && errno == ENOENT && make && self->binding == NULL)
    {
      if (g_mkdir_with_parents (self->folder, 0777) != 0)
        {
          file_fault_set (error, errno, "cannot make the folder %s", self->folder);
          return -1;
        }
      fd = open (self->folder, flags);
    }
  if (fd >= 0)
    return fd;
  if (errno == ENOENT && self->binding != NULL)
    g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_FAILED,
                 "the folder %s is missing: is it mounted?", self->folder);
  else
    file_fault_set (error, errno, "cannot open the folder %s", self->folder);
  return -1;
}

/**
 * file_place_read_binding:
 * @ret_binding: (out) (transfer full) (nullable): what the marker says; NULL: there is none
 *
 * A calendar that was not bound yet is bound to what it finds, for as long as it is open.
 */
gboolean
file_place_read_binding (TurnusCalendar *self, int folder_fd, char **ret_binding, GError **error)
{
  g_autofree char *binding = NULL;
  if (!file_marker_find (folder_fd, self->marker, &binding, error))
    return FALSE;
  if (self->binding == NULL)
    self->binding = g_strdup (binding);
  *ret_binding = g_steal_pointer (&binding);
  return TRUE;
}

/**
 * file_place_bind:
 *
 * Makes sure that the place is the calendar that we know before anything is written there, or makes
 * it one that is known from now on.
 *
 * Errors: CONFLICT when it is another one.
 */
gboolean
file_place_bind (TurnusCalendar *self, int folder_fd, GError **error)
{
  g_autofree char *expected = g_strdup (self->binding);
  g_autofree char *found = NULL;
  if (!file_place_read_binding (self, folder_fd, &found, error))
    return FALSE;
  if (expected == NULL && found == NULL)
    {
      if (!file_marker_create (folder_fd, self->marker, &found, error))
        return FALSE;
      self->binding = g_strdup (found);
    }
  if (g_strcmp0 (found, self->binding) == 0)
    return TRUE;
  g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_CONFLICT,
               "%s is not the calendar that we know: its marker %s %s; is the right disk mounted?",
               self->folder, self->marker, found == NULL ? "is missing" : "is another");
  return FALSE;
}
