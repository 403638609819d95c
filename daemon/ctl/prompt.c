/* Questions, asked on stderr so that an answer that is piped stays clean, and only where a person
 * can answer: both ends must be a terminal. */
#include "ctl/prompt.h"

#include "base/error.h"
#include "ctl/palette.h"
#include "model/catalogue.h"

#include <string.h>
#include <termios.h>
#include <unistd.h>

/* A line that somebody types; more is a file that ran into the terminal. */
enum
{
  MAX_LINE = 4096,
  INTERRUPT = 3
};

/**
 * tn_prompt_is_there:
 *
 * Returns: whether there is somebody to ask
 */
gboolean
tn_prompt_is_there (const TnCall *call)
{
  return isatty (STDIN_FILENO) && tn_screen_look (call->err).is_terminal;
}

/* Byte by byte, so that what stands behind the line is left for the next question.
 *
 * Returns: (transfer full) (nullable): %NULL at the end: Ctrl-D, or a terminal that is gone */
static char *
read_line (void)
{
  g_autoptr (GString) line = g_string_new (NULL);
  char letter = '\0';
  gssize n = 0;
  while (line->len < MAX_LINE && (n = read (STDIN_FILENO, &letter, 1)) == 1 && letter != '\n'
         && letter != INTERRUPT)
    g_string_append_c (line, letter);
  if (n <= 0 || letter == INTERRUPT)
    return NULL;
  return g_strstrip (g_utf8_make_valid (line->str, -1));
}

/**
 * tn_prompt_ask:
 * @usual: (nullable): what an empty answer means; shown behind the question
 *
 * Returns: (transfer full) (nullable): the answer; %NULL when there will be none (Ctrl-D)
 */
char *
tn_prompt_ask (const TnCall *call, const char *question, const char *usual)
{
  TnScreen screen = tn_screen_look (call->err);
  fprintf (call->err, "%s%s%s%s%s%s ", tn_palette_begin (&screen, TN_TINT_HEADING), question,
           tn_palette_end (&screen, TN_TINT_HEADING), usual != NULL ? " [" : "",
           usual != NULL ? usual : "", usual != NULL ? "]" : "");
  fflush (call->err);
  g_autofree char *line = read_line ();
  if (line == NULL)
    fputc ('\n', call->err);
  if (line != NULL && *line == '\0' && usual != NULL)
    return g_strdup (usual);
  return g_steal_pointer (&line);
}

/**
 * tn_prompt_ask_secret:
 *
 * As tn_prompt_ask(); what is typed is not shown. Ctrl-C ends it as Ctrl-D does, and as a letter: a
 * signal would leave the terminal mute.
 */
char *
tn_prompt_ask_secret (const TnCall *call, const char *question)
{
  struct termios shown;
  if (tcgetattr (STDIN_FILENO, &shown) != 0)
    return NULL;
  struct termios hidden = shown;
  hidden.c_lflag &= ~(tcflag_t) (ECHO | ISIG);
  hidden.c_cc[VEOL] = INTERRUPT;
  if (tcsetattr (STDIN_FILENO, TCSAFLUSH, &hidden) != 0)
    return NULL;
  char *answer = tn_prompt_ask (call, question, NULL);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &shown);
  if (answer != NULL)
    fputc ('\n', call->err);
  return answer;
}

/**
 * tn_prompt_confirm:
 * @question: to be answered with yes or no; anything else is no
 */
gboolean
tn_prompt_confirm (const TnCall *call, const char *question)
{
  const char *yes = tn_say_in (call->language, "answer", "yes");
  const char *no = tn_say_in (call->language, "answer", "no");
  g_autofree char *choice = g_strdup_printf ("%s/%s", yes, no);
  g_autofree char *whole = g_strdup_printf ("%s (%s)", question, choice);
  g_autofree char *answer = tn_prompt_ask (call, whole, no);
  g_autofree char *small = answer != NULL ? g_utf8_strdown (answer, -1) : g_strdup ("");
  return *small != '\0' && (g_str_has_prefix (yes, small) || g_str_has_prefix ("yes", small));
}

/**
 * tn_prompt_allows:
 * @question: about something that is hard to take back
 *
 * Asks somebody who sits there, unless `--yes` was given. A script is not asked: it has said what
 * it means.
 *
 * Errors: %TN_ERROR_FAILED when the answer was no.
 */
gboolean
tn_prompt_allows (const TnCall *call, const char *question, GError **error)
{
  if (tn_call_has_option (call, "yes") || !tn_prompt_is_there (call)
      || tn_prompt_confirm (call, question))
    return TRUE;
  g_set_error_literal (error, TN_ERROR, TN_ERROR_FAILED,
                       tn_say (call->language, "nothing is done: the answer was not yes"));
  return FALSE;
}
