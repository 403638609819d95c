/* The store on disk: one SQLite file, `turnus.db`, in a folder that one process holds.
 *
 * A rollback journal that is truncated, not WAL: between two commits `turnus.db` is whole by
 * itself, so a copy of that one file, even after a crash, misses nothing (hazard 89). It costs
 * about two fsyncs more a commit, and commits come in batches. With synchronous=FULL SQLite also
 * syncs the truncated journal, so what is committed outlives a power cut (DELETE would need EXTRA).
 * locking_mode=EXCLUSIVE keeps other programs out as long as the daemon lives (hazard 39), and
 * secure_delete overwrites what is purged, for these are texts of people (promise 11). */
#include "store/sqlite.h"
#include "base/error.h"
#include "store/batch-changes.h"
#include "store/folder.h"
#include "store/ledger-row.h"
#include "store/ledger-text.h"
#include "store/rows.h"

#define FILE_NAME "turnus.db"
#define TEXT_NAME "ledger.txt"

static const char SETTINGS[]
    = "PRAGMA locking_mode = EXCLUSIVE;"
      "PRAGMA journal_mode = TRUNCATE;"
      "PRAGMA synchronous = FULL;"
      "PRAGMA secure_delete = ON;"
      "PRAGMA trusted_schema = OFF;"
      "PRAGMA temp_store = MEMORY;"
      /* Rows are looked up by hashes: a larger cache hits no more often. */
      "PRAGMA cache_size = -512;"
      /* Takes the lock now: a refusal must come before the first pass. */
      "BEGIN EXCLUSIVE; COMMIT;";

#define TN_TYPE_SQLITE_STORE (tn_sqlite_store_get_type ())
G_DECLARE_FINAL_TYPE (TnSqliteStore, tn_sqlite_store, TN, SQLITE_STORE, GObject)

struct _TnSqliteStore
{
  GObject parent;
  TnFolder *folder;          /* (owned) outlives the database */
  TnDatabase *database;      /* (owned) */
  TnRows *rows[TN_N_TABLES]; /* (owned) */
  TnStatement *purges[2];    /* (owned) */
  char *text_path;           /* (owned) of the ledger for people */
  char *problem;             /* (owned) (nullable) why that file is behind */
  gboolean is_unsure;        /* an fsync failed: nothing more is committed */
};

static void tn_sqlite_store_iface_init (TnStoreInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TnSqliteStore, tn_sqlite_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TN_TYPE_STORE, tn_sqlite_store_iface_init))

/* What each table is asked for; the ledger keeps what it has, for it is never rewritten. */
static const struct
{
  gboolean keeps_first;
  const char *selection;
} ASKED[TN_N_TABLES] = {
  [TN_TABLE_LINKS] = { FALSE, "WHERE calendar = ?1 ORDER BY uid" },
  [TN_TABLE_INTENTS] = { FALSE, "WHERE calendar = ?1 ORDER BY uid" },
  [TN_TABLE_SIGHTINGS] = { FALSE, "WHERE calendar = ?1 ORDER BY item_id" },
  [TN_TABLE_PROPOSALS] = { FALSE, "ORDER BY id" },
  [TN_TABLE_LEDGER] = { TRUE, "ORDER BY id" },
  [TN_TABLE_HISTORY]
  = { FALSE, "WHERE ?1 IS NULL OR uid = ?1 ORDER BY at_us DESC, seq DESC LIMIT ?2" },
  [TN_TABLE_CALENDARS] = { FALSE, "WHERE calendar = ?1" },
  [TN_TABLE_RULEBOOK] = { FALSE, "ORDER BY place" },
  [TN_TABLE_GUESTS] = { FALSE, "ORDER BY uid" },
  [TN_TABLE_LETTERS] = { FALSE, "ORDER BY id" },
  [TN_TABLE_TOLD] = { FALSE, "ORDER BY address, \"key\"" },
  [TN_TABLE_MIRRORS] = { FALSE, "WHERE ?1 IS NULL OR calendar = ?1 ORDER BY calendar, uid" },
  [TN_TABLE_SLIPS] = { FALSE, "ORDER BY token_hash" },
  [TN_TABLE_PEEPHOLES] = { FALSE, "ORDER BY token_hash" },
};

static const char *const PURGES[2] = { "DELETE FROM history WHERE at_us < ?1",
                                       "DELETE FROM proposals WHERE at_us < ?1 AND state <> 0" };
G_STATIC_ASSERT (TN_PROPOSAL_OPEN == 0);

static void
tn_sqlite_store_finalize (GObject *object)
{
  TnSqliteStore *self = TN_SQLITE_STORE (object);
  for (guint i = 0; i < TN_N_TABLES; i++)
    tn_rows_free (self->rows[i]);
  for (guint i = 0; i < G_N_ELEMENTS (PURGES); i++)
    tn_statement_free (self->purges[i]);
  tn_database_close (self->database);
  tn_folder_close (self->folder);
  g_free (self->text_path);
  g_free (self->problem);
  G_OBJECT_CLASS (tn_sqlite_store_parent_class)->finalize (object);
}

static void
tn_sqlite_store_class_init (TnSqliteStoreClass *class)
{
  G_OBJECT_CLASS (class)->finalize = tn_sqlite_store_finalize;
}

static void
tn_sqlite_store_init (TnSqliteStore *self)
{
}

static gboolean
purge (TnSqliteStore *self, gint64 before_us, GError **error)
{
  gboolean has_row = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (PURGES); i++)
    {
      sqlite3_bind_int64 (self->purges[i], 1, before_us);
      if (!tn_statement_step (self->purges[i], &has_row, error))
        return FALSE;
      sqlite3_reset (self->purges[i]);
    }
  return TRUE;
}

/* Decisions that the ledger did not have are added to @fresh. */
static gboolean
put_record (TnSqliteStore *self, const TnChange *change, GPtrArray *fresh, GError **error)
{
  gboolean added = FALSE;
  if (!tn_rows_put (self->rows[change->table], change->record, &added, error))
    return FALSE;
  if (change->table != TN_TABLE_LEDGER || !added)
    return TRUE;
  TnDecision *decision = tn_ledger_row_to_decision (change->record, error);
  if (decision == NULL)
    return FALSE;
  g_ptr_array_add (fresh, decision);
  return TRUE;
}

/* As TN_CHANGE_AMEND says; `secure_delete` leaves nothing of the old one in the file. */
static gboolean
amend_record (TnSqliteStore *self, const TnChange *change, GError **error)
{
  gpointer found = NULL;
  gboolean added = FALSE;
  if (!tn_rows_find (self->rows[change->table], change->record, &found, error))
    return FALSE;
  if (found == NULL)
    return TRUE;
  tn_table_free_record (tn_table_get (change->table), found);
  return tn_rows_drop (self->rows[change->table], change->record, error)
         && tn_rows_put (self->rows[change->table], change->record, &added, error);
}

static gboolean
carry_out (TnSqliteStore *self, const TnChange *change, GPtrArray *fresh, GError **error)
{
  switch (change->kind)
    {
    case TN_CHANGE_PUT:
      return put_record (self, change, fresh, error);
    case TN_CHANGE_AMEND:
      return amend_record (self, change, error);
    case TN_CHANGE_DROP:
      return tn_rows_drop (self->rows[change->table], change->record, error);
    case TN_CHANGE_CLEAR:
      return tn_rows_clear (self->rows[change->table], error);
    case TN_CHANGE_PURGE:
      return purge (self, change->before_us, error);
    default:
      g_return_val_if_reached (FALSE);
    }
}

static gboolean
run_transaction (TnSqliteStore *self, const TnBatch *batch, GPtrArray *fresh, GError **error)
{
  gboolean good = tn_statement_run (self->database, "BEGIN IMMEDIATE", error);
  for (guint i = 0; good && i < tn_batch_get_size (batch); i++)
    good = carry_out (self, tn_batch_get (batch, i), fresh, error);
  if (good && tn_statement_run (self->database, "COMMIT", error))
    return TRUE;

  self->is_unsure = tn_statement_is_unsure (self->database);
  if (sqlite3_get_autocommit (self->database) == 0)
    tn_statement_run (self->database, "ROLLBACK", NULL);
  self->is_unsure = self->is_unsure || sqlite3_get_autocommit (self->database) == 0;
  return FALSE;
}

/* The commit stands whether or not the text can be written: a failure is kept as a problem, and the
 * whole ledger is compared at the next occasion. */
static void
write_text (TnSqliteStore *self, GPtrArray *fresh)
{
  g_autoptr (GError) error = NULL;
  if (self->problem == NULL && fresh != NULL)
    {
      if (fresh->len > 0 && !tn_ledger_text_append (self->text_path, fresh, &error))
        self->problem = g_strdup (error->message);
      return;
    }
  g_autoptr (GPtrArray) ledger = tn_store_load_ledger (TN_STORE (self), &error);
  g_clear_pointer (&self->problem, g_free);
  if (ledger == NULL || !tn_ledger_text_complete (self->text_path, ledger, &error))
    self->problem = g_strdup (error->message);
}

static gboolean
is_amending (const TnBatch *batch)
{
  for (guint i = 0; i < tn_batch_get_size (batch); i++)
    if (tn_batch_get (batch, i)->kind == TN_CHANGE_AMEND)
      return TRUE;
  return FALSE;
}

static gboolean
sqlite_commit (TnStore *store, const TnBatch *batch, GError **error)
{
  TnSqliteStore *self = TN_SQLITE_STORE (store);
  g_autoptr (GPtrArray) fresh = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_decision_unref);
  if (self->is_unsure)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_FAILED,
                   "cannot commit to %s: the disk failed to keep an earlier write; check it and "
                   "start turnusd again",
                   FILE_NAME);
      return FALSE;
    }
  if (!run_transaction (self, batch, fresh, error))
    {
      g_prefix_error (error, "cannot commit to %s: ", FILE_NAME);
      return FALSE;
    }
  write_text (self, is_amending (batch) ? NULL : fresh);
  return TRUE;
}

static GPtrArray *
load_rows (TnStore *store, TnTableName table, const char *text, gint64 most, GError **error)
{
  TnSqliteStore *self = TN_SQLITE_STORE (store);
  GPtrArray *records = tn_rows_load (self->rows[table], text, most, error);
  if (records == NULL)
    g_prefix_error (error, "cannot load %s: ", tn_table_get (table)->name);
  return records;
}

static GPtrArray *
sqlite_load_links (TnStore *store, const char *calendar, GError **error)
{
  return load_rows (store, TN_TABLE_LINKS, calendar, 0, error);
}

static void
take_trace (gpointer record, gpointer traces)
{
  g_autoptr (TnLink) link = record;
  g_ptr_array_add (traces, tn_trace_new (link));
}

static GPtrArray *
sqlite_load_traces (TnStore *store, const char *calendar, GError **error)
{
  g_autoptr (GPtrArray) traces = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_trace_free);
  if (tn_rows_take (TN_SQLITE_STORE (store)->rows[TN_TABLE_LINKS], calendar, 0, take_trace, traces,
                    error))
    return g_steal_pointer (&traces);
  g_prefix_error (error, "cannot load links: ");
  return NULL;
}

static gboolean
sqlite_find_link (TnStore *store, const char *calendar, const char *uid, TnLink **ret_link,
                  GError **error)
{
  const TnLink key = { .calendar = (char *) calendar, .uid = (char *) uid };
  gpointer found = NULL;
  if (tn_rows_find (TN_SQLITE_STORE (store)->rows[TN_TABLE_LINKS], &key, &found, error))
    {
      *ret_link = found;
      return TRUE;
    }
  g_prefix_error (error, "cannot load a link: ");
  return FALSE;
}

static GPtrArray *
sqlite_load_intents (TnStore *store, const char *calendar, GError **error)
{
  return load_rows (store, TN_TABLE_INTENTS, calendar, 0, error);
}

static GPtrArray *
sqlite_load_sightings (TnStore *store, const char *calendar, GError **error)
{
  return load_rows (store, TN_TABLE_SIGHTINGS, calendar, 0, error);
}

static GPtrArray *
sqlite_load_proposals (TnStore *store, GError **error)
{
  return load_rows (store, TN_TABLE_PROPOSALS, NULL, 0, error);
}

static GPtrArray *
sqlite_load_ledger (TnStore *store, GError **error)
{
  g_autoptr (GPtrArray) entries = load_rows (store, TN_TABLE_LEDGER, NULL, 0, error);
  return entries != NULL ? tn_ledger_row_list_decisions (entries, error) : NULL;
}

static GPtrArray *
sqlite_load_history (TnStore *store, const char *uid, guint most, GError **error)
{
  /* SQLite reads a negative limit as none. */
  return load_rows (store, TN_TABLE_HISTORY, uid, most > 0 ? (gint64) most : -1, error);
}

static TnCalendarState *
sqlite_load_calendar (TnStore *store, const char *calendar, GError **error)
{
  g_autoptr (GPtrArray) states = load_rows (store, TN_TABLE_CALENDARS, calendar, 0, error);
  if (states == NULL)
    return NULL;
  if (states->len == 0)
    return tn_calendar_state_new (calendar);
  return tn_calendar_state_copy (g_ptr_array_index (states, 0));
}

static GPtrArray *
sqlite_load_rulebook (TnStore *store, char **ret_digest, GError **error)
{
  g_autoptr (GPtrArray) places = load_rows (store, TN_TABLE_RULEBOOK, NULL, 0, error);
  return places != NULL ? tn_rule_place_list_files (places, ret_digest) : NULL;
}

static GPtrArray *
sqlite_load_guests (TnStore *store, GError **error)
{
  return load_rows (store, TN_TABLE_GUESTS, NULL, 0, error);
}

static GPtrArray *
sqlite_load_mirrors (TnStore *store, const char *calendar, GError **error)
{
  return load_rows (store, TN_TABLE_MIRRORS, calendar, 0, error);
}

static GPtrArray *
sqlite_load_slips (TnStore *store, GError **error)
{
  return load_rows (store, TN_TABLE_SLIPS, NULL, 0, error);
}

static GPtrArray *
sqlite_load_peepholes (TnStore *store, GError **error)
{
  return load_rows (store, TN_TABLE_PEEPHOLES, NULL, 0, error);
}

static GPtrArray *
sqlite_load_letters (TnStore *store, GError **error)
{
  return load_rows (store, TN_TABLE_LETTERS, NULL, 0, error);
}

static GPtrArray *
sqlite_load_told (TnStore *store, GError **error)
{
  return load_rows (store, TN_TABLE_TOLD, NULL, 0, error);
}

static gboolean
sqlite_backup (TnStore *store, const char *path, GError **error)
{
  return tn_migration_copy (TN_SQLITE_STORE (store)->database, path, error);
}

static const char *
sqlite_get_problem (TnStore *store)
{
  return TN_SQLITE_STORE (store)->problem;
}

static void
tn_sqlite_store_iface_init (TnStoreInterface *iface)
{
  iface->commit = sqlite_commit;
  iface->load_links = sqlite_load_links;
  iface->load_traces = sqlite_load_traces;
  iface->find_link = sqlite_find_link;
  iface->load_intents = sqlite_load_intents;
  iface->load_sightings = sqlite_load_sightings;
  iface->load_proposals = sqlite_load_proposals;
  iface->load_ledger = sqlite_load_ledger;
  iface->load_history = sqlite_load_history;
  iface->load_calendar = sqlite_load_calendar;
  iface->load_rulebook = sqlite_load_rulebook;
  iface->load_guests = sqlite_load_guests;
  iface->load_mirrors = sqlite_load_mirrors;
  iface->load_slips = sqlite_load_slips;
  iface->load_peepholes = sqlite_load_peepholes;
  iface->load_letters = sqlite_load_letters;
  iface->load_told = sqlite_load_told;
  iface->backup = sqlite_backup;
  iface->get_problem = sqlite_get_problem;
}

/* Finds what row hashes cannot: pages that lost their place in a tree, and with them whole rows. */
static gboolean
check_structure (TnDatabase *database, GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (TnStatement) check = tn_statement_new (database, "PRAGMA quick_check(1)", error);
  if (check == NULL || !tn_statement_step (check, &has_row, error))
    return FALSE;
  const char *verdict = has_row ? (const char *) sqlite3_column_text (check, 0) : "no answer";
  if (g_strcmp0 (verdict, "ok") == 0)
    return TRUE;
  g_set_error (error, TN_ERROR, TN_ERROR_PROTOCOL, "it is damaged (%s); put a backup in its place",
               verdict);
  return FALSE;
}

static gboolean
open_database (TnSqliteStore *self, const char *path, const TnMigration *migrations, GError **error)
{
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX
              | SQLITE_OPEN_PRIVATECACHE;
  if (!tn_folder_touch (self->folder, FILE_NAME, error))
    return FALSE;
  int code = sqlite3_open_v2 (path, &self->database, flags, NULL);
  if (code != SQLITE_OK)
    {
      tn_statement_set_error (self->database, code, NULL, error);
      return FALSE;
    }
  sqlite3_extended_result_codes (self->database, 1);
  sqlite3_db_config (self->database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  return tn_statement_run (self->database, SETTINGS, error)
         && check_structure (self->database, error)
         && tn_migration_run (self->database, path, migrations, error);
}

static gboolean
prepare (TnSqliteStore *self, GError **error)
{
  for (guint i = 0; i < TN_N_TABLES; i++)
    {
      self->rows[i] = tn_rows_new (self->database, tn_table_get (i), ASKED[i].keeps_first,
                                   ASKED[i].selection, error);
      if (self->rows[i] == NULL)
        return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (PURGES); i++)
    {
      self->purges[i] = tn_statement_new (self->database, PURGES[i], error);
      if (self->purges[i] == NULL)
        return FALSE;
    }
  return TRUE;
}

/**
 * tn_sqlite_open:
 * @migrations: (array zero-terminated=1): to be brought to the newest of them
 *
 * As tn_store_open_sqlite().
 */
TnStore *
tn_sqlite_open (const char *folder, const TnMigration *migrations, GError **error)
{
  g_autoptr (TnSqliteStore) self = g_object_new (TN_TYPE_SQLITE_STORE, NULL);
  self->folder = tn_folder_open (folder, error);
  if (self->folder == NULL)
    return NULL;
  g_autofree char *path = tn_folder_dup_path (self->folder, FILE_NAME);
  self->text_path = tn_folder_dup_path (self->folder, TEXT_NAME);
  if (!open_database (self, path, migrations, error) || !prepare (self, error))
    {
      g_prefix_error (error, "cannot open %s: ", path);
      return NULL;
    }
  write_text (self, NULL);
  return TN_STORE (g_steal_pointer (&self));
}

/**
 * tn_store_open_sqlite:
 * @folder: made if it is missing
 *
 * Opens `turnus.db` in @folder, after making it or bringing it to the version of this program, and
 * holds the folder until the store is finalized.
 *
 * Errors: %TN_ERROR_TEMPORARY when another process has it or the disk refuses; %TN_ERROR_INVALID
 *   when the folder or the file is not one for us; %TN_ERROR_PROTOCOL when the file is damaged.
 * Returns: (transfer full) (nullable): the store
 */
TnStore *
tn_store_open_sqlite (const char *folder, GError **error)
{
  g_return_val_if_fail (folder != NULL, NULL);
  return tn_sqlite_open (folder, tn_migrations, error);
}
