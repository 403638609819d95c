/* turnusctl backup, restore: the daemon's memory as two files, and back. */
#include "base/error.h"
#include "ctl/bus.h"
#include "ctl/command.h"
#include "ctl/json.h"
#include "ctl/prompt.h"
#include "model/catalogue.h"
#include "store/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixfdlist.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* Where a backup is, or is to be: a file and its ledger, or a folder with both. */
typedef struct
{
  char *database; /* (owned) */
  char *ledger;   /* (owned) */
} Place;

static void
place_clear (Place *place)
{
  g_free (place->database);
  g_free (place->ledger);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

static void
place_init (Place *place, const char *path)
{
  gboolean is_folder = g_file_test (path, G_FILE_TEST_IS_DIR);
  place->database = is_folder ? g_build_filename (path, "turnus.db", NULL) : g_strdup (path);
  place->ledger = is_folder ? g_build_filename (path, "ledger.txt", NULL)
                            : g_strconcat (path, ".ledger.txt", NULL);
}

static int
create (const char *path, GError **error)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0 && errno == EEXIST)
    g_set_error (error, TN_ERROR, TN_ERROR_FAILED,
                 "cannot back up to %s: it is there already, and a backup overwrites nothing; name "
                 "another file",
                 path);
  else if (fd < 0)
    g_set_error (error, TN_ERROR, TN_ERROR_FAILED, "cannot back up to %s: %s", path,
                 g_strerror (errno));
  return fd;
}

static gboolean
ask_daemon (const TnCall *call, int database, int ledger, GError **error)
{
  g_autoptr (GUnixFDList) files = g_unix_fd_list_new ();
  if (g_unix_fd_list_append (files, database, error) < 0
      || g_unix_fd_list_append (files, ledger, error) < 0)
    return FALSE;
  g_autoptr (JsonNode) answer
      = tn_bus_ask_with_files (call, "Backup", g_variant_new ("(hh)", 0, 1), files, error);
  return answer != NULL;
}

/* Without a daemon; a state that is not there must not be made by a backup. */
static gboolean
copy_state (const TnCall *call, int database, int ledger, GError **error)
{
  g_autoptr (TnSettings) settings = tn_call_load_settings (call, error);
  if (settings == NULL)
    return FALSE;
  g_autofree char *path = g_build_filename (settings->state, "turnus.db", NULL);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, TN_ERROR, TN_ERROR_FAILED,
                   "cannot back up %s: there is none, and no daemon answers", path);
      return FALSE;
    }
  g_autoptr (TnStore) store = tn_store_open_sqlite (settings->state, error);
  return store != NULL && tn_backup_write (store, settings->state, database, ledger, error);
}

static gboolean
fill (const TnCall *call, int database, int ledger, GError **error)
{
  g_autoptr (GError) refusal = NULL;
  if (ask_daemon (call, database, ledger, &refusal))
    return TRUE;
  if (tn_error_is_temporary (refusal) && !tn_call_has_option (call, "socket"))
    return copy_state (call, database, ledger, error);
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

static gboolean
back_up (const TnCall *call, const Place *place, GError **error)
{
  int database = create (place->database, error);
  int ledger = database >= 0 ? create (place->ledger, error) : -1;
  gboolean done = ledger >= 0 && fill (call, database, ledger, error);
  if (database >= 0 && (close (database) != 0 || !done))
    g_unlink (place->database);
  if (ledger >= 0 && (close (ledger) != 0 || !done))
    g_unlink (place->ledger);
  return done;
}

static int
tell (const TnCall *call, const char *did, const Place *place, const char *kept)
{
  if (!tn_call_wants_json (call))
    {
      tn_call_print (call, "%s: %s, %s\n", tn_say_code (call->language, did), place->database,
                     place->ledger);
      if (kept != NULL)
        tn_call_print (
            call,
            tn_say (call->language,
                    "The state of until now is in %s.\nThe next pass takes over what the "
                    "calendars know and this state does not.\n"),
            kept);
      return TN_EXIT_DONE;
    }
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  tn_json_add_text (builder, "did", did);
  tn_json_add_text (builder, "database", place->database);
  tn_json_add_text (builder, "ledger", place->ledger);
  tn_json_add_text (builder, "kept", kept);
  json_builder_end_object (builder);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  tn_call_print_json (call, root);
  return TN_EXIT_DONE;
}

static int
run_backup (TnCall *call)
{
  g_autoptr (GError) error = NULL;
  g_auto (Place) place = { 0 };
  place_init (&place, call->words[0]);
  return back_up (call, &place, &error) ? tell (call, "backed up", &place, NULL)
                                        : tn_call_fail (call, error);
}

static int
run_restore (TnCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL;
  g_auto (Place) place = { 0 };
  place_init (&place, call->words[0]);
  g_autoptr (TnSettings) settings = tn_call_load_settings (call, &error);
  if (settings == NULL)
    return tn_call_fail (call, error);
  g_autofree char *question
      = g_strdup_printf (tn_say (call->language, "Put %s in the place of the state in %s?"),
                         place.database, settings->state);
  if (!tn_prompt_allows (call, question, &error))
    return tn_call_fail (call, error);
  gboolean has_ledger = g_file_test (place.ledger, G_FILE_TEST_EXISTS);
  if (!tn_backup_restore (settings->state, place.database, has_ledger ? place.ledger : NULL, &kept,
                          &error))
    return tn_call_fail (call, error);
  return tell (call, "restored", &place, kept);
}

const TnCommand tn_cmd_backup = {
  .name = "backup",
  .topic = TN_TOPIC_KEEP,
  .see_also = "restore export",
  .arguments = "FILE|FOLDER",
  .summary = N_ ("copy the daemon's memory; nothing is overwritten"),
  .help
  = N_ ("Copies the state, while the daemon runs or not, into FILE and FILE.ledger.txt, or into\n"
        "turnus.db and ledger.txt in FOLDER, readable by you alone. Nothing is overwritten.\n\n"
        "Example\n"
        "  turnusctl backup /var/backups/turnus-2027-01-12.db"),
  .needs_daemon = TRUE,
  .n_min_words = 1,
  .n_max_words = 1,
  .run = run_backup,
};

static const TnOption RESTORE_OPTIONS[] = {
  { "yes", NULL, N_ ("do it without asking at the terminal"), 'y', FALSE },
  { NULL, NULL, NULL, 0, FALSE },
};

const TnCommand tn_cmd_restore = {
  .name = "restore",
  .topic = TN_TOPIC_KEEP,
  .see_also = "backup status",
  .arguments = "FILE|FOLDER",
  .summary = N_ ("put a backup in the place of the daemon's memory"),
  .help = N_ ("Puts a backup in the place of the state. The daemon must be stopped. The backup is "
              "checked\n"
              "first, and what was there is kept beside it. What the calendars know and the backup "
              "does\n"
              "not, is taken over by the next pass and not overwritten.\n\n"
              "Example\n"
              "  systemctl stop turnusd && turnusctl restore /var/backups/turnus-2027-01-12.db"),
  .n_min_words = 1,
  .n_max_words = 1,
  .options = RESTORE_OPTIONS,
  .run = run_restore,
};
