/* `ledger.txt`: one line for each decision, appended after the commit and never rewritten, but
 * where a note was blanked (design section 10). The database is what counts; the file is for
 * people, for paper and for the day on which there is no turnus any more. Each line has the id at a
 * fixed place, where no text of a person can pretend to be one, so that lines lost in a crash are
 * known and added again. */
#include "store/ledger-text.h"

#include "base/error.h"
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* `2027-01-12 ` comes before the id. */
#define ID_START 11
#define ID_LENGTH 16

static const char NOTE[] = "; note ";

static void
add_part (GString *line, const char *lead, const char *text)
{
  if (text == NULL)
    return;
  g_autofree char *safe = tn_log_make_safe (text);
  g_string_append_printf (line, "%s%s", lead, safe);
}

static void
add_date (GString *line, const char *lead, TnDate date)
{
  if (date == TN_DATE_NONE)
    return;
  g_autofree char *text = tn_date_to_string (date);
  g_string_append_printf (line, "%s%s", lead, text);
}

/**
 * tn_ledger_text_format:
 *
 * Returns: (transfer full): such as `2026-11-01 0f3c… 7by/studietur/2027: date 2027-05-18,
 * confirmed; by odense as host; source command anna; note …`, with its line feed
 */
char *
tn_ledger_text_format (const TnDecision *decision)
{
  GString *line = g_string_new (NULL);
  add_date (line, "", decision->on);
  add_part (line, " ", decision->id);
  add_part (line, " ", decision->collaboration);
  add_part (line, "/", decision->series);
  add_part (line, "/", decision->cycle);
  add_part (line, "/", decision->site);
  add_part (line, "#", decision->milestone);
  add_part (line, ": ", tn_decision_kind_to_string (decision->kind));
  add_part (line, " ", decision->council);
  add_part (line, " with ", decision->other_cycle);
  add_part (line, " after ", decision->after_council);
  add_part (line, " ", decision->value);
  add_date (line, " from ", decision->since);
  add_date (line, " while on ", decision->anchor);
  add_part (line, " for ", decision->role_name);
  add_part (line, "", decision->confirmed ? ", confirmed" : NULL);
  add_part (line, "; by ", decision->by);
  add_part (line, " as ", decision->role);
  add_part (line, "; source ", decision->source);
  add_part (line, "; minutes ", decision->minutes);
  add_part (line, "; replaces ", decision->replaces);
  add_part (line, NOTE, decision->note);
  g_string_append_c (line, '\n');
  return g_string_free (line, FALSE);
}

static gboolean
write_all (int fd, const char *bytes, gsize length)
{
  while (length > 0)
    {
      gssize n = write (fd, bytes, length);
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      bytes += n;
      length -= (gsize) n;
    }
  return TRUE;
}

static gboolean
fail (const char *path, GError **error)
{
  g_set_error (error, TN_ERROR, TN_ERROR_TEMPORARY,
               "cannot write %s: %s; decisions are safe in turnus.db and are added there later",
               path, g_strerror (errno));
  return FALSE;
}

/* Writes @text from @size on: what was behind it goes. On failure the file is cut there again if it
 * can be; if not, tn_ledger_text_complete() knows half a line when it sees one. */
static gboolean
write_from (const char *path, int fd, goffset size, const char *text, gsize length, GError **error)
{
  if (ftruncate (fd, size) == 0 && write_all (fd, text, length) && fsync (fd) == 0)
    return TRUE;
  fail (path, error);
  if (ftruncate (fd, size) != 0)
    errno = 0;
  return FALSE;
}

static int
open_text (const char *path, goffset *ret_size, GError **error)
{
  struct stat status;
  int fd = open (path, O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
  if (fd >= 0 && fstat (fd, &status) == 0 && S_ISREG (status.st_mode))
    {
      *ret_size = status.st_size;
      return fd;
    }
  if (fd >= 0)
    {
      close (fd);
      errno = EINVAL;
    }
  fail (path, error);
  return -1;
}

/**
 * tn_ledger_text_append:
 * @decisions: (element-type TnDecision): new ones
 *
 * Errors: %TN_ERROR_TEMPORARY; tn_ledger_text_complete() makes up for it later.
 * Returns: %TRUE when their lines are on the disk
 */
gboolean
tn_ledger_text_append (const char *path, GPtrArray *decisions, GError **error)
{
  goffset size = 0;
  int fd = open_text (path, &size, error);
  if (fd < 0)
    return FALSE;
  g_autoptr (GString) text = g_string_new (NULL);
  char last = '\n';
  /* Somebody's editor may have left the last line open. */
  if (size > 0 && pread (fd, &last, 1, size - 1) == 1 && last != '\n')
    g_string_append_c (text, '\n');
  for (guint i = 0; i < decisions->len; i++)
    {
      g_autofree char *line = tn_ledger_text_format (g_ptr_array_index (decisions, i));
      g_string_append (text, line);
    }
  gboolean done = write_from (path, fd, size, text->str, text->len, error);
  close (fd);
  return done;
}

/* Ids of the whole lines of @text. */
static GHashTable *
list_ids (const char *text)
{
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (const char *line = text; line != NULL && *line != '\0';)
    {
      const char *end = strchr (line, '\n');
      if (end != NULL && end - line >= ID_START + ID_LENGTH)
        g_hash_table_add (ids, g_strndup (line + ID_START, ID_LENGTH));
      line = end != NULL ? end + 1 : NULL;
    }
  return ids;
}

/* The length of @text without half a line of ours at its end. Half a line of somebody else's stays.
 */
static gsize
measure_whole (const char *text, GHashTable *ids, GPtrArray *decisions)
{
  const char *feed = strrchr (text, '\n');
  const char *rest = feed != NULL ? feed + 1 : text;
  for (guint i = 0; *rest != '\0' && i < decisions->len; i++)
    {
      const TnDecision *decision = g_ptr_array_index (decisions, i);
      g_autofree char *line = tn_ledger_text_format (decision);
      if (!g_hash_table_contains (ids, decision->id) && g_str_has_prefix (line, rest))
        return (gsize) (rest - text);
    }
  return strlen (text);
}

static char *
format_missing (GHashTable *ids, GPtrArray *decisions)
{
  GString *missing = g_string_new (NULL);
  for (guint i = 0; i < decisions->len; i++)
    {
      const TnDecision *decision = g_ptr_array_index (decisions, i);
      if (g_hash_table_contains (ids, decision->id))
        continue;
      g_autofree char *line = tn_ledger_text_format (decision);
      g_string_append (missing, line);
    }
  return g_string_free (missing, FALSE);
}

static char *
read_text (const char *path, GError **error)
{
  gsize length = 0;
  char *text = NULL;
  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  /* A power cut can leave NULs where bytes should have come; they must not hide what follows. */
  for (gsize i = 0; i < length; i++)
    if (text[i] == '\0')
      text[i] = ' ';
  return text;
}

/* Those whose line has no note, by id: that line without its line feed. */
static GHashTable *
list_bare (GPtrArray *decisions)
{
  GHashTable *bare = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, NULL);
  for (guint i = 0; i < decisions->len; i++)
    {
      TnDecision *decision = g_ptr_array_index (decisions, i);
      if (decision->note == NULL)
        g_hash_table_insert (bare, decision->id, decision);
    }
  return bare;
}

/* The line as it is to be: without a note when the ledger has none for it. */
static void
append_blanked (GString *to, const char *line, gsize length, GHashTable *bare)
{
  g_autofree char *text = g_strndup (line, length);
  const TnDecision *decision = NULL;
  if (length >= ID_START + ID_LENGTH && strstr (text, NOTE) != NULL)
    {
      g_autofree char *id = g_strndup (line + ID_START, ID_LENGTH);
      decision = g_hash_table_lookup (bare, id);
    }
  g_autofree char *wanted = decision != NULL ? tn_ledger_text_format (decision) : NULL;
  gsize stem = wanted != NULL ? strlen (wanted) - 1 : 0;
  if (stem > 0 && strncmp (text, wanted, stem) == 0 && g_str_has_prefix (text + stem, NOTE))
    g_string_append (to, wanted);
  else
    g_string_append_len (to, line, (gssize) length);
}

/* What is blanked in the ledger is blanked in the file; all other lines stay as they are. */
static gboolean
blank_notes (const char *path, GPtrArray *decisions, GError **error)
{
  GStatBuf status;
  if (g_lstat (path, &status) != 0 || !S_ISREG (status.st_mode))
    return TRUE; /* nothing to blank; opening it says what is wrong */
  g_autofree char *text = read_text (path, error);
  if (text == NULL)
    return FALSE;
  g_autoptr (GHashTable) bare = list_bare (decisions);
  g_autoptr (GString) blanked = g_string_new (NULL);
  for (const char *line = text; *line != '\0';)
    {
      const char *end = strchr (line, '\n');
      gsize length = end != NULL ? (gsize) (end - line) + 1 : strlen (line);
      append_blanked (blanked, line, length, bare);
      line += length;
    }
  if (strcmp (blanked->str, text) == 0)
    return TRUE;
  g_autoptr (GError) cause = NULL;
  if (g_file_set_contents_full (path, blanked->str, (gssize) blanked->len,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &cause))
    return TRUE;
  g_set_error (error, TN_ERROR, TN_ERROR_TEMPORARY,
               "cannot blank a note in %s: %s; it is blanked in turnus.db, and there later", path,
               cause->message);
  return FALSE;
}

/**
 * tn_ledger_text_complete:
 * @decisions: (element-type TnDecision): the whole ledger
 *
 * Adds the lines that are missing, and takes notes out that were blanked. What people wrote into
 * the file stays where it is.
 *
 * Errors: %TN_ERROR_TEMPORARY when the file cannot be read or written.
 * Returns: %TRUE when each decision has its line
 */
gboolean
tn_ledger_text_complete (const char *path, GPtrArray *decisions, GError **error)
{
  goffset size = 0;
  int fd = blank_notes (path, decisions, error) ? open_text (path, &size, error) : -1;
  if (fd < 0)
    return FALSE;
  gboolean done = FALSE;
  g_autofree char *text = read_text (path, error);
  if (text != NULL)
    {
      g_autoptr (GHashTable) ids = list_ids (text);
      g_autofree char *missing = format_missing (ids, decisions);
      gsize whole = measure_whole (text, ids, decisions);
      gboolean is_open = whole > 0 && text[whole - 1] != '\n';
      g_autofree char *rest = g_strconcat (is_open ? "\n" : "", missing, NULL);
      done = (*missing == '\0' && whole == strlen (text))
             || write_from (path, fd, (goffset) whole, rest, strlen (rest), error);
    }
  close (fd);
  return done;
}
