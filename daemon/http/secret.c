/* Secrets, and where they come from: a file of the daemon's user alone, a systemd credential, or a
 * command that prints it. They never reach a log, an argument, the environment, the state or an
 * error (promise 11); an error says where the secret was looked for. */
#include "http/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/loop.h"

#define SECRET_MOST 16384 /* bytes; a token of Microsoft's has about 3,000 */

static const guint COMMAND_MOST_S = 30;

struct _TnSecret
{
  char *text; /* (owned) */
};

/* The compiler may not leave it out, as it may a memset before a free. */
void
tn_secret_wipe (char *text)
{
  if (text != NULL)
    explicit_bzero (text, strlen (text));
}

/**
 * tn_secret_new:
 * @bytes: what was read; one line end at its end is none of it
 *
 * Errors: %TN_ERROR_AUTH when it is empty, or has control characters.
 * Returns: (transfer full) (nullable)
 */
TnSecret *
tn_secret_new (const char *bytes, gsize length, GError **error)
{
  if (length > 0 && bytes[length - 1] == '\n')
    length--;
  if (length > 0 && bytes[length - 1] == '\r')
    length--;
  gboolean is_line = length > 0;
  for (gsize i = 0; i < length; i++)
    is_line = is_line && !g_ascii_iscntrl (bytes[i]);
  if (!is_line)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_AUTH, "the secret is %s, expected one line",
                   length == 0 ? "empty" : "not one line");
      return NULL;
    }
  TnSecret *secret = g_atomic_rc_box_new0 (TnSecret);
  secret->text = g_strndup (bytes, length);
  return secret;
}

/**
 * tn_secret_new_lines:
 * @bytes: what was read, a key in PEM
 *
 * Errors: %TN_ERROR_AUTH when it is empty, or no text.
 * Returns: (transfer full) (nullable)
 */
TnSecret *
tn_secret_new_lines (const char *bytes, gsize length, GError **error)
{
  if (length == 0 || memchr (bytes, '\0', length) != NULL)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_AUTH, "the secret is %s, expected a key in PEM",
                   length == 0 ? "empty" : "no text");
      return NULL;
    }
  TnSecret *secret = g_atomic_rc_box_new0 (TnSecret);
  secret->text = g_strndup (bytes, length);
  return secret;
}

static TnSecret *
make (const char *bytes, gsize length, gboolean has_lines, GError **error)
{
  return has_lines ? tn_secret_new_lines (bytes, length, error)
                   : tn_secret_new (bytes, length, error);
}

TnSecret *
tn_secret_ref (TnSecret *secret)
{
  return g_atomic_rc_box_acquire (secret);
}

static void
secret_clear (TnSecret *secret)
{
  tn_secret_wipe (secret->text);
  g_free (secret->text);
}

void
tn_secret_unref (TnSecret *secret)
{
  if (secret != NULL)
    g_atomic_rc_box_release_full (secret, (GDestroyNotify) secret_clear);
}

const char *
tn_secret_borrow (const TnSecret *secret)
{
  return secret->text;
}

gboolean
tn_secret_equal (const TnSecret *secret, const TnSecret *other)
{
  return strcmp (secret->text, other->text) == 0;
}

/* Source: hazard 101. */
static gboolean
check_rights (const char *path, const struct stat *status, gboolean is_credential, GError **error)
{
  if (!S_ISREG (status->st_mode))
    g_set_error (error, TN_ERROR, TN_ERROR_AUTH, "%s is no regular file", path);
  /* systemd guards the folder of its credentials; its ACL looks like rights of the group. */
  else if (!is_credential && (status->st_mode & (S_IRWXG | S_IRWXO)) != 0)
    g_set_error (error, TN_ERROR, TN_ERROR_AUTH,
                 "others may read %s, expected a file of the daemon's user alone: chmod 600", path);
  else
    return TRUE;
  return FALSE;
}

static TnSecret *
read_descriptor (int fd, gboolean has_lines, GError **error)
{
  char bytes[SECRET_MOST + 1];
  gsize length = 0;
  gssize n = 0;
  while (
      length < sizeof bytes
      && ((n = read (fd, bytes + length, sizeof bytes - length)) > 0 || (n < 0 && errno == EINTR)))
    length += n > 0 ? (gsize) n : 0;
  TnSecret *secret = NULL;
  if (n < 0)
    g_set_error (error, TN_ERROR, TN_ERROR_AUTH, "%s", g_strerror (errno));
  else if (length > SECRET_MOST)
    g_set_error (error, TN_ERROR, TN_ERROR_AUTH, "it has more than %d bytes", SECRET_MOST);
  else
    secret = make (bytes, length, has_lines, error);
  explicit_bzero (bytes, sizeof bytes);
  return secret;
}

/* A FIFO must not block: opened so, and refused by its kind. */
static TnSecret *
read_file (const char *path, gboolean is_credential, gboolean has_lines, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_AUTH, "%s: %s", path, g_strerror (errno));
      return NULL;
    }
  struct stat status;
  TnSecret *secret = NULL;
  if (fstat (fd, &status) == 0 && check_rights (path, &status, is_credential, error))
    {
      secret = read_descriptor (fd, has_lines, error);
      if (secret == NULL)
        g_prefix_error (error, "%s: ", path);
    }
  close (fd);
  return secret;
}

static TnSecret *
read_credential (const char *name, gboolean has_lines, GError **error)
{
  const char *folder = g_getenv ("CREDENTIALS_DIRECTORY");
  if (strchr (name, '/') != NULL || *name == '.' || folder == NULL)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_AUTH, "credential %s: %s", name,
                   folder == NULL ? "systemd gave none; say LoadCredential= in the unit"
                                  : "not a name of one");
      return NULL;
    }
  g_autofree char *path = g_build_filename (folder, name, NULL);
  return read_file (path, TRUE, has_lines, error);
}

/**
 * tn_secret_read_file:
 *
 * Errors: %TN_ERROR_AUTH, also when others may read it.
 * Returns: (transfer full) (nullable)
 */
TnSecret *
tn_secret_read_file (const char *path, GError **error)
{
  return read_file (path, FALSE, FALSE, error);
}

/* A command under way: start -> output -> exit. */
typedef struct
{
  GSubprocess *process; /* (owned) */
  GCancellable *stop;   /* (owned) of ours: the deadline, or the caller's */
  GSource *alarm;       /* (owned) */
  GSource *cancel;      /* (owned) (nullable) */
  gboolean has_lines;
  gsize length;
  char bytes[SECRET_MOST + 1];
} Run;

static void
run_free (Run *run)
{
  tn_loop_clear_source (&run->alarm);
  tn_loop_clear_source (&run->cancel);
  if (run->process != NULL)
    g_subprocess_force_exit (run->process);
  g_clear_object (&run->process);
  g_clear_object (&run->stop);
  explicit_bzero (run->bytes, sizeof run->bytes);
  g_free (run);
}

static gboolean
on_alarm (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
on_exited (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;
  if (!g_subprocess_wait_check_finish (run->process, result, NULL))
    {
      g_task_return_new_error (task, TN_ERROR, TN_ERROR_AUTH,
                               "the command for the secret failed or took more than %u s",
                               COMMAND_MOST_S);
      return;
    }
  TnSecret *secret = make (run->bytes, run->length, run->has_lines, &error);
  if (secret == NULL)
    {
      g_prefix_error (&error, "output of the command for the secret: ");
      g_task_return_error (task, error);
    }
  else
    g_task_return_pointer (task, secret, (GDestroyNotify) tn_secret_unref);
}

static void
on_printed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;
  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &run->length, &error)
      || run->length > SECRET_MOST)
    {
      g_task_return_new_error (task, TN_ERROR, TN_ERROR_AUTH, "the command for the secret %s",
                               error != NULL ? "printed nothing in time" : "prints too much");
      g_clear_error (&error);
      return;
    }
  g_subprocess_wait_check_async (run->process, run->stop, on_exited, g_steal_pointer (&task));
}

static void
run_command (GTask *owned_task, const TnSecretPlace *place)
{
  g_autoptr (GTask) task = owned_task;
  g_autoptr (GError) error = NULL;
  Run *run = g_new0 (Run, 1);
  run->has_lines = place->has_lines;
  g_task_set_task_data (task, run, (GDestroyNotify) run_free);
  run->process = g_subprocess_newv (
      (const char *const *) place->command,
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);
  if (run->process == NULL)
    {
      g_task_return_new_error (task, TN_ERROR, TN_ERROR_AUTH,
                               "the command for the secret cannot be started: %s", error->message);
      return;
    }
  run->stop = g_cancellable_new ();
  run->alarm = g_timeout_source_new_seconds (COMMAND_MOST_S);
  g_source_set_callback (run->alarm, on_alarm, run->stop, NULL);
  g_source_attach (run->alarm, NULL);
  if (g_task_get_cancellable (task) != NULL)
    {
      run->cancel = g_cancellable_source_new (g_task_get_cancellable (task));
      g_source_set_callback (run->cancel, G_SOURCE_FUNC (on_cancelled), run->stop, NULL);
      g_source_attach (run->cancel, NULL);
    }
  g_input_stream_read_all_async (g_subprocess_get_stdout_pipe (run->process), run->bytes,
                                 sizeof run->bytes, G_PRIORITY_DEFAULT, run->stop, on_printed,
                                 g_steal_pointer (&task));
}

/**
 * tn_secret_load_async:
 * @place: where it is kept; one of its ways is set
 *
 * Errors: %TN_ERROR_AUTH, saying where it was looked for.
 */
void
tn_secret_load_async (const TnSecretPlace *place, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, tn_secret_load_async);
  GError *error = NULL;
  TnSecret *secret = NULL;
  if (place->command != NULL)
    {
      run_command (g_steal_pointer (&task), place);
      return;
    }
  if (place->file != NULL)
    secret = read_file (place->file, FALSE, place->has_lines, &error);
  else if (place->credential != NULL)
    secret = read_credential (place->credential, place->has_lines, &error);
  else
    error = g_error_new (TN_ERROR, TN_ERROR_AUTH, "the settings do not say where the secret is");
  if (secret == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, secret, (GDestroyNotify) tn_secret_unref);
}

TnSecret *
tn_secret_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
