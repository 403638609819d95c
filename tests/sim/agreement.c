/* What was taken is kept, and reaches all through the journals (promises 7 and 9, design section
 * 6); whose wish waits is told in the event itself (section 7); and nothing of what strangers wrote
 * is in anybody's store (promises 6 and 11). */
#include "sim/agreement.h"

#include <string.h>

#include "sim/text.h"
#include "sync/journal.h"

typedef struct
{
  SimTrace *trace;
  TnZone *zone;
  GPtrArray *offices;
  GHashTable *servers;
  gboolean has_old_values; /* people brought old writings back, or a state was lost */
} Agreement;

static const TnDecision *
find_decision (GPtrArray *decisions, const char *id)
{
  for (guint i = 0; i < decisions->len; i++)
    if (strcmp (((const TnDecision *) g_ptr_array_index (decisions, i))->id, id) == 0)
      return g_ptr_array_index (decisions, i);
  return NULL;
}

static const TnProposal *
find_proposal (GPtrArray *proposals, const char *id)
{
  for (guint i = 0; i < proposals->len; i++)
    if (strcmp (((const TnProposal *) g_ptr_array_index (proposals, i))->id, id) == 0)
      return g_ptr_array_index (proposals, i);
  return NULL;
}

/* What was answered with "taken" survives any death (promise 7). */
static void
check_taken (const Agreement *agreement, const SimOffice *office)
{
  g_autoptr (GPtrArray) ledger = tn_store_load_ledger (TN_STORE (office->disk), NULL);
  for (guint i = 0; i < office->taken->len; i++)
    if (find_decision (ledger, g_ptr_array_index (office->taken, i)) == NULL)
      sim_trace_break (agreement->trace, "%s has forgotten decision %s (promise 7)",
                       office->settings->council,
                       (const char *) g_ptr_array_index (office->taken, i));
}

static void
compare_ledgers (const Agreement *agreement, const SimOffice *a, const SimOffice *b)
{
  g_autoptr (GPtrArray) ledger = tn_store_load_ledger (TN_STORE (a->disk), NULL);
  g_autoptr (GPtrArray) other = tn_store_load_ledger (TN_STORE (b->disk), NULL);
  for (guint i = 0; i < ledger->len; i++)
    {
      const TnDecision *decision = g_ptr_array_index (ledger, i);
      if (decision->kind != TN_DECISION_PLACED && find_decision (other, decision->id) == NULL)
        sim_trace_break (
            agreement->trace, "%s knows decision %s (%s %s/%s), and %s does not (promise 9)",
            a->settings->council, decision->id, tn_decision_kind_to_string (decision->kind),
            decision->series, decision->cycle, b->settings->council);
    }
}

static void
compare_proposals (const Agreement *agreement, const SimOffice *a, const SimOffice *b)
{
  g_autoptr (GPtrArray) proposals = tn_store_load_proposals (TN_STORE (a->disk), NULL);
  g_autoptr (GPtrArray) others = tn_store_load_proposals (TN_STORE (b->disk), NULL);
  for (guint i = 0; i < proposals->len; i++)
    {
      const TnProposal *proposal = g_ptr_array_index (proposals, i);
      const TnProposal *other = find_proposal (others, proposal->id);
      if (other == NULL || other->state != proposal->state)
        sim_trace_break (agreement->trace,
                         "%s knows proposal %s (%s, %s), and %s knows it %s (promise 9)",
                         a->settings->council, proposal->id, proposal->value,
                         tn_proposal_state_to_string (proposal->state), b->settings->council,
                         other != NULL ? tn_proposal_state_to_string (other->state) : "not");
    }
}

/* Of several items of that UID some are copies. */
static gboolean
says_so (const Agreement *agreement, const TnProposal *proposal)
{
  SimServer *server = g_hash_table_lookup (agreement->servers, proposal->calendar);
  g_autoptr (GPtrArray) ids = sim_server_list_ids (server);
  guint n_found = 0;
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (TnEvent) event
          = sim_text_parse (sim_server_get (server, g_ptr_array_index (ids, i)), agreement->zone);
      if (event == NULL || strcmp (event->uid, proposal->uid) != 0)
        continue;
      n_found++;
      if (strstr (event->note, proposal->value) != NULL)
        return TRUE;
    }
  return n_found == 0;
}

/* Of two copies that stand in a calendar before all daemons have linked one, each may tend another:
 * the one that may not write what it tends says so. */
static gboolean
is_told (const Agreement *agreement, const TnProposal *proposal)
{
  for (guint i = 0; i < agreement->offices->len; i++)
    {
      const SimOffice *office = g_ptr_array_index (agreement->offices, i);
      if (sim_office_has (office, proposal->calendar)
          && sim_office_tells (office, proposal->calendar, proposal->uid))
        return TRUE;
    }
  return FALSE;
}

/* Where the event is not as it should be, `status` says so. */
static void
check_remark (const Agreement *agreement, const SimOffice *office, const TnProposal *proposal)
{
  if (proposal->kind != TN_PROPOSAL_WISH || proposal->state != TN_PROPOSAL_OPEN
      || !sim_office_has (office, proposal->calendar) || is_told (agreement, proposal)
      || sim_office_tells_of_journal (office)
      || tn_plan_find_uid (tn_book_get_plan (office->book), proposal->uid, NULL) == NULL
      || says_so (agreement, proposal))
    return;
  sim_trace_break (agreement->trace, "%s/%s does not say that '%s' waits (design section 7)",
                   proposal->calendar, proposal->uid, proposal->value);
}

/* What nobody wrote is nobody's wish (promise 10). Where something was brought back, a state was
 * lost, a write came when its daemon had long died (hazard 28), a person wrote over what another
 * daemon had just written, or an answer said that what was done was not, daemons' own values are
 * people's. */
static void
check_wish (const Agreement *agreement, const TnProposal *proposal)
{
  static const char *const words[TN_N_FIELDS]
      = { [TN_FIELD_WHERE] = "Sted ", [TN_FIELD_TITLE] = "Navn " };
  const char *word = words[proposal->field];
  if (proposal->kind == TN_PROPOSAL_WISH && word != NULL && strstr (proposal->value, word) == NULL)
    sim_trace_break (agreement->trace, "'%s' is called a wish, and nobody wrote it (promise 10)",
                     proposal->value);
}

static void
check_remarks (const Agreement *agreement, const SimOffice *office)
{
  g_autoptr (GPtrArray) proposals = tn_store_load_proposals (TN_STORE (office->disk), NULL);
  for (guint i = 0; i < proposals->len; i++)
    {
      check_remark (agreement, office, g_ptr_array_index (proposals, i));
      if (!agreement->has_old_values)
        check_wish (agreement, g_ptr_array_index (proposals, i));
    }
}

static gboolean
is_of_a_stranger (const char *text)
{
  return text != NULL
         && (strstr (text, "Tandlæge") != NULL || strstr (text, "example.org") != NULL);
}

static void
check_store (const Agreement *agreement, const SimOffice *office)
{
  gboolean leaks = FALSE;
  g_auto (GStrv) calendars = sim_office_list_calendars (office);
  for (guint i = 0; calendars[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) sightings
          = tn_store_load_sightings (TN_STORE (office->disk), calendars[i], NULL);
      for (guint j = 0; j < sightings->len; j++)
        {
          const TnSighting *sighting = g_ptr_array_index (sightings, j);
          leaks = leaks || is_of_a_stranger (sighting->problem)
                  || is_of_a_stranger (sighting->twin_of);
        }
    }
  g_autoptr (GPtrArray) history = tn_store_load_history (TN_STORE (office->disk), NULL, 0, NULL);
  for (guint i = 0; i < history->len; i++)
    {
      const TnHistory *line = g_ptr_array_index (history, i);
      leaks = leaks || is_of_a_stranger (line->before) || is_of_a_stranger (line->after);
    }
  if (leaks)
    sim_trace_break (agreement->trace, "the store of %s has what strangers wrote (promise 11)",
                     office->settings->council);
}

static gboolean
is_any_journal_told (GPtrArray *offices)
{
  for (guint i = 0; i < offices->len; i++)
    if (sim_office_tells_of_journal (g_ptr_array_index (offices, i)))
      return TRUE;
  return FALSE;
}

/* When all has settled. A page that waits for a person tells nobody what it would. */
void
sim_agreement_judge (SimTrace *trace, TnZone *zone, GPtrArray *offices, GHashTable *servers,
                     gboolean has_old_values)
{
  Agreement agreement = { trace, zone, offices, servers, has_old_values || offices->len > 1 };
  for (guint i = 0; i < offices->len; i++)
    {
      const SimOffice *office = g_ptr_array_index (offices, i);
      agreement.has_old_values |= office->lost_state || office->has_died;
    }
  gboolean travels = !is_any_journal_told (offices);
  for (guint i = 0; i < offices->len; i++)
    {
      const SimOffice *office = g_ptr_array_index (offices, i);
      check_taken (&agreement, office);
      check_remarks (&agreement, office);
      check_store (&agreement, office);
      for (guint j = 0; travels && j < offices->len; j++)
        {
          if (j == i)
            continue;
          compare_ledgers (&agreement, office, g_ptr_array_index (offices, j));
          compare_proposals (&agreement, office, g_ptr_array_index (offices, j));
        }
    }
}
