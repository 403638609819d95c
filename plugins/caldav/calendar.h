/* plugins/caldav/calendar.h — one opened calendar */
#pragma once

#include "turnus-plugin.h"

struct _TurnusCalendar
{
  const TurnusHost *host; /* outlives us */
  gpointer host_data;
  char *url;             /* (owned) of the settings */
  char *origin;          /* (owned) scheme, host and port: the only ones spoken to */
  char *start_path;      /* (owned) of the url; empty: find it */
  char *path;            /* (owned) (nullable) of the collection, ends in /; NULL: not found yet */
  char *binding;         /* (owned) (nullable) of the last listing */
  GHashTable *spellings; /* (owned) (element-type utf8 utf8) id to the server's spelling of the
                            path, where that is not ours (hazard 38) */
  GHashTable *created;   /* (owned) ids that we made since the last listing */
  gboolean is_read_only;
  gboolean refuses_old_uids; /* seen to refuse a UID that stands nowhere: a trash bin */
};

char *caldav_calendar_dup_path (TurnusCalendar *self, const char *id);
char *caldav_calendar_dup_id (TurnusCalendar *self, const char *base_path, const char *href,
                              GError **error);
void caldav_calendar_set_path (TurnusCalendar *self, const char *path);
