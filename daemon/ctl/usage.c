/* Help texts, from the same table that the parser works by. Somebody who needs help knows what they
 * want to do and not what it is called here: so the commands stand by what they are for. */
#include "ctl/usage.h"

#include "ctl/palette.h"
#include "base/paragraph.h"
#include "model/catalogue.h"

#include <string.h>

/* Summaries begin in the same column, so do options. */
enum
{
  COLUMN = 30
};

/* Where help is written to, and how. */
typedef struct
{
  FILE *out;
  TnLanguage language;
  TnScreen screen;
  guint width;
} Sheet;

typedef struct
{
  TnTopic topic;
  const char *heading;
  const char *example;
} Topic;

static const Topic TOPICS[] = {
  { TN_TOPIC_BEGIN, N_ ("Begin"), "turnusctl check --charter 7by.conf" },
  { TN_TOPIC_PLAN, N_ ("See who hosts what, when, and why"),
    "turnusctl hosts studietur --charter 7by.conf" },
  { TN_TOPIC_CALENDARS, N_ ("Keep the calendars in step"), "turnusctl status" },
  { TN_TOPIC_ANSWER, N_ ("Answer what people changed"), "turnusctl proposals" },
  { TN_TOPIC_DECIDE, N_ ("Take a decision"),
    "turnusctl move 7by/erfa/2027 2027-10-05 --for esbjerg --dry-run" },
  { TN_TOPIC_KEEP, N_ ("Keep copies"), "turnusctl export --config turnus.conf -o 7by-2.conf" },
};
G_STATIC_ASSERT (G_N_ELEMENTS (TOPICS) == TN_N_TOPICS);

static const char EXIT_CODES[]
    = N_ ("Exit codes: 0 done, 1 failed, 2 wrong usage or settings, 3 done but something waits for "
          "a person.");

static Sheet
open_sheet (FILE *out, TnLanguage language)
{
  Sheet sheet = { .out = out, .language = language, .screen = tn_screen_look (out) };
  sheet.width = tn_screen_get_text_width (&sheet.screen);
  return sheet;
}

static void
print_heading (const Sheet *sheet, const char *text)
{
  fprintf (sheet->out, "%s%s%s\n", tn_palette_begin (&sheet->screen, TN_TINT_HEADING), text,
           tn_palette_end (&sheet->screen, TN_TINT_HEADING));
}

static void
print_paragraph (const Sheet *sheet, const char *first, const char *rest, const char *text)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  tn_paragraph_append (lines, first, rest, text, sheet->width);
  fputs (lines->str, sheet->out);
}

/* What is wider than its column has a line of its own. */
static void
print_row (const Sheet *sheet, const char *left, const char *right)
{
  guint column = MIN (COLUMN, sheet->width / 2);
  guint used = tn_paragraph_measure (left) + 2;
  gboolean is_wide = used + 2 > column;
  g_autofree char *rest = g_strnfill (column, ' ');
  g_autofree char *first
      = g_strdup_printf ("  %s%*s", left, is_wide ? 0 : (int) (column - used), "");
  if (is_wide)
    fprintf (sheet->out, "  %s\n", left);
  print_paragraph (sheet, is_wide ? rest : first, rest, right);
}

static void
print_topic (const Sheet *sheet, const Topic *topic, const TnCommand *const *commands)
{
  print_heading (sheet, tn_say (sheet->language, topic->heading));
  for (gsize i = 0; commands[i] != NULL; i++)
    {
      if (commands[i]->topic != topic->topic)
        continue;
      g_autofree char *left = g_strdup_printf ("%s %s", commands[i]->name, commands[i]->arguments);
      print_row (sheet, g_strchomp (left), tn_say (sheet->language, commands[i]->summary));
    }
  g_autofree char *line
      = g_strdup_printf (tn_say (sheet->language, "for example: %s"), topic->example);
  fprintf (sheet->out, "    %s\n\n", line);
}

/**
 * tn_usage_print_all:
 * @commands: ended by %NULL
 */
void
tn_usage_print_all (const TnCommand *const *commands, TnLanguage language, FILE *out)
{
  Sheet sheet = open_sheet (out, language);
  fprintf (out, "%s\n\n", tn_say (language, "usage: turnusctl COMMAND [OPTION…]"));
  print_paragraph (&sheet, "", "",
                   tn_say (language, "Who hosts what and when, and why: from the charter of a "
                                     "collaboration."));
  fputc ('\n', out);
  for (gsize i = 0; i < G_N_ELEMENTS (TOPICS); i++)
    print_topic (&sheet, &TOPICS[i], commands);
  print_paragraph (
      &sheet, "", "",
      tn_say (language,
              "What looks at a charter needs no daemon: say which with --charter FILE, or "
              "with --config FILE the settings that name it. The rest is answered by "
              "turnusd, and --config says by which."));
  fputc ('\n', out);
  print_paragraph (&sheet, "", "",
                   tn_say (language,
                           "Each command: turnusctl COMMAND --help. The program: turnusctl "
                           "--version."));
  print_paragraph (&sheet, "", "", tn_say (language, EXIT_CODES));
}

/* Lines that begin with a blank are examples and lists, and stay as they are; the others are
 * running text, as wide as there is room. */
static void
print_help (const Sheet *sheet, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GString) running = g_string_new (NULL);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      gboolean is_text = lines[i][0] != '\0' && lines[i][0] != ' ';
      if (is_text)
        g_string_append_printf (running, "%s%s", running->len > 0 ? " " : "", lines[i]);
      gboolean is_end = lines[i + 1] == NULL || lines[i + 1][0] == '\0' || lines[i + 1][0] == ' '
                        || g_str_has_prefix (lines[i + 1], "Example");
      if (running->len > 0 && is_end)
        {
          print_paragraph (sheet, "", "", running->str);
          g_string_truncate (running, 0);
        }
      if (!is_text)
        fprintf (sheet->out, "%s\n", lines[i]);
    }
}

static void
print_options (const Sheet *sheet, const TnOption *options)
{
  for (gsize i = 0; options != NULL && options[i].name != NULL; i++)
    {
      g_autofree char *letter
          = options[i].letter != 0 ? g_strdup_printf ("-%c, ", options[i].letter) : g_strdup ("");
      g_autofree char *left = g_strdup_printf ("%s--%s%s%s", letter, options[i].name,
                                               options[i].value != NULL ? " " : "",
                                               options[i].value != NULL ? options[i].value : "");
      print_row (sheet, left, tn_say (sheet->language, options[i].help));
    }
}

/* Those that its author named, else the others of its topic. */
static char *
find_relatives (const TnCommand *command, const TnCommand *const *commands)
{
  if (command->see_also != NULL)
    {
      g_auto (GStrv) names = g_strsplit (command->see_also, " ", -1);
      return g_strjoinv (", ", names);
    }
  GString *names = g_string_new (NULL);
  for (gsize i = 0; commands[i] != NULL; i++)
    if (commands[i]->topic == command->topic && commands[i] != command)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", commands[i]->name);
  return g_string_free (names, FALSE);
}

/**
 * tn_usage_print_command:
 * @commands: all of them, ended by %NULL: its relatives are found there
 */
void
tn_usage_print_command (const TnCommand *command, const TnCommand *const *commands,
                        TnLanguage language, FILE *out)
{
  Sheet sheet = open_sheet (out, language);
  g_autofree char *words = g_strdup_printf ("%s %s", command->name, command->arguments);
  g_autofree char *relatives = find_relatives (command, commands);
  g_autofree char *line
      = g_strdup_printf (tn_say (language, "usage: turnusctl %s [OPTION…]"), g_strchomp (words));
  print_paragraph (&sheet, "", "", line);
  fputc ('\n', out);
  print_help (&sheet, tn_say (language, command->help));
  fputc ('\n', out);
  print_heading (&sheet, tn_say (language, "Options:"));
  print_options (&sheet, command->options);
  print_options (&sheet, tn_call_list_common (command));
  fputc ('\n', out);
  g_autofree char *see_also = g_strdup_printf (tn_say (language, "See also: %s"), relatives);
  print_paragraph (&sheet, "", "", see_also);
  print_paragraph (&sheet, "", "", tn_say (language, EXIT_CODES));
}
