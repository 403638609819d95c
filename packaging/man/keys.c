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

enum
{
  WIDTH = 80 /* of a line of the page's source, which a linter holds to */
};

/* What roff would take for its own; characters beyond ASCII by their number, for every reader. */
static void
add_escaped (GString *out, const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      if (c == '\\')
        g_string_append (out, "\\e");
      else if (c == '-')
        g_string_append (out, "\\-");
      else if (c == '"')
        g_string_append (out, "\\(dq");
      else if (c > 0x7e)
        g_string_append_printf (out, "\\[u%04X]", c);
      else
        g_string_append_c (out, (char) c);
    }
}

/* A sentence a paragraph: lines may end wherever a blank is, for roff fills them. */
static void
print_filled (const GString *text)
{
  g_auto (GStrv) words = g_strsplit (text->str, " ", -1);
  gsize used = 0;
  for (guint i = 0; words[i] != NULL; i++)
    {
      gsize length = strlen (words[i]);
      if (used > 0 && used + 1 + length > WIDTH)
        {
          putchar ('\n');
          used = 0;
        }
      used += (gsize) printf ("%s%s", used > 0 ? " " : "", words[i]);
    }
  putchar ('\n');
}

/* `words` are parted by `|`; those in capitals stand for something. */
static void
add_words (GString *out, const char *words)
{
  g_auto (GStrv) parts = g_strsplit (words, "|", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_string_append (out, i == 0 ? "" : parts[i + 1] == NULL ? " or " : ", ");
      add_escaped (out, parts[i]);
    }
}

static void
add_value (GString *out, const TnKey *key)
{
  add_escaped (out, TYPES[key->type]);
  if (key->words != NULL)
    {
      g_string_append_c (out, ' ');
      add_words (out, key->words);
    }
  if (key->most != 0 || key->least != 0)
    {
      g_autofree char *range = g_strdup_printf (", from %d to %d", key->least, key->most);
      add_escaped (out, range);
    }
  if ((key->flags & TN_KEY_MANY) != 0)
    g_string_append (out, "; one, or several in brackets");
}

static void
add_group (GString *out, const TnKey *key)
{
  const gboolean is_many = (key->flags & TN_KEY_MANY) != 0;
  g_string_append (out, is_many ? "groups: ( { \\&... } )" : "a group: { \\&... }");
  g_string_append (out, ", see \\(lq");
  add_escaped (out, key->inner);
  g_string_append (out, "\\(rq");
}

static void
print_sentence (const char *beginning, const char *rest)
{
  g_autoptr (GString) text = g_string_new (beginning);
  add_escaped (text, rest);
  if (beginning[0] == '\0')
    text->str[0] = g_ascii_toupper (text->str[0]);
  g_string_append_c (text, '.');
  print_filled (text);
}

static void
print_key (const TnKey *key)
{
  g_autoptr (GString) value = g_string_new ("Value: ");
  printf (".TP\n.B %s\n", key->name); /* of letters and underscores */
  print_sentence ("", key->help);
  if (key->type == TN_KEY_GROUP)
    add_group (value, key);
  else
    add_value (value, key);
  g_string_append_c (value, '.');
  fputs (".br\n", stdout);
  print_filled (value);
  if ((key->flags & TN_KEY_REQUIRED) != 0)
    fputs (".br\nIt must be given.\n", stdout);
  if (key->preset != NULL)
    {
      fputs (".br\n", stdout);
      print_sentence ("When not given: ", key->preset);
    }
}

static void
print_kind (const char *kind)
{
  g_autoptr (GString) title = g_string_new (".SS ");
  add_escaped (title, kind);
  puts (title->str);
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
