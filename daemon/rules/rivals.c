/* The best days for several occurrences at once. Whoever is placed first would take the day that
 * suits it best and leave the others what is left, so the sum of all costs is made least instead;
 * one that finds no day costs more than everything else together, so that as many as can be are
 * placed. Two methods, both exact, both proven against brute force by property/rivals:
 *
 * A soft distance is a cost of two days together instead of a gap. Only other series are kept off,
 * so the first method never meets one.
 *
 * Occurrences of one series keep their order and a spacing, so the best for those from the k-th on
 * depends on the k-th's day alone: dynamic programming from the last to the first, with the best of
 * all later days kept along, in time linear in occurrences times days.
 *
 * Where several series keep off each other, no order is given. Then a branch and bound search goes
 * through the occurrences in turn, each with its cheapest days first, and turns back when what was
 * chosen and the cheapest possible rest cost no less than the best known. It begins with what the
 * first come would get and is bounded by a number of steps (TN_RIVALS_MOST_STEPS): a group that
 * takes more keeps the best found by then, the same on every machine, and its explanation says so.
 *
 * Source: design section 4, Window and date choice. */
#include "rules/rivals.h"

typedef struct
{
  const TnRivals *rivals;
  guint n;
  TnDate *days;      /* (unowned) of the try under way */
  TnDate *best_days; /* (unowned) */
  gint64 best;
  guint steps;
} Search;

static void
rival_clear (gpointer data)
{
  g_array_unref (((TnRival *) data)->candidates);
}

/**
 * tn_rivals_init:
 *
 * An empty group; add rivals, close it, set gaps, solve, and tn_rivals_clear() it.
 */
void
tn_rivals_init (TnRivals *rivals)
{
  rivals->rivals = g_array_new (FALSE, FALSE, sizeof (TnRival));
  g_array_set_clear_func (rivals->rivals, rival_clear);
  rivals->gaps = g_array_new (FALSE, TRUE, sizeof (int));
  rivals->wishes = g_array_new (FALSE, TRUE, sizeof (TnRivalWish));
}

void
tn_rivals_clear (TnRivals *rivals)
{
  g_array_unref (rivals->rivals);
  g_array_unref (rivals->gaps);
  g_array_unref (rivals->wishes);
}

/**
 * tn_rivals_add:
 * @unplaced: what it costs to leave it without a day: %TN_RIVALS_UNPLACED, or less
 *
 * Returns: (transfer none) (element-type TnCandidate): its candidates, to be filled in by day
 */
GArray *
tn_rivals_add (TnRivals *rivals, guint chain, gint64 unplaced)
{
  TnRival rival = { g_array_new (FALSE, FALSE, sizeof (TnCandidate)), chain, unplaced };
  g_array_append_val (rivals->rivals, rival);
  return rival.candidates;
}

/**
 * tn_rivals_close:
 *
 * No more are added; no gap is asked for yet but that those of one chain keep their order.
 */
void
tn_rivals_close (TnRivals *rivals)
{
  g_array_set_size (rivals->gaps, rivals->rivals->len * rivals->rivals->len);
  g_array_set_size (rivals->wishes, rivals->rivals->len * rivals->rivals->len);
}

/**
 * tn_rivals_set_gap:
 * @days: from the first day of @first to that of @later, when @later comes later; what counts for
 *   the other order is set on its own
 */
void
tn_rivals_set_gap (TnRivals *rivals, guint first, guint later, int days)
{
  g_array_index (rivals->gaps, int, first * rivals->rivals->len + later) = days;
}

/**
 * tn_rivals_set_wish:
 * @first: of another chain than @later
 * @days: from the first day of @first to that of @later, when @later comes later or on that day
 * @cost: of each pair that lies nearer
 */
void
tn_rivals_set_wish (TnRivals *rivals, guint first, guint later, int days, int cost)
{
  g_array_index (rivals->wishes, TnRivalWish, first * rivals->rivals->len + later)
      = (TnRivalWish){ days, cost };
}

static const TnRival *
get (const TnRivals *rivals, guint i)
{
  return &g_array_index (rivals->rivals, TnRival, i);
}

static int
get_gap (const TnRivals *rivals, guint first, guint later)
{
  return g_array_index (rivals->gaps, int, first * rivals->rivals->len + later);
}

static gboolean
is_compatible (const TnRivals *rivals, guint i, TnDate day_i, guint j, TnDate day_j)
{
  if (day_i == TN_DATE_NONE || day_j == TN_DATE_NONE)
    return TRUE;
  if (get (rivals, i)->chain == get (rivals, j)->chain)
    return i < j ? day_j - day_i >= MAX (get_gap (rivals, i, j), 1)
                 : day_i - day_j >= MAX (get_gap (rivals, j, i), 1);
  return (day_j < day_i || day_j - day_i >= get_gap (rivals, i, j))
         && (day_i < day_j || day_i - day_j >= get_gap (rivals, j, i));
}

static int
get_wish_cost (const TnRivals *rivals, guint i, TnDate day_i, guint j, TnDate day_j)
{
  if (day_i == TN_DATE_NONE || day_j == TN_DATE_NONE)
    return 0;
  guint n = rivals->rivals->len;
  const TnRivalWish *there = &g_array_index (rivals->wishes, TnRivalWish, i * n + j);
  const TnRivalWish *back = &g_array_index (rivals->wishes, TnRivalWish, j * n + i);
  if (day_j >= day_i && day_j - day_i < there->days)
    return there->cost;
  return day_i >= day_j && day_i - day_j < back->days ? back->cost : 0;
}

static gboolean
is_one_chain (const TnRivals *rivals)
{
  for (guint i = 1; i < rivals->rivals->len; i++)
    if (get (rivals, i)->chain != get (rivals, 0)->chain)
      return FALSE;
  return TRUE;
}

/* The dynamic programming. `best[i][from]` is what those from the i-th on cost when the i-th may
 * begin on `from` or later; days are counted from the first candidate of all. The gap between two
 * of a chain is the same all along it, so one that finds no day asks for none. */
typedef struct
{
  const TnRivals *rivals;
  TnDate start;
  guint n_days;
  gint64 *best; /* (owned) (n + 1) rows of n_days + 1 */
} Table;

static gint64 *
get_cell (const Table *table, guint i, guint from)
{
  return &table->best[(gsize) i * (table->n_days + 1) + MIN (from, table->n_days)];
}

static guint
get_step (const Table *table, guint i)
{
  guint n = table->rivals->rivals->len;
  return (guint) MAX (i + 1 < n ? get_gap (table->rivals, i, i + 1) : 1, 1);
}

static void
table_init (Table *table, const TnRivals *rivals)
{
  TnDate start = G_MAXINT32;
  TnDate last = TN_DATE_NONE;
  for (guint i = 0; i < rivals->rivals->len; i++)
    {
      const GArray *candidates = get (rivals, i)->candidates;
      if (candidates->len == 0)
        continue;
      start = MIN (start, g_array_index (candidates, TnCandidate, 0).day);
      last = MAX (last, g_array_index (candidates, TnCandidate, candidates->len - 1).day);
    }
  table->rivals = rivals;
  table->start = start;
  table->n_days = last == TN_DATE_NONE ? 0 : (guint) (last - start + 1);
  table->best = g_new0 (gint64, (gsize) (rivals->rivals->len + 1) * (table->n_days + 1));
}

static void
fill_row (Table *table, guint i)
{
  const GArray *candidates = get (table->rivals, i)->candidates;
  guint step = get_step (table, i);
  guint left = candidates->len;
  for (guint from = table->n_days + 1; from-- > 0;)
    {
      /* Without a day for this one the next may begin where this one might have. */
      gint64 best = get (table->rivals, i)->unplaced + *get_cell (table, i + 1, from);
      if (from < table->n_days)
        best = MIN (best, *get_cell (table, i, from + 1));
      if (left > 0)
        {
          const TnCandidate *candidate = &g_array_index (candidates, TnCandidate, left - 1);
          if (candidate->day - table->start == (int) from)
            {
              best = MIN (best, candidate->cost + *get_cell (table, i + 1, from + step));
              left--;
            }
        }
      *get_cell (table, i, from) = best;
    }
}

/* Reads the days off from the front, the earliest of equals first. */
static void
read_days (const Table *table, TnDate *ret_days)
{
  guint from = 0;
  for (guint i = 0; i < table->rivals->rivals->len; i++)
    {
      const GArray *candidates = get (table->rivals, i)->candidates;
      gint64 best = *get_cell (table, i, from);
      ret_days[i] = TN_DATE_NONE;
      for (guint j = 0; j < candidates->len && ret_days[i] == TN_DATE_NONE; j++)
        {
          const TnCandidate *candidate = &g_array_index (candidates, TnCandidate, j);
          guint at = (guint) (candidate->day - table->start);
          if (at < from
              || candidate->cost + *get_cell (table, i + 1, at + get_step (table, i)) != best)
            continue;
          ret_days[i] = candidate->day;
          from = at + get_step (table, i);
        }
    }
}

static gint64
solve_chain (const TnRivals *rivals, TnDate *ret_days)
{
  Table table;
  table_init (&table, rivals);
  for (guint i = rivals->rivals->len; i-- > 0;)
    fill_row (&table, i);
  read_days (&table, ret_days);
  gint64 best = *get_cell (&table, 0, 0);
  g_free (table.best);
  return best;
}

static gboolean
is_free (const Search *search, guint i, TnDate day, guint n_settled)
{
  for (guint j = 0; j < n_settled; j++)
    if (!is_compatible (search->rivals, j, search->days[j], i, day))
      return FALSE;
  return TRUE;
}

/* What a day costs beside those that are settled. */
static int
get_cost (const Search *search, guint i, const TnCandidate *candidate, guint n_settled)
{
  int cost = candidate->cost;
  for (guint j = 0; j < n_settled; j++)
    cost += get_wish_cost (search->rivals, j, search->days[j], i, candidate->day);
  return cost;
}

/* The least that those from @from on can cost beside the first @from that are settled. */
static gint64
get_bound (const Search *search, guint from, gint64 limit)
{
  gint64 sum = 0;
  for (guint i = from; i < search->n && sum < limit; i++)
    {
      const GArray *candidates = get (search->rivals, i)->candidates;
      gint64 least = get (search->rivals, i)->unplaced;
      for (guint j = 0; j < candidates->len; j++)
        {
          const TnCandidate *candidate = &g_array_index (candidates, TnCandidate, j);
          if (candidate->cost < least && is_free (search, i, candidate->day, from))
            least = MIN (least, get_cost (search, i, candidate, from));
        }
      sum += least;
    }
  return sum;
}

static int
compare_costs (gconstpointer a, gconstpointer b)
{
  const TnCandidate *x = a;
  const TnCandidate *y = b;
  if (x->cost != y->cost)
    return x->cost < y->cost ? -1 : 1;
  return (x->day > y->day) - (x->day < y->day);
}

static GArray *
list_free (const Search *search, guint i)
{
  const GArray *candidates = get (search->rivals, i)->candidates;
  GArray *list = g_array_new (FALSE, FALSE, sizeof (TnCandidate));
  for (guint j = 0; j < candidates->len; j++)
    {
      TnCandidate candidate = g_array_index (candidates, TnCandidate, j);
      if (!is_free (search, i, candidate.day, i))
        continue;
      candidate.cost = get_cost (search, i, &candidate, i);
      g_array_append_val (list, candidate);
    }
  g_array_sort (list, compare_costs);
  TnCandidate none = { TN_DATE_NONE, 0 };
  g_array_append_val (list, none);
  return list;
}

static void
search_from (Search *search, guint i, gint64 sum)
{
  if (i == search->n)
    {
      search->best = sum;
      for (guint j = 0; j < i; j++)
        search->best_days[j] = search->days[j];
      return;
    }
  g_autoptr (GArray) list = list_free (search, i);
  for (guint j = 0; j < list->len && search->steps < TN_RIVALS_MOST_STEPS; j++)
    {
      const TnCandidate *candidate = &g_array_index (list, TnCandidate, j);
      gint64 next = sum
                    + (candidate->day == TN_DATE_NONE ? get (search->rivals, i)->unplaced
                                                      : candidate->cost);
      search->steps++;
      if (next >= search->best)
        return;
      search->days[i] = candidate->day;
      if (next + get_bound (search, i + 1, search->best - next) < search->best)
        search_from (search, i + 1, next);
    }
}

/**
 * tn_rivals_solve:
 * @ret_days: (out caller-allocates) (array): one for each rival; %TN_DATE_NONE: no day is left
 * @ret_is_best: (out): %FALSE when the search ended before it was certain
 *
 * Returns: what the days cost together
 */
gint64
tn_rivals_solve (const TnRivals *rivals, TnDate *ret_days, gboolean *ret_is_best)
{
  guint n = rivals->rivals->len;
  *ret_is_best = TRUE;
  if (is_one_chain (rivals))
    return solve_chain (rivals, ret_days);
  g_autofree TnDate *days = g_new (TnDate, n);
  Search search
      = { .rivals = rivals, .n = n, .days = days, .best_days = ret_days, .best = G_MAXINT64 };
  for (guint i = 0; i < n; i++)
    ret_days[i] = TN_DATE_NONE;
  search_from (&search, 0, 0);
  *ret_is_best = search.steps < TN_RIVALS_MOST_STEPS;
  return search.best;
}
