/* The fixture of the reconciling tests: everything is real but the calendars, the clock and the
 * disk under the store. */
#include "sync/town.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "charter/charter.h"
#include "charter/settings.h"
#include "ical/reader.h"
#include "model/identity.h"

static const char SHARED[] = "faelles";

static TnProvider *
open_calendar (gpointer user_data, const TnCalendar *calendar, const char *binding, GError **error)
{
  Town *town = user_data;
  TnFakeProvider *provider = g_hash_table_lookup (town->calendars, calendar->id);
  g_assert_nonnull (provider);
  return g_object_ref (TN_PROVIDER (provider));
}

static void
write_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
write_settings (Town *town, const char *const *owners, const char *common)
{
  GString *text = g_string_new (NULL);
  g_string_append_printf (text,
                          "council = \"%s\";\ncharters = [ \"7by.conf\" ];\n"
                          "publish = { from = \"-1 year\"; to = \"+3 years\"; };\n"
                          "calendars = (\n",
                          town->council);
  for (guint i = 0; owners[i] != NULL; i++)
    g_string_append_printf (text, "  { id = \"%s\"; provider = \"fake\"; council = \"%s\"; %s },\n",
                            owners[i], owners[i], common);
  g_string_append_printf (text, "  { id = \"%s\"; provider = \"fake\"; shared = true; %s }\n);\n",
                          SHARED, common);
  write_file (town->folder, "turnus.conf", text->str);
  g_string_free (text, TRUE);
}

static void
copy_rules (Town *town)
{
  g_autoptr (GError) error = NULL;
  const char *source = g_getenv ("TURNUS_SOURCE");
  g_autofree char *charter = g_build_filename (source, "conf", "charters", "7by.conf", NULL);
  g_autofree char *holidays = g_build_filename (source, "conf", "holidays", "dk.conf", NULL);
  g_autofree char *text = NULL;
  g_file_get_contents (charter, &text, NULL, &error);
  g_assert_no_error (error);
  write_file (town->folder, "7by.conf", text);
  g_free (text);
  g_file_get_contents (holidays, &text, NULL, &error);
  g_assert_no_error (error);
  g_autofree char *folder = g_build_filename (town->folder, "holidays", NULL);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  write_file (folder, "dk.conf", text);
}

static void
load (Town *town, TnSettings **settings, GPtrArray **files)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (town->folder, "turnus.conf", NULL);
  *settings = tn_settings_load (path, &error);
  g_assert_no_error (error);
  *files = tn_charter_load_files ((const char *const *) (*settings)->charters,
                                  (*settings)->holiday_folder, &error);
  g_assert_no_error (error);
  tn_charter_load_busy (*files, (const char *const *) (*settings)->busy, &error);
  g_assert_no_error (error);
}

static void
open_desk (Town *town)
{
  g_autoptr (TnSettings) settings = NULL;
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GError) error = NULL;
  load (town, &settings, &files);
  town->book = tn_book_open (town->store, TN_CLOCK (town->clock), settings, tn_charter_read, files,
                             &error);
  g_assert_no_error (error);
  town->desk = tn_desk_new (town->book, open_calendar, town);
}

/* `owners`: councils that have a calendar of their own here; `shared`: (transfer none): the
 * calendar of all; `common`: settings that all calendars get. */
Town *
town_new_council (const char *council, const char *const *owners, TnFakeProvider *shared,
                  const char *common)
{
  g_autoptr (GError) error = NULL;
  /* What a calendar's pass warns of is what these tests are about. */
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_FLAG_RECURSION);
  Town *town = g_new0 (Town, 1);
  town->council = g_strdup (council);
  town->folder = g_dir_make_tmp ("turnus-town-XXXXXX", &error);
  g_assert_no_error (error);
  town->clock = tn_fake_clock_new (tn_date_new (2026, 11, 22));
  town->store = tn_store_new_memory ();
  town->calendars = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  for (guint i = 0; owners[i] != NULL; i++)
    g_hash_table_insert (town->calendars, g_strdup (owners[i]), tn_fake_provider_new ());
  g_hash_table_insert (town->calendars, g_strdup (SHARED), g_object_ref (shared));
  copy_rules (town);
  write_settings (town, owners, common);
  open_desk (town);
  return town;
}

Town *
town_new (const char *common)
{
  static const char *const owners[] = { "esbjerg", "aalborg", "aarhus", NULL };
  g_autoptr (TnFakeProvider) shared = tn_fake_provider_new ();
  return town_new_council ("odense", owners, shared, common);
}

static void
remove_tree (const char *path)
{
  GDir *dir = g_dir_open (path, 0, NULL);
  const char *name = NULL;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);
      remove_tree (inner);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_remove (path);
}

void
town_free (Town *town)
{
  g_clear_object (&town->desk);
  g_clear_object (&town->book);
  g_clear_object (&town->store);
  g_clear_object (&town->clock);
  g_hash_table_unref (town->calendars);
  remove_tree (town->folder);
  g_free (town->folder);
  g_free (town->council);
  g_free (town);
}

/* The daemon has lost its state; `private` also what stood in its own calendars. */
void
town_forget (Town *town, gboolean private)
{
  g_clear_object (&town->desk);
  g_clear_object (&town->book);
  g_clear_object (&town->store);
  town->store = tn_store_new_memory ();
  GHashTableIter iter;
  gpointer id = NULL;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, town->calendars);
  while (g_hash_table_iter_next (&iter, &id, &value))
    if (private && strcmp (id, SHARED) != 0)
      tn_fake_provider_clear (value);
  open_desk (town);
}

static void
back_up_calendar (TnStore *store, const char *id, TnBatch *batch)
{
  g_autoptr (GPtrArray) links = tn_store_load_links (store, id, NULL);
  g_autoptr (GPtrArray) sightings = tn_store_load_sightings (store, id, NULL);
  g_autoptr (TnCalendarState) state = tn_store_load_calendar (store, id, NULL);
  for (guint i = 0; i < links->len; i++)
    tn_batch_put_link (batch, g_ptr_array_index (links, i));
  for (guint i = 0; i < sightings->len; i++)
    tn_batch_put_sighting (batch, g_ptr_array_index (sightings, i));
  tn_batch_put_calendar (batch, state);
}

/* The state as it is now, in a store of its own. */
TnStore *
town_back_up (Town *town)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnBatch) batch = tn_batch_new ();
  g_autofree char *digest = NULL;
  g_autoptr (GPtrArray) files = tn_store_load_rulebook (town->store, &digest, NULL);
  g_autoptr (GPtrArray) ledger = tn_store_load_ledger (town->store, NULL);
  g_autoptr (GPtrArray) proposals = tn_store_load_proposals (town->store, NULL);
  tn_batch_put_rulebook (batch, digest, files);
  for (guint i = 0; i < ledger->len; i++)
    tn_batch_append_decision (batch, g_ptr_array_index (ledger, i));
  for (guint i = 0; i < proposals->len; i++)
    tn_batch_put_proposal (batch, g_ptr_array_index (proposals, i));
  GHashTableIter iter;
  gpointer id = NULL;
  g_hash_table_iter_init (&iter, town->calendars);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    back_up_calendar (town->store, id, batch);
  TnStore *backup = tn_store_new_memory ();
  tn_store_commit (backup, batch, &error);
  g_assert_no_error (error);
  return backup;
}

/* (transfer none): a backup that is put in the place of the state. */
void
town_restore (Town *town, TnStore *backup)
{
  g_clear_object (&town->desk);
  g_clear_object (&town->book);
  g_set_object (&town->store, backup);
  open_desk (town);
}

/* The daemon ends and begins again: nothing survives but the store and the calendars. */
void
town_restart (Town *town)
{
  g_clear_object (&town->desk);
  g_clear_object (&town->book);
  open_desk (town);
}

static void
replace_in_file (Town *town, const char *name, const char *old, const char *new)
{
  g_autofree char *path = g_build_filename (town->folder, name, NULL);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_auto (GStrv) parts = g_strsplit (text, old, -1);
  g_assert_cmpuint (g_strv_length (parts), >, 1);
  g_autofree char *edited = g_strjoinv (new, parts);
  write_file (town->folder, name, edited);
}

void
town_set_charter (Town *town, const char *old, const char *new)
{
  replace_in_file (town, "7by.conf", old, new);
}

void
town_set_settings (Town *town, const char *old, const char *new)
{
  replace_in_file (town, "turnus.conf", old, new);
}

void
town_reload (Town *town)
{
  g_autoptr (TnSettings) settings = NULL;
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GError) error = NULL;
  load (town, &settings, &files);
  tn_book_reload (town->book, settings, files, &error);
  g_assert_no_error (error);
  tn_desk_reopen (town->desk);
}

void
town_decide (Town *town, TnDecisionKind kind, const char *series, const char *cycle,
             const char *value, const char *by)
{
  TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
  draft.kind = kind;
  draft.on = tn_plan_get_today (tn_book_get_plan (town->book));
  draft.by = by;
  draft.source = "command test";
  draft.collaboration = "7by";
  draft.series = series;
  draft.cycle = cycle;
  draft.value = value;
  draft.confirmed = kind == TN_DECISION_DATE;
  g_autoptr (GPtrArray) effects = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TnDecision) decision = tn_decide (town->book, &draft, FALSE, &effects, &error);
  g_assert_no_error (error);
}

gboolean
town_try_sync (Town *town, const char *calendar, TnPassFlags flags, GError **error)
{
  const char *const names[] = { calendar, NULL };
  g_autoptr (GAsyncResult) result = NULL;
  tn_desk_sync_async (town->desk, calendar != NULL ? names : NULL, flags, NULL, tn_await_store,
                      &result);
  tn_await (&result);
  return tn_desk_sync_finish (town->desk, result, error);
}

void
town_sync (Town *town)
{
  g_autoptr (GError) error = NULL;
  town_try_sync (town, NULL, 0, &error);
  g_assert_no_error (error);
}

GHashTable *
town_preview (Town *town)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  tn_desk_preview_async (town->desk, NULL, NULL, tn_await_store, &result);
  tn_await (&result);
  GHashTable *results = tn_desk_preview_finish (town->desk, result, &error);
  g_assert_no_error (error);
  return results;
}

char *
town_uid (const char *series, const char *cycle, const char *milestone)
{
  TnIdentity identity
      = { .collaboration = "7by", .series = series, .cycle = cycle, .milestone = milestone };
  return tn_identity_to_uid (&identity);
}

TnFakeProvider *
town_calendar (Town *town, const char *calendar)
{
  return g_hash_table_lookup (town->calendars, calendar);
}

/* Returns: (nullable): the event, read in the town's zone */
TnEvent *
town_parse (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (TnZone) zone = tn_zone_new ("Europe/Copenhagen", NULL);
  return tn_reader_read (bytes, zone, NULL);
}

static TnEvent *
read_item (Town *town, const char *calendar, const char *id)
{
  return town_parse (tn_fake_provider_get (town_calendar (town, calendar), id));
}

/* The id of the item that is event `uid`; it must be there at most once. */
char *
town_find_item (Town *town, const char *calendar, const char *uid)
{
  g_auto (GStrv) ids = tn_fake_provider_dup_ids (town_calendar (town, calendar));
  char *found = NULL;
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (TnEvent) event = read_item (town, calendar, ids[i]);
      if (event == NULL || strcmp (event->uid, uid) != 0)
        continue;
      g_assert_null (found); /* promise 2: nothing doubled */
      found = g_strdup (ids[i]);
    }
  return found;
}

TnEvent *
town_find (Town *town, const char *calendar, const char *uid)
{
  g_autofree char *id = town_find_item (town, calendar, uid);
  return id != NULL ? read_item (town, calendar, id) : NULL;
}

char *
town_show (Town *town, const char *calendar, const char *uid, TnField field)
{
  g_autoptr (TnEvent) event = town_find (town, calendar, uid);
  return event != NULL ? tn_event_dup_field (event, field) : g_strdup ("gone");
}

/* A person edits the text of an event, byte by byte as a calendar program would. */
void
town_edit (Town *town, const char *calendar, const char *uid, const char *old, const char *new)
{
  g_autofree char *id = town_find_item (town, calendar, uid);
  g_assert_nonnull (id);
  const char *text = tn_fake_provider_get (town_calendar (town, calendar), id);
  g_auto (GStrv) parts = g_strsplit (text, old, 2);
  if (g_strv_length (parts) != 2)
    g_error ("'%s' is not in: %s", old, text);
  g_autofree char *edited = g_strjoinv (new, parts);
  tn_fake_provider_put (town_calendar (town, calendar), id, edited);
}

/* A person moves an event, or a page, to another place. Returns: (transfer full): where it was */
char *
town_move (Town *town, const char *calendar, const char *uid, const char *place)
{
  TnFakeProvider *provider = town_calendar (town, calendar);
  char *id = town_find_item (town, calendar, uid);
  g_autofree char *text = g_strdup (tn_fake_provider_get (provider, id));
  tn_fake_provider_delete (provider, id);
  tn_fake_provider_put (provider, place, text);
  return id;
}

void
town_delete (Town *town, const char *calendar, const char *uid)
{
  g_autofree char *id = town_find_item (town, calendar, uid);
  g_assert_nonnull (id);
  g_assert_true (tn_fake_provider_delete (town_calendar (town, calendar), id));
}

guint
town_count_writes (Town *town)
{
  guint writes = 0;
  GHashTableIter iter;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, town->calendars);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      writes += tn_fake_provider_get_writes (value);
      g_assert_cmpuint (tn_fake_provider_get_blind_writes (value), ==, 0);
    }
  return writes;
}

void
town_reset_counts (Town *town)
{
  GHashTableIter iter;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, town->calendars);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    tn_fake_provider_reset_calls (value);
}

guint
town_count_proposals (Town *town, TnProposalKind kind, TnProposalState state)
{
  guint count = 0;
  GPtrArray *proposals = tn_book_get_proposals (town->book);
  for (guint i = 0; i < proposals->len; i++)
    {
      const TnProposal *proposal = g_ptr_array_index (proposals, i);
      count += proposal->kind == kind && proposal->state == state ? 1 : 0;
    }
  return count;
}

/* Does `status` say something of the kind about the calendar? */
gboolean
town_waits (Town *town, const char *calendar, const char *words)
{
  const TnPassResult *result = tn_desk_get_result (town->desk, calendar);
  if (result->hold_text != NULL && strstr (result->hold_text, words) != NULL)
    return TRUE;
  for (guint i = 0; i < result->changes->len; i++)
    {
      const TnChange *change = g_ptr_array_index (result->changes, i);
      if (tn_change_get_sign (change) != ' ' && change->reason != NULL
          && strstr (change->reason, words) != NULL)
        return TRUE;
    }
  return FALSE;
}

guint
town_count_signs (GHashTable *results, const char *calendar, char sign)
{
  const TnPassResult *result = g_hash_table_lookup (results, calendar);
  guint count = 0;
  for (guint i = 0; i < result->changes->len; i++)
    count += tn_change_get_sign (g_ptr_array_index (result->changes, i)) == sign ? 1 : 0;
  return count;
}

void
town_assert_shows (Town *town, const char *calendar, const char *uid, TnField field,
                   const char *expected)
{
  g_autofree char *shown = town_show (town, calendar, uid, field);
  g_assert_cmpstr (shown, ==, expected);
}

/* Promise 5: a further pass sends no write. */
void
town_assert_settled (Town *town)
{
  town_reset_counts (town);
  town_sync (town);
  g_assert_cmpuint (town_count_writes (town), ==, 0);
}

/* The decision in force, or NULL. */
const TnDecision *
town_find_decision (Town *town, TnDecisionKind kind, const char *series, const char *cycle,
                    const char *milestone)
{
  const TnLedger *ledger = tn_plan_get_ledger (tn_book_get_plan (town->book));
  return tn_ledger_find (ledger, kind, "7by", series, cycle, NULL, milestone);
}

/* All of the kind that the store's ledger has, those replaced included. */
guint
town_count_decisions (Town *town, TnDecisionKind kind)
{
  g_autoptr (GPtrArray) decisions = tn_store_load_ledger (town->store, NULL);
  guint count = 0;
  for (guint i = 0; i < decisions->len; i++)
    count += ((const TnDecision *) g_ptr_array_index (decisions, i))->kind == kind ? 1 : 0;
  return count;
}

/* Is there a line of history of the kind, in which the words stand? */
gboolean
town_remembers (Town *town, const char *uid, const char *what, const char *after)
{
  g_autoptr (GPtrArray) history = tn_store_load_history (town->store, uid, 1000, NULL);
  for (guint i = 0; i < history->len; i++)
    {
      const TnHistory *line = g_ptr_array_index (history, i);
      if (strcmp (line->what, what) == 0 && line->after != NULL
          && strstr (line->after, after) != NULL)
        return TRUE;
    }
  return FALSE;
}
