#include "sim/office.h"

#include <string.h>

#include "charter/charter.h"
#include "sync/binder.h"

/* Runs what is ready; nothing waits for a clock. */
void
sim_pump (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

SimOffice *
sim_office_new (SimTrace *trace, SimNet *net, GHashTable *servers, const TnSettings *settings,
                GPtrArray *files, int days_off)
{
  SimOffice *office = g_new0 (SimOffice, 1);
  office->trace = trace;
  office->net = net;
  office->servers = servers;
  office->settings = settings;
  office->files = files;
  office->disk = sim_disk_new ();
  office->clock = tn_fake_clock_new (tn_date_new (2026, 11, 22) + days_off);
  office->lines = g_ptr_array_new_with_free_func (g_object_unref);
  office->taken = g_ptr_array_new_with_free_func (g_free);
  sim_office_open (office);
  return office;
}

static TnProvider *
open_calendar (gpointer user_data, const TnCalendar *calendar, const char *binding, GError **error)
{
  SimOffice *office = user_data;
  SimServer *server = g_hash_table_lookup (office->servers, calendar->id);
  SimLine *line
      = sim_line_new (office->net, server, TN_STORE (office->disk), office->settings->council);
  g_ptr_array_add (office->lines, g_object_ref (line));
  return TN_PROVIDER (line);
}

/* The daemon starts on what its disk holds; on a full one it may refuse, and is started again by
 * its supervisor later. */
void
sim_office_open (SimOffice *office)
{
  g_autoptr (GError) error = NULL;
  sim_disk_revive (office->disk);
  office->book = tn_book_open (TN_STORE (office->disk), TN_CLOCK (office->clock), office->settings,
                               tn_charter_read, office->files, &error);
  if (office->book == NULL && sim_disk_is_full (office->disk))
    sim_trace_note (office->trace, "%s does not start", office->settings->council);
  else if (office->book == NULL)
    sim_trace_break (office->trace, "%s does not start: %s", office->settings->council,
                     error->message);
  else
    office->desk = tn_desk_new (office->book, open_calendar, office);
}

/**
 * sim_office_kill:
 *
 * The process is gone between two instructions: what it had sent may still arrive, what it had
 * not committed never happened. The remains of its passes end against a dead disk and cut lines.
 */
void
sim_office_kill (SimOffice *office, SimDice *dice)
{
  sim_trace_note (office->trace, "%s dies", office->settings->council);
  office->has_died = TRUE;
  sim_disk_die_after (office->disk, 0);
  for (guint i = 0; i < office->lines->len; i++)
    sim_line_cut (g_ptr_array_index (office->lines, i), dice);
  sim_pump ();
  g_assert_false (office->is_busy);
  g_clear_object (&office->desk);
  g_clear_object (&office->book);
  g_ptr_array_set_size (office->lines, 0);
  sim_pump ();
}

void
sim_office_free (SimOffice *office)
{
  if (office == NULL)
    return;
  SimDice dice = { 0 };
  sim_office_kill (office, &dice);
  g_ptr_array_unref (office->lines);
  g_ptr_array_unref (office->taken);
  g_clear_object (&office->disk);
  g_clear_object (&office->clock);
  g_free (office);
}

/* Its store is not what it was: what it knew is not to be asked of it. */
void
sim_office_lose_state (SimOffice *office, const char *how)
{
  office->lost_state = TRUE;
  g_ptr_array_set_size (office->taken, 0);
  sim_trace_note (office->trace, "%s %s", office->settings->council, how);
}

static void
on_synced (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SimOffice *office = user_data;
  g_autoptr (GError) error = NULL;
  tn_desk_sync_finish (TN_DESK (source), result, &error);
  office->is_busy = FALSE;
  sim_trace_note (office->trace, "%s: %s", office->settings->council,
                  error != NULL ? error->message : "in step");
}

/* `calendar` NULL: all. `flags`: whether a person looks and says `apply`. */
void
sim_office_sync (SimOffice *office, const char *calendar, TnPassFlags flags)
{
  if (office->is_busy || office->desk == NULL)
    return;
  const char *const names[] = { calendar, NULL };
  sim_trace_note (office->trace, "%s: sync %s", office->settings->council,
                  calendar != NULL ? calendar : "all");
  office->is_busy = TRUE;
  tn_desk_sync_async (office->desk, calendar != NULL ? names : NULL, flags, NULL, on_synced,
                      office);
}

/* Does `status` or `plan` say that something of the event waits for a person? */
gboolean
sim_office_tells (const SimOffice *office, const char *calendar, const char *uid)
{
  const TnPassResult *result = tn_desk_get_result (office->desk, calendar);
  for (guint i = 0; result != NULL && i < result->changes->len; i++)
    {
      const TnChange *change = g_ptr_array_index (result->changes, i);
      if (strcmp (change->uid, uid) == 0
          && (change->is_held || strchr ("!?", tn_change_get_sign (change)) != NULL))
        return TRUE;
    }
  return FALSE;
}

/* Does it say that the event was deleted there? */
gboolean
sim_office_tells_deletion (const SimOffice *office, const char *calendar, const char *uid)
{
  const TnPassResult *result = tn_desk_get_result (office->desk, calendar);
  for (guint i = 0; result != NULL && i < result->changes->len; i++)
    {
      const TnChange *change = g_ptr_array_index (result->changes, i);
      if (strcmp (change->uid, uid) == 0 && change->reason != NULL
          && strstr (change->reason, "was deleted here") != NULL)
        return TRUE;
    }
  return FALSE;
}

/* Does its store say that the event stands at that place, as it should? */
gboolean
sim_office_links (const SimOffice *office, const char *calendar, const char *uid, const char *id)
{
  TnLink *found = NULL;
  if (!sim_office_has (office, calendar)
      || !tn_store_find_link (TN_STORE (office->disk), calendar, uid, &found, NULL)
      || found == NULL)
    return FALSE;
  g_autoptr (TnLink) link = found;
  return link->state == TN_LINK_LIVE && strcmp (link->item_id, id) == 0;
}

/* Does it say that a page of its journal waits for a person? */
gboolean
sim_office_tells_of_journal (const SimOffice *office)
{
  g_auto (GStrv) calendars = sim_office_list_calendars (office);
  for (guint i = 0; calendars[i] != NULL; i++)
    {
      const TnPassResult *result = tn_desk_get_result (office->desk, calendars[i]);
      for (guint j = 0; result != NULL && j < result->changes->len; j++)
        if (tn_binder_is_page (g_ptr_array_index (result->changes, j)))
          return TRUE;
    }
  return FALSE;
}

static gboolean
says (const char *text, const char *value)
{
  return text != NULL && strstr (text, value) != NULL;
}

/* A line that tells of a decision or a proposal keeps nothing: those have to be there themselves.
 */
static gboolean
is_only_told (const TnHistory *line)
{
  static const char *const words[]
      = { "decided", "proposed", "conflict", "learned", "found", "accepted", "rejected", NULL };
  return g_strv_contains (words, line->what);
}

static gboolean
remembers (const SimOffice *office, const char *uid, const char *value)
{
  g_autoptr (GPtrArray) history = tn_store_load_history (TN_STORE (office->disk), uid, 10000, NULL);
  for (guint i = 0; i < history->len; i++)
    {
      const TnHistory *line = g_ptr_array_index (history, i);
      if (!is_only_told (line) && (says (line->after, value) || says (line->before, value)))
        return TRUE;
    }
  return FALSE;
}

/* Has a person's word on the status of the event been taken, refused or kept, or of any event been
 * decided? */
gboolean
sim_office_knows_of_status (const SimOffice *office, const char *uid)
{
  g_autoptr (GPtrArray) history = tn_store_load_history (TN_STORE (office->disk), uid, 10000, NULL);
  g_autoptr (GPtrArray) decisions = tn_store_load_ledger (TN_STORE (office->disk), NULL);
  for (guint i = 0; i < history->len; i++)
    if (g_strcmp0 (((const TnHistory *) g_ptr_array_index (history, i))->field, "status") == 0)
      return TRUE;
  for (guint i = 0; i < decisions->len; i++)
    {
      TnDecisionKind kind = ((const TnDecision *) g_ptr_array_index (decisions, i))->kind;
      if (kind == TN_DECISION_CANCEL || kind == TN_DECISION_DATE)
        return TRUE;
    }
  return FALSE;
}

/* In the ledger, among the proposals or in the history (promise 1). */
gboolean
sim_office_keeps (const SimOffice *office, const char *uid, const char *value)
{
  g_autoptr (GPtrArray) proposals = tn_store_load_proposals (TN_STORE (office->disk), NULL);
  for (guint i = 0; i < proposals->len; i++)
    if (says (((const TnProposal *) g_ptr_array_index (proposals, i))->value, value))
      return TRUE;
  g_autoptr (GPtrArray) decisions = tn_store_load_ledger (TN_STORE (office->disk), NULL);
  for (guint i = 0; i < decisions->len; i++)
    if (says (((const TnDecision *) g_ptr_array_index (decisions, i))->value, value))
      return TRUE;
  return remembers (office, uid, value);
}

/* Returns: (transfer full) */
char **
sim_office_list_calendars (const SimOffice *office)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  for (guint i = 0; i < office->settings->calendars->len; i++)
    g_strv_builder_add (
        names, ((const TnCalendar *) g_ptr_array_index (office->settings->calendars, i))->id);
  return g_strv_builder_end (names);
}

gboolean
sim_office_has (const SimOffice *office, const char *calendar)
{
  return tn_settings_find_calendar (office->settings, calendar) != NULL;
}
