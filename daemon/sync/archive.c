/* The archive: every change writes the store first, and is believed afterwards. */
#include "sync/archive.h"

#include <string.h>

struct _TnArchive
{
  TnStore *store;       /* (owned) */
  GPtrArray *decisions; /* (owned) (element-type TnDecision) in the order in which they were made */
  GPtrArray *proposals; /* (owned) (element-type TnProposal) */
};

/**
 * tn_archive_load:
 *
 * Errors: what the store says.
 * Returns: (transfer full) (nullable): all that @store keeps
 */
TnArchive *
tn_archive_load (TnStore *store, GError **error)
{
  g_autoptr (GPtrArray) decisions = tn_store_load_ledger (store, error);
  g_autoptr (GPtrArray) proposals
      = decisions != NULL ? tn_store_load_proposals (store, error) : NULL;
  if (proposals == NULL)
    return NULL;
  TnArchive *self = g_new0 (TnArchive, 1);
  self->store = g_object_ref (store);
  self->decisions = g_steal_pointer (&decisions);
  self->proposals = g_steal_pointer (&proposals);
  return self;
}

void
tn_archive_free (TnArchive *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->store);
  g_ptr_array_unref (self->decisions);
  g_ptr_array_unref (self->proposals);
  g_free (self);
}

/**
 * tn_archive_get_decisions:
 *
 * Returns: (transfer none) (element-type TnDecision): all of them
 */
GPtrArray *
tn_archive_get_decisions (const TnArchive *self)
{
  return self->decisions;
}

/**
 * tn_archive_get_proposals:
 *
 * Returns: (transfer none) (element-type TnProposal): all of them
 */
GPtrArray *
tn_archive_get_proposals (const TnArchive *self)
{
  return self->proposals;
}

/**
 * tn_archive_make_ledger:
 * @rulebook: whose charters record decisions, too
 * @more: (nullable) (element-type TnDecision): further ones
 *
 * Returns: (transfer full): of all of them
 */
TnLedger *
tn_archive_make_ledger (const TnArchive *self, const TnRulebook *rulebook, GPtrArray *more)
{
  g_autoptr (GPtrArray) all = tn_rulebook_list_decisions (rulebook);
  for (guint i = 0; i < self->decisions->len; i++)
    g_ptr_array_add (all, tn_decision_ref (g_ptr_array_index (self->decisions, i)));
  for (guint i = 0; more != NULL && i < more->len; i++)
    g_ptr_array_add (all, tn_decision_ref (g_ptr_array_index (more, i)));
  return tn_ledger_new (all);
}

static void
take_proposal (TnArchive *self, const TnProposal *proposal)
{
  for (guint i = 0; i < self->proposals->len; i++)
    {
      const TnProposal *old = g_ptr_array_index (self->proposals, i);
      if (strcmp (old->id, proposal->id) == 0)
        {
          g_ptr_array_remove_index (self->proposals, i);
          break;
        }
    }
  g_ptr_array_add (self->proposals, tn_proposal_copy (proposal));
}

/**
 * tn_archive_commit:
 * @batch: everything else that is to be stored in the same transaction
 * @decisions: (element-type TnDecision): to be appended
 * @proposals: (element-type TnProposal): new ones, and new states of known ones
 *
 * Stores all of it or nothing.
 *
 * Errors: what the store says.
 */
gboolean
tn_archive_commit (TnArchive *self, TnBatch *batch, GPtrArray *decisions, GPtrArray *proposals,
                   GError **error)
{
  for (guint i = 0; i < decisions->len; i++)
    tn_batch_append_decision (batch, g_ptr_array_index (decisions, i));
  for (guint i = 0; i < proposals->len; i++)
    tn_batch_put_proposal (batch, g_ptr_array_index (proposals, i));
  if (!tn_store_commit (self->store, batch, error))
    return FALSE;

  for (guint i = 0; i < decisions->len; i++)
    g_ptr_array_add (self->decisions, tn_decision_ref (g_ptr_array_index (decisions, i)));
  for (guint i = 0; i < proposals->len; i++)
    take_proposal (self, g_ptr_array_index (proposals, i));
  return TRUE;
}

static void
put_blanked (TnArchive *self, TnDecision *blanked)
{
  for (guint i = 0; i < self->decisions->len; i++)
    {
      TnDecision *old = g_ptr_array_index (self->decisions, i);
      if (strcmp (old->id, blanked->id) != 0)
        continue;
      self->decisions->pdata[i] = tn_decision_ref (blanked);
      tn_decision_unref (old);
    }
}

/**
 * tn_archive_blank_notes:
 * @blanked: (element-type TnDecision): known ones, without their notes
 *
 * Stores all of it or nothing.
 *
 * Errors: what the store says.
 */
gboolean
tn_archive_blank_notes (TnArchive *self, GPtrArray *blanked, GError **error)
{
  g_autoptr (TnBatch) batch = tn_batch_new ();
  for (guint i = 0; i < blanked->len; i++)
    tn_batch_blank_note (batch, g_ptr_array_index (blanked, i));
  if (!tn_store_commit (self->store, batch, error))
    return FALSE;
  for (guint i = 0; i < blanked->len; i++)
    put_blanked (self, g_ptr_array_index (blanked, i));
  return TRUE;
}
