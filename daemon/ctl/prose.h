/* daemon/ctl/prose.h — a charter told back in plain sentences, for approval at a meeting */
#pragma once

#include "ctl/passage.h"
#include "model/rulebook.h"

G_BEGIN_DECLS

typedef struct
{
  const TnCollaboration *collaboration; /* (unowned) of the rulebook */
  GPtrArray *passages;                  /* (owned) (element-type TnPassage) */
} TnProse;

TnProse *tn_prose_new (const TnRulebook *rulebook, const TnCollaboration *collaboration);
void tn_prose_free (TnProse *prose);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnProse, tn_prose_free)

char *tn_prose_to_text (const TnProse *prose);

/* What several parts write. */
char *tn_prose_format_span (TnLanguage language, TnSpan span);
char *tn_prose_format_amount (TnLanguage language, TnUnit unit, int amount);

/* The parts, a file each: prose-frequency.c, prose-rhythm.c, prose-distance.c, prose-roles.c,
 * prose-agenda.c, prose-duties.c, prose-decisions.c. */
void tn_prose_tell_frequency (TnPassage *passage, TnLanguage language, const TnSeries *series);
void tn_prose_tell_limits (TnPassage *passage, TnLanguage language, const TnSeries *series);
void tn_prose_tell_spread (TnPassage *passage, TnLanguage language, const TnSeries *series);
void tn_prose_tell_rhythm (TnPassage *passage, const TnCollaboration *collaboration,
                           const TnSeries *series);
void tn_prose_tell_distances (TnPassage *passage, const TnRulebook *rulebook,
                              const TnCollaboration *collaboration, const TnSeries *series);
void tn_prose_tell_roles (TnPassage *passage, const TnCollaboration *collaboration,
                          const TnSeries *series);
void tn_prose_tell_agenda (TnPassage *passage, TnLanguage language, const TnSeries *series);
void tn_prose_tell_homework (TnPassage *passage, const TnCollaboration *collaboration,
                             const TnSeries *series, const TnMilestoneRule *rule);
char *tn_prose_format_duty (TnLanguage language, const TnSeries *series, const char *by);
gboolean tn_prose_is_shared (const TnSeries *series, const char *role);
void tn_prose_tell_duties (TnPassage *passage, const TnCollaboration *collaboration,
                           const TnSeries *series);
TnPassage *tn_prose_tell_decisions (const TnCollaboration *collaboration);

G_END_DECLS
