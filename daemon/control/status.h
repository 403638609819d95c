/* daemon/control/status.h — how each calendar is, and what a person must do */
#pragma once

#include "control/sheet.h"
#include "sync/desk.h"

G_BEGIN_DECLS

/* Counted over all calendars: what the exit code of one pass says. */
typedef struct
{
  guint n_failing; /* failing or refused */
  guint n_waiting; /* things that only a person can settle */
} TnStatusCount;

void tn_status_add (JsonBuilder *sheet, TnDesk *desk, const char *fault);
void tn_status_add_calendars (JsonBuilder *sheet, TnDesk *desk, const char *const *calendars);
void tn_status_add_waiting (JsonBuilder *sheet, TnDesk *desk);
TnStatusCount tn_status_count (TnDesk *desk);

G_END_DECLS
