/* A leaf is made when it is looked at, and thrown away: ten thousand events at once are more than
 * the daemon may hold, and than the main loop may wait for (promise 8). */
#include "sync/leaf.h"

/**
 * tn_leaf_new:
 * @index: of the chapter; behind the last one is a leaf without events
 * @proposals: (nullable) (element-type TnProposal): that are about to be kept
 *
 * Returns: (transfer full): what @calendar is to show of the chapter
 */
TnLeaf *
tn_leaf_new (TnBook *book, const TnCalendar *calendar, TnChapters *chapters, guint index,
             const TnLedger *ledger, GPtrArray *proposals)
{
  TnLeaf *leaf = g_new0 (TnLeaf, 1);
  leaf->plan = tn_book_plan_chapter (book, chapters, index, ledger);
  g_autoptr (GPtrArray) remarks
      = tn_remark_list (leaf->plan, calendar, tn_book_get_proposals (book), proposals);
  leaf->postings = tn_posting_list (leaf->plan, calendar, tn_book_get_publish_span (book), remarks);
  if (!calendar->shared)
    tn_takeover_apply (tn_book_get_takeover (book), leaf->postings, remarks);
  return leaf;
}

void
tn_leaf_free (TnLeaf *leaf)
{
  if (leaf == NULL)
    return;
  g_ptr_array_unref (leaf->postings);
  tn_plan_unref (leaf->plan);
  g_free (leaf);
}
