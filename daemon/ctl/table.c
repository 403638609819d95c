/* Tables. Columns are as wide as their widest cell in letters, not bytes: `København` has nine. The
 * last one is not padded. Cells come from files and calendars of strangers, so no control sequence
 * passes (hazard 108); ours are sent to a terminal only. */
#include "ctl/table.h"

#include "base/log.h"

#include <unistd.h>

struct _TnTable
{
  guint n_columns;
  GPtrArray *cells; /* (owned) (element-type utf8) row by row, the headings first */
};

static void
add_cell (TnTable *table, const char *text)
{
  g_ptr_array_add (table->cells, tn_log_make_safe (text));
}

/**
 * tn_table_new:
 * @headings: ended by %NULL
 */
TnTable *
tn_table_new (const char *const *headings)
{
  TnTable *table = g_new0 (TnTable, 1);
  table->cells = g_ptr_array_new_with_free_func (g_free);
  for (; headings[table->n_columns] != NULL; table->n_columns++)
    add_cell (table, headings[table->n_columns]);
  return table;
}

void
tn_table_free (TnTable *table)
{
  if (table == NULL)
    return;
  g_ptr_array_unref (table->cells);
  g_free (table);
}

/**
 * tn_table_add:
 * @...: the cells of one row, as many as there are headings, then %NULL
 */
void
tn_table_add (TnTable *table, ...)
{
  va_list args;
  va_start (args, table);
  for (guint i = 0; i < table->n_columns; i++)
    add_cell (table, va_arg (args, const char *));
  g_assert (va_arg (args, const char *) == NULL);
  va_end (args);
}

static guint
measure (const char *text)
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

static guint
measure_column (const TnTable *table, guint column)
{
  guint width = 0;
  for (guint i = column; i < table->cells->len; i += table->n_columns)
    width = MAX (width, measure (g_ptr_array_index (table->cells, i)));
  return width;
}

static void
print_row (const TnTable *table, guint start, const guint *widths, FILE *out)
{
  guint blanks = 0; /* owed: a row ends without any */
  for (guint column = 0; column < table->n_columns; column++)
    {
      const char *cell = g_ptr_array_index (table->cells, start + column);
      if (cell[0] != '\0')
        {
          fprintf (out, "%*s%s", (int) blanks, "", cell);
          blanks = 0;
        }
      blanks += widths[column] - measure (cell) + 2;
    }
}

/**
 * tn_table_print:
 *
 * Headings are bold on a terminal, unless NO_COLOR is set (no-color.org).
 */
void
tn_table_print (const TnTable *table, FILE *out)
{
  int fd = fileno (out);
  gboolean has_colour = fd >= 0 && isatty (fd) && g_getenv ("NO_COLOR") == NULL;
  g_autofree guint *widths = g_new0 (guint, table->n_columns);
  for (guint column = 0; column < table->n_columns; column++)
    widths[column] = measure_column (table, column);
  for (guint start = 0; start < table->cells->len; start += table->n_columns)
    {
      gboolean is_heading = start == 0 && has_colour;
      fputs (is_heading ? "\033[1m" : "", out);
      print_row (table, start, widths, out);
      fputs (is_heading ? "\033[0m\n" : "\n", out);
    }
}
