/* Replacing a file against somebody who writes at the worst moment, on file systems that can less,
 * and killed at every step. The plugin's own sources are built for this test with a few system
 * calls going through hooks, so that the worst moment comes each time. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "place.h"
#include "revision.h"
#include "swap.h"

/* What the hooks do; they have no argument to carry it. */
static struct
{
  const char *before_text; /* somebody replaces the file by this just before it is exchanged */
  const char *after_text;  /* … and by this just after */
  gboolean before_delete;  /* or deletes it */
  gboolean after_delete;
  gboolean unsupported; /* renameat2 knows no flags */
  gboolean stutter;     /* write is interrupted, and writes one byte at a time */
  gboolean full;        /* the disk is */
  int calls;            /* state-changing calls so far */
  int die_at;           /* the call before which we are killed; 0: never */
  char *folder;         /* (unowned) */
} hook;

/* A person's program: a new file and a rename, as it should be done. */
static void
edit (const char *text)
{
  g_autofree char *path = g_build_filename (hook.folder, "one.ics", NULL);
  g_autofree char *other = g_build_filename (hook.folder, "editor", NULL);
  int fd = open (other, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  g_assert_cmpint (dprintf (fd, "%s", text), ==, (int) strlen (text));
  close (fd);
  g_assert_cmpint (rename (other, path), ==, 0);
}

static void
erase (void)
{
  g_autofree char *path = g_build_filename (hook.folder, "one.ics", NULL);
  g_unlink (path);
}

static void
step (void)
{
  if (++hook.calls == hook.die_at)
    _exit (77);
}

/* The hooks' declarations come from the system's own headers, renamed (see meson.build). */
extern int hook_renameat2 (int, const char *, int, const char *, unsigned int);
extern int hook_unlinkat (int, const char *, int);
extern int hook_fsync (int);
extern gssize hook_write (int, const void *, gsize);

int
hook_renameat2 (int from_fd, const char *from, int to_fd, const char *to, unsigned int flags)
{
  step ();
  if (hook.unsupported)
    {
      errno = EINVAL;
      return -1;
    }
  gboolean on_place = strcmp (from, "one.ics") == 0 || strcmp (to, "one.ics") == 0;
  if (on_place && hook.before_text != NULL)
    edit (g_steal_pointer (&hook.before_text));
  if (on_place && hook.before_delete)
    erase ();
  int result = renameat2 (from_fd, from, to_fd, to, flags);
  int errsv = errno;
  if (on_place && hook.after_text != NULL)
    edit (g_steal_pointer (&hook.after_text));
  if (on_place && hook.after_delete)
    erase ();
  hook.before_delete = hook.before_delete && !on_place;
  hook.after_delete = hook.after_delete && !on_place;
  errno = errsv;
  return result;
}

int
hook_unlinkat (int fd, const char *name, int flags)
{
  step ();
  return unlinkat (fd, name, flags);
}

int
hook_fsync (int fd)
{
  step ();
  return fsync (fd);
}

gssize
hook_write (int fd, const void *bytes, gsize size)
{
  step ();
  if (hook.full)
    {
      errno = ENOSPC;
      return -1;
    }
  if (hook.stutter && hook.calls % 2 == 0)
    {
      errno = EINTR;
      return -1;
    }
  return write (fd, bytes, hook.stutter ? 1 : size);
}

typedef struct
{
  char *folder;   /* (owned) */
  int fd;         /* (owned) */
  char *revision; /* (owned) of one.ics, which says "old" */
} Fixture;

static char *
dup_revision (Fixture *f)
{
  struct stat st;
  g_assert_cmpint (fstatat (f->fd, "one.ics", &st, 0), ==, 0);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("old", 3);
  g_autofree char *hash = file_revision_hash (bytes);
  return file_revision_new (&st, hash);
}

static void
set_up (Fixture *f, gconstpointer user_data)
{
  memset (&hook, 0, sizeof hook);
  f->folder = g_dir_make_tmp ("turnus-swap-XXXXXX", NULL);
  f->fd = open (f->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  hook.folder = f->folder;
  edit ("old");
  f->revision = dup_revision (f);
}

static void
tear_down (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name;
  while ((name = g_dir_read_name (dir)) != NULL)
    g_assert_cmpint (unlinkat (f->fd, name, 0), ==, 0);
  close (f->fd);
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_free (f->folder);
  g_free (f->revision);
}

static gboolean
replace (Fixture *f, GError **error)
{
  struct stat st;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("new", 3);
  return file_swap_replace (f->fd, "one.ics", f->revision, bytes, &st, error);
}

static void
assert_content (Fixture *f, const char *expected)
{
  g_autofree char *path = g_build_filename (f->folder, "one.ics", NULL);
  g_autofree char *text = NULL;
  g_file_get_contents (path, &text, NULL, NULL);
  g_assert_cmpstr (text, ==, expected);
}

/* (transfer full): the texts of the hidden files, one a line */
static char *
hidden (Fixture *f)
{
  g_autoptr (GString) texts = g_string_new ("");
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->folder, name, NULL);
      g_autofree char *text = NULL;
      if (name[0] == '.' && g_file_get_contents (path, &text, NULL, NULL))
        g_string_append (texts, text);
    }
  return g_string_free (g_steal_pointer (&texts), FALSE);
}

static void
assert_hidden (Fixture *f, const char *expected)
{
  g_autofree char *found = hidden (f);
  g_assert_cmpstr (found, ==, expected);
}

static void
test_replace (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (replace (f, &error));

  g_assert_no_error (error);
  assert_content (f, "new");
  assert_hidden (f, "");
}

static void
test_edit_before (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  hook.before_text = "edit";

  g_assert_false (replace (f, &error));

  g_assert_error (error, TURNUS_ERROR, TURNUS_ERROR_CONFLICT);
  assert_content (f, "edit");
  assert_hidden (f, "");
}

static void
test_edits_around (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  hook.before_text = "edit";
  hook.after_text = "newest";

  g_assert_false (replace (f, &error));

  g_assert_error (error, TURNUS_ERROR, TURNUS_ERROR_CONFLICT);
  assert_content (f, "newest");
  assert_hidden (f, "edit");
}

static void
test_edit_after (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  hook.after_text = "newest";

  g_assert_true (replace (f, &error));

  assert_content (f, "newest");
  assert_hidden (f, "");
}

static void
test_deleted_before (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  hook.before_delete = TRUE;

  g_assert_false (replace (f, &error));

  g_assert_error (error, TURNUS_ERROR, TURNUS_ERROR_GONE);
  assert_content (f, NULL);
  assert_hidden (f, "");
}

static void
test_edited_before_deleted_after (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  hook.before_text = "edit";
  hook.after_delete = TRUE;

  g_assert_false (replace (f, &error));

  g_assert_error (error, TURNUS_ERROR, TURNUS_ERROR_CONFLICT);
  assert_content (f, "edit");
  assert_hidden (f, "");
}

static void
test_remove_edit_before (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  hook.before_text = "edit";

  g_assert_false (file_swap_remove (f->fd, "one.ics", f->revision, &error));

  g_assert_error (error, TURNUS_ERROR, TURNUS_ERROR_CONFLICT);
  assert_content (f, "edit");
  assert_hidden (f, "");
}

static void
test_remove_edits_around (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  hook.before_text = "edit";
  hook.after_text = "newest";

  g_assert_false (file_swap_remove (f->fd, "one.ics", f->revision, &error));

  assert_content (f, "newest");
  assert_hidden (f, "edit");
}

static void
test_create_edit_before (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("new", 3);
  struct stat st;
  erase ();
  hook.before_text = "theirs";

  g_assert_false (file_swap_create (f->fd, "one.ics", bytes, &st, &error));

  g_assert_error (error, TURNUS_ERROR, TURNUS_ERROR_CONFLICT);
  assert_content (f, "theirs");
  assert_hidden (f, "");
}

static void
test_unsupported (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL, stale = NULL, second = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("new", 3);
  struct stat st;
  hook.unsupported = TRUE;

  g_assert_false (file_swap_create (f->fd, "one.ics", bytes, &st, &second));
  g_assert_true (file_swap_create (f->fd, "two.ics", bytes, &st, &error));
  g_assert_true (replace (f, &error));
  g_assert_false (replace (f, &stale));

  g_assert_error (second, TURNUS_ERROR, TURNUS_ERROR_CONFLICT);
  g_assert_error (stale, TURNUS_ERROR, TURNUS_ERROR_CONFLICT);
  assert_content (f, "new");
  assert_hidden (f, "");
}

static void
test_unsupported_remove (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  hook.unsupported = TRUE;

  g_assert_true (file_swap_remove (f->fd, "one.ics", f->revision, &error));

  assert_content (f, NULL);
  assert_hidden (f, "");
}

static void
test_stutter (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  hook.stutter = TRUE;

  g_assert_true (replace (f, &error));

  assert_content (f, "new");
}

static void
test_full (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  hook.full = TRUE;

  g_assert_false (replace (f, &error));

  g_assert_error (error, TURNUS_ERROR, TURNUS_ERROR_TEMPORARY);
  assert_content (f, "old");
  assert_hidden (f, "");
}

static void
ignore_log (gpointer host, const char *text)
{
}

/* As a scan does it after a restart. */
static void
tidy (Fixture *f)
{
  static const TurnusHost host = { .size = sizeof host, .log_debug = ignore_log };
  TurnusCalendar calendar = { .host = &host };
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name;
  while ((name = g_dir_read_name (dir)) != NULL)
    file_swap_tidy (&calendar, f->fd, name);
}

static gboolean
remove_it (Fixture *f, GError **error)
{
  return file_swap_remove (f->fd, "one.ics", f->revision, error);
}

/* Runs `write` in a child that is killed before its n-th state-changing call; FALSE when it has
 * fewer. */
static gboolean
run_killed (Fixture *f, gboolean (*write) (Fixture *, GError **), int n)
{
  pid_t child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      hook.die_at = n;
      write (f, NULL);
      _exit (0);
    }
  int status = 0;
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status) == 77;
}

/* Kills `write` at every step; `before`: somebody edits in the worst moment. After a restart one of
 * `allowed` must stand there and nothing be hidden. */
static int
kill_everywhere (Fixture *f, gboolean (*write) (Fixture *, GError **), const char *before,
                 const char *const *allowed)
{
  int n = 1;
  for (gboolean killed = TRUE; killed; n++)
    {
      memset (&hook, 0, sizeof hook);
      hook.folder = f->folder;
      edit ("old");
      g_free (f->revision);
      f->revision = dup_revision (f);
      hook.before_text = before;
      killed = run_killed (f, write, n);
      hook.before_text = NULL;
      tidy (f);
      g_autofree char *path = g_build_filename (f->folder, "one.ics", NULL);
      g_autofree char *text = NULL;
      g_file_get_contents (path, &text, NULL, NULL);
      g_test_message ("killed at %d: %s", n, text != NULL ? text : "(gone)");
      g_assert_true (g_strv_contains (allowed, text != NULL ? text : "(gone)"));
      assert_hidden (f, "");
    }
  return n - 2;
}

static void
test_killed_replacing (Fixture *f, gconstpointer user_data)
{
  const char *allowed[] = { "old", "new", NULL };
  g_assert_cmpint (kill_everywhere (f, replace, NULL, allowed), >=, 5);
}

static void
test_killed_replacing_an_edit (Fixture *f, gconstpointer user_data)
{
  /* "old": killed before the moment of the edit */
  const char *allowed[] = { "old", "edit", NULL };
  g_assert_cmpint (kill_everywhere (f, replace, "edit", allowed), >=, 6);
}

static void
test_killed_removing (Fixture *f, gconstpointer user_data)
{
  const char *allowed[] = { "old", "(gone)", NULL };
  g_assert_cmpint (kill_everywhere (f, remove_it, NULL, allowed), >=, 3);
}

static void
test_killed_removing_an_edit (Fixture *f, gconstpointer user_data)
{
  const char *allowed[] = { "old", "edit", NULL };
  g_assert_cmpint (kill_everywhere (f, remove_it, "edit", allowed), >=, 3);
}

/* Two daemons keep one folder: the hidden files of the one that is at work are none of the other's
 * business. */
static void
test_tidy_waits (Fixture *f, gconstpointer user_data)
{
  int other_fd = open (f->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int part_fd = openat (f->fd, ".one.ics.part-0123abcd", O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  g_assert_cmpint (dprintf (part_fd, "half"), ==, 4);
  g_assert_cmpint (flock (other_fd, LOCK_SH), ==, 0);

  tidy (f);
  assert_hidden (f, "half");
  close (other_fd);
  tidy (f);

  assert_hidden (f, "");
  close (part_fd);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, run) g_test_add ("/file/swap/" name, Fixture, NULL, set_up, run, tear_down)
  ADD ("replaced-and-nothing-left", test_replace);
  ADD ("edit-just-before-is-kept-hazard-20", test_edit_before);
  ADD ("edits-before-and-after-are-both-kept", test_edits_around);
  ADD ("edit-just-after-is-kept", test_edit_after);
  ADD ("deleted-just-before-says-gone", test_deleted_before);
  ADD ("edit-before-is-kept-though-ours-is-deleted-after", test_edited_before_deleted_after);
  ADD ("removal-keeps-an-edit-just-before", test_remove_edit_before);
  ADD ("removal-keeps-edits-before-and-after", test_remove_edits_around);
  ADD ("creation-just-before-is-kept", test_create_edit_before);
  ADD ("file-system-without-flags-still-has-conditions", test_unsupported);
  ADD ("file-system-without-flags-can-remove", test_unsupported_remove);
  ADD ("interrupted-and-short-writes-are-completed-hazard-91", test_stutter);
  ADD ("full-disk-changes-nothing-hazard-85", test_full);
  ADD ("killed-at-each-step-of-replacing-hazard-28", test_killed_replacing);
  ADD ("killed-at-each-step-of-replacing-an-edit", test_killed_replacing_an_edit);
  ADD ("killed-at-each-step-of-removing", test_killed_removing);
  ADD ("killed-at-each-step-of-removing-an-edit", test_killed_removing_an_edit);
  ADD ("hidden-files-of-a-living-daemon-stay", test_tidy_waits);
  return g_test_run ();
}
