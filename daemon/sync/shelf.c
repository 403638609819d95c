/* A pass looks at each chapter up to four times, and the passes of all calendars at the same ones:
 * a plan that was just made is not made again. Plans never change, and what they were made of is
 * held along with them, so one that is found by it is the right one (promise 9). */
#include "sync/shelf.h"

#include "rules/planner.h"

typedef struct
{
  TnChapters *chapters; /* (owned) */
  guint index;
  TnPlan *plan; /* (owned) */
} Entry;

struct _TnShelf
{
  GQueue entries; /* (owned) (element-type Entry) the one asked for last comes first */
  guint n_occurrences;
};

static void
entry_free (Entry *entry)
{
  tn_plan_unref (entry->plan);
  tn_chapters_unref (entry->chapters);
  g_free (entry);
}

TnShelf *
tn_shelf_new (void)
{
  return g_new0 (TnShelf, 1);
}

void
tn_shelf_free (TnShelf *shelf)
{
  if (shelf == NULL)
    return;
  g_queue_clear_full (&shelf->entries, (GDestroyNotify) entry_free);
  g_free (shelf);
}

static gboolean
is_of (const Entry *entry, const TnChapters *chapters, guint index, const TnLedger *ledger,
       TnSpan span, TnDate today)
{
  TnSpan planned = tn_plan_get_span (entry->plan);
  return entry->chapters == chapters && entry->index == index
         && tn_plan_get_ledger (entry->plan) == ledger && planned.start == span.start
         && planned.end == span.end && tn_plan_get_today (entry->plan) == today;
}

/* Those that were not asked for longest make room. */
static void
make_room (TnShelf *shelf)
{
  while (shelf->n_occurrences > TN_SHELF_MOST_OCCURRENCES)
    {
      Entry *entry = g_queue_pop_tail (&shelf->entries);
      shelf->n_occurrences -= MAX (1, tn_plan_get_size (entry->plan));
      entry_free (entry);
    }
}

static TnPlan *
make_plan (TnShelf *shelf, TnChapters *chapters, guint index, const TnLedger *ledger, TnSpan span,
           TnDate today)
{
  Entry *entry = g_new0 (Entry, 1);
  entry->chapters = tn_chapters_ref (chapters);
  entry->index = index;
  entry->plan = tn_planner_plan_chapter (chapters, index, ledger, span, today);
  TnPlan *plan = tn_plan_ref (entry->plan);
  g_queue_push_head (&shelf->entries, entry);
  shelf->n_occurrences += MAX (1, tn_plan_get_size (plan));
  make_room (shelf);
  return plan;
}

/**
 * tn_shelf_plan:
 *
 * Returns: (transfer full): what tn_planner_plan_chapter() gives for the same arguments
 */
TnPlan *
tn_shelf_plan (TnShelf *shelf, TnChapters *chapters, guint index, const TnLedger *ledger,
               TnSpan span, TnDate today)
{
  for (GList *i = shelf->entries.head; i != NULL; i = i->next)
    {
      const Entry *entry = i->data;
      if (!is_of (entry, chapters, index, ledger, span, today))
        continue;
      g_queue_unlink (&shelf->entries, i);
      g_queue_push_head_link (&shelf->entries, i);
      return tn_plan_ref (entry->plan);
    }
  return make_plan (shelf, chapters, index, ledger, span, today);
}
