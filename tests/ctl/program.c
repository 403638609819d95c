/* Runs turnusctl with arguments, in a given zone and locale, on the day 2026-11-22, and keeps it
 * off the state of a turnus that may run on this machine. */
#include "program.h"

#include <string.h>

static const char TODAY[] = "2026-11-22";

static const char *
find_binary (void)
{
  const char *path = g_getenv ("TURNUSCTL");
  g_assert_nonnull (path); /* set by tests/ctl/meson.build */
  return path;
}

static Run *
communicate (GSubprocessLauncher *launcher, const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  Run *run = g_new0 (Run, 1);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &run->out, &run->err, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process)); /* no signal, no sanitizer's abort */
  run->code = g_subprocess_get_exit_status (process);
  run->answer = json_from_string (run->out, NULL);
  return run;
}

/**
 * program_run_as:
 * @arguments: with the command; `--today` is added unless they say it
 */
Run *
program_run_as (const char *zone, const char *locale, const char *const *arguments)
{
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_subprocess_launcher_setenv (launcher, "TZ", zone, TRUE);
  g_subprocess_launcher_setenv (launcher, "LC_ALL", locale, TRUE);
  g_subprocess_launcher_setenv (launcher, "LANG", locale, TRUE);
  g_subprocess_launcher_unsetenv (launcher, "STATE_DIRECTORY");
  g_subprocess_launcher_setenv (launcher, "XDG_STATE_HOME", "/nonexistent", TRUE);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_ptr_array_add (argv, (gpointer) find_binary ());
  for (gsize i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) arguments[i]);
  if (arguments[0] != NULL && arguments[0][0] != '-' && strcmp (arguments[0], "help") != 0
      && !g_strv_contains (arguments, "--today"))
    {
      g_ptr_array_add (argv, "--today");
      g_ptr_array_add (argv, (gpointer) TODAY);
    }
  g_ptr_array_add (argv, NULL);
  return communicate (launcher, (const char *const *) argv->pdata);
}

Run *
program_run (const char *first, ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  va_list args;
  va_start (args, first);
  for (const char *word = first; word != NULL; word = va_arg (args, const char *))
    g_ptr_array_add (arguments, (gpointer) word);
  va_end (args);
  g_ptr_array_add (arguments, NULL);
  return program_run_as ("UTC", "C.UTF-8", (const char *const *) arguments->pdata);
}

void
run_free (Run *run)
{
  g_free (run->out);
  g_free (run->err);
  g_clear_pointer (&run->answer, json_node_unref);
  g_free (run);
}

/**
 * run_count:
 *
 * Returns: how many elements the answer, an array, has
 */
guint
run_count (const Run *run)
{
  g_assert_cmpstr (run->err, ==, "");
  g_assert_cmpint (run->code, ==, 0);
  g_assert_nonnull (run->answer);
  return json_array_get_length (json_node_get_array (run->answer));
}

/**
 * run_find:
 *
 * Returns: (transfer none): the first object of the answer whose @member is @value
 */
JsonObject *
run_find (const Run *run, const char *member, const char *value)
{
  for (guint i = 0; i < run_count (run); i++)
    {
      JsonObject *object = json_array_get_object_element (json_node_get_array (run->answer), i);
      if (g_strcmp0 (json_object_get_string_member (object, member), value) == 0)
        return object;
    }
  g_test_message ("no %s %s in: %s", member, value, run->out);
  g_assert_not_reached ();
}

char *
program_dup_source (const char *path)
{
  g_autofree char *full = g_build_filename (g_getenv ("TURNUS_SOURCE"), path, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  g_file_get_contents (full, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/**
 * program_dup_changed:
 *
 * Returns: (transfer full): @text with @to in place of @from, which must stand there once
 */
char *
program_dup_changed (const char *text, const char *from, const char *to)
{
  g_auto (GStrv) parts = g_strsplit (text, from, -1);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  return g_strjoinv (to, parts);
}

/**
 * program_write:
 *
 * Returns: (transfer full): the path of the file
 */
char *
program_write (const char *folder, const char *name, const char *text)
{
  char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}
