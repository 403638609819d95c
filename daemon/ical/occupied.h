/* daemon/ical/occupied.h — the days that the events of a calendar file take */
#pragma once

#include "base/span.h"
#include "base/zone.h"

G_BEGIN_DECLS

#define TN_OCCUPIED_LAST_YEAR 2099      /* repetitions are followed to its end */
#define TN_OCCUPIED_MOST_STEPS 3000000u /* days looked at for all repetitions of a file */
#define TN_OCCUPIED_MOST_EVENTS 20000u

typedef enum
{
  TN_OCCUPIED_CLOSED, /* closures and holidays: whatever is not cancelled */
  TN_OCCUPIED_BUSY    /* nor free: TRANSP:TRANSPARENT, FBTYPE=FREE */
} TnOccupiedKind;

/* One event. */
typedef struct
{
  char *title;  /* (owned) (nullable) in one line; of CLOSED only */
  int line;     /* where it begins */
  GArray *days; /* (owned) (element-type TnSpan) by first day */
} TnOccupied;

void tn_occupied_free (TnOccupied *occupied);

GPtrArray *tn_occupied_read (const char *text, TnOccupiedKind kind, const TnZone *home,
                             GError **error);

G_END_DECLS
