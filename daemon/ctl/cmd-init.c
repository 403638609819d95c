/* turnusctl init: the first settings of a council, and the draft of a charter. */
#include "base/error.h"
#include "charter/charter.h"
#include "ctl/command.h"
#include "ctl/interview.h"
#include "ctl/json.h"
#include "ctl/new-file.h"
#include "ctl/papers.h"
#include "model/catalogue.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static const char SYSTEM_FOLDER[] = "/etc/turnus";

/* What is written, in this order: settings come last, so that they never name what is not there. */
typedef struct
{
  char *folder;        /* (owned) absolute */
  char *charter;       /* (owned) relative to it */
  char *charter_text;  /* (owned) */
  char *settings_text; /* (owned) */
} Draft;

static void
draft_clear (Draft *draft)
{
  g_free (draft->folder);
  g_free (draft->charter);
  g_free (draft->charter_text);
  g_free (draft->settings_text);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Draft, draft_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TnInterview, tn_interview_clear)

static GPtrArray *
load_files (const TnCall *call, const char *path, GError **error)
{
  const char *const paths[] = { path, NULL };
  g_autofree char *folder = tn_papers_find_holiday_folder (call, error);
  return folder != NULL ? tn_charter_load_files (paths, folder, error) : NULL;
}

static TnRulebook *
read_charter (const TnCall *call, const char *path, GError **error)
{
  g_autoptr (GPtrArray) files = load_files (call, path, error);
  return files != NULL ? tn_charter_read (files, error) : NULL;
}

static void
make_places (const TnCall *call, TnFounding *founding, const Draft *draft)
{
  const char *holidays = tn_call_get_option (call, "holidays");
  founding->is_portable = strcmp (draft->folder, SYSTEM_FOLDER) != 0;
  founding->holiday_folder = holidays != NULL ? g_canonicalize_filename (holidays, NULL) : NULL;
}

static gboolean
make_texts (const TnFounding *founding, Draft *draft, GError **error)
{
  g_autofree char *name = founding->charter != NULL
                              ? g_path_get_basename (founding->charter)
                              : g_strconcat (founding->collaboration_id, ".conf", NULL);
  draft->charter = g_build_filename ("charters", name, NULL);
  draft->settings_text = tn_founding_write_settings (founding, draft->charter);
  if (founding->charter != NULL)
    return g_file_get_contents (founding->charter, &draft->charter_text, NULL, error);
  draft->charter_text = tn_founding_write_charter (founding);
  return TRUE;
}

static gboolean
is_free (const Draft *draft, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (draft->folder, name, NULL);
  if (!g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    return TRUE;
  g_set_error (error, TN_ERROR, TN_ERROR_CONFLICT,
               "nothing is written: %s is there already, and init overwrites nothing; name another "
               "folder, or change that file",
               path);
  return FALSE;
}

static gboolean
make_folder (const Draft *draft, const char *name, int mode, GError **error)
{
  g_autofree char *path = g_build_filename (draft->folder, name, NULL);
  if (g_mkdir_with_parents (path, mode) == 0)
    return TRUE;
  g_set_error (error, TN_ERROR, TN_ERROR_FAILED, "cannot make the folder %s: %s", path,
               g_strerror (errno));
  return FALSE;
}

static gboolean
write_file (const Draft *draft, const char *name, const char *text, int mode, GError **error)
{
  g_autofree char *path = g_build_filename (draft->folder, name, NULL);
  return tn_new_file_write (path, text, mode, error);
}

static gboolean
write_secret (const Draft *draft, const TnInterview *interview, GError **error)
{
  if (interview->secret == NULL)
    return TRUE;
  g_autofree char *line = g_strconcat (interview->secret, "\n", NULL);
  return make_folder (draft, "secrets", 0700, error)
         && write_file (draft, interview->founding->password_file, line, 0600, error);
}

/* A charter that is in its place already stays there: a copy of itself is no other file. */
static gboolean
is_in_place (const Draft *draft, const TnFounding *founding)
{
  g_autofree char *path = g_build_filename (draft->folder, draft->charter, NULL);
  return g_strcmp0 (path, founding->charter) == 0;
}

static gboolean
write_all (const Draft *draft, const TnInterview *interview, GError **error)
{
  gboolean needs_charter = !is_in_place (draft, interview->founding);
  if (!is_free (draft, "turnus.conf", error)
      || (needs_charter && !is_free (draft, draft->charter, error))
      || (interview->secret != NULL && !is_free (draft, interview->founding->password_file, error)))
    return FALSE;
  return make_folder (draft, "charters", 0755, error)
         && (!needs_charter || write_file (draft, draft->charter, draft->charter_text, 0644, error))
         && write_secret (draft, interview, error)
         && write_file (draft, "turnus.conf", draft->settings_text, 0644, error);
}

static void
print_steps (const TnCall *call, const Draft *draft)
{
  g_autofree char *config = g_build_filename (draft->folder, "turnus.conf", NULL);
  g_autofree char *quoted = g_shell_quote (config);
  const char *shown = strpbrk (config, " '\"\\$") != NULL ? quoted : config;
  tn_call_print (call, tn_say (call->language, "written: %s/turnus.conf and %s/%s\n\n"),
                 draft->folder, draft->folder, draft->charter);
  tn_call_print (call, "%s\n", tn_say (call->language, "What comes next:"));
  tn_call_print (
      call,
      tn_say (call->language,
              "  1. read the charter, change what was agreed otherwise, and look at the "
              "dates:\n       turnusctl check --config %s\n       turnusctl list --config "
              "%s\n"),
      shown, shown);
  tn_call_print (call,
                 tn_say (call->language, "  2. see whether the calendars can be used:\n       "
                                         "turnusctl doctor --config %s\n"),
                 shown);
  tn_call_print (call,
                 tn_say (call->language,
                         "  3. start the daemon, look at what it would do, and let it:\n       "
                         "turnusd --config %s\n       turnusctl plan --config %s\n       turnusctl "
                         "apply --config %s\n"),
                 shown, shown, shown);
}

static void
print_json (const TnCall *call, const Draft *draft)
{
  g_autofree char *config = g_build_filename (draft->folder, "turnus.conf", NULL);
  g_autofree char *charter = g_build_filename (draft->folder, draft->charter, NULL);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  tn_json_add_text (builder, "settings", config);
  tn_json_add_text (builder, "charter", charter);
  json_builder_end_object (builder);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  tn_call_print_json (call, root);
}

static gboolean
check_options (const TnCall *call, GError **error)
{
  const char *const *charters = tn_call_list_option (call, "charter");
  if (!tn_call_has_option (call, "config") && (charters[0] == NULL || charters[1] == NULL))
    return TRUE;
  g_set_error_literal (error, TN_ERROR, TN_ERROR_INVALID,
                       tn_say (call->language,
                               "init makes settings for one charter: it takes no --config, and "
                               "--charter once"));
  return FALSE;
}

static gboolean
begin (TnInterview *interview, TnRulebook **rulebook, Draft *draft, GError **error)
{
  const TnCall *call = interview->call;
  g_autoptr (TnZone) utc = tn_zone_new_utc ();
  TnDate today = 0;
  draft->folder = g_canonicalize_filename (call->n_words > 0 ? call->words[0] : ".", NULL);
  if (!check_options (call, error) || !is_free (draft, "turnus.conf", error)
      || !tn_call_find_today (call, utc, &today, error)
      || !tn_interview_hold (interview, rulebook, read_charter, error))
    return FALSE;
  interview->founding->first_year = tn_date_get_year (today) + 1;
  make_places (call, interview->founding, draft);
  return make_texts (interview->founding, draft, error) && write_all (draft, interview, error);
}

static int
run (TnCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnRulebook) rulebook = NULL;
  g_auto (TnInterview) interview = { .call = call };
  g_auto (Draft) draft = { 0 };
  if (!begin (&interview, &rulebook, &draft, &error))
    return tn_call_fail (call, error);
  if (tn_call_wants_json (call))
    print_json (call, &draft);
  else
    print_steps (call, &draft);
  return TN_EXIT_DONE;
}

/* Which council it is says `--council`, as with any command. */
static const TnOption OPTIONS[] = {
  { "collaboration", "NAME", N_ ("what the collaboration is called"), 0, FALSE },
  { "members", "NAMES", N_ ("its councils by commas, in the order of their turns"), 0, FALSE },
  { "series", "KINDS",
    N_ ("some of trip, erfa, theme, meeting and report, by commas; trip, erfa when not said"), 0,
    FALSE },
  { "language", "da|sv|nb|en", N_ ("of the events; that of the terminal when not said"), 0, FALSE },
  { "country", "dk|se|no|none", N_ ("whose public holidays are kept free"), 0, FALSE },
  { "calendar", "file|URL", N_ ("the council's own calendar; file when not said"), 0, FALSE },
  { "shared", "file|none|URL", N_ ("one that all councils share; none when not said"), 0, FALSE },
  { "user", "NAME", N_ ("who logs in to an address"), 0, FALSE },
  { "password-file", "FILE", N_ ("where the password is; nobody else may read it"), 0, FALSE },
  { "credential", "NAME", N_ ("or what systemd calls it (LoadCredential)"), 0, FALSE },
  { "mode", "observe|ask|write", N_ ("what turnus may do; ask when not said"), 0, FALSE },
  { "yes", NULL, N_ ("ask nothing: what is not said is as usual"), 'y', FALSE },
  { NULL, NULL, NULL, 0, FALSE },
};

const TnCommand tn_cmd_init = {
  .name = "init",
  .topic = TN_TOPIC_BEGIN,
  .see_also = "check doctor calendars",
  .arguments = "[FOLDER]",
  .summary = N_ ("ask a few questions, and write charter and settings"),
  .help = N_ (
      "Writes turnus.conf and a charter with comments into FOLDER, or the current one. A\n"
      "collaboration that others have a charter of is joined with --charter: the file is copied,\n"
      "and only the council and its calendars are asked for. Otherwise a draft is written, with\n"
      "what such collaborations usually agree on, for a meeting to change.\n\n"
      "Each question can be answered by an option; without a terminal nothing is asked. Nothing\n"
      "is overwritten. A password is typed unseen and kept in a file of its own, or stands in\n"
      "the file of --password-file, or has a name at systemd; it is never on the command line.\n"
      "Calendars in Microsoft 365 and Exchange are put into turnus.conf afterwards.\n\n"
      "Example: a council joins a collaboration that there is\n"
      "  turnusctl init turnus --charter 7by.conf --council esbjerg\n"
      "Example: a new one\n"
      "  turnusctl init new --collaboration \"4 kommuner\" --members \"Lund, Eslöv, Höör, Hörby\"\n"
      "    --council Lund --language sv"),
  .n_max_words = 1,
  .options = OPTIONS,
  .run = run,
};
