/* Redaction (design section 10): a note may name a person, who may ask that it goes. Date, council
 * and effect stay, so nothing is planned anew. The journal of the council that took the decision
 * carries it to the others: its page is written without the note, and they follow. */
#include "sync/redaction.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"

/* Returns: (transfer none) (nullable): the one that @id names, or begins to name */
static const TnDecision *
find_one (GPtrArray *decisions, const char *id, guint *n_found)
{
  const TnDecision *found = NULL;
  *n_found = 0;
  for (guint i = 0; i < decisions->len; i++)
    {
      const TnDecision *decision = g_ptr_array_index (decisions, i);
      if (!g_str_has_prefix (decision->id, id))
        continue;
      found = decision;
      (*n_found)++;
    }
  return *n_found == 1 ? found : NULL;
}

static const TnDecision *
find_entry (TnBook *book, const char *id, GError **error)
{
  guint n_found = 0;
  guint n_charter = 0;
  const TnDecision *entry = find_one (tn_book_get_decisions (book), id, &n_found);
  if (entry != NULL)
    return entry;
  g_autoptr (GPtrArray) recorded = tn_rulebook_list_decisions (tn_book_get_rulebook (book));
  const TnDecision *charter = n_found == 0 ? find_one (recorded, id, &n_charter) : NULL;
  if (charter != NULL)
    g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                 "cannot blank the note of %s: it stands in %s; take it out there, and raise no "
                 "edition for it",
                 charter->id, charter->source);
  else
    g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                 n_found + n_charter == 0
                     ? "there is no entry '%s' in the ledger; 'turnusctl ledger' lists them"
                     : "'%s' begins the names of several entries; write it in full",
                 id);
  return NULL;
}

/* The proposal with its line as it is without the note; NULL when it is another's, or has none. */
static TnProposal *
blank_proposal (const TnProposal *proposal, const TnDecision *entry)
{
  g_autoptr (TnDecision) proposed = proposal->kind == TN_PROPOSAL_DECISION
                                        ? tn_decision_from_line (proposal->value, NULL)
                                        : NULL;
  if (proposed == NULL || !tn_decision_is_same_subject (proposed, entry)
      || g_strcmp0 (proposed->note, entry->note) != 0)
    return NULL;
  TnDecisionDraft draft = tn_decision_to_draft (proposed);
  draft.note = NULL;
  g_autoptr (TnDecision) bare = tn_decision_new (&draft);
  g_autofree char *line = tn_decision_to_line (bare);
  TnProposal *blanked = tn_proposal_copy (proposal);
  tn_text_set (&blanked->value, line);
  return blanked;
}

/* A swap is a proposal before it is a decision, and that stays beside it with the same note. */
static GPtrArray *
list_proposals (TnBook *book, const TnDecision *entry)
{
  GPtrArray *proposals = tn_book_get_proposals (book);
  GPtrArray *blanked = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_proposal_free);
  for (guint i = 0; entry != NULL && entry->note != NULL && i < proposals->len; i++)
    {
      TnProposal *proposal = blank_proposal (g_ptr_array_index (proposals, i), entry);
      if (proposal != NULL)
        g_ptr_array_add (blanked, proposal);
    }
  return blanked;
}

/**
 * tn_redaction_blank:
 * @blanked: (element-type TnDecision): entries of the ledger, without their notes
 *
 * Takes the notes out of the ledger, and before that out of the proposals that the entries were
 * agreed from: what a crash leaves out is found by doing it again.
 *
 * Errors: what the store says.
 */
gboolean
tn_redaction_blank (TnBook *book, GPtrArray *blanked, GError **error)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  for (guint i = 0; i < blanked->len; i++)
    {
      const TnDecision *bare = g_ptr_array_index (blanked, i);
      guint n_found = 0;
      g_autoptr (TnBatch) batch = tn_batch_new ();
      g_autoptr (GPtrArray) proposals
          = list_proposals (book, find_one (tn_book_get_decisions (book), bare->id, &n_found));
      if (proposals->len > 0 && !tn_book_commit (book, batch, none, proposals, error))
        return FALSE;
    }
  return tn_book_blank_notes (book, blanked, error);
}

static gboolean
commit (TnBook *book, TnDecision *blanked, GError **error)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  g_ptr_array_add (one, blanked);
  g_autoptr (TnHistory) history = tn_history_new ("blanked");
  history->at_us = tn_clock_now_us (tn_book_get_clock (book));
  tn_text_set (&history->source, blanked->id);
  g_autoptr (TnBatch) batch = tn_batch_new ();
  tn_batch_append_history (batch, history);
  return tn_redaction_blank (book, one, error)
         && tn_store_commit (tn_book_get_store (book), batch, error);
}

/**
 * tn_redaction_take:
 * @id: of an entry of the ledger, or a beginning of it that no other has
 *
 * Blanks its note, in the store and in the text for people.
 *
 * Errors: %TN_ERROR_INVALID when there is no such entry, it has no note, or a charter has it.
 * Returns: (transfer full) (nullable): the entry as it is now
 */
TnDecision *
tn_redaction_take (TnBook *book, const char *id, GError **error)
{
  const TnDecision *entry = find_entry (book, id, error);
  if (entry == NULL)
    return NULL;
  if (entry->note == NULL)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "entry %s of the ledger has no note",
                   entry->id);
      return NULL;
    }
  TnDecisionDraft draft = tn_decision_to_draft (entry);
  draft.note = NULL;
  g_autoptr (TnDecision) blanked = tn_decision_new (&draft);
  return commit (book, blanked, error) ? g_steal_pointer (&blanked) : NULL;
}
