/* daemon/sync/move.h — one step that brings a calendar and a guest of another together */
#pragma once

#include "sync/change.h"

G_BEGIN_DECLS

typedef struct
{
  TnChange *change; /* (owned) as people read it: what, why, and whether it is held */
  TnGuest *guest;   /* (owned) */
  TnMirror *mirror; /* (owned) as it is remembered before the step */
} TnMove;

void tn_move_free (TnMove *move);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnMove, tn_move_free)

TnMove *tn_move_find (const TnCalendar *calendar, const TnGuest *guest, const TnMirror *mirror,
                      guint32 caps, TnDate today);
char *tn_move_brake (GPtrArray *moves, const TnCalendar *calendar);

G_END_DECLS
