/* GFileMonitor tells of changes; what it misses the next scan finds. It watches a folder, also for
 * a single file, because programs replace files instead of writing into them. A folder that is not
 * there is not watched: GLib would look for it every few seconds, and an idle daemon must not wake
 * up; the monitor is set up when a scan has found the folder, and anew when it is another one. */
#include "watch.h"

#include <string.h>
#include <sys/stat.h>

#include "names.h"
#include "place.h"

static gboolean
concerns (const TurnusCalendar *self, GFile *file)
{
  g_autofree char *name = file != NULL ? g_file_get_basename (file) : NULL;
  if (name == NULL)
    return FALSE;
  if (strcmp (name, self->marker) == 0)
    return TRUE;
  return self->file != NULL ? strcmp (name, self->file) == 0 : file_name_is_item (name);
}

static void
on_event (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event,
          gpointer user_data)
{
  TurnusCalendar *self = user_data;
  /* The hint that a change was the last is taken, too: who writes through a mapping causes no
   * other event. Changed attributes alone are no new content. */
  if (event == G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED)
    return;
  if (self->changed != NULL && (concerns (self, file) || concerns (self, other)))
    self->changed (self->changed_data);
}

void
file_watch_clear (TurnusCalendar *self)
{
  if (self->monitor == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_file_monitor_cancel (self->monitor);
  g_clear_object (&self->monitor);
}

/* Watches the folder behind `folder_fd`, if anybody wants to know and it is not watched yet. */
void
file_watch_renew (TurnusCalendar *self, int folder_fd)
{
  struct stat st;
  if (self->changed == NULL || fstat (folder_fd, &st) != 0
      || (self->monitor != NULL && self->monitored == st.st_ino))
    return;
  file_watch_clear (self);
  g_autoptr (GFile) folder = g_file_new_for_path (self->folder);
  g_autoptr (GError) error = NULL;
  self->monitor = g_file_monitor_directory (folder, G_FILE_MONITOR_WATCH_MOVES, NULL, &error);
  if (self->monitor == NULL)
    {
      self->host->log_debug (self->host_data, error->message);
      return;
    }
  self->monitored = st.st_ino;
  g_signal_connect (self->monitor, "changed", G_CALLBACK (on_event), self);
}

/* `changed` NULL: nobody wants to know any more. */
void
file_watch_set (TurnusCalendar *self, TurnusChanged changed, gpointer user_data)
{
  self->changed = changed;
  self->changed_data = user_data;
  if (changed == NULL)
    {
      file_watch_clear (self);
      return;
    }
  file_autofd int folder_fd = file_place_open (self, FALSE, NULL);
  if (folder_fd >= 0)
    file_watch_renew (self, folder_fd);
}
