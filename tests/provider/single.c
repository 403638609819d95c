/* The single-file layout of the file plugin, through the loader as the daemon uses it. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "base/error.h"
#include "contract/provider.h"
#include "fakes/await.h"
#include "provider/site.h"

static TnProvider *
open_place (gpointer place, const char *binding)
{
  return tn_site_open (place, "file", binding);
}

static const TnProviderMaker maker = {
  .set_up = tn_site_new,
  .tear_down = tn_site_free,
  .open = open_place,
  .edit = tn_site_edit_file,
  .lock = tn_site_lock,
  .exact = FALSE, /* the frame around an item is the host's */
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
  f->provider = tn_site_open (f->place, "file", NULL);
}

static void
tear_down (Fixture *f, gconstpointer user_data)
{
  g_clear_object (&f->provider);
  tn_site_free (f->place);
}

static TurnusRef *
create (Fixture *f, const char *uid)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = tn_contract_make_event (uid, "Studietur");
  TurnusRef *ref = tn_await_save (f->provider, uid, NULL, text, &error);
  g_assert_no_error (error);
  return ref;
}

static void
put (Fixture *f, const char *text)
{
  g_assert_cmpint (g_mkdir_with_parents (f->place->path, 0755), ==, 0);
  g_assert_true (g_file_set_contents (f->place->file, text, -1, NULL));
}

static void
age (Fixture *f)
{
  const struct timespec times[] = { { 1700000000, 5 }, { 1700000000, 5 } };
  g_assert_cmpint (utimensat (AT_FDCWD, f->place->file, times, 0), ==, 0);
}

static void
test_unchanged (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) ref = create (f, "one");
  age (f);
  g_autoptr (TurnusListing) first = tn_await_list (f->provider, NULL, &error);
  g_autoptr (TurnusListing) second = tn_await_list (f->provider, first->token, &error);
  g_assert_no_error (error);

  /* Now the token has no hash any more, and the file need not be opened: it could not be. */
  g_autoptr (TurnusListing) third = tn_await_list (f->provider, second->token, &error);

  g_assert_no_error (error);
  g_assert_true (first->full);
  g_assert_false (second->full);
  g_assert_false (third->full);
  g_assert_null (strchr (second->token, '~'));
  g_assert_cmpuint (third->changed->len, ==, 0);
  g_assert_cmpstr (third->binding, ==, first->binding);
}

static void
test_other_bytes_stay (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  put (f, "BEGIN:VCALENDAR\nVERSION:2.0\nX-WR-CALNAME:Egen\nBEGIN:VEVENT\nUID:mine\n"
          "SUMMARY:Tandl\xc3\xa6ge\nEND:VEVENT\nBEGIN:VTODO\nUID:todo\nEND:VTODO\nEND:VCALENDAR\n");

  g_autoptr (TurnusRef) ref = create (f, "one");
  g_assert_true (tn_await_remove (f->provider, "one", ref->revision, &error));

  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (f->place->file, &text, NULL, NULL));
  g_assert_cmpstr (
      text, ==,
      "BEGIN:VCALENDAR\nVERSION:2.0\nX-WR-CALNAME:Egen\nBEGIN:VEVENT\nUID:mine\n"
      "SUMMARY:Tandl\xc3\xa6ge\nEND:VEVENT\nBEGIN:VTODO\nUID:todo\nEND:VTODO\nEND:VCALENDAR\n");
}

static void
test_wrecks (Fixture *f, gconstpointer user_data)
{
  static const char *const wrecks[]
      = { "", "garbage", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:one\r\n", "\r\n",
          "<!DOCTYPE html><html></html>" };
  g_autoptr (TurnusRef) ref = create (f, "one");
  g_autofree char *text = tn_contract_make_event ("two", "Erfa");
  for (guint i = 0; i < G_N_ELEMENTS (wrecks); i++)
    {
      g_autoptr (GError) list_error = NULL, save_error = NULL;
      put (f, wrecks[i]);

      g_autoptr (TurnusListing) listing = tn_await_list (f->provider, NULL, &list_error);
      g_autoptr (TurnusRef) saved = tn_await_save (f->provider, "two", NULL, text, &save_error);

      g_assert_null (listing);
      g_assert_error (list_error, TN_ERROR, TN_ERROR_INVALID);
      g_assert_null (saved);
      g_autofree char *now = NULL;
      g_assert_true (g_file_get_contents (f->place->file, &now, NULL, NULL));
      g_assert_cmpstr (now, ==, wrecks[i]);
    }
}

/* Hazard 15. */
static void
test_missing (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) list_error = NULL, save_error = NULL;
  g_autoptr (TurnusRef) ref = create (f, "one");
  g_autofree char *text = tn_contract_make_event ("two", "Erfa");
  g_assert_cmpint (g_unlink (f->place->file), ==, 0);

  g_autoptr (TurnusListing) listing = tn_await_list (f->provider, NULL, &list_error);
  g_autoptr (TurnusRef) saved = tn_await_save (f->provider, "two", NULL, text, &save_error);

  g_assert_null (listing);
  g_assert_error (list_error, TN_ERROR, TN_ERROR_FAILED);
  g_assert_nonnull (strstr (list_error->message, "bring it back"));
  g_assert_null (saved);
  g_assert_nonnull (save_error);
  g_assert_false (g_file_test (f->place->file, G_FILE_TEST_EXISTS));
}

static void
test_marker_beside (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) ref = create (f, "one");
  g_autofree char *marker = g_strconcat (f->place->file, ".turnus", NULL);
  g_assert_true (g_file_test (marker, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_unlink (marker), ==, 0);

  g_autoptr (TurnusListing) listing = tn_await_list (f->provider, NULL, NULL);
  gboolean removed = tn_await_remove (f->provider, "one", ref->revision, &error);

  g_assert_null (listing->binding);
  g_assert_false (removed);
  g_assert_error (error, TN_ERROR, TN_ERROR_CONFLICT);
}

static void
test_one_uid_only (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) two = NULL, other = NULL;
  g_autoptr (TurnusRef) ref = create (f, "one");
  g_autofree char *renamed = tn_contract_make_event ("two", "Erfa");

  g_assert_null (tn_await_save (f->provider, "one", ref->revision, renamed, &other));
  g_assert_null (tn_await_save (f->provider, "x", NULL,
                                "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a\r\n"
                                "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:b\r\nEND:VEVENT\r\n"
                                "END:VCALENDAR\r\n",
                                &two));

  g_assert_error (other, TN_ERROR, TN_ERROR_INVALID);
  g_assert_error (two, TN_ERROR, TN_ERROR_INVALID);
}

static void
test_symlink (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *victim = g_build_filename (f->place->root, "victim.ics", NULL);
  g_autofree char *text = tn_contract_make_event ("two", "Erfa");
  g_assert_true (g_file_set_contents (victim, text, -1, NULL));
  g_assert_cmpint (g_mkdir (f->place->path, 0755), ==, 0);
  g_assert_cmpint (symlink (victim, f->place->file), ==, 0);

  g_autoptr (TurnusListing) listing = tn_await_list (f->provider, NULL, &error);

  g_assert_null (listing);
  g_assert_error (error, TN_ERROR, TN_ERROR_DENIED);
}

static void
test_crash_brings_edit_back (Fixture *f, gconstpointer user_data)
{
  g_autofree char *theirs = tn_contract_make_event ("one", "a person's edit");
  g_autofree char *ours = tn_contract_make_event ("one", "ours");
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, ours, -1);
  g_autofree char *name = g_strdup_printf (".all.ics.swap-0123456789abcdef-%.16s-0123abcd", hash);
  g_autofree char *hidden = g_build_filename (f->place->path, name, NULL);
  put (f, ours);
  g_assert_true (g_file_set_contents (hidden, theirs, -1, NULL));

  g_autoptr (TurnusListing) listing = tn_await_list (f->provider, NULL, NULL);

  g_autofree char *now = NULL;
  g_assert_true (g_file_get_contents (f->place->file, &now, NULL, NULL));
  g_assert_cmpstr (now, ==, theirs);
  g_assert_false (g_file_test (hidden, G_FILE_TEST_EXISTS));
}

static void
test_too_big (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *filling = g_strnfill (2 * 1024 * 1024, 'x');
  g_autofree char *text = tn_contract_make_event ("one", filling);
  put (f, text);

  g_autoptr (TurnusListing) listing = tn_await_list (f->provider, NULL, &error);

  g_assert_null (listing);
  g_assert_error (error, TN_ERROR, TN_ERROR_LIMIT);
  g_assert_nonnull (strstr (error->message, "vdir"));
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
  g_autofree char *text = tn_contract_make_event ("one", "Erfa");
  tn_provider_watch (f->provider, on_changed, &changed);

  g_free (tn_site_edit_file (f->place, "one", text));
  tn_await_true (&changed);

  tn_provider_watch (f->provider, NULL, NULL);
}

static const struct
{
  const char *name;
  void (*run) (Fixture *f, gconstpointer user_data);
} tests[] = {
  { "unchanged-file-is-not-listed-again", test_unchanged },
  { "all-other-bytes-stay", test_other_bytes_stay },
  { "wreck-is-an-error-and-never-empty", test_wrecks },
  { "missing-file-that-was-bound-is-an-error-hazard-15", test_missing },
  { "marker-lies-beside-the-file", test_marker_beside },
  { "item-is-one-uid-and-keeps-it", test_one_uid_only },
  { "symlink-is-not-followed-hazard-107", test_symlink },
  { "crash-after-swapping-out-an-edit-brings-it-back", test_crash_brings_edit_back },
  { "too-big-file-says-what-to-use-instead", test_too_big },
  { "change-is-noticed", test_watch },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  tn_contract_add_provider_tests ("/file/single/contract", &maker);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/file/single/", tests[i].name, NULL);
      g_test_add (path, Fixture, NULL, set_up, tests[i].run, tear_down);
    }
  return g_test_run ();
}
