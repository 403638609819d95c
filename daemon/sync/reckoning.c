/* A reckoning is made when a chapter is looked at and when it is carried, and comes out the same if
 * nothing changed between. It changes nothing but the snapshot, in which links are opened and hands
 * marked. */
#include "sync/reckoning.h"

/**
 * tn_reckoning_make_input:
 *
 * Returns: what is compared; all of it is borrowed from @round and @leaf
 */
TnDiffInput
tn_reckoning_make_input (const TnRound *round, const TnLeaf *leaf)
{
  return (TnDiffInput){ .plan = leaf->plan,
                        .calendar = round->calendar,
                        .council = tn_book_get_settings (round->book)->council,
                        .postings = leaf->postings,
                        .snapshot = round->snapshot,
                        .state = round->before,
                        .caps = round->caps,
                        .now_us = tn_clock_now_us (tn_book_get_clock (round->book)),
                        .is_granted = round->is_granted };
}

TnRecollection
tn_reckoning_make_recollection (const TnRound *round)
{
  return (TnRecollection){ tn_book_get_store (round->book), round->calendar->id, round->snapshot };
}

static TnJudgement *
judge (const TnRound *round, const TnLeaf *leaf)
{
  tn_study_mark_hands (round->study, leaf->plan, leaf->postings, round->snapshot);
  return tn_judge (leaf->plan, round->calendar, leaf->postings, round->snapshot,
                   tn_book_get_proposals (round->book),
                   tn_clock_now_us (tn_book_get_clock (round->book)));
}

/* The leaf as it is once @judgement is taken; @leaf itself when it says nothing. */
static TnLeaf *
follow (const TnRound *round, guint index, TnLeaf *leaf, const TnJudgement *judgement)
{
  if (judgement->decisions->len == 0 && judgement->proposals->len == 0)
    return leaf;
  g_autoptr (TnLedger) ledger
      = tn_book_make_ledger (round->book, round->chapters, judgement->decisions);
  tn_leaf_free (leaf);
  return tn_leaf_new (round->book, round->calendar, round->chapters, index, ledger,
                      judgement->proposals);
}

/**
 * tn_reckoning_open:
 * @index: of the chapter; behind the last one is a leaf without events
 *
 * All that is remembered of the chapter is opened, and nothing else.
 *
 * Errors: what the store says.
 * Returns: (transfer full) (nullable): its leaf, by the plan as it is
 */
TnLeaf *
tn_reckoning_open (const TnRound *round, guint index, GError **error)
{
  g_autoptr (TnLeaf) leaf = tn_leaf_new (round->book, round->calendar, round->chapters, index,
                                         tn_book_get_ledger (round->book), NULL);
  TnRecollection recollection = tn_reckoning_make_recollection (round);
  tn_snapshot_close_links (round->snapshot);
  if (!tn_recollection_open (&recollection, leaf->plan, error))
    return NULL;
  return g_steal_pointer (&leaf);
}

/**
 * tn_reckoning_judge:
 * @leaf: (inout): of the chapter @index; afterwards by the plan that follows
 *
 * Returns: (transfer full): what people's edits of it were
 */
TnJudgement *
tn_reckoning_judge (const TnRound *round, guint index, TnLeaf **leaf)
{
  TnJudgement *judgement = judge (round, *leaf);
  *leaf = follow (round, index, *leaf, judgement);
  return judgement;
}

/**
 * tn_reckoning_list_changes:
 * @is_rest: not a chapter, but what is in none
 *
 * Errors: what the store says.
 * Returns: (transfer full) (nullable) (element-type TnChange): what is to be done
 */
GPtrArray *
tn_reckoning_list_changes (const TnRound *round, const TnLeaf *leaf, gboolean is_rest,
                           GError **error)
{
  TnRecollection recollection = tn_reckoning_make_recollection (round);
  g_autoptr (GPtrArray) links = NULL;
  if (is_rest)
    links = tn_recollection_open_rest (&recollection, round->planned, round->intents, error);
  if (is_rest ? links == NULL : !tn_recollection_open (&recollection, leaf->plan, error))
    return NULL;
  tn_study_mark_hands (round->study, leaf->plan, leaf->postings, round->snapshot);
  TnDiffInput input = tn_reckoning_make_input (round, leaf);
  GPtrArray *changes = is_rest ? tn_diff_rest (&input, links, round->planned) : tn_diff (&input);
  tn_study_hold (round->study, &input, changes);
  tn_guard_hold (changes, round->closed, round->braked);
  return changes;
}
