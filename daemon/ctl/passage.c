/* Sentences become paragraphs, and paragraphs a page. */
#include "ctl/passage.h"

#include "base/paragraph.h"

#include <string.h>

static const guint WIDTH = 78;

TnPassage *
tn_passage_new (const char *heading)
{
  TnPassage *passage = g_new0 (TnPassage, 1);
  passage->heading = tn_paragraph_clean (heading);
  passage->paragraphs = g_ptr_array_new_with_free_func (g_free);
  passage->is_broken = TRUE;
  return passage;
}

void
tn_passage_free (TnPassage *passage)
{
  if (passage == NULL)
    return;
  g_free (passage->heading);
  g_clear_pointer (&passage->paragraphs, g_ptr_array_unref);
  g_free (passage);
}

/* A text of people may end with a full stop of its own, and ours comes behind it. */
static void
drop_double_stop (char *sentence)
{
  gsize length = strlen (sentence);
  while (length >= 2 && sentence[length - 1] == '.' && sentence[length - 2] == '.')
    sentence[--length] = '\0';
}

/**
 * tn_passage_take:
 * @sentence: (transfer full): goes on with the paragraph
 */
void
tn_passage_take (TnPassage *passage, char *sentence)
{
  g_autofree char *given = sentence;
  g_autofree char *clean = tn_paragraph_clean (given);
  drop_double_stop (clean);
  if (passage->is_broken)
    g_ptr_array_add (passage->paragraphs, g_steal_pointer (&clean));
  else
    {
      gpointer *last = &passage->paragraphs->pdata[passage->paragraphs->len - 1];
      char *longer = g_strjoin (" ", (char *) *last, clean, NULL);
      g_free (*last);
      *last = longer;
    }
  passage->is_broken = FALSE;
}

/**
 * tn_passage_break:
 *
 * What is taken next begins a paragraph.
 */
void
tn_passage_break (TnPassage *passage)
{
  passage->is_broken = TRUE;
}

/**
 * tn_passage_append:
 *
 * Appends the heading, underlined, and the paragraphs to @page.
 */
void
tn_passage_append (const TnPassage *passage, GString *page)
{
  g_string_append_printf (page, "%s%s\n", page->len > 0 ? "\n" : "", passage->heading);
  for (guint i = 0; i < MIN (tn_paragraph_measure (passage->heading), WIDTH); i++)
    g_string_append_c (page, '-');
  g_string_append_c (page, '\n');
  for (guint i = 0; i < passage->paragraphs->len; i++)
    {
      g_string_append (page, i > 0 ? "\n" : "");
      tn_paragraph_append (page, "", "", g_ptr_array_index (passage->paragraphs, i), WIDTH);
    }
}
