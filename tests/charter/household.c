/* tests/charter/household.c — many councils on one host, a file of settings for each */
#include "charter/household.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "charter/settings.h"

#define COUNCIL(id)                                                                                \
  "council = \"" id "\"; charters = [ \"7by.conf\" ]; calendars = ( { id = \"egen\"; provider = "  \
  "\"file\"; council = \"" id "\"; path = \"out\"; } );\n"

/* A host with councils.d/, in which there are aarhus.conf and odense.conf. */
typedef struct
{
  char *folder;
  char *main;
  char *councils;
} House;

static void
put_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
set_up (House *self, gconstpointer user_data)
{
  self->folder = g_dir_make_tmp ("turnus-household-XXXXXX", NULL);
  self->main = g_build_filename (self->folder, "turnus.conf", NULL);
  self->councils = g_build_filename (self->folder, "councils.d", NULL);
  g_assert_cmpint (g_mkdir (self->councils, 0700), ==, 0);
  put_file (self->folder, "turnus.conf",
            "include = \"councils.d/*.conf\"; state = \"/s\"; socket = \"/run/turnus/control\"; "
            "plugins = \"/p\";\n");
  put_file (self->councils, "odense.conf", COUNCIL ("odense"));
  put_file (self->councils, "aarhus.conf", COUNCIL ("aarhus"));
}

static void
tear_down (House *self, gconstpointer user_data)
{
  g_autoptr (GDir) dir = g_dir_open (self->councils, 0, NULL);
  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL;
       name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (self->councils, name, NULL);
      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_rmdir (self->councils);
  g_remove (self->main);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  g_free (self->main);
  g_free (self->councils);
}

static TnSettings *
load_host (const House *self)
{
  g_autoptr (GError) error = NULL;
  TnSettings *host = tn_settings_load (self->main, &error);
  g_assert_no_error (error);
  return host;
}

static void
test_list (House *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  put_file (self->councils, ".draft.conf", "");
  put_file (self->councils, "notes.txt", "");
  g_autoptr (TnSettings) host = load_host (self);
  g_autoptr (GPtrArray) paths = tn_household_list (host, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (paths->len, ==, 2);
  g_assert_true (g_str_has_suffix (g_ptr_array_index (paths, 0), "/councils.d/aarhus.conf"));
  g_assert_true (g_str_has_suffix (g_ptr_array_index (paths, 1), "/councils.d/odense.conf"));
}

static void
test_host_alone (House *self, gconstpointer user_data)
{
  g_autoptr (TnSettings) host = load_host (self);
  g_assert_null (host->council);
  g_assert_cmpuint (host->calendars->len, ==, 0);
}

static void
test_places (House *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnSettings) host = load_host (self);
  g_autoptr (TnSettings) odense = tn_household_load (host, "odense", &error);
  g_autofree char *charter = g_build_filename (self->councils, "7by.conf", NULL);
  g_assert_no_error (error);
  g_assert_cmpstr (odense->council, ==, "odense");
  g_assert_cmpstr (odense->state, ==, "/s/councils/odense");
  g_assert_cmpstr (odense->socket, ==, "/run/turnus/control-odense");
  g_assert_cmpstr (odense->plugins, ==, "/p");
  g_assert_cmpstr (odense->charters[0], ==, charter);
}

static void
test_own (House *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  put_file (self->folder, "turnus.conf", COUNCIL ("esbjerg") "include = \"councils.d/*.conf\";");
  g_autoptr (TnSettings) host = load_host (self);
  g_autoptr (TnSettings) esbjerg = tn_household_load (host, "esbjerg", &error);
  g_assert_no_error (error);
  g_assert_true (esbjerg == host);
}

static void
test_fault (House *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  put_file (self->councils, "aarhus.conf", "council = \"aarhus\"; nonsense = 1;");
  g_autoptr (TnSettings) host = load_host (self);
  g_autoptr (TnSettings) odense = tn_household_load (host, "odense", &error);
  g_assert_no_error (error);
  g_assert_nonnull (odense);
}

static void
test_unknown (House *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnSettings) host = load_host (self);
  g_assert_null (tn_household_load (host, "oslo", &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "'oslo', expected one of aarhus, odense"));
}

static void
test_unknown_among_faults (House *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  put_file (self->councils, "aarhus.conf", "council = \"aarhus\"; nonsense = 1;");
  g_autoptr (TnSettings) host = load_host (self);
  g_assert_null (tn_household_load (host, "aarhus", &error));
  g_assert_nonnull (strstr (error->message, "aarhus.conf:1: "));
}

static void
test_nested (House *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  put_file (self->councils, "odense.conf", COUNCIL ("odense") "include = \"more/*.conf\";");
  g_autoptr (TnSettings) host = load_host (self);
  g_assert_null (tn_household_load (host, "odense", &error));
  g_assert_nonnull (strstr (error->message, "expected include only in"));
}

static void
test_no_folder (House *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  put_file (self->folder, "turnus.conf", "include = \"elsewhere/*.conf\";");
  g_autoptr (TnSettings) host = load_host (self);
  g_assert_null (tn_household_list (host, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "cannot read the folder of include"));
}

static void
test_stars (House *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  put_file (self->folder, "turnus.conf", "include = \"*/councils.conf\";");
  g_assert_null (tn_settings_load (self->main, &error));
  g_assert_nonnull (strstr (error->message, "has a * in its folder"));
}

static void
test_too_many (House *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  for (int i = 0; i < TN_HOUSEHOLD_MAX - 1; i++)
    {
      g_autofree char *name = g_strdup_printf ("c%d.conf", i);
      put_file (self->councils, name, "");
    }
  g_autoptr (TnSettings) host = load_host (self);
  g_assert_null (tn_household_list (host, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_LIMIT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/charter/household/" name, House, NULL, set_up, function, tear_down)
  ADD ("drafts-and-notes-are-no-councils", test_list);
  ADD ("a-host-needs-no-council-of-its-own", test_host_alone);
  ADD ("each-council-has-its-own-state-and-socket", test_places);
  ADD ("a-host-may-be-a-council-too", test_own);
  ADD ("a-fault-in-one-file-is-no-matter-of-the-others", test_fault);
  ADD ("an-unknown-council-is-told-with-those-there-are", test_unknown);
  ADD ("a-council-with-a-faulty-file-is-told-the-fault", test_unknown_among_faults);
  ADD ("a-council-includes-no-others", test_nested);
  ADD ("a-missing-folder-is-told", test_no_folder);
  ADD ("a-star-stands-in-names-of-files-only", test_stars);
  ADD ("too-many-councils-are-told", test_too_many);
#undef ADD
  return g_test_run ();
}
