/* One use of a command. GOption does the parsing; values are taken as bytes that must be UTF-8, not
 * by the locale, so that `--note "Århus"` means the same in every one of them (promise 9). */
#include "ctl/call.h"

#include "base/clock.h"
#include "base/encode.h"
#include "base/error.h"
#include "base/log.h"
#include "charter/household.h"
#include "ctl/command.h"
#include "ctl/tongue.h"
#include "model/catalogue.h"

#include <string.h>

/* Where settings are when nobody says it. */
static const char SETTINGS_PATH[] = "/etc/turnus/turnus.conf";

/* What commands take that read charters themselves … */
static const TnOption OFFLINE[] = {
  { "charter", "FILE", N_ ("read this charter (may be given several times)"), 'c', TRUE },
  { "config", "FILE", N_ ("read the charters that these settings name"), 0, FALSE },
  { "holidays", "FOLDER",
    N_ ("holiday files; else `holidays` near the charter, else installed ones"), 0, FALSE },
  { "today", "DATE", N_ ("what is past and what is to come is seen from this day"), 0, FALSE },
  { "council", "COUNCIL", N_ ("of the councils that the settings include, this one"), 0, FALSE },
  { "json", NULL, N_ ("answer for programs"), 0, FALSE },
  { "help", NULL, N_ ("say what the command does"), 'h', FALSE },
  { NULL, NULL, NULL, 0, FALSE },
};

/* … and those that the daemon answers. */
static const TnOption ONLINE[] = {
  { "config", "FILE", N_ ("settings of the daemon: they say where its control socket is"), 0,
    FALSE },
  { "socket", "FILE", N_ ("the daemon's control socket"), 0, FALSE },
  { "council", "COUNCIL", N_ ("of the councils that the settings include, this one"), 0, FALSE },
  { "json", NULL, N_ ("answer for programs"), 0, FALSE },
  { "help", NULL, N_ ("say what the command does"), 'h', FALSE },
  { NULL, NULL, NULL, 0, FALSE },
};

/**
 * tn_call_list_common:
 *
 * Returns: (transfer none): the options that @command takes beside its own, ended by a name %NULL
 */
const TnOption *
tn_call_list_common (const TnCommand *command)
{
  return command->needs_daemon ? ONLINE : OFFLINE;
}

/**
 * tn_call_new:
 * @out: (unowned): for the answer
 * @err: (unowned): for what went wrong
 */
TnCall *
tn_call_new (const TnCommand *command, FILE *out, FILE *err)
{
  TnCall *call = g_new0 (TnCall, 1);
  call->command = command;
  call->words = g_new0 (char *, 1);
  call->options
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  call->language = tn_tongue_find ();
  call->out = out;
  call->err = err;
  return call;
}

void
tn_call_free (TnCall *call)
{
  if (call == NULL)
    return;
  g_strfreev (call->words);
  g_hash_table_unref (call->options);
  g_free (call);
}

static const TnOption *
find_in (const TnOption *options, const char *dashed)
{
  for (gsize i = 0; options != NULL && options[i].name != NULL; i++)
    if (dashed[1] == '-' ? strcmp (options[i].name, dashed + 2) == 0
                         : options[i].letter != 0 && options[i].letter == dashed[1])
      return &options[i];
  return NULL;
}

static gboolean
on_option (const char *dashed, const char *value, gpointer user_data, GError **error)
{
  TnCall *call = user_data;
  const TnOption *option = find_in (tn_call_list_common (call->command), dashed);
  if (option == NULL)
    option = find_in (call->command->options, dashed);
  g_assert (option != NULL); /* GOption knows only ours */

  if (value != NULL && !g_utf8_validate (value, -1, NULL))
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "%s is not UTF-8", dashed);
      return FALSE;
    }
  GPtrArray *values = g_hash_table_lookup (call->options, option->name);
  if (values != NULL && !option->is_list)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "%s is given twice: once is enough", dashed);
      return FALSE;
    }
  if (values == NULL)
    {
      values = g_ptr_array_new_null_terminated (1, g_free, TRUE);
      g_hash_table_insert (call->options, (gpointer) option->name, values);
    }
  g_ptr_array_add (values, g_strdup (value != NULL ? value : ""));
  return TRUE;
}

/* GOption takes `--json=no` for `--json`. */
static gboolean
check_flags (const TnCall *call, const char *const *arguments, GError **error)
{
  for (gsize i = 0; arguments[i] != NULL && strcmp (arguments[i], "--") != 0; i++)
    {
      const char *equals
          = g_str_has_prefix (arguments[i], "--") ? strchr (arguments[i], '=') : NULL;
      if (equals == NULL)
        continue;
      g_autofree char *dashed = g_strndup (arguments[i], (gsize) (equals - arguments[i]));
      const TnOption *option = find_in (tn_call_list_common (call->command), dashed);
      if (option == NULL)
        option = find_in (call->command->options, dashed);
      if (option == NULL || option->value != NULL)
        continue;
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                   "%s takes no value: leave out what follows it", dashed);
      return FALSE;
    }
  return TRUE;
}

static void
add_entries (GArray *entries, const TnOption *options)
{
  for (gsize i = 0; options != NULL && options[i].name != NULL; i++)
    {
      GOptionEntry entry
          = { .long_name = options[i].name,
              .short_name = options[i].letter,
              .flags = options[i].value == NULL ? G_OPTION_FLAG_NO_ARG : G_OPTION_FLAG_FILENAME,
              .arg = G_OPTION_ARG_CALLBACK,
              .arg_data = (gpointer) on_option,
              .arg_description = options[i].value };
      g_array_append_val (entries, entry);
    }
}

/* An option that is not there: the one that was probably meant, of its own and of the others. */
static const char *
find_nearest (const TnCall *call, const char *dashed)
{
  const TnOption *const lists[] = { call->command->options, tn_call_list_common (call->command) };
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    for (gsize j = 0; lists[i] != NULL && lists[i][j].name != NULL; j++)
      g_ptr_array_add (names, (gpointer) lists[i][j].name);
  g_ptr_array_add (names, NULL);
  g_autofree char *name = g_strndup (dashed, strcspn (dashed, "="));
  return tn_encode_find_nearest (name, (const char *const *) names->pdata);
}

/* GOption stops at the first word that it does not know, and leaves it in its place. */
static char *
describe_unknown (const TnCall *call, char **arguments)
{
  for (gsize i = 1; arguments[i] != NULL; i++)
    {
      const char *nearest = g_str_has_prefix (arguments[i], "--") && arguments[i][2] != '\0'
                                ? find_nearest (call, arguments[i] + 2)
                                : NULL;
      g_autofree char *shown = g_utf8_make_valid (arguments[i], -1);
      g_autofree char *name = g_strndup (shown, strcspn (shown, "="));
      if (find_in (tn_call_list_common (call->command), name) != NULL
          || find_in (call->command->options, name) != NULL || nearest == NULL)
        continue;
      return g_strdup_printf (tn_say (call->language, "there is no option %s: did you mean --%s?"),
                              name, nearest);
    }
  return NULL;
}

static gboolean
parse (TnCall *call, char ***arguments, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_option_context_set_help_enabled (context, FALSE); /* ours does not go by the locale */
  g_autoptr (GArray) entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));
  add_entries (entries, tn_call_list_common (call->command));
  add_entries (entries, call->command->options);
  GOptionGroup *group = g_option_group_new ("turnusctl", "", "", call, NULL);
  g_option_group_add_entries (group, (const GOptionEntry *) (gpointer) entries->data);
  g_option_context_set_main_group (context, group);

  g_autoptr (GError) cause = NULL;
  if (g_option_context_parse_strv (context, arguments, &cause))
    return TRUE;
  g_autofree char *unknown = g_error_matches (cause, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION)
                                 ? describe_unknown (call, *arguments)
                                 : NULL;
  if (unknown != NULL)
    {
      g_set_error_literal (error, TN_ERROR, TN_ERROR_INVALID, unknown);
      return FALSE;
    }
  char *message = g_utf8_make_valid (cause->message, -1);
  message[0] = g_ascii_tolower (message[0]);
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "%s: see turnusctl %s --help", message,
               call->command->name);
  g_free (message);
  return FALSE;
}

static gboolean
take_words (TnCall *call, char **arguments, GError **error)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  gboolean is_end = FALSE;
  for (gsize i = 1; arguments[i] != NULL; i++)
    {
      if (!g_utf8_validate (arguments[i], -1, NULL))
        {
          g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "word %" G_GSIZE_FORMAT " is not UTF-8",
                       i);
          return FALSE;
        }
      if (!is_end && strcmp (arguments[i], "--") == 0)
        is_end = TRUE;
      else
        {
          g_strv_builder_add (words, arguments[i]);
          call->n_words++;
        }
    }
  g_strfreev (call->words);
  call->words = g_strv_builder_end (words);
  return TRUE;
}

static gboolean
check_words (const TnCall *call, GError **error)
{
  const TnCommand *command = call->command;
  if (call->n_words >= command->n_min_words && call->n_words <= command->n_max_words)
    return TRUE;
  if (call->n_words > command->n_max_words)
    g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                 "`%s` is too much: it goes `turnusctl %s%s%s`, see turnusctl %s --help",
                 call->words[command->n_max_words], command->name,
                 command->arguments[0] != '\0' ? " " : "", command->arguments, command->name);
  else
    g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                 "something is missing: it goes `turnusctl %s %s`, see turnusctl %s --help",
                 command->name, command->arguments, command->name);
  return FALSE;
}

/**
 * tn_call_read:
 * @arguments: what stands behind the command's name
 *
 * Errors: %TN_ERROR_INVALID for what the command does not take; with `--help` words are not counted
 */
gboolean
tn_call_read (TnCall *call, const char *const *arguments, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_strv_builder_add (builder, "turnusctl"); /* GOption takes the first for the program's name */
  g_strv_builder_addv (builder, (const char **) arguments);
  g_auto (GStrv) left = g_strv_builder_end (builder);
  if (!check_flags (call, arguments, error) || !parse (call, &left, error)
      || !take_words (call, left, error))
    return FALSE;
  return tn_call_has_option (call, "help") || check_words (call, error);
}

gboolean
tn_call_has_option (const TnCall *call, const char *name)
{
  return g_hash_table_contains (call->options, name);
}

/**
 * tn_call_get_option:
 *
 * Returns: (transfer none) (nullable): the value given with `--NAME`
 */
const char *
tn_call_get_option (const TnCall *call, const char *name)
{
  const GPtrArray *values = g_hash_table_lookup (call->options, name);
  return values != NULL ? g_ptr_array_index (values, values->len - 1) : NULL;
}

/**
 * tn_call_list_option:
 *
 * Returns: (transfer none): all values given with `--NAME`, ended by %NULL
 */
const char *const *
tn_call_list_option (const TnCall *call, const char *name)
{
  static const char *const none[] = { NULL };
  const GPtrArray *values = g_hash_table_lookup (call->options, name);
  return values != NULL ? (const char *const *) values->pdata : none;
}

/**
 * tn_call_set_council:
 *
 * The call is about @council, as if `--council` had named it.
 */
void
tn_call_set_council (TnCall *call, const char *council)
{
  GPtrArray *values = g_ptr_array_new_null_terminated (1, g_free, TRUE);
  g_ptr_array_add (values, g_strdup (council));
  g_hash_table_replace (call->options, (gpointer) "council", values);
}

gboolean
tn_call_wants_json (const TnCall *call)
{
  return tn_call_has_option (call, "json");
}

/**
 * tn_call_find_date:
 * @ret_date: untouched when the option is not given
 *
 * Errors: %TN_ERROR_INVALID when what is given is no date
 */
gboolean
tn_call_find_date (const TnCall *call, const char *name, TnDate *ret_date, GError **error)
{
  const char *text = tn_call_get_option (call, name);
  if (text == NULL || tn_date_parse (text, ret_date, error))
    return TRUE;
  g_prefix_error (error, "--%s: ", name);
  return FALSE;
}

/**
 * tn_call_find_today:
 * @zone: whose day it is when `--today` is not given
 */
gboolean
tn_call_find_today (const TnCall *call, const TnZone *zone, TnDate *ret_today, GError **error)
{
  g_autoptr (TnClock) clock = tn_clock_new_system ();
  *ret_today = tn_clock_today (clock, zone);
  return tn_call_find_date (call, "today", ret_today, error);
}

/**
 * tn_call_load_host:
 *
 * Returns: (transfer full): what `--config` names, else the settings of this machine
 */
TnSettings *
tn_call_load_host (const TnCall *call, GError **error)
{
  const char *path = tn_call_get_option (call, "config");
  if (path != NULL)
    return tn_settings_load (path, error);
  if (g_file_test (SETTINGS_PATH, G_FILE_TEST_EXISTS))
    return tn_settings_load (SETTINGS_PATH, error);
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
               "there is no %s: say which %s with %s, see turnusctl %s --help", SETTINGS_PATH,
               call->command->needs_daemon ? "settings" : "charter",
               call->command->needs_daemon ? "--config FILE" : "--charter FILE or --config FILE",
               call->command->name);
  return NULL;
}

/**
 * tn_call_load_settings:
 *
 * Errors: those of the settings; %TN_ERROR_INVALID when they are of several councils and none is
 *   named.
 * Returns: (transfer full): those of the host, or of the council that `--council` names
 */
TnSettings *
tn_call_load_settings (const TnCall *call, GError **error)
{
  const char *council = tn_call_get_option (call, "council");
  g_autoptr (TnSettings) host = tn_call_load_host (call, error);
  if (host == NULL)
    return NULL;
  if (council != NULL)
    return tn_household_load (host, council, error);
  if (host->council != NULL)
    return g_steal_pointer (&host);
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
               "%s has several councils: say of which with --council ID", host->path);
  return NULL;
}

/**
 * tn_call_print:
 *
 * Writes UTF-8 as it is: nothing of the locale changes an answer.
 */
void
tn_call_print (const TnCall *call, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  fputs (text, call->out);
}

void
tn_call_print_json (const TnCall *call, JsonNode *node)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_indent (generator, 2);
  json_generator_set_root (generator, node);
  g_autofree char *text = json_generator_to_data (generator, NULL);
  fputs (text, call->out);
  fputc ('\n', call->out);
}

/* A reader reports many errors, each on a line of its own: each gets our name, and none can send
 * the terminal a control sequence from a hostile file. */
static void
complain (const TnCall *call, const char *kind, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *safe = tn_log_make_safe (lines[i]);
      if (safe[0] != '\0')
        fprintf (call->err, "turnusctl: %s%s\n", kind, safe);
    }
}

void
tn_call_warn (const TnCall *call, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  complain (call, "warning: ", text);
}

/**
 * tn_call_fail:
 *
 * Returns: the exit code that says what kind of failure it was
 */
int
tn_call_fail (const TnCall *call, const GError *error)
{
  complain (call, "", error->message);
  return tn_error_is_invalid (error) ? TN_EXIT_USAGE : TN_EXIT_FAILED;
}
