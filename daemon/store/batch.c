/* A batch is an ordered list of changes with copies of all that they need: what the caller does
 * with its records afterwards does not reach into a commit that is tried again. */
#include "store/batch-changes.h"

#include "store/ledger-row.h"

struct _TnBatch
{
  GPtrArray *changes; /* (owned) (element-type TnChange) */
};

static void
change_free (TnChange *change)
{
  tn_table_free_record (tn_table_get (change->table), change->record);
  g_free (change);
}

static TnChange *
add_change (TnBatch *batch, TnChangeKind kind, TnTableName table, gconstpointer record)
{
  TnChange *change = g_new0 (TnChange, 1);
  change->kind = kind;
  change->table = table;
  if (record != NULL)
    change->record = tn_table_copy_record (tn_table_get (table), record);
  g_ptr_array_add (batch->changes, change);
  return change;
}

/**
 * tn_batch_new:
 *
 * Returns: (transfer full): a batch without changes
 */
TnBatch *
tn_batch_new (void)
{
  TnBatch *batch = g_new0 (TnBatch, 1);
  batch->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) change_free);
  return batch;
}

void
tn_batch_free (TnBatch *batch)
{
  if (batch == NULL)
    return;
  g_ptr_array_unref (batch->changes);
  g_free (batch);
}

gboolean
tn_batch_is_empty (const TnBatch *batch)
{
  return batch->changes->len == 0;
}

guint
tn_batch_get_size (const TnBatch *batch)
{
  return batch->changes->len;
}

const TnChange *
tn_batch_get (const TnBatch *batch, guint index)
{
  return g_ptr_array_index (batch->changes, index);
}

void
tn_batch_put_link (TnBatch *batch, const TnLink *link)
{
  add_change (batch, TN_CHANGE_PUT, TN_TABLE_LINKS, link);
}

void
tn_batch_drop_link (TnBatch *batch, const char *calendar, const char *uid)
{
  const TnLink key = { .calendar = (char *) calendar, .uid = (char *) uid };
  add_change (batch, TN_CHANGE_DROP, TN_TABLE_LINKS, &key);
}

void
tn_batch_put_intent (TnBatch *batch, const TnIntent *intent)
{
  add_change (batch, TN_CHANGE_PUT, TN_TABLE_INTENTS, intent);
}

void
tn_batch_drop_intent (TnBatch *batch, const char *calendar, const char *uid)
{
  const TnIntent key = { .calendar = (char *) calendar, .uid = (char *) uid };
  add_change (batch, TN_CHANGE_DROP, TN_TABLE_INTENTS, &key);
}

void
tn_batch_put_sighting (TnBatch *batch, const TnSighting *sighting)
{
  add_change (batch, TN_CHANGE_PUT, TN_TABLE_SIGHTINGS, sighting);
}

void
tn_batch_drop_sighting (TnBatch *batch, const char *calendar, const char *item_id)
{
  const TnSighting key = { .calendar = (char *) calendar, .item_id = (char *) item_id };
  add_change (batch, TN_CHANGE_DROP, TN_TABLE_SIGHTINGS, &key);
}

void
tn_batch_put_guest (TnBatch *batch, const TnGuest *guest)
{
  add_change (batch, TN_CHANGE_PUT, TN_TABLE_GUESTS, guest);
}

void
tn_batch_drop_guest (TnBatch *batch, const char *uid)
{
  const TnGuest key = { .uid = (char *) uid };
  add_change (batch, TN_CHANGE_DROP, TN_TABLE_GUESTS, &key);
}

void
tn_batch_put_mirror (TnBatch *batch, const TnMirror *mirror)
{
  add_change (batch, TN_CHANGE_PUT, TN_TABLE_MIRRORS, mirror);
}

void
tn_batch_drop_mirror (TnBatch *batch, const char *calendar, const char *uid)
{
  const TnMirror key = { .calendar = (char *) calendar, .uid = (char *) uid };
  add_change (batch, TN_CHANGE_DROP, TN_TABLE_MIRRORS, &key);
}

void
tn_batch_put_slip (TnBatch *batch, const TnSlip *slip)
{
  add_change (batch, TN_CHANGE_PUT, TN_TABLE_SLIPS, slip);
}

void
tn_batch_drop_slip (TnBatch *batch, const char *token_hash)
{
  const TnSlip key = { .token_hash = (char *) token_hash };
  add_change (batch, TN_CHANGE_DROP, TN_TABLE_SLIPS, &key);
}

void
tn_batch_put_peephole (TnBatch *batch, const TnPeephole *peephole)
{
  add_change (batch, TN_CHANGE_PUT, TN_TABLE_PEEPHOLES, peephole);
}

void
tn_batch_drop_peephole (TnBatch *batch, const char *token_hash)
{
  const TnPeephole key = { .token_hash = (char *) token_hash };
  add_change (batch, TN_CHANGE_DROP, TN_TABLE_PEEPHOLES, &key);
}

void
tn_batch_put_letter (TnBatch *batch, const TnLetter *letter)
{
  add_change (batch, TN_CHANGE_PUT, TN_TABLE_LETTERS, letter);
}

void
tn_batch_drop_letter (TnBatch *batch, const char *id)
{
  const TnLetter key = { .id = (char *) id };
  add_change (batch, TN_CHANGE_DROP, TN_TABLE_LETTERS, &key);
}

void
tn_batch_put_told (TnBatch *batch, const TnTold *told)
{
  add_change (batch, TN_CHANGE_PUT, TN_TABLE_TOLD, told);
}

void
tn_batch_drop_told (TnBatch *batch, const char *address, const char *key)
{
  const TnTold told = { .address = (char *) address, .key = (char *) key };
  add_change (batch, TN_CHANGE_DROP, TN_TABLE_TOLD, &told);
}

void
tn_batch_put_proposal (TnBatch *batch, const TnProposal *proposal)
{
  add_change (batch, TN_CHANGE_PUT, TN_TABLE_PROPOSALS, proposal);
}

/**
 * tn_batch_append_decision:
 *
 * A decision that the ledger already holds is not added again; so what arrives twice does no harm.
 */
void
tn_batch_append_decision (TnBatch *batch, const TnDecision *decision)
{
  TnLedgerRow *entry = tn_ledger_row_new (decision);
  add_change (batch, TN_CHANGE_PUT, TN_TABLE_LEDGER, entry);
  tn_ledger_row_free (entry);
}

/**
 * tn_batch_blank_note:
 * @decision: that the ledger holds, without its note
 *
 * The one thing in which the ledger is ever rewritten: who is named in a note can ask for that
 * (design section 10).
 */
void
tn_batch_blank_note (TnBatch *batch, const TnDecision *decision)
{
  TnLedgerRow *entry = tn_ledger_row_new (decision);
  add_change (batch, TN_CHANGE_AMEND, TN_TABLE_LEDGER, entry);
  tn_ledger_row_free (entry);
}

void
tn_batch_append_history (TnBatch *batch, const TnHistory *history)
{
  add_change (batch, TN_CHANGE_PUT, TN_TABLE_HISTORY, history);
}

void
tn_batch_put_calendar (TnBatch *batch, const TnCalendarState *state)
{
  add_change (batch, TN_CHANGE_PUT, TN_TABLE_CALENDARS, state);
}

/**
 * tn_batch_put_rulebook:
 * @digest: of the rulebook that the files make
 * @files: (element-type TnSourceFile): in their order; they take the place of those stored
 */
void
tn_batch_put_rulebook (TnBatch *batch, const char *digest, GPtrArray *files)
{
  add_change (batch, TN_CHANGE_CLEAR, TN_TABLE_RULEBOOK, NULL);
  for (guint i = 0; i < files->len; i++)
    {
      const TnSourceFile *file = g_ptr_array_index (files, i);
      const TnRulePlace place = {
        .place = (gint32) i, .path = file->path, .text = file->text, .digest = (char *) digest
      };
      add_change (batch, TN_CHANGE_PUT, TN_TABLE_RULEBOOK, &place);
    }
}

/**
 * tn_batch_purge:
 * @before_us: UTC microseconds since 1970
 *
 * History and answered proposals of before @before_us are forgotten (design section 10, `keep`).
 * Open proposals stay, however old.
 */
void
tn_batch_purge (TnBatch *batch, gint64 before_us)
{
  add_change (batch, TN_CHANGE_PURGE, TN_TABLE_HISTORY, NULL)->before_us = before_us;
}
