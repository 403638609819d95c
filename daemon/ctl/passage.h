/* daemon/ctl/passage.h — a heading, and what is told below it */
#pragma once

#include "model/words.h"

G_BEGIN_DECLS

/* Immutable once it stands in a prose. */
typedef struct
{
  char *heading;         /* (owned) */
  GPtrArray *paragraphs; /* (owned) (element-type utf8) whole sentences */
  gboolean is_broken;    /* the next sentence begins a paragraph */
} TnPassage;

TnPassage *tn_passage_new (const char *heading);
void tn_passage_free (TnPassage *passage);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnPassage, tn_passage_free)

void tn_passage_take (TnPassage *passage, char *sentence);
void tn_passage_break (TnPassage *passage);
void tn_passage_append (const TnPassage *passage, GString *page);

G_END_DECLS
