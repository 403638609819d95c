/* Does a new edition change what was published (design section 5, mode `ask`)? Pure. */
#include "sync/edition.h"

#include "sync/posting.h"

static gboolean
same_wishes (const TnPosting *a, const TnPosting *b)
{
  for (guint i = 0; i < TN_N_FIELDS; i++)
    if (g_strcmp0 (a->wished[i], b->wished[i]) != 0)
      return FALSE;
  return TRUE;
}

static GHashTable *
index_postings (GPtrArray *postings)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < postings->len; i++)
    {
      TnPosting *posting = g_ptr_array_index (postings, i);
      g_hash_table_insert (index, posting->event->uid, posting);
    }
  return index;
}

/**
 * tn_edition_touches:
 * @links: (element-type TnLink): of @calendar
 *
 * Returns: %TRUE when events that were published to @calendar would change
 */
gboolean
tn_edition_touches (const TnCalendar *calendar, TnSpan publish, GPtrArray *links,
                    const TnPlan *old_plan, const TnPlan *new_plan)
{
  g_autoptr (GPtrArray) old_postings = tn_posting_list (old_plan, calendar, publish, NULL);
  g_autoptr (GPtrArray) new_postings = tn_posting_list (new_plan, calendar, publish, NULL);
  g_autoptr (GHashTable) old_index = index_postings (old_postings);
  g_autoptr (GHashTable) new_index = index_postings (new_postings);
  for (guint i = 0; i < links->len; i++)
    {
      const TnLink *link = g_ptr_array_index (links, i);
      const TnPosting *old_posting = g_hash_table_lookup (old_index, link->uid);
      const TnPosting *new_posting = g_hash_table_lookup (new_index, link->uid);
      if (old_posting != NULL && (new_posting == NULL || !same_wishes (old_posting, new_posting)))
        return TRUE;
    }
  return FALSE;
}
