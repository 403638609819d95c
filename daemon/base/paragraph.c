/* Running text. Widths are columns of a terminal, not bytes: `København` has nine. */
#include "base/paragraph.h"

#include <string.h>

/**
 * tn_paragraph_measure:
 *
 * Returns: the columns that @text takes
 */
guint
tn_paragraph_measure (const char *text)
{
  guint width = 0;
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);
      if (!g_unichar_iszerowidth (letter))
        width += g_unichar_iswide (letter) ? 2 : 1;
    }
  return width;
}

/**
 * tn_paragraph_clean:
 * @text: UTF-8; of people, from a charter or a calendar
 *
 * Returns: (transfer full): @text on one line, without the control characters that a terminal or
 *   an HTML reader would act on
 */
char *
tn_paragraph_clean (const char *text)
{
  GString *clean = g_string_new (NULL);
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);
      gboolean is_blank = g_unichar_isspace (letter) || g_unichar_iscntrl (letter);
      if (!is_blank)
        g_string_append_unichar (clean, letter);
      else if (clean->len > 0 && clean->str[clean->len - 1] != ' ')
        g_string_append_c (clean, ' ');
    }
  if (clean->len > 0 && clean->str[clean->len - 1] == ' ')
    g_string_truncate (clean, clean->len - 1);
  return g_string_free (clean, FALSE);
}

/* A word that is wider than a line is cut: no line is ever wider. */
static char *
take_head (char **word, guint width)
{
  char *end = *word;
  guint used = 0;
  while (*end != '\0')
    {
      g_autofree char *letter = g_strndup (end, (gsize) (g_utf8_next_char (end) - end));
      used += tn_paragraph_measure (letter);
      if (used > width && end > *word)
        break;
      end = g_utf8_next_char (end);
    }
  char *head = g_strndup (*word, (gsize) (end - *word));
  *word = end;
  return head;
}

/**
 * tn_paragraph_wrap:
 * @width: columns, at least 2
 *
 * Returns: (transfer full) (element-type utf8): lines of @text, one at least
 */
GPtrArray *
tn_paragraph_wrap (const char *text, guint width)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  g_autoptr (GString) line = g_string_new (NULL);
  for (gsize i = 0; words[i] != NULL; i++)
    for (char *word = words[i]; *word != '\0';)
      {
        g_autofree char *head = take_head (&word, width);
        guint needed = tn_paragraph_measure (head) + (line->len > 0 ? 1 : 0);
        if (line->len > 0 && tn_paragraph_measure (line->str) + needed > width)
          {
            g_ptr_array_add (lines, g_strdup (line->str));
            g_string_truncate (line, 0);
          }
        g_string_append_printf (line, "%s%s", line->len > 0 ? " " : "", head);
      }
  if (line->len > 0 || lines->len == 0)
    g_ptr_array_add (lines, g_strdup (line->str));
  return lines;
}

/**
 * tn_paragraph_append:
 * @first: what stands before the first line
 * @rest: what stands before the others, as wide as @first
 * @width: columns of a whole line
 */
void
tn_paragraph_append (GString *page, const char *first, const char *rest, const char *text,
                     guint width)
{
  g_autoptr (GPtrArray) lines = tn_paragraph_wrap (text, width - tn_paragraph_measure (first));
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (page, "%s%s\n", i == 0 ? first : rest,
                            (const char *) g_ptr_array_index (lines, i));
}
