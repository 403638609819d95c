/* The keys of charters and settings for their manual pages, from the table that reading works by:
 *
 *   keys TEMPLATE
 *
 * prints TEMPLATE, with each line `.\" KEYS KIND` replaced by the keys of that kind of group and of
 * the groups inside it, each group once. A key that can be read is in the manual, therefore. */
#include "charter/keys.h"

#include <stdio.h>
#include <string.h>

/* What may stand as a value, in words; where the table has words, they are said behind. */
static const char *const TYPES[] = {
  [TN_KEY_TEXT] = "one line of text",
  [TN_KEY_LINES] = "text",
  [TN_KEY_TITLE] = "one line of text with placeholders",
  [TN_KEY_TITLES] = "text with placeholders",
  [TN_KEY_ID] = "a name of a-z, 0-9 and -",
  [TN_KEY_WORD] = "one of",
  [TN_KEY_NUMBER] = "a whole number",
  [TN_KEY_FLAG] = "true or false",
  [TN_KEY_DATE] = "a date like 2027-05-18",
  [TN_KEY_BOUND] = "2027, 2027-05 or 2027-05-18",
  [TN_KEY_WHEN] = "a day, days like 2027-05-18..2027-05-19, or times",
  [TN_KEY_CYCLE] = "a cycle like 2027, 2027-H1, 2027-Q3, 2027-04 or 2026/27",
  [TN_KEY_MONTH_DAY] = "month and day like 05-18",
  [TN_KEY_DAY] = "05-18 or 2027-05-18",
  [TN_KEY_DUE] = "a month like 05, or month and day like 05-18",
  [TN_KEY_WEEKS] = "an ISO week like 20, or several like 17-21",
  [TN_KEY_MONTHS] = "a month like 5, or several like 3-5",
  [TN_KEY_AMOUNT] = "a number and one of",
  [TN_KEY_RHYTHM] = "one of, or a number and its plural:",
  [TN_KEY_HOURS] = "times like 10:00-15:00",
  [TN_KEY_PREFERENCE] = "early, middle, late, a week like \"week 20\", or \"last year\"",
  [TN_KEY_REFERENCE] = "series and role like studietur.host",
  [TN_KEY_ZONE] = "a time zone like Europe/Copenhagen",
  [TN_KEY_PATH] = "a path, relative to the file in which it stands",
  [TN_KEY_ALMANAC] = "a holiday file like dk, or an iCalendar file like closures.ics",
};

/* What roff would take for its own; characters beyond ASCII by their number, for every reader. */
static void
print_escaped (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      if (c == '\\')
        fputs ("\\e", stdout);
      else if (c == '-')
        fputs ("\\-", stdout);
      else if (c == '"')
        fputs ("\\(dq", stdout);
      else if (c > 0x7e)
        printf ("\\[u%04X]", c);
      else
        putchar ((int) c);
    }
}

/* `words` are parted by `|`; those in capitals stand for something. */
static void
print_words (const char *words)
{
  g_auto (GStrv) parts = g_strsplit (words, "|", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      fputs (i == 0 ? "" : parts[i + 1] == NULL ? " or " : ", ", stdout);
      print_escaped (parts[i]);
    }
}

static void
print_value (const TnKey *key)
{
  const char *type = TYPES[key->type];
  print_escaped (type);
  if (key->words != NULL)
    {
      putchar (' ');
      print_words (key->words);
    }
  if (key->most != 0 || key->least != 0)
    {
      g_autofree char *range = g_strdup_printf (", from %d to %d", key->least, key->most);
      print_escaped (range);
    }
  if ((key->flags & TN_KEY_MANY) != 0)
    fputs ("; one, or several in brackets", stdout);
}

static void
print_group_value (const TnKey *key)
{
  const gboolean is_many = (key->flags & TN_KEY_MANY) != 0;
  fputs (is_many ? "groups: " : "a group: ", stdout);
  fputs (is_many ? "( { " : "{ ", stdout);
  fputs ("\\&... ", stdout);
  fputs (is_many ? "} ), see \\(lq" : "}, see \\(lq", stdout);
  print_escaped (key->inner);
  fputs ("\\(rq", stdout);
}

static void
print_key (const TnKey *key)
{
  fputs (".TP\n.B ", stdout);
  print_escaped (key->name);
  putchar ('\n');
  g_autofree char *help = g_strdup (key->help);
  help[0] = g_ascii_toupper (help[0]);
  print_escaped (help);
  fputs (".\n.br\nValue: ", stdout);
  if (key->type == TN_KEY_GROUP)
    print_group_value (key);
  else
    print_value (key);
  fputs (".\n", stdout);
  if ((key->flags & TN_KEY_REQUIRED) != 0)
    fputs (".br\nIt must be given.\n", stdout);
  if (key->preset != NULL)
    {
      fputs (".br\nWhen not given: ", stdout);
      print_escaped (key->preset);
      fputs (".\n", stdout);
    }
}

static void
print_kind (const char *kind)
{
  fputs (".SS ", stdout);
  print_escaped (kind);
  putchar ('\n');
  for (guint i = 0; tn_keys_get (i) != NULL; i++)
    if (strcmp (tn_keys_get (i)->kind, kind) == 0)
      print_key (tn_keys_get (i));
}

/* Groups in the order in which a reader meets them, each once: groups can stand in several. */
static void
print_kinds (const char *root)
{
  g_autoptr (GPtrArray) kinds = g_ptr_array_new ();
  g_ptr_array_add (kinds, (gpointer) root);
  for (guint at = 0; at < kinds->len; at++)
    {
      const char *kind = g_ptr_array_index (kinds, at);
      print_kind (kind);
      for (guint i = 0; tn_keys_get (i) != NULL; i++)
        {
          const TnKey *key = tn_keys_get (i);
          if (key->inner != NULL && strcmp (key->kind, kind) == 0
              && !g_ptr_array_find_with_equal_func (kinds, key->inner, g_str_equal, NULL))
            g_ptr_array_add (kinds, (gpointer) key->inner);
        }
    }
}

int
main (int argc, char **argv)
{
  static const char mark[] = ".\\\" KEYS ";
  g_autofree char *template = NULL;
  g_autoptr (GError) error = NULL;
  if (argc != 2 || !g_file_get_contents (argv[1], &template, NULL, &error))
    {
      fprintf (stderr, "usage: keys TEMPLATE: %s\n", error != NULL ? error->message : "one file");
      return 2;
    }
  g_auto (GStrv) lines = g_strsplit (template, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], mark))
      print_kinds (lines[i] + strlen (mark));
    else
      printf ("%s%s", lines[i], lines[i + 1] != NULL ? "\n" : "");
  return 0;
}
