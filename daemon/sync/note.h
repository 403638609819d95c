/* daemon/sync/note.h — what turnus tells in the description of an event */
#pragma once

#include "sync/posting.h"

G_BEGIN_DECLS

char *tn_note_write (const TnOccurrence *occurrence, const TnMilestone *milestone,
                     GPtrArray *remarks);

G_END_DECLS
