/* A reader does not stop at the first mistake: whoever edits a charter wants the whole list. It is
 * bounded, because a file of garbage has as many mistakes as bytes. */
#include "charter/problems.h"

#include <string.h>

#include "base/error.h"
#include "base/log.h"

/* More than these help nobody; the rest is counted. */
#define PROBLEMS_MAX 100
#define PROBLEM_MAX_BYTES 500

typedef struct
{
  char *file; /* (owned) */
  int line;   /* 0: of the file as a whole */
  guint order;
  char *text; /* (owned) */
} Problem;

struct _TnProblems
{
  GPtrArray *list; /* (owned) (element-type Problem) */
  guint n_more;    /* beyond the limit */
};

static void
problem_free (Problem *problem)
{
  g_free (problem->file);
  g_free (problem->text);
  g_free (problem);
}

TnProblems *
tn_problems_new (void)
{
  TnProblems *problems = g_new0 (TnProblems, 1);
  problems->list = g_ptr_array_new_with_free_func ((GDestroyNotify) problem_free);
  return problems;
}

void
tn_problems_free (TnProblems *problems)
{
  if (problems == NULL)
    return;
  g_ptr_array_unref (problems->list);
  g_free (problems);
}

static gboolean
is_known (const TnProblems *problems, const char *file, int line, const char *text)
{
  for (guint i = 0; i < problems->list->len; i++)
    {
      const Problem *problem = g_ptr_array_index (problems->list, i);
      if (problem->line == line && strcmp (problem->text, text) == 0
          && strcmp (problem->file, file) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * tn_problems_add:
 * @file: as the user named it
 * @line: 1-based, or 0 when it concerns the whole file
 * @format: what is wrong, and what was expected; one sentence without a full stop
 *
 * The same thing said twice is kept once. Control characters of the file reach no terminal.
 */
void
tn_problems_add (TnProblems *problems, const char *file, int line, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *raw = g_strdup_vprintf (format, args);
  va_end (args);

  g_autofree char *valid = g_utf8_make_valid (raw, -1);
  if (strlen (valid) > PROBLEM_MAX_BYTES)
    *g_utf8_find_prev_char (valid, valid + PROBLEM_MAX_BYTES) = '\0';
  g_autofree char *text = tn_log_make_safe (valid);
  if (is_known (problems, file, line, text))
    return;
  if (problems->list->len >= PROBLEMS_MAX)
    {
      problems->n_more++;
      return;
    }
  Problem *problem = g_new0 (Problem, 1);
  problem->file = g_strdup (file);
  problem->line = line;
  problem->order = problems->list->len;
  problem->text = g_steal_pointer (&text);
  g_ptr_array_add (problems->list, problem);
}

/**
 * tn_problems_has_line:
 *
 * Returns: %TRUE when something is wrong in that very line
 */
gboolean
tn_problems_has_line (const TnProblems *problems, const char *file, int line)
{
  for (guint i = 0; i < problems->list->len; i++)
    {
      const Problem *problem = g_ptr_array_index (problems->list, i);
      if (problem->line == line && strcmp (problem->file, file) == 0)
        return TRUE;
    }
  return FALSE;
}

guint
tn_problems_get_size (const TnProblems *problems)
{
  return problems->list->len + problems->n_more;
}

static int
compare_problems (gconstpointer a, gconstpointer b)
{
  const Problem *one = *(Problem *const *) a;
  const Problem *other = *(Problem *const *) b;
  int by_file = strcmp (one->file, other->file);
  if (by_file != 0)
    return by_file;
  if (one->line != other->line)
    return one->line < other->line ? -1 : 1;
  return one->order < other->order ? -1 : 1;
}

/**
 * tn_problems_to_error:
 *
 * Errors: %TN_ERROR_INVALID when there is any problem: `file:line: text`, one a line, by line.
 * Returns: %TRUE when there is none
 */
gboolean
tn_problems_to_error (const TnProblems *problems, GError **error)
{
  if (problems->list->len == 0)
    return TRUE;

  g_autoptr (GPtrArray) sorted = g_ptr_array_copy (problems->list, NULL, NULL);
  g_ptr_array_set_free_func (sorted, NULL);
  g_ptr_array_sort (sorted, compare_problems);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < sorted->len; i++)
    {
      const Problem *problem = g_ptr_array_index (sorted, i);
      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", problem->file);
      if (problem->line > 0)
        g_string_append_printf (text, ":%d", problem->line);
      g_string_append_printf (text, ": %s", problem->text);
    }
  if (problems->n_more > 0)
    g_string_append_printf (text, "\nand %u more", problems->n_more);
  g_set_error_literal (error, TN_ERROR, TN_ERROR_INVALID, text->str);
  return FALSE;
}
