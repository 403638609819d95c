/* daemon/sync/schedule.h — when a calendar is pulled next */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How the last pass of a calendar ended. */
typedef struct
{
  int interval_s;
  guint n_failures;         /* passes in a row that failed */
  gboolean needs_person;    /* trying again soon cannot help */
  gboolean is_absence_open; /* an event was missing once */
  gboolean is_local;        /* two listings in a row are as good as two far apart */
} TnScheduleInput;

gint64 tn_schedule_get_patience_s (gint64 not_before_us, gint64 now_us);
gint64 tn_schedule_get_delay_s (const TnScheduleInput *input, double jitter);

G_END_DECLS
