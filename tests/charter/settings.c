/* tests/charter/settings.c — the settings of one council */
#include "charter/settings.h"

#include <string.h>

#include <glib/gstdio.h>

#include "reading.h"

#define BASE                                                                                       \
  "council = \"odense\"; charters = [ \"charters/7by.conf\", \"/abs/6by.conf\" ];\n"               \
  "calendars = ( { id = \"egen\"; provider = \"file\"; council = \"odense\"; path = \"out\"; } "   \
  ");\n"

/* A folder with turnus.conf; what the environment says about folders is put back afterwards. */
typedef struct
{
  char *folder;
  char *path;
} Place;

static void
set_up (Place *self, gconstpointer user_data)
{
  self->folder = g_dir_make_tmp ("turnus-settings-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "turnus.conf", NULL);
  g_setenv ("STATE_DIRECTORY", "/var/lib/turnus:/var/lib/other", TRUE);
  g_setenv ("RUNTIME_DIRECTORY", "/run/turnus", TRUE);
}

static void
tear_down (Place *self, gconstpointer user_data)
{
  g_unsetenv ("STATE_DIRECTORY");
  g_unsetenv ("RUNTIME_DIRECTORY");
  g_unsetenv ("XDG_STATE_HOME");
  g_unsetenv ("XDG_RUNTIME_DIR");
  g_remove (self->path);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  g_free (self->path);
}

static TnSettings *
load (const Place *self, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (g_file_set_contents (self->path, text, -1, NULL));
  TnSettings *settings = tn_settings_load (self->path, &error);
  g_assert_no_error (error);
  return settings;
}

/* One complaint, with @wanted in it; returned to look at what is not in it. */
static char *
dup_refusal (const Place *self, const char *text, const char *wanted)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (g_file_set_contents (self->path, text, -1, NULL));
  g_autoptr (TnSettings) settings = tn_settings_load (self->path, &error);
  g_assert_null (settings);
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  if (strstr (error->message, wanted) == NULL || reading_count_lines (error->message) != 1)
    g_test_fail_printf ("'%s' is not all of '%s'", wanted, error->message);
  return g_strdup (error->message);
}

/* @keys in a calendar that is right without them. */
static void
assert_calendar_refused (const Place *self, const char *keys, const char *wanted)
{
  g_autofree char *text = g_strdup_printf (
      "council = \"odense\"; charters = [ \"c\" ]; calendars = ( { id = \"egen\"; provider = "
      "\"file\"; %s } );",
      keys);
  g_autofree char *said = dup_refusal (self, text, wanted);
  g_assert_null (strstr (said, "hunter2"));
}

static void
assert_refused (const Place *self, const char *more, const char *wanted)
{
  g_autofree char *text = g_strconcat (BASE, more, NULL);
  g_autofree char *said = dup_refusal (self, text, wanted);
}

static void
test_defaults (Place *self, gconstpointer user_data)
{
  g_autoptr (TnSettings) settings = load (self, BASE);
  const TnCalendar *calendar = tn_settings_find_calendar (settings, "egen");
  g_autofree char *charter = g_build_filename (self->folder, "charters/7by.conf", NULL);

  g_assert_cmpstr (settings->path, ==, self->path);
  g_assert_cmpstr (settings->base_dir, ==, self->folder);
  g_assert_cmpstr (settings->council, ==, "odense");
  g_assert_cmpstr (settings->charters[0], ==, charter);
  g_assert_cmpstr (settings->charters[1], ==, "/abs/6by.conf");
  g_assert_null (settings->charters[2]);
  g_assert_true (g_str_has_suffix (settings->holiday_folder, "/turnus/holidays"));
  g_assert_cmpint (settings->publish_from_days, ==, -366);
  g_assert_cmpint (settings->publish_to_days, ==, 1096);
  g_assert_cmpint (settings->keep_days, ==, 731);
  g_assert_cmpstr (settings->state, ==, "/var/lib/turnus");
  g_assert_cmpstr (settings->socket, ==, "/run/turnus/control");
  g_assert_true (g_str_has_suffix (settings->plugins, "/turnus/plugins"));
  g_assert_cmpint (calendar->mode, ==, TN_MODE_ASK);
  g_assert_cmpint (calendar->interval_s, ==, 900);
  g_assert_cmpint (calendar->brake_removals, ==, 2);
  g_assert_cmpint (calendar->brake_percent, ==, 10);
  g_assert_null (calendar->adopt);
  g_assert_false (calendar->shared);
  g_assert_false (calendar->trust_decides);
  g_assert_cmpstr (g_hash_table_lookup (calendar->options, "path"), ==, "out");
  g_assert_cmpuint (g_hash_table_size (calendar->options), ==, 1);
  g_assert_cmpint (calendar->origin.line, ==, 2);
  g_assert_null (tn_settings_find_calendar (settings, "none"));
}

static void
test_all (Place *self, gconstpointer user_data)
{
  g_autoptr (TnSettings) settings = load (
      self,
      "council = \"odense\"; charters = \"c.conf\"; holidays = \"h\"; state = \"s\"; socket = "
      "\"k\"; plugins = \"p\"; keep = \"90 days\"; publish = { from = \"-6 months\"; to = \"2 "
      "weeks\"; };\n"
      "calendars = ( { id = \"f\"; provider = \"caldav\"; shared = true; trust = \"decide\"; "
      "mode = \"write\"; interval = \"2 h\"; milestones = true; collaborations = [ \"7by\" ]; "
      "series = [ \"7by/erfa\" ]; roles = [ \"host\" ]; adopt = \"Fælles\"; brake = { removals = "
      "5; percent = 20; "
      "}; depth = 3; ratio = 0.5; strict = true; big = 5L; url = \"https://dav.example/\"; user = "
      "\"u\"; password = { command = "
      "[ \"a b\", \"c\" ]; }; } );");
  const TnCalendar *calendar = tn_settings_find_calendar (settings, "f");
  g_autofree char *holidays = g_build_filename (self->folder, "h", NULL);
  g_autofree char *state = g_build_filename (self->folder, "s", NULL);

  g_assert_cmpstr (settings->holiday_folder, ==, holidays);
  g_assert_cmpstr (settings->state, ==, state);
  g_assert_cmpint (settings->keep_days, ==, 90);
  g_assert_cmpint (settings->publish_from_days, ==, -183);
  g_assert_cmpint (settings->publish_to_days, ==, 14);
  g_assert_true (calendar->shared);
  g_assert_true (calendar->trust_decides);
  g_assert_true (calendar->wants_milestones);
  g_assert_cmpint (calendar->mode, ==, TN_MODE_WRITE);
  g_assert_cmpint (calendar->interval_s, ==, 7200);
  g_assert_cmpstr (calendar->series[0], ==, "7by/erfa");
  g_assert_cmpstr (calendar->roles[0], ==, "host");
  g_assert_cmpstr (calendar->collaborations[0], ==, "7by");
  g_assert_cmpstr (calendar->adopt, ==, "Fælles");
  g_assert_cmpint (calendar->brake_removals, ==, 5);
  g_assert_cmpint (calendar->brake_percent, ==, 20);
  g_assert_cmpstr (g_hash_table_lookup (calendar->options, "depth"), ==, "3");
  g_assert_cmpstr (g_hash_table_lookup (calendar->options, "ratio"), ==, "0.5");
  g_assert_cmpstr (g_hash_table_lookup (calendar->options, "strict"), ==, "true");
  g_assert_cmpstr (g_hash_table_lookup (calendar->options, "big"), ==, "5");
  g_assert_null (g_hash_table_lookup (calendar->options, "password.command"));
  g_assert_cmpstr (calendar->account->url, ==, "https://dav.example/");
  g_assert_cmpstr (calendar->account->user, ==, "u");
  g_assert_cmpint (calendar->account->auth, ==, TN_AUTH_BASIC);
  g_assert_cmpstr (calendar->account->password.command[0], ==, "a b");
}

static void
test_folders (Place *self, gconstpointer user_data)
{
  g_unsetenv ("STATE_DIRECTORY");
  g_unsetenv ("RUNTIME_DIRECTORY");
  g_setenv ("XDG_STATE_HOME", "/nowhere/a/.state", TRUE);
  g_setenv ("XDG_RUNTIME_DIR", "/run/user/1000", TRUE);
  g_autoptr (TnSettings) session = load (self, BASE);
  g_unsetenv ("XDG_STATE_HOME");
  g_unsetenv ("XDG_RUNTIME_DIR");
  g_autoptr (TnSettings) bare = load (self, BASE);

  g_assert_cmpstr (session->state, ==, "/nowhere/a/.state/turnus");
  g_assert_cmpstr (session->socket, ==, "/run/user/1000/turnus/control");
  g_assert_true (g_str_has_suffix (bare->state, "/.local/state/turnus"));
  g_assert_true (g_str_has_suffix (bare->socket, "/.local/state/turnus/control"));
}

static void
test_holidays_beside (Place *self, gconstpointer user_data)
{
  g_autofree char *beside = g_build_filename (self->folder, "holidays", NULL);
  g_assert_cmpint (g_mkdir (beside, 0700), ==, 0);

  g_autoptr (TnSettings) settings = load (self, BASE);
  g_rmdir (beside);

  g_assert_cmpstr (settings->holiday_folder, ==, beside);
}

static void
test_owner (Place *self, gconstpointer user_data)
{
  assert_calendar_refused (self, "", "calendar 'egen' has neither owner nor shared");
  assert_calendar_refused (self, "council = \"odense\"; shared = true;",
                           "calendar 'egen' has both an owner and shared");
  assert_calendar_refused (self, "council = \"odense\"; trust = \"decide\";",
                           "trust says nothing of a calendar that is not shared");
}

static void
test_wrong (Place *self, gconstpointer user_data)
{
  assert_refused (self, "inclde = \"councils.d/*.conf\";",
                  "turnus.conf:3: unknown key 'inclde', expected 'include'?");
  assert_refused (self, "keeep = \"2 years\";", "unknown key 'keeep', expected 'keep'?");
  assert_refused (self, "keep = \"2 yaers\";", "did you mean '2 years'?");
  assert_refused (self, "publish = { from = \"+1 year\"; to = \"-1 year\"; };",
                  "publish ends before it begins");
  assert_refused (self, "publish = { to = \"always\"; };", "to = \"always\" is not possible");
  assert_calendar_refused (self, "council = \"odense\"; mode = \"wirte\";",
                           "did you mean 'write'?");
  assert_calendar_refused (self, "council = \"odense\"; modus = \"write\"; mdoe = \"write\";",
                           "unknown key 'mdoe', expected 'mode'?");
  assert_calendar_refused (self, "shared = true; sharde = 1;",
                           "unknown key 'sharde', expected 'shared'?");
  assert_calendar_refused (self, "council = \"odense\"; interval = 15;",
                           "interval is a number, expected a number from 1 to 86400, a blank, and "
                           "\"s\"");
  assert_calendar_refused (self, "council = \"odense\"; list = ( 1 );",
                           "a list in ( ) means nothing to a provider");
  assert_calendar_refused (
      self,
      "council = \"odense\"; }, { id = \"egen\"; provider = \"file\"; council = "
      "\"odense\";",
      "calendar 'egen' stands twice");
}

static void
test_socket (Place *self, gconstpointer user_data)
{
  g_autofree char *longest = g_strnfill (120, 'x');
  g_autofree char *key = g_strdup_printf ("socket = \"%s\";", longest);
  assert_refused (self, key, "the path of the control socket is");
}

static void
test_secrets (Place *self, gconstpointer user_data)
{
  assert_calendar_refused (
      self, "council = \"odense\"; url = \"https://d/\"; user = \"u\"; password = \"hunter2\";",
      "password is a text in quotes, expected only where it is kept: { file = \"…\"; }");
  assert_calendar_refused (self, "council = \"odense\"; client_secret = \"hunter2\";",
                           "a secret stands in 'client_secret'");
  assert_calendar_refused (self, "council = \"odense\"; other = { password = \"hunter2\"; };",
                           "a secret stands in 'other.password'");
  assert_calendar_refused (self,
                           "council = \"odense\"; url = \"https://anna:hunter2@dav.example/\";",
                           "a secret stands in the address 'url'");
}

static void
test_access (Place *self, gconstpointer user_data)
{
#define URL "council = \"odense\"; url = \"https://dav.example/\"; "
  static const struct
  {
    const char *keys;
    const char *complaint;
  } cases[] = {
    { "council = \"odense\"; user = \"u\";", "user goes with url" },
    { URL "user = \"u\";", "only one of user and password" },
    { URL "user = \"a:b\"; password = { file = \"x\"; };", "which Basic cannot carry" },
    { URL "user = \"u\"; password = { };", "password says no place" },
    { URL "user = \"u\"; password = { file = \"x\"; credential = \"y\"; };", "more than one" },
    { URL "auth = \"bearer\";", "expected token" },
    { URL "auth = \"oauth2\";", "expected oauth" },
    { URL "oauth = { client_id = \"c\"; };", "oauth has neither tenant nor token_url" },
    { URL "oauth = { tenant = \"t\"; };", "key 'client_id' is missing" },
    { URL "oauth = { client_id = \"c\"; tenant = \"common\"; };",
      "tenant is \"common\", expected the id of one organisation" },
    { URL "oauth = { client_id = \"c\"; tenant = \"a/../b\"; };", "tenant is \"a/../b\"" },
    { URL "oauth = { client_id = \"c\"; tenant = \"t\"; client_certificate = \"c.pem\"; };",
      "only one of client_certificate and client_key" },
    { URL "oauth = { client_id = \"c\"; tenant = \"t\"; client_key = { file = \"k\"; }; };",
      "only one of client_certificate and client_key" },
    { URL "oauth = { client_id = \"c\"; tenant = \"t\"; client_certificate = \"c.pem\"; client_key "
          "= \"k.pem\"; };",
      "client_key is a text in quotes, expected only where it is kept" },
    { URL "oauth = { client_id = \"c\"; tenant = \"t\"; client_certificate = \"c.pem\"; client_key "
          "= { file = \"k\"; }; client_secret = { file = \"s\"; }; };",
      "both client_secret and client_certificate" },
    { URL "oauth = { client_id = \"c\"; tenant = \"t\"; client_secret_expires = \"2027-03-01\"; };",
      "client_secret_expires goes with client_secret" },
    { URL "oauth = { client_id = \"c\"; tenant = \"t\"; client_secret = { file = \"s\"; }; "
          "client_secret_expires = \"1 March\"; };",
      "'1 March' is no date" },
    { URL "oauth = { client_id = \"c\"; tenant = \"t\"; signature = \"rs256\"; };",
      "signature goes with client_certificate" },
    { URL "oauth = { client_id = \"c\"; tenant = \"t\"; client_certificate = \"c.pem\"; client_key "
          "= { file = \"k\"; }; signature = \"none\"; };",
      "expected \"ps256\" or \"rs256\"" },
    { URL "oauth = { client_id = \"c\"; token_url = \"https://a@b/\"; };", "a user stands in" },
    { URL "oauth = { client_id = \"c\"; token_url = \"https://b/\"; client_secret = \"s\"; };",
      "client_secret is a text in quotes, expected only where it is kept" },
    { URL "auth = \"ntlm\";", "only one of user and password" },
    { URL "auth = \"kerberos\";", "\"oauth2\", \"negotiate\" or \"ntlm\"" },
    { URL "keytab = \"k\";", "keytab goes with auth = \"negotiate\"" },
    { URL "ticket_cache = \"FILE:/t\";", "ticket_cache goes with auth = \"negotiate\"" },
    { URL "auth = \"negotiate\"; user = \"u\"; password = { file = \"x\"; };",
      "auth is negotiate, which takes no password" },
    { URL "client_key = \"k\";", "goes with client_certificate" },
    { URL "proxy = \"http://u:p@proxy:8080\";", "a user stands in the address 'proxy'" },
    { "council = \"odense\"; url = \"https://u@dav.example/\";", "a secret stands in the address" },
  };
#undef URL
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_calendar_refused (self, cases[i].keys, cases[i].complaint);
}

static TnAccount *
load_account (const Place *self, const char *keys)
{
  g_autofree char *text = g_strdup_printf (
      "council = \"odense\"; charters = [ \"c\" ]; calendars = ( { id = \"egen\"; provider = "
      "\"exchange\"; council = \"odense\"; url = \"https://graph.microsoft.com/v1.0/\"; %s } );",
      keys);
  g_autoptr (TnSettings) settings = load (self, text);
  return tn_account_ref (tn_settings_find_calendar (settings, "egen")->account);
}

/* From the tenant follows where a person, and where the program itself, is let in. */
static void
test_tenant (Place *self, gconstpointer user_data)
{
  g_autoptr (TnAccount) person
      = load_account (self, "oauth = { tenant = \"odense.example\"; client_id = \"c\"; };");
  g_autoptr (TnAccount) program = load_account (
      self, "oauth = { tenant = \"odense.example\"; client_id = \"c\"; client_certificate = "
            "\"c.pem\"; client_key = { file = \"k.pem\"; }; };");

  g_assert_cmpint (person->auth, ==, TN_AUTH_OAUTH2);
  g_assert_cmpstr (person->token_url, ==,
                   "https://login.microsoftonline.com/odense.example/oauth2/v2.0/token");
  g_assert_cmpstr (person->device_url, ==,
                   "https://login.microsoftonline.com/odense.example/oauth2/v2.0/devicecode");
  g_assert_true (g_str_has_suffix (person->scope, " offline_access"));
  g_assert_false (tn_account_is_for_itself (person));
  g_assert_cmpstr (program->token_url, ==, person->token_url);
  g_assert_null (program->device_url);
  g_assert_cmpstr (program->scope, ==, "https://graph.microsoft.com/.default");
  g_assert_true (tn_account_is_for_itself (program));
  g_assert_true (program->signing_key.has_lines);
  g_assert_cmpint (program->signature, ==, TN_SIGNATURE_PS256);
  g_assert_true (g_str_has_suffix (program->signing_certificate, "/c.pem"));
}

/* A national cloud, or a test: what is said goes before what follows. */
static void
test_tenant_elsewhere (Place *self, gconstpointer user_data)
{
  g_autoptr (TnAccount) account = load_account (
      self, "oauth = { tenant = \"t\"; client_id = \"c\"; token_url = "
            "\"https://login.microsoftonline.us/t/oauth2/v2.0/token\"; scope = "
            "\"https://graph.microsoft.us/.default\"; signature = \"rs256\"; client_certificate = "
            "\"c.pem\"; client_key = { credential = \"graph-key\"; }; };");
  g_assert_cmpstr (account->token_url, ==, "https://login.microsoftonline.us/t/oauth2/v2.0/token");
  g_assert_cmpstr (account->scope, ==, "https://graph.microsoft.us/.default");
  g_assert_cmpint (account->signature, ==, TN_SIGNATURE_RS256);
  g_assert_cmpstr (account->signing_key.credential, ==, "graph-key");
}

static void
test_secret_end (Place *self, gconstpointer user_data)
{
  g_autoptr (TnAccount) said = load_account (
      self, "oauth = { tenant = \"t\"; client_id = \"c\"; client_secret = { file = \"s\"; }; "
            "client_secret_expires = \"2027-03-01\"; };");
  g_autoptr (TnAccount) unsaid = load_account (
      self, "oauth = { tenant = \"t\"; client_id = \"c\"; client_secret = { file = \"s\"; }; };");
  g_assert_cmpint (said->client_secret_end, ==, tn_date_new (2027, 3, 1));
  g_assert_cmpint (unsaid->client_secret_end, ==, TN_DATE_NONE);
}

static void
test_secret_file (Place *self, gconstpointer user_data)
{
  static const struct
  {
    int mode;
    gboolean is_right;
  } cases[] = { { 0600, TRUE },  { 0400, TRUE },  { 0700, TRUE },  { 0640, FALSE },
                { 0620, FALSE }, { 0604, FALSE }, { 0602, FALSE }, { 0644, FALSE } };
  g_autofree char *secret = g_build_filename (self->folder, "dav", NULL);
  static const char keys[] = "council = \"odense\"; url = \"https://dav.example/\"; "
                             "user = \"u\"; password = { file = \"dav\"; };";
  g_autofree char *text = g_strdup_printf (
      "council = \"odense\"; charters = [ \"c\" ]; calendars = ( { id = \"egen\"; provider = "
      "\"file\"; %s } );",
      keys);
  g_autoptr (TnSettings) missing = load (self, text);
  g_assert_true (g_file_set_contents (secret, "hunter2", -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpint (g_chmod (secret, cases[i].mode), ==, 0);
      if (!cases[i].is_right)
        assert_calendar_refused (self, keys, "password.file: others may read");
      else
        {
          g_autoptr (TnSettings) settings = load (self, text);
          g_assert_cmpstr (tn_settings_find_calendar (settings, "egen")->account->password.file, ==,
                           secret);
        }
    }
  g_remove (secret);
}

static void
test_sample (Place *self, gconstpointer user_data)
{
  g_autofree char *sample
      = g_build_filename (g_getenv ("TURNUS_SOURCE"), "conf", "turnus.conf", NULL);
  g_autofree char *text = reading_dup_7by ();
  g_autoptr (TnRulebook) rulebook = reading_read (text, NULL);
  g_autoptr (GError) error = NULL;

  g_autoptr (TnSettings) settings = tn_settings_load (sample, &error);
  g_assert_no_error (error);
  tn_settings_check (settings, rulebook, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (settings->calendars->len, ==, 2);
  g_assert_true (g_file_test (settings->charters[0], G_FILE_TEST_EXISTS));
}

static void
test_check (Place *self, gconstpointer user_data)
{
  g_autofree char *text = reading_dup_7by ();
  g_autoptr (TnRulebook) rulebook = reading_read (text, NULL);
  g_autoptr (TnSettings) settings = load (
      self,
      "council = \"odnse\"; charters = [ \"c\" ]; calendars = (\n"
      "{ id = \"a\"; provider = \"file\"; council = \"viborg\"; },\n"
      "{ id = \"b\"; provider = \"file\"; shared = true; collaborations = [ \"6by\" ]; series = "
      "[ \"7by/erfa\", \"erfa\", \"6by/erfa\", \"tur\" ]; roles = [ \"host\", \"king\" ]; } );");
  g_autoptr (GError) error = NULL;

  g_assert_false (tn_settings_check (settings, rulebook, &error));

  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_cmpint (reading_count_lines (error->message), ==, 6);
  g_assert_nonnull (strstr (error->message, "turnus.conf: no charter knows council 'odnse'"));
  g_assert_nonnull (strstr (error->message, "turnus.conf:2: calendar 'a': no charter knows a "
                                            "council 'viborg'"));
  g_assert_nonnull (strstr (error->message, "calendar 'b': no charter is called '6by'"));
  g_assert_nonnull (strstr (error->message, "no charter knows a series '6by/erfa'"));
  g_assert_nonnull (strstr (error->message, "no charter knows a series 'tur'"));
  g_assert_nonnull (strstr (error->message, "no series has a role 'king'"));
}

static void
test_missing (Place *self, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnSettings) settings = tn_settings_load (self->path, &error);
  g_assert_null (settings);
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/charter/settings/" name, Place, NULL, set_up, function, tear_down)
  ADD ("what-is-not-said-has-a-default", test_defaults);
  ADD ("every-key-is-read", test_all);
  ADD ("state-and-socket-follow-the-environment", test_folders);
  ADD ("holidays-lie-beside-the-settings", test_holidays_beside);
  ADD ("a-calendar-has-one-owner-or-all", test_owner);
  ADD ("slips-are-told", test_wrong);
  ADD ("a-socket-fits-its-address", test_socket);
  ADD ("secrets-do-not-stand-in-settings", test_secrets);
  ADD ("access-is-whole-and-holds-no-secret", test_access);
  ADD ("tenant-says-where-tokens-are-had", test_tenant);
  ADD ("tenant-gives-way-to-what-is-said", test_tenant_elsewhere);
  ADD ("secret-may-say-when-it-ends", test_secret_end);
  ADD ("hazard-101-a-secret-file-is-for-one-user", test_secret_file);
  ADD ("the-sample-settings-fit-the-sample-charter", test_sample);
  ADD ("names-are-held-against-the-charters", test_check);
  ADD ("a-missing-file-is-told", test_missing);
#undef ADD
  return g_test_run ();
}
