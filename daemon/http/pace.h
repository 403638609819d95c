/* daemon/http/pace.h — how many writes one server is given at a time */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Storage is the caller's; only `width` is for others to read. */
typedef struct
{
  guint width; /* writes that may be under way at once */
  guint most;  /* the width is never more */
  guint kept;  /* the width that was found good; another one is on trial */
  double kept_rate;
  gboolean tries_more; /* what is to be tried next: more at once, or fewer */
  guint rest;          /* answers between trials */
  guint n_wanted;      /* answers after the first one, and the width is judged */
  guint n_answers;     /* of this width */
  gint64 since_us;     /* monotonic; when the first of them came */
} TnPace;

void tn_pace_init (TnPace *pace, guint most);
void tn_pace_note (TnPace *pace, guint n_under_way, gint64 now_us);
void tn_pace_strain (TnPace *pace);

G_END_DECLS
