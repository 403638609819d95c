/* Rewriting as real servers do it: meaning kept, bytes not (promise 6: what a server rewrites by
 * itself is no change of ours). */
#include "fakes/rewrite.h"

#include <string.h>

#include "fakes/fake-provider.h"

#define FOLD_OCTETS 40

static GPtrArray *
unfold (const char *text)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) raw = g_strsplit (text, "\n", -1);
  for (guint i = 0; raw[i] != NULL; i++)
    {
      gsize length = strlen (raw[i]);
      if (length > 0 && raw[i][length - 1] == '\r')
        raw[i][length - 1] = '\0'; /* a blank before it belongs to the text */
      if ((raw[i][0] == ' ' || raw[i][0] == '\t') && lines->len > 0)
        {
          char **last = (char **) &lines->pdata[lines->len - 1];
          char *joined = g_strconcat (*last, raw[i] + 1, NULL);
          g_free (*last);
          *last = joined;
        }
      else if (raw[i][0] != '\0')
        g_ptr_array_add (lines, g_strdup (raw[i]));
    }
  return lines;
}

static void
drop_x (GPtrArray *lines)
{
  for (guint i = lines->len; i > 0; i--)
    if (g_str_has_prefix (g_ptr_array_index (lines, i - 1), "X-"))
      g_ptr_array_remove_index (lines, i - 1);
}

/* Turns the run of properties after each BEGIN:VEVENT around; components in it stay at its end. */
static void
reorder (GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    {
      if (strcmp (g_ptr_array_index (lines, i), "BEGIN:VEVENT") != 0)
        continue;
      guint first = i + 1, end = first;
      while (end < lines->len && !g_str_has_prefix (g_ptr_array_index (lines, end), "BEGIN:")
             && !g_str_has_prefix (g_ptr_array_index (lines, end), "END:"))
        end++;
      for (; first + 1 < end; first++, end--)
        {
          gpointer other = lines->pdata[first];
          lines->pdata[first] = lines->pdata[end - 1];
          lines->pdata[end - 1] = other;
        }
    }
}

/* Never inside a character of UTF-8. */
static void
append_folded (GString *text, const char *line)
{
  gsize column = 0;
  for (const char *c = line; *c != '\0'; c = g_utf8_next_char (c))
    {
      gsize size = (gsize) (g_utf8_next_char (c) - c);
      if (column + size > FOLD_OCTETS)
        {
          g_string_append (text, "\r\n ");
          column = 1;
        }
      g_string_append_len (text, c, (gssize) size);
      column += size;
    }
  g_string_append (text, "\r\n");
}

/**
 * tn_rewrite:
 * @rewrite: bits of #TnFakeRewrite
 *
 * Returns: (transfer full)
 */
char *
tn_rewrite (const char *text, guint rewrite)
{
  if ((rewrite & (TN_FAKE_REORDER | TN_FAKE_DROP_X | TN_FAKE_FOLD)) == 0)
    return g_strdup (text);
  g_autoptr (GPtrArray) lines = unfold (text);
  if (rewrite & TN_FAKE_DROP_X)
    drop_x (lines);
  if (rewrite & TN_FAKE_REORDER)
    reorder (lines);
  GString *result = g_string_new (NULL);
  for (guint i = 0; i < lines->len; i++)
    if (rewrite & TN_FAKE_FOLD)
      append_folded (result, g_ptr_array_index (lines, i));
    else
      g_string_append_printf (result, "%s\r\n", (const char *) g_ptr_array_index (lines, i));
  return g_string_free (result, FALSE);
}
