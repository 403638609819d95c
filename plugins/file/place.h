/* plugins/file/place.h — a calendar's place on the disk: its folder, its file, its marker */
#pragma once

#include <unistd.h>

#include <turnus-plugin.h>

struct _TurnusCalendar
{
  const TurnusHost *host; /* (unowned) outlives us */
  gpointer host_data;     /* (unowned) */
  char *folder;           /* (owned) absolute */
  char *file;            /* (owned) (nullable) all events in this file of it; NULL: one file each */
  char *marker;          /* (owned) name of the marker file in it */
  char *binding;         /* (owned) (nullable) what the calendar is known by; NULL: not yet bound */
  gboolean tidied;       /* leftovers of a crash have been looked for */
  GFileMonitor *monitor; /* (owned) (nullable) */
  guint64 monitored;     /* inode of the folder that is monitored */
  TurnusChanged changed; /* (nullable) whom to tell */
  gpointer changed_data; /* (unowned) */
};

int file_place_open (TurnusCalendar *self, gboolean make, GError **error);
gboolean file_place_read_binding (TurnusCalendar *self, int folder_fd, char **ret_binding,
                                  GError **error);
gboolean file_place_bind (TurnusCalendar *self, int folder_fd, GError **error);

static inline void
file_place_close_fd (int *fd)
{
  if (*fd >= 0)
    close (*fd);
}

#define file_autofd __attribute__ ((cleanup (file_place_close_fd)))
