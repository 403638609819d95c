/* daemon/sync/lesson.h — what the pages of journals that one pull showed teach this daemon */
#pragma once

#include "model/calendar.h"
#include "model/ledger.h"
#include "sync/page.h"
#include "sync/snapshot.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *decisions; /* (owned) (element-type TnDecision) not known before */
  GPtrArray *proposals; /* (owned) (element-type TnProposal) not known, or answered since */
  GPtrArray *blanked;   /* (owned) (element-type TnDecision) known ones, without their notes */
  gboolean has_lost;    /* our own pages know more than we: the state was lost, or is an old one */
} TnLesson;

void tn_lesson_free (TnLesson *lesson);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnLesson, tn_lesson_free)

TnLesson *tn_lesson_draw (const TnSnapshot *snapshot, const TnCalendar *calendar,
                          const char *council, const TnLedger *ledger, GPtrArray *proposals,
                          gint64 now_us);

G_END_DECLS
