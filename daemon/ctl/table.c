/* Tables. Columns are as wide as their widest cell in letters, not bytes: `København` has nine. The
 * last one is not padded. In a window that is too narrow the widest columns give way: running text
 * goes on below, names end with an ellipsis, and what people copy stays whole. Cells come from
 * files and calendars of strangers, so no control sequence passes (hazard 108); ours are sent to a
 * terminal only. */
#include "ctl/table.h"

#include "base/log.h"
#include "ctl/palette.h"
#include "base/paragraph.h"
#include "model/catalogue.h"

#include <string.h>

/* No column gives way further: what is left would say nothing. */
enum
{
  LEAST_NAME = 10,
  MOST_WORD = 20,
  GAP = 2
};

typedef enum
{
  FIT_SHORTEN,
  FIT_WHOLE,
  FIT_WRAP
} Fit;

typedef struct
{
  Fit fit;
  gboolean is_judged; /* its words have colours */
  guint width;        /* letters; while it is printed */
  guint least;        /* to which it may give way */
} Column;

struct _TnTable
{
  TnLanguage language; /* of the words that are judged */
  guint n_columns;
  Column *columns;  /* (owned) */
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
  table->language = TN_LANGUAGE_EN;
  table->cells = g_ptr_array_new_with_free_func (g_free);
  for (; headings[table->n_columns] != NULL; table->n_columns++)
    add_cell (table, headings[table->n_columns]);
  table->columns = g_new0 (Column, table->n_columns);
  return table;
}

/**
 * tn_table_new_in:
 * @headings: in English, ended by %NULL
 *
 * Returns: a table whose headings are said in @language
 */
TnTable *
tn_table_new_in (TnLanguage language, const char *const *headings)
{
  TnTable *table = tn_table_new (headings);
  table->language = language;
  for (guint i = 0; i < table->n_columns; i++)
    {
      g_free (table->cells->pdata[i]);
      table->cells->pdata[i]
          = g_strdup (headings[i][0] != '\0' ? tn_say (language, headings[i]) : "");
    }
  return table;
}

void
tn_table_free (TnTable *table)
{
  if (table == NULL)
    return;
  g_ptr_array_unref (table->cells);
  g_free (table->columns);
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

/**
 * tn_table_keep_whole:
 *
 * What stands in @column is copied into other commands: it is never cut.
 */
void
tn_table_keep_whole (TnTable *table, guint column)
{
  table->columns[column].fit = FIT_WHOLE;
}

/**
 * tn_table_let_wrap:
 *
 * What stands in @column are sentences: they go on in the next line.
 */
void
tn_table_let_wrap (TnTable *table, guint column)
{
  table->columns[column].fit = FIT_WRAP;
}

/**
 * tn_table_let_judge:
 *
 * What stands in @column are words that tn_palette_judge() knows.
 */
void
tn_table_let_judge (TnTable *table, guint column)
{
  table->columns[column].is_judged = TRUE;
}

static const char *
get_cell (const TnTable *table, guint start, guint column)
{
  return g_ptr_array_index (table->cells, start + column);
}

static guint
measure_column (const TnTable *table, guint column)
{
  guint width = 0;
  for (guint start = 0; start < table->cells->len; start += table->n_columns)
    width = MAX (width, tn_paragraph_measure (get_cell (table, start, column)));
  return width;
}

static guint
count_blanks (const char *text)
{
  return (guint) strspn (text, " ");
}

/* A line is broken between words, but for one that nobody could expect. */
static guint
measure_longest_word (const TnTable *table, guint column)
{
  guint longest = 0;
  for (guint start = 0; start < table->cells->len; start += table->n_columns)
    {
      const char *text = get_cell (table, start, column);
      g_auto (GStrv) words = g_strsplit (text, " ", -1);
      for (gsize i = 0; words[i] != NULL; i++)
        longest = MAX (longest, count_blanks (text) + tn_paragraph_measure (words[i]));
    }
  return MIN (longest, MOST_WORD);
}

static guint
find_least (const TnTable *table, guint column)
{
  guint heading = tn_paragraph_measure (get_cell (table, 0, column));
  switch (table->columns[column].fit)
    {
    case FIT_WRAP:
      return MAX (heading, measure_longest_word (table, column));
    case FIT_SHORTEN:
      return MAX (heading, LEAST_NAME);
    case FIT_WHOLE:
    default:
      return G_MAXUINT;
    }
}

/* The widest column that can give way; that of the last resort is none. */
static Column *
find_widest (const TnTable *table)
{
  Column *widest = NULL;
  for (guint i = 0; i < table->n_columns; i++)
    {
      Column *column = &table->columns[i];
      if (column->width > find_least (table, i)
          && (widest == NULL || column->width > widest->width))
        widest = column;
    }
  return widest;
}

static void
fit_columns (const TnTable *table, guint room)
{
  guint used = 0;
  for (guint i = 0; i < table->n_columns; i++)
    {
      table->columns[i].width = measure_column (table, i);
      table->columns[i].least = find_least (table, i);
      used += table->columns[i].width + (i > 0 ? GAP : 0);
    }
  while (room > 0 && used > room)
    {
      Column *widest = find_widest (table);
      if (widest == NULL)
        return;
      widest->width--;
      used--;
    }
}

/* Returns: (transfer full): the beginning of @text that fits, and an ellipsis */
static char *
shorten (const char *text, guint width)
{
  if (tn_paragraph_measure (text) <= width)
    return g_strdup (text);
  GString *head = g_string_new (NULL);
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gsize length = head->len;
      g_string_append_unichar (head, g_utf8_get_char (c));
      if (tn_paragraph_measure (head->str) < width)
        continue;
      g_string_truncate (head, length);
      break;
    }
  g_autofree char *start = g_strchomp (g_string_free (head, FALSE));
  return g_strconcat (start, "…", NULL);
}

/* What is indented is so in all its lines. */
static GPtrArray *
wrap (const char *text, guint width)
{
  guint blanks = count_blanks (text);
  GPtrArray *lines = tn_paragraph_wrap (text, width - MIN (blanks, width / 2));
  for (guint i = 0; i < lines->len; i++)
    {
      g_autofree char *line = g_ptr_array_index (lines, i);
      lines->pdata[i] = g_strdup_printf ("%*s%s", (int) blanks, "", line);
    }
  return lines;
}

/* Returns: (transfer full) (element-type utf8): what the cell shows, line by line */
static GPtrArray *
lay_out_cell (const TnTable *table, guint start, guint column)
{
  const Column *shape = &table->columns[column];
  const char *text = get_cell (table, start, column);
  if (shape->fit == FIT_WRAP && tn_paragraph_measure (text) > shape->width)
    return wrap (text, shape->width);
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (lines, shorten (text, shape->width));
  return lines;
}

static TnTint
find_tint (const TnTable *table, guint start, guint column)
{
  if (start == 0)
    return TN_TINT_HEADING;
  return table->columns[column].is_judged
             ? tn_palette_judge (table->language, get_cell (table, start, column))
             : TN_TINT_PLAIN;
}

/* Returns: whether a further line of the row is needed */
static gboolean
print_line (const TnTable *table, const TnScreen *screen, guint start, GPtrArray *cells, guint line,
            FILE *out)
{
  guint blanks = 0; /* owed: a line ends without any */
  gboolean is_more = FALSE;
  for (guint column = 0; column < table->n_columns; column++)
    {
      const GPtrArray *lines = g_ptr_array_index (cells, column);
      const char *text = line < lines->len ? g_ptr_array_index (lines, line) : "";
      TnTint tint = find_tint (table, start, column);
      if (text[0] != '\0')
        {
          fprintf (out, "%*s%s%s%s", (int) blanks, "", tn_palette_begin (screen, tint), text,
                   tn_palette_end (screen, tint));
          blanks = 0;
        }
      blanks += table->columns[column].width - tn_paragraph_measure (text) + GAP;
      is_more = is_more || line + 1 < lines->len;
    }
  fputc ('\n', out);
  return is_more;
}

static void
print_row (const TnTable *table, const TnScreen *screen, guint start, FILE *out)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (guint column = 0; column < table->n_columns; column++)
    g_ptr_array_add (cells, lay_out_cell (table, start, column));
  for (guint line = 0; print_line (table, screen, start, cells, line, out); line++)
    ;
}

/**
 * tn_table_print:
 *
 * On a terminal as wide as its window, with colours; anywhere else whole and plain.
 */
void
tn_table_print (const TnTable *table, FILE *out)
{
  TnScreen screen = tn_screen_look (out);
  fit_columns (table, screen.columns);
  for (guint start = 0; start < table->cells->len; start += table->n_columns)
    print_row (table, &screen, start, out);
}
