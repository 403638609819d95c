/* daemon/rules/chapters.h — the series of a rulebook, parted into those that are planned together
 */
#pragma once

#include "model/rulebook.h"

G_BEGIN_DECLS

/* Series that depend on no series outside: a plan of them needs no other. */
typedef struct
{
  GPtrArray *collaborations; /* (owned) (element-type TnCollaboration) in the rulebook's order */
  GHashTable *series;        /* (owned) (element-type TnSeries) set */
} TnChapter;

typedef struct _TnChapters TnChapters; /* immutable, ref-counted */

TnChapters *tn_chapters_new (const TnRulebook *rulebook);
TnChapters *tn_chapters_ref (TnChapters *chapters);
void tn_chapters_unref (TnChapters *chapters);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnChapters, tn_chapters_unref)

const TnRulebook *tn_chapters_get_rulebook (const TnChapters *chapters);
guint tn_chapters_get_size (const TnChapters *chapters);
const TnChapter *tn_chapters_get (const TnChapters *chapters, guint index);

G_END_DECLS
