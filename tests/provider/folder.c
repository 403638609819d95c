/* The folder layout of the file plugin, through the loader as the daemon uses it. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/error.h"
#include "contract/provider.h"
#include "fakes/await.h"
#include "fakes/fake-clock.h"
#include "provider/loader.h"
#include "provider/site.h"

static TnProvider *
open_place (gpointer place, const char *binding)
{
  return tn_site_open (place, "vdir", binding);
}

static const TnProviderMaker maker = {
  .set_up = tn_site_new,
  .tear_down = tn_site_free,
  .open = open_place,
  .edit = tn_site_edit_folder,
  .lock = tn_site_lock,
  .exact = TRUE,
};

typedef struct
{
  TnSite *place;
  TnProvider *provider; /* (owned) */
} Fixture;

static void
set_up (Fixture *f, gconstpointer user_data)
{
  f->place = tn_site_new ();
  f->provider = tn_site_open (f->place, "vdir", NULL);
}

static void
tear_down (Fixture *f, gconstpointer user_data)
{
  g_clear_object (&f->provider);
  tn_site_free (f->place);
}

/* An event of ours, made now. */
static TurnusRef *
create (Fixture *f, const char *uid)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = tn_contract_make_event (uid, "Studietur");
  TurnusRef *ref = tn_await_save (f->provider, uid, NULL, text, &error);
  g_assert_no_error (error);
  return ref;
}

static TurnusListing *
list (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  TurnusListing *listing = tn_await_list (f->provider, NULL, &error);
  g_assert_no_error (error);
  return listing;
}

static char *
contents (Fixture *f, const char *name)
{
  g_autofree char *path = g_build_filename (f->place->path, name, NULL);
  char *text = NULL;
  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

static void
put (Fixture *f, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (f->place->path, name, NULL);
  g_assert_cmpint (g_mkdir_with_parents (f->place->path, 0755), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* As if it had last been written long ago. */
static void
age (Fixture *f, const char *name)
{
  g_autofree char *path = g_build_filename (f->place->path, name, NULL);
  const struct timespec times[] = { { 1700000000, 123456789 }, { 1700000000, 123456789 } };
  g_assert_cmpint (utimensat (AT_FDCWD, path, times, AT_SYMLINK_NOFOLLOW), ==, 0);
}

static guint
count_hidden (Fixture *f)
{
  g_autoptr (GDir) dir = g_dir_open (f->place->path, 0, NULL);
  guint count = 0;
  const char *name;
  while ((name = g_dir_read_name (dir)) != NULL)
    if (name[0] == '.' && strcmp (name, ".turnus") != 0)
      count++;
  return count;
}

static void
test_old_file_is_not_opened (Fixture *f, gconstpointer user_data)
{
  /* A file that cannot be opened for reading would fail; one that is never opened cannot. */
  put (f, "old.ics", "x");
  age (f, "old.ics");

  g_autoptr (TurnusListing) listing = list (f);

  const TurnusRef *ref = tn_await_find (listing, "old.ics");
  g_assert_nonnull (ref);
  g_assert_null (strchr (ref->revision, '~'));
  g_assert_true (g_str_has_prefix (ref->revision, "1-1700000000123456789-"));
}

static void
test_same_tick (Fixture *f, gconstpointer user_data)
{
  put (f, "a.ics", "one");
  g_autofree char *path = g_build_filename (f->place->path, "a.ics", NULL);
  const struct timespec now[]
      = { { g_get_real_time () / G_USEC_PER_SEC, 0 }, { g_get_real_time () / G_USEC_PER_SEC, 0 } };
  g_assert_cmpint (utimensat (AT_FDCWD, path, now, 0), ==, 0);
  g_autoptr (TurnusListing) before = list (f);
  int fd = open (path, O_WRONLY);
  g_assert_cmpint (write (fd, "two", 3), ==, 3);
  g_assert_cmpint (futimens (fd, now), ==, 0);
  close (fd);

  g_autoptr (TurnusListing) after = list (f);

  g_assert_cmpstr (tn_await_find (before, "a.ics")->revision, !=,
                   tn_await_find (after, "a.ics")->revision);
}

static void
test_old_precondition_by_hash (Fixture *f, gconstpointer user_data)
{
  /* The revision was given when the file was fresh; it has aged since. */
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) ref = create (f, "one");
  g_autofree char *text = tn_contract_make_event ("one", "Aflyst");
  g_assert_nonnull (strchr (ref->revision, '~'));

  g_autoptr (TurnusRef) next = tn_await_save (f->provider, ref->id, ref->revision, text, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (count_hidden (f), ==, 0);
}

static void
test_strangers_are_ignored (Fixture *f, gconstpointer user_data)
{
  put (f, "a.ics", "one");
  put (f, "readme.txt", "x");
  put (f, ".hidden.ics", "x");
  put (f, "line\nbreak.ics", "x");
  put (f, "not-utf8-\xff.ics", "x");
  g_autofree char *folder = g_build_filename (f->place->path, "folder.ics", NULL);
  g_autofree char *pipe = g_build_filename (f->place->path, "pipe.ics", NULL);
  g_assert_cmpint (g_mkdir (folder, 0755), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0644), ==, 0);

  g_autoptr (TurnusListing) listing = list (f);

  g_assert_cmpuint (listing->changed->len, ==, 1);
}

/* Hazard 107. */
static void
test_planted_symlink (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) save_error = NULL;
  g_autoptr (TurnusRef) first = create (f, "other");
  g_autofree char *victim = g_build_filename (f->place->root, "victim", NULL);
  g_autofree char *planted = g_build_filename (f->place->path, "one.ics", NULL);
  g_assert_true (g_file_set_contents (victim, "secret", -1, NULL));
  g_assert_cmpint (symlink (victim, planted), ==, 0);

  g_autoptr (TurnusListing) listing = list (f);
  g_autoptr (TurnusLoaded) loaded = tn_await_load_one (f->provider, "one.ics");
  g_autoptr (TurnusRef) ref = tn_await_save (f->provider, "one", NULL, "new", &save_error);
  g_autoptr (GError) update_error = NULL;
  g_autoptr (TurnusRef) update
      = tn_await_save (f->provider, "one.ics", first->revision, "new", &update_error);

  g_assert_null (tn_await_find (listing, "one.ics"));
  g_assert_error (loaded->error, TN_ERROR, TN_ERROR_DENIED);
  g_assert_error (save_error, TN_ERROR, TN_ERROR_CONFLICT);
  g_assert_error (update_error, TN_ERROR, TN_ERROR_DENIED);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (victim, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "secret");
}

/* Hazard 106: whatever is asked for, nothing outside of the folder is touched. */
static void
test_hostile_names (Fixture *f, gconstpointer user_data)
{
  static const char *const bits[]
      = { "../",  "/",    "..",        ".",   "a",       "\n",  "\x7f",
          "\xff", ".ics", "%2e%2e%2f", "CON", "\\",      "~",   "\xe2\x80\xae",
          " ",    "\"",   "*",         "-rf", ".turnus", "\x01" };
  g_autofree char *outside = g_build_filename (f->place->root, "a.ics", NULL);
  g_autofree char *text = tn_contract_make_event ("one", "x");
  guint32 seed = g_test_rand_int ();
  g_test_message ("seed %u", seed);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (TurnusRef) first = create (f, "first");

  for (guint i = 0; i < 500; i++)
    {
      g_autoptr (GString) name = g_string_new (i % 50 == 0 ? "" : "../");
      for (gint n = g_rand_int_range (rand, 0, i % 20 == 0 ? 300 : 5); n > 0; n--)
        g_string_append (name, bits[g_rand_int_range (rand, 0, G_N_ELEMENTS (bits))]);
      g_autoptr (TurnusRef) ref = tn_await_save (f->provider, name->str, NULL, text, NULL);
      g_autoptr (TurnusRef) update = tn_await_save (f->provider, name->str, "x", text, NULL);
      const char *ids[] = { name->str, NULL };
      g_autoptr (GPtrArray) loaded = tn_await_load (f->provider, ids, NULL);
      TurnusLoaded *item = loaded != NULL ? g_ptr_array_index (loaded, 0) : NULL;
      g_assert_false (tn_await_remove (f->provider, name->str, "x", NULL));
      g_assert_null (update);
      g_assert_true (strstr (name->str, "/") == NULL
                     || (ref == NULL && (item == NULL || item->error != NULL)));
    }

  g_assert_false (g_file_test (outside, G_FILE_TEST_EXISTS));
  g_autoptr (GDir) dir = g_dir_open (f->place->root, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (dir), ==, "calendar");
  g_assert_null (g_dir_read_name (dir));
}

static void
test_longest_name (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *fits = g_strnfill (196, 'a');
  g_autofree char *too_long = g_strnfill (197, 'b');

  g_autoptr (TurnusRef) ref = tn_await_save (f->provider, fits, NULL, "one", &error);
  g_assert_no_error (error);
  g_autoptr (TurnusRef) next = tn_await_save (f->provider, ref->id, ref->revision, "two", &error);
  g_assert_no_error (error);
  g_assert_true (tn_await_remove (f->provider, next->id, next->revision, &error));

  g_assert_null (tn_await_save (f->provider, too_long, NULL, "one", &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
}

static void
test_never_bound_and_missing (Fixture *f, gconstpointer user_data)
{
  g_autoptr (TurnusListing) listing = list (f);

  g_assert_true (listing->full);
  g_assert_null (listing->binding);
  g_assert_false (g_file_test (f->place->path, G_FILE_TEST_EXISTS));
}

/* Hazard 15. */
static void
test_bound_and_missing (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) list_error = NULL, save_error = NULL;
  g_autoptr (TurnusRef) ref = create (f, "one");
  g_autofree char *moved = g_strconcat (f->place->path, ".away", NULL);
  g_assert_cmpint (g_rename (f->place->path, moved), ==, 0);

  g_autoptr (TurnusListing) listing = tn_await_list (f->provider, NULL, &list_error);
  g_autoptr (TurnusRef) next = tn_await_save (f->provider, "two", NULL, "text", &save_error);

  g_assert_null (listing);
  g_assert_error (list_error, TN_ERROR, TN_ERROR_FAILED);
  g_assert_nonnull (strstr (list_error->message, "is it mounted?"));
  g_assert_null (next);
  g_assert_false (g_file_test (f->place->path, G_FILE_TEST_EXISTS));
}

/* Hazard 15: the mount point without the disk. */
static void
test_bound_and_empty (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) ref = create (f, "one");
  g_autoptr (TurnusListing) before = list (f);
  g_autofree char *moved = g_strconcat (f->place->path, ".away", NULL);
  g_assert_cmpint (g_rename (f->place->path, moved), ==, 0);
  g_assert_cmpint (g_mkdir (f->place->path, 0755), ==, 0);
  g_clear_object (&f->provider);
  f->provider = tn_site_open (f->place, "vdir", before->binding);

  g_autoptr (TurnusListing) after = list (f);
  g_autoptr (TurnusRef) next = tn_await_save (f->provider, "two", NULL, "text", &error);

  g_assert_nonnull (before->binding);
  g_assert_null (after->binding);
  g_assert_null (next);
  g_assert_error (error, TN_ERROR, TN_ERROR_CONFLICT);
  g_autofree char *marker = contents (f, ".turnus");
  g_assert_null (marker);
}

static void
test_other_binding (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) ref = create (f, "one");
  g_clear_object (&f->provider);
  f->provider = tn_site_open (f->place, "vdir", "another-calendar");

  g_autoptr (TurnusListing) listing = list (f);
  gboolean removed = tn_await_remove (f->provider, ref->id, ref->revision, &error);

  g_assert_cmpstr (listing->binding, !=, "another-calendar");
  g_assert_false (removed);
  g_assert_error (error, TN_ERROR, TN_ERROR_CONFLICT);
  g_assert_nonnull (tn_await_find (listing, "one.ics"));
}

static void
test_broken_marker (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  put (f, "a.ics", "text");
  put (f, ".turnus", "");

  g_autoptr (TurnusListing) listing = tn_await_list (f->provider, NULL, &error);

  g_assert_null (listing);
  g_assert_error (error, TN_ERROR, TN_ERROR_FAILED);
}

static void
test_permissions_are_kept (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) ref = create (f, "one");
  g_autofree char *path = g_build_filename (f->place->path, "one.ics", NULL);
  g_assert_cmpint (g_chmod (path, 0664), ==, 0);
  struct stat st;
  if (geteuid () == 0)
    g_assert_cmpint (chown (path, 65534, 65534), ==, 0);

  g_autoptr (TurnusRef) next = tn_await_save (f->provider, ref->id, ref->revision, "new", &error);

  g_assert_no_error (error);
  g_assert_cmpint (stat (path, &st), ==, 0);
  g_assert_cmpuint (st.st_mode & 0777, ==, 0664);
  if (geteuid () == 0)
    g_assert_cmpuint (st.st_gid, ==, 65534);
}

static void
test_too_big (Fixture *f, gconstpointer user_data)
{
  put (f, "big.ics", "x");
  g_autofree char *path = g_build_filename (f->place->path, "big.ics", NULL);
  g_assert_cmpint (truncate (path, 32 * 1024 * 1024 + 1), ==, 0);

  g_autoptr (TurnusListing) listing = list (f);
  g_autoptr (TurnusLoaded) loaded = tn_await_load_one (f->provider, "big.ics");

  g_assert_nonnull (tn_await_find (listing, "big.ics"));
  g_assert_error (loaded->error, TN_ERROR, TN_ERROR_LIMIT);
}

static char *
hash_of (const char *text)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  return g_strndup (hash, 16);
}

/* As a crash between two steps of replacing "before" by "after" leaves it. */
static char *
leave_swap (Fixture *f, const char *hidden, const char *visible, const char *after)
{
  g_autofree char *before_hash = hash_of ("before");
  g_autofree char *after_hash = after != NULL ? hash_of (after) : g_strnfill (16, '0');
  char *name = g_strdup_printf (".one.ics.swap-%s-%s-0123abcd", before_hash, after_hash);
  put (f, name, hidden);
  if (visible != NULL)
    put (f, "one.ics", visible);
  return name;
}

static void
assert_settled (Fixture *f, const char *expected)
{
  g_autoptr (TurnusListing) listing = list (f);
  g_autofree char *text = contents (f, "one.ics");
  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpuint (count_hidden (f), ==, 0);
  g_assert_cmpuint (listing->changed->len, ==, expected != NULL ? 1 : 0);
}

static void
test_crash_before_exchange (Fixture *f, gconstpointer user_data)
{
  g_free (leave_swap (f, "after", "before", "after"));

  assert_settled (f, "before");
}

static void
test_crash_after_exchange (Fixture *f, gconstpointer user_data)
{
  g_free (leave_swap (f, "before", "after", "after"));

  assert_settled (f, "after");
}

static void
test_crash_after_exchange_with_edit (Fixture *f, gconstpointer user_data)
{
  g_free (leave_swap (f, "a person's edit", "after", "after"));

  assert_settled (f, "a person's edit");
}

static void
test_crash_in_removal (Fixture *f, gconstpointer user_data)
{
  g_free (leave_swap (f, "before", NULL, NULL));

  assert_settled (f, NULL);
}

static void
test_crash_in_removal_with_edit (Fixture *f, gconstpointer user_data)
{
  g_free (leave_swap (f, "a person's edit", NULL, NULL));

  assert_settled (f, "a person's edit");
}

static void
test_crash_with_two_edits (Fixture *f, gconstpointer user_data)
{
  g_autofree char *name = leave_swap (f, "a person's edit", "a newer edit", "after");

  g_autoptr (TurnusListing) listing = list (f);

  g_autofree char *text = contents (f, "one.ics");
  g_autofree char *hidden = contents (f, name);
  g_assert_cmpstr (text, ==, "a newer edit");
  g_assert_cmpstr (hidden, ==, "a person's edit");
}

static void
test_crash_while_writing (Fixture *f, gconstpointer user_data)
{
  put (f, "one.ics", "before");
  put (f, ".one.ics.part-0123abcd", "half of wh");

  assert_settled (f, "before");
}

static void
test_foreign_hidden_files_stay (Fixture *f, gconstpointer user_data)
{
  put (f, "one.ics", "before");
  put (f, ".one.ics.swp", "an editor's");
  put (f, ".nextcloudsync.log", "x");

  g_autoptr (TurnusListing) listing = list (f);

  g_assert_cmpuint (count_hidden (f), ==, 2);
}

static void
on_changed (gpointer user_data)
{
  gboolean *changed = user_data;
  *changed = TRUE;
}

static void
test_watch (Fixture *f, gconstpointer user_data)
{
  gboolean changed = FALSE;
  g_autoptr (TurnusRef) ref = create (f, "one");
  tn_provider_watch (f->provider, on_changed, &changed);

  put (f, "two.ics", "somebody's");
  tn_await_true (&changed);

  tn_provider_watch (f->provider, NULL, NULL);
}

static void
test_watch_of_a_folder_that_comes_later (Fixture *f, gconstpointer user_data)
{
  gboolean changed = FALSE;
  tn_provider_watch (f->provider, on_changed, &changed);
  g_autoptr (TurnusRef) ref = create (f, "one");

  put (f, "two.ics", "somebody's");
  tn_await_true (&changed);

  tn_provider_watch (f->provider, NULL, NULL);
}

/* The loop is never held: a listing of many files takes several turns and finds all. */
static void
test_many_files (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *name = g_strdup_printf ("event-%04u.ics", i);
      g_autofree char *path = g_build_filename (f->place->path, name, NULL);
      g_mkdir (f->place->path, 0755);
      int fd = open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
      g_assert_cmpint (fd, >=, 0);
      close (fd);
    }

  g_autoptr (TurnusListing) listing = list (f);

  g_assert_cmpuint (listing->changed->len, ==, 3000);
}

static void
test_missing_path (void)
{
  g_autoptr (TnFakeClock) clock = tn_fake_clock_new (20000);
  g_autoptr (TnLoader) loader = tn_loader_new (g_getenv ("TURNUS_PLUGINS"), TN_CLOCK (clock));
  g_autoptr (GHashTable) options = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;

  g_autoptr (TnProvider) provider
      = tn_loader_open (loader, "file", "egen", options, "/", NULL, NULL, &error);

  g_assert_null (provider);
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "path"));
}

static const struct
{
  const char *name;
  void (*run) (Fixture *f, gconstpointer user_data);
} tests[] = {
  { "old-file-is-known-by-its-outside", test_old_file_is_not_opened },
  { "second-edit-in-one-tick-is-seen", test_same_tick },
  { "save-leaves-nothing-behind", test_old_precondition_by_hash },
  { "what-is-no-event-is-ignored", test_strangers_are_ignored },
  { "planted-symlink-is-not-followed-hazard-107", test_planted_symlink },
  { "five-hundred-hostile-names-stay-inside-hazard-106", test_hostile_names },
  { "longest-name-can-be-replaced-and-a-longer-one-is-refused", test_longest_name },
  { "missing-folder-that-was-never-bound-is-empty", test_never_bound_and_missing },
  { "missing-folder-that-was-bound-is-an-error-hazard-15", test_bound_and_missing },
  { "empty-mount-point-is-not-the-calendar-hazard-15", test_bound_and_empty },
  { "another-calendar-is-not-written", test_other_binding },
  { "marker-that-says-nothing-is-an-error", test_broken_marker },
  { "permissions-and-owner-are-kept", test_permissions_are_kept },
  { "too-big-file-is-listed-and-not-read-hazard-83", test_too_big },
  { "crash-before-the-exchange-keeps-the-old", test_crash_before_exchange },
  { "crash-after-the-exchange-keeps-the-new", test_crash_after_exchange },
  { "crash-after-swapping-out-an-edit-brings-it-back", test_crash_after_exchange_with_edit },
  { "crash-in-a-removal-completes-it", test_crash_in_removal },
  { "crash-in-a-removal-of-an-edit-brings-it-back", test_crash_in_removal_with_edit },
  { "crash-with-two-edits-loses-neither", test_crash_with_two_edits },
  { "crash-while-writing-leaves-no-half-file", test_crash_while_writing },
  { "hidden-files-of-others-stay", test_foreign_hidden_files_stay },
  { "change-is-noticed", test_watch },
  { "change-in-a-folder-that-came-later-is-noticed", test_watch_of_a_folder_that_comes_later },
  { "three-thousand-files-are-all-listed", test_many_files },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  tn_contract_add_provider_tests ("/file/folder/contract", &maker);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/file/folder/", tests[i].name, NULL);
      g_test_add (path, Fixture, NULL, set_up, tests[i].run, tear_down);
    }
  g_test_add_func ("/file/folder/path-is-required", test_missing_path);
  return g_test_run ();
}
