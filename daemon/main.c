/* turnusd: keeps the calendars of collaborating councils in step. */
#include <locale.h>
#include <stdio.h>
#include <sys/resource.h>

#include "base/error.h"
#include "daemon.h"

#define EXIT_FAILED 1
#define EXIT_WRONG 2

/* The command line. */
typedef struct
{
  char *config;  /* (owned) */
  char *plugins; /* (owned) */
  char *today;   /* (owned) */
  gboolean once;
  gboolean check;
  gboolean version;
} Words;

static void
words_clear (Words *words)
{
  g_free (words->config);
  g_free (words->plugins);
  g_free (words->today);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

static int
fail (const GError *error, int exit_code)
{
  fprintf (stderr, "turnusd: %s\n", error->message);
  return exit_code;
}

static gboolean
read_words (Words *words, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[]
      = { { "config", 0, 0, G_OPTION_ARG_FILENAME, &words->config,
            "settings instead of /etc/turnus/turnus.conf", "FILE" },
          { "plugins", 0, 0, G_OPTION_ARG_FILENAME, &words->plugins,
            "plugins instead of those that the settings name", "FOLDER" },
          { "once", 0, 0, G_OPTION_ARG_NONE, &words->once,
            "one pass of every calendar, then stop: 0 done, 1 failed, 3 something waits", NULL },
          { "check", 0, 0, G_OPTION_ARG_NONE, &words->check,
            "read settings and charters, say what is wrong, and stop", NULL },
          { "today", 0, 0, G_OPTION_ARG_STRING, &words->today, "the day stands still", "DATE" },
          { "version", 0, 0, G_OPTION_ARG_NONE, &words->version, "say the version, and stop",
            NULL },
          { NULL } };
  g_autoptr (GOptionContext) options
      = g_option_context_new ("- keep the calendars of collaborating councils in step");
  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, argc, argv, error))
    return FALSE;
  if (*argc > 1)
    g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "'%s' is more than expected; see --help",
                 (*argv)[1]);
  if (words->config == NULL)
    words->config = g_strdup ("/etc/turnus/turnus.conf");
  if (words->plugins == NULL)
    words->plugins = g_strdup (g_getenv ("TURNUS_PLUGINS"));
  return *argc <= 1;
}

static TnClock *
make_clock (const Words *words, GError **error)
{
  TnDate today = 0;
  if (words->today == NULL)
    return tn_clock_new_system ();
  return tn_date_parse (words->today, &today, error) ? tn_clock_new_frozen (today) : NULL;
}

/* The graph: a clock, and the daemon around it. */
static int
run (const Words *words)
{
  const TnDaemonPlace place = { .config = words->config, .plugins = words->plugins };
  g_autoptr (GError) error = NULL;
  g_autoptr (TnClock) clock = make_clock (words, &error);
  if (clock == NULL || (words->check && !tn_daemon_check (&place, &error)))
    return fail (error, EXIT_WRONG);
  if (words->check)
    return 0;
  g_autoptr (TnDaemon) daemon = tn_daemon_new (&place, clock, &error);
  if (daemon == NULL)
    return fail (error, tn_error_is_invalid (error) ? EXIT_WRONG : EXIT_FAILED);
  return words->once ? tn_daemon_run_once (daemon) : tn_daemon_run (daemon);
}

int
main (int argc, char **argv)
{
  const struct rlimit no_core = { 0, 0 };
  g_auto (Words) words = { 0 };
  g_autoptr (GError) error = NULL;
  setlocale (LC_CTYPE, "");
  setlocale (LC_MESSAGES, "");
  setrlimit (RLIMIT_CORE, &no_core); /* a core would hold what calendars say (hazard 103) */
  g_log_writer_default_set_use_stderr (TRUE);
  if (!read_words (&words, &argc, &argv, &error))
    return fail (error, EXIT_WRONG);
  if (words.version)
    {
      puts ("turnusd " TN_VERSION);
      return 0;
    }
  return run (&words);
}
