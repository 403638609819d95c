/* The records beside links: each is described once, as a table, and made here. Texts that the
 * header does not call nullable are empty, never NULL, from the start. */
#include "store/records.h"

#include "base/encode.h"
#include "base/text.h"
#include "store/table.h"

#include <string.h>

static const char *const PROPOSAL_STATES[] = { "open", "accepted", "rejected", "withdrawn" };
static const char *const HOLDS[] = { "none", "binding", "vanished", "brake", "plugin" };

#define TEXT(record, name, member) TN_COLUMN (record, name, TN_COLUMN_TEXT, member)

static const TnColumn INTENT_COLUMNS[] = {
  TEXT (TnIntent, "calendar", calendar),
  TEXT (TnIntent, "uid", uid),
  TN_COLUMN_LIMITED (TnIntent, "kind", kind, TN_INTENT_REMOVE + 1),
  TEXT (TnIntent, "key", key),
  TEXT (TnIntent, "item_id", item_id),
  TEXT (TnIntent, "revision", revision),
  TEXT (TnIntent, "wished_when", wished[TN_FIELD_WHEN]),
  TEXT (TnIntent, "wished_where", wished[TN_FIELD_WHERE]),
  TEXT (TnIntent, "wished_title", wished[TN_FIELD_TITLE]),
  TEXT (TnIntent, "wished_status", wished[TN_FIELD_STATUS]),
  TEXT (TnIntent, "wished_text", wished[TN_FIELD_TEXT]),
  TEXT (TnIntent, "wished_note", wished[TN_FIELD_NOTE]),
  TN_COLUMN (TnIntent, "at_us", TN_COLUMN_BIG, at_us),
};

const TnTable tn_table_intents = {
  .name = "intents",
  .record_size = sizeof (TnIntent),
  .n_keys = 2,
  .n_columns = G_N_ELEMENTS (INTENT_COLUMNS),
  .columns = INTENT_COLUMNS,
  .free_record = (GDestroyNotify) tn_intent_free,
};

static const TnColumn SIGHTING_COLUMNS[] = {
  TEXT (TnSighting, "calendar", calendar),
  TEXT (TnSighting, "item_id", item_id),
  TEXT (TnSighting, "revision", revision),
  TEXT (TnSighting, "problem", problem),
  TEXT (TnSighting, "twin_of", twin_of),
  TN_COLUMN_LIMITED (TnSighting, "not_twin", not_twin, 2),
  TN_COLUMN_LIMITED (TnSighting, "is_new", is_new, 2),
};

const TnTable tn_table_sightings = {
  .name = "sightings",
  .record_size = sizeof (TnSighting),
  .n_keys = 2,
  .n_columns = G_N_ELEMENTS (SIGHTING_COLUMNS),
  .columns = SIGHTING_COLUMNS,
  .free_record = (GDestroyNotify) tn_sighting_free,
};

static const TnColumn PROPOSAL_COLUMNS[] = {
  TEXT (TnProposal, "id", id),
  TN_COLUMN_LIMITED (TnProposal, "kind", kind, TN_PROPOSAL_DECISION + 1),
  TN_COLUMN_LIMITED (TnProposal, "state", state, G_N_ELEMENTS (PROPOSAL_STATES)),
  TEXT (TnProposal, "uid", uid),
  TEXT (TnProposal, "key", key),
  TN_COLUMN_LIMITED (TnProposal, "field", field, TN_N_FIELDS),
  TEXT (TnProposal, "value", value),
  TEXT (TnProposal, "instead_of", instead_of),
  TEXT (TnProposal, "calendar", calendar),
  TEXT (TnProposal, "council", council),
  TN_COLUMN (TnProposal, "on_day", TN_COLUMN_NUMBER, on),
  TN_COLUMN (TnProposal, "at_us", TN_COLUMN_BIG, at_us),
  TEXT (TnProposal, "answered_by", answered_by),
  TEXT (TnProposal, "origin", origin),
  TEXT (TnProposal, "answer_origin", answer_origin),
};

const TnTable tn_table_proposals = {
  .name = "proposals",
  .record_size = sizeof (TnProposal),
  .n_keys = 1,
  .n_columns = G_N_ELEMENTS (PROPOSAL_COLUMNS),
  .columns = PROPOSAL_COLUMNS,
  .free_record = (GDestroyNotify) tn_proposal_free,
};

static const TnColumn HISTORY_COLUMNS[] = {
  TN_COLUMN (TnHistory, "at_us", TN_COLUMN_BIG, at_us),
  TEXT (TnHistory, "calendar", calendar),
  TEXT (TnHistory, "uid", uid),
  TEXT (TnHistory, "key", key),
  TEXT (TnHistory, "what", what),
  TEXT (TnHistory, "field", field),
  TEXT (TnHistory, "before", before),
  TEXT (TnHistory, "after", after),
  TEXT (TnHistory, "source", source),
};

const TnTable tn_table_history = {
  .name = "history",
  .record_size = sizeof (TnHistory),
  .n_keys = 0, /* the same may be done twice */
  .n_columns = G_N_ELEMENTS (HISTORY_COLUMNS),
  .columns = HISTORY_COLUMNS,
  .free_record = (GDestroyNotify) tn_history_free,
};

static const TnColumn CALENDAR_COLUMNS[] = {
  TEXT (TnCalendarState, "calendar", calendar),
  TEXT (TnCalendarState, "binding", binding),
  TEXT (TnCalendarState, "token", token),
  TN_COLUMN_LIMITED (TnCalendarState, "contact", contact, TN_CONTACT_PUBLISHED + 1),
  TN_COLUMN_LIMITED (TnCalendarState, "hold", hold, G_N_ELEMENTS (HOLDS)),
  TEXT (TnCalendarState, "hold_text", hold_text),
  TN_COLUMN_LIMITED (TnCalendarState, "is_approved", is_approved, 2),
  TEXT (TnCalendarState, "rulebook_digest", rulebook_digest),
  TN_COLUMN (TnCalendarState, "last_good_us", TN_COLUMN_BIG, last_good_us),
  TN_COLUMN (TnCalendarState, "last_try_us", TN_COLUMN_BIG, last_try_us),
  TEXT (TnCalendarState, "problem", problem),
  TN_COLUMN (TnCalendarState, "not_before_us", TN_COLUMN_BIG, not_before_us),
  TN_COLUMN_LIMITED (TnCalendarState, "health", health, TN_N_HEALTHS),
  TN_COLUMN (TnCalendarState, "n_failures", TN_COLUMN_NUMBER, n_failures),
};

const TnTable tn_table_calendars = {
  .name = "calendars",
  .record_size = sizeof (TnCalendarState),
  .n_keys = 1,
  .n_columns = G_N_ELEMENTS (CALENDAR_COLUMNS),
  .columns = CALENDAR_COLUMNS,
  .free_record = (GDestroyNotify) tn_calendar_state_free,
};
#undef TEXT

/**
 * tn_intent_new:
 *
 * Returns: (transfer full): an intent whose precondition is that nothing is there
 */
TnIntent *
tn_intent_new (const char *calendar, const char *uid, TnIntentKind kind)
{
  g_return_val_if_fail (calendar != NULL && uid != NULL, NULL);
  TnIntent *intent = g_new0 (TnIntent, 1);
  intent->calendar = g_strdup (calendar);
  intent->uid = g_strdup (uid);
  intent->kind = kind;
  intent->key = g_strdup ("");
  intent->item_id = g_strdup ("");
  for (guint i = 0; i < TN_N_FIELDS; i++)
    intent->wished[i] = g_strdup ("");
  return intent;
}

void
tn_intent_free (TnIntent *intent)
{
  tn_table_free_record (&tn_table_intents, intent);
}

/**
 * tn_sighting_new:
 *
 * Returns: (transfer full): a stranger that can be read and may be a twin
 */
TnSighting *
tn_sighting_new (const char *calendar, const char *item_id, const char *revision)
{
  g_return_val_if_fail (calendar != NULL && item_id != NULL && revision != NULL, NULL);
  TnSighting *sighting = g_new0 (TnSighting, 1);
  sighting->calendar = g_strdup (calendar);
  sighting->item_id = g_strdup (item_id);
  sighting->revision = g_strdup (revision);
  return sighting;
}

void
tn_sighting_free (TnSighting *sighting)
{
  tn_table_free_record (&tn_table_sightings, sighting);
}

/**
 * tn_proposal_new:
 * @council: (nullable)
 *
 * The same wish on the same day has the same id on every machine; what becomes of it (state,
 * answer, second of the day) is no part of it, nor, of one made in a shared calendar, what this
 * council's settings call that calendar: all daemons see it there.
 *
 * Returns: (transfer full): an open proposal
 */
TnProposal *
tn_proposal_new (TnProposalKind kind, const char *calendar, const char *uid, const char *key,
                 TnField field, const char *value, const char *instead_of, const char *council,
                 TnDate on)
{
  g_return_val_if_fail (calendar != NULL && uid != NULL && key != NULL && value != NULL
                            && instead_of != NULL && field < TN_N_FIELDS,
                        NULL);
  TnProposal *proposal = g_new0 (TnProposal, 1);
  proposal->kind = kind;
  proposal->uid = g_strdup (uid);
  proposal->key = g_strdup (key);
  proposal->field = field;
  proposal->value = g_strdup (value);
  proposal->instead_of = g_strdup (instead_of);
  proposal->calendar = g_strdup (council != NULL ? calendar : "");
  proposal->council = g_strdup (council);
  proposal->on = on;
  proposal->id = tn_table_dup_hash (&tn_table_proposals, proposal);
  tn_text_set (&proposal->calendar, calendar);
  return proposal;
}

static gboolean
is_ended (GPtrArray *known, const char *id)
{
  for (guint i = 0; i < known->len; i++)
    {
      const TnProposal *proposal = g_ptr_array_index (known, i);
      if (proposal->state != TN_PROPOSAL_OPEN && strcmp (proposal->id, id) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * tn_proposal_renew_ended:
 * @known: (element-type TnProposal)
 *
 * What was answered or withdrawn and is made again on the same day would have the same id; but an
 * end outweighs a beginning wherever it is told, and others would never hear of it. So it gets
 * another one, which follows from the first: every daemon that knows the end calls it the same.
 *
 * Returns: %TRUE when @proposal has another id now; that may be known and ended, too
 */
gboolean
tn_proposal_renew_ended (TnProposal *proposal, GPtrArray *known)
{
  if (!is_ended (known, proposal->id))
    return FALSE;
  char *id = tn_encode_sha256 (proposal->id, -1);
  id[strlen (proposal->id)] = '\0';
  g_free (proposal->id);
  proposal->id = id;
  return TRUE;
}

TnProposal *
tn_proposal_copy (const TnProposal *proposal)
{
  return tn_table_copy_record (&tn_table_proposals, proposal);
}

void
tn_proposal_free (TnProposal *proposal)
{
  tn_table_free_record (&tn_table_proposals, proposal);
}

const char *
tn_proposal_state_to_string (TnProposalState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (PROPOSAL_STATES), NULL);
  return PROPOSAL_STATES[state];
}

/**
 * tn_history_new:
 *
 * Returns: (transfer full): an item of history, its `source` empty, to be filled in
 */
TnHistory *
tn_history_new (const char *what)
{
  g_return_val_if_fail (what != NULL, NULL);
  TnHistory *history = g_new0 (TnHistory, 1);
  history->what = g_strdup (what);
  history->source = g_strdup ("");
  return history;
}

void
tn_history_free (TnHistory *history)
{
  tn_table_free_record (&tn_table_history, history);
}

const char *
tn_hold_to_string (TnHold hold)
{
  g_return_val_if_fail ((guint) hold < G_N_ELEMENTS (HOLDS), NULL);
  return HOLDS[hold];
}

const char *
tn_health_to_string (TnHealth health)
{
  static const char *const names[TN_N_HEALTHS]
      = { "ok", "failing", "degraded", "read-only", "needs login", "on hold" };
  g_return_val_if_fail (health < TN_N_HEALTHS, NULL);
  return names[health];
}

/**
 * tn_calendar_state_new:
 *
 * Returns: (transfer full): what is remembered of a calendar that was never looked at
 */
TnCalendarState *
tn_calendar_state_new (const char *calendar)
{
  g_return_val_if_fail (calendar != NULL, NULL);
  TnCalendarState *state = g_new0 (TnCalendarState, 1);
  state->calendar = g_strdup (calendar);
  return state;
}

TnCalendarState *
tn_calendar_state_copy (const TnCalendarState *state)
{
  return tn_table_copy_record (&tn_table_calendars, state);
}

/**
 * tn_calendar_state_merge:
 * @base: as a pass found it
 * @changed: what the pass made of it
 * @stored: what is there by now: a person approved, or looked, meanwhile
 *
 * Contact only ever grows: who has looked has looked, and what was published was.
 *
 * Returns: (transfer full): what is to be stored
 */
TnCalendarState *
tn_calendar_state_merge (const TnCalendarState *base, const TnCalendarState *changed,
                         const TnCalendarState *stored)
{
  TnCalendarState *merged = tn_table_merge_records (&tn_table_calendars, base, changed, stored);
  merged->contact = MAX (changed->contact, stored->contact);
  return merged;
}

void
tn_calendar_state_free (TnCalendarState *state)
{
  tn_table_free_record (&tn_table_calendars, state);
}
