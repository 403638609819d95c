/* The best days for several occurrences at once. Whoever is placed first would take the day that
 * suits it best and leave the others what is left, so the sum of all costs is made least instead;
 * one that finds no day costs more than everything else together, so that as many as can be are
 * placed. Two methods, both exact, both proven against brute force by property/rivals:
 *
 * A soft distance is a cost of two days together instead of a gap. Only other series are kept off,
 * so the first method never meets one between those that it places.
 *
 * Occurrences of one series keep their order and a spacing, so the best for those from the k-th on
 * depends on the k-th's day alone: dynamic programming from the last to the first, with the best of
 * all later days kept along, in time linear in occurrences times days.
 *
 * Where several series keep off each other, no order is given. Then a branch and bound search goes
 * through the occurrences in turn, each with its cheapest days first, and turns back when what was
 * chosen and the cheapest possible rest cost no less than the best known (contest.c). It begins
 * with what the first come would get.
 *
 * It is bounded by the days that it looks at (TN_RIVALS_MOST_WORK), counted and not timed, so that
 * it ends alike on every machine: a group that asks for more keeps the best found by then. Each of
 * its series is then improved as a whole by the first method, with the others where they are, as
 * long as that helps; every round costs less than the one before, and there are few at most
 * (MOST_ROUNDS). The explanation says that such a search was bounded.
 *
 * Source: design section 4, Window and date choice. */
#include "rules/rivals.h"

#include "rules/contest.h"

/* Rounds in which each series is improved beside the others. */
static const int MOST_ROUNDS = 4;

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

static const TnRivalWish *
get_wish (const TnRivals *rivals, guint first, guint later)
{
  return &g_array_index (rivals->wishes, TnRivalWish, first * rivals->rivals->len + later);
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

/* What the soft distances cost between @i on @day and the others, where they are. */
static int
get_wishes (const TnRivals *rivals, guint i, TnDate day, const TnDate *days)
{
  int cost = 0;
  for (guint j = 0; j < rivals->rivals->len; j++)
    if (get (rivals, j)->chain != get (rivals, i)->chain)
      cost += tn_rivals_get_wish_cost (rivals, i, day, j, days[j]);
  return cost;
}

/* Adds those of @chain to @part, each with the days that the others, where they are, leave it and
 * what these cost beside them. */
static void
list_chain (const TnRivals *rivals, guint chain, const TnDate *days, TnRivals *part, GArray *places)
{
  guint n = rivals->rivals->len;
  for (guint i = 0; i < n; i++)
    {
      const TnRival *rival = get (rivals, i);
      if (rival->chain != chain)
        continue;
      g_array_append_val (places, i);
      GArray *left = tn_rivals_add (part, chain, rival->unplaced);
      for (guint j = 0; j < rival->candidates->len; j++)
        {
          TnCandidate candidate = g_array_index (rival->candidates, TnCandidate, j);
          candidate.cost += get_wishes (rivals, i, candidate.day, days);
          gboolean is_free = TRUE;
          for (guint k = 0; k < n && is_free; k++)
            is_free
                = get (rivals, k)->chain == chain || days[k] == TN_DATE_NONE
                  || !tn_span_contains (tn_rivals_get_shut (rivals, k, days[k], i), candidate.day);
          if (is_free)
            g_array_append_val (left, candidate);
        }
    }
  tn_rivals_close (part);
  for (guint i = 0; i + 1 < places->len; i++)
    tn_rivals_set_gap (
        part, i, i + 1,
        get_gap (rivals, g_array_index (places, guint, i), g_array_index (places, guint, i + 1)));
}

static gint64
get_cost (const TnRivals *rivals, guint i, TnDate day)
{
  const GArray *candidates = get (rivals, i)->candidates;
  for (guint j = 0; j < candidates->len; j++)
    if (g_array_index (candidates, TnCandidate, j).day == day)
      return g_array_index (candidates, TnCandidate, j).cost;
  return get (rivals, i)->unplaced;
}

/* Returns: how much less the days of @chain cost than before. */
static gint64
improve_chain (const TnRivals *rivals, guint chain, TnDate *days)
{
  TnRivals part;
  tn_rivals_init (&part);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (guint));
  list_chain (rivals, chain, days, &part, places);
  g_autofree TnDate *better = g_new (TnDate, places->len + 1);
  gint64 gain = 0;
  for (guint i = 0; i < places->len; i++)
    {
      guint place = g_array_index (places, guint, i);
      gain += get_cost (rivals, place, days[place]) + get_wishes (rivals, place, days[place], days);
    }
  if (places->len > 0)
    gain -= solve_chain (&part, better);
  for (guint i = 0; i < places->len && gain > 0; i++)
    days[g_array_index (places, guint, i)] = better[i];
  tn_rivals_clear (&part);
  return gain;
}

static gint64
improve (const TnRivals *rivals, TnDate *days)
{
  guint n_chains = 0;
  gint64 gain = 0;
  for (guint i = 0; i < rivals->rivals->len; i++)
    n_chains = MAX (n_chains, get (rivals, i)->chain + 1);
  for (int round = 0; round < MOST_ROUNDS; round++)
    {
      gint64 before = gain;
      for (guint chain = 0; chain < n_chains; chain++)
        gain += improve_chain (rivals, chain, days);
      if (gain == before)
        break;
    }
  return gain;
}

/* The days of another series that lie nearer to @day than both ways allow. */
static TnSpan
get_around (TnDate day, int before, int after)
{
  if (after <= 0 && before <= 0)
    return tn_span_new (day, day);
  return tn_span_new (day - MAX (before, 1) + 1, day + MAX (after, 1));
}

/**
 * tn_rivals_get_shut:
 * @day: where @i is
 *
 * Returns: the first days on which @j cannot begin then
 */
TnSpan
tn_rivals_get_shut (const TnRivals *rivals, guint i, TnDate day, guint j)
{
  int after = get_gap (rivals, i, j);
  int before = get_gap (rivals, j, i);
  if (get (rivals, i)->chain == get (rivals, j)->chain)
    return i < j ? tn_span_new (G_MININT32 / 2, day + MAX (after, 1))
                 : tn_span_new (day - MAX (before, 1) + 1, G_MAXINT32 / 2);
  return get_around (day, before, after);
}

/**
 * tn_rivals_get_wished:
 * @day: where @i is
 *
 * Returns: the first days on which @j, of another chain, lies nearer than is wished
 */
TnSpan
tn_rivals_get_wished (const TnRivals *rivals, guint i, TnDate day, guint j)
{
  int after = get_wish (rivals, i, j)->days;
  int before = get_wish (rivals, j, i)->days;
  return get_around (day, before, after);
}

/**
 * tn_rivals_get_wish_cost:
 * @j: of another chain than @i
 *
 * Returns: what it costs that the two lie nearer than is wished; 0 when they do not, or one has no
 *   day
 */
int
tn_rivals_get_wish_cost (const TnRivals *rivals, guint i, TnDate day_i, guint j, TnDate day_j)
{
  if (day_i == TN_DATE_NONE || day_j == TN_DATE_NONE)
    return 0;
  /* On one day each comes after the other: the first by number counts as the earlier. */
  if (i > j)
    return tn_rivals_get_wish_cost (rivals, j, day_j, i, day_i);
  const TnRivalWish *there = get_wish (rivals, i, j);
  const TnRivalWish *back = get_wish (rivals, j, i);
  if (day_j >= day_i && day_j - day_i < there->days)
    return there->cost;
  return day_i >= day_j && day_i - day_j < back->days ? back->cost : 0;
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
  *ret_is_best = TRUE;
  if (is_one_chain (rivals))
    return solve_chain (rivals, ret_days);
  gint64 cost = tn_contest_search (rivals, ret_days, ret_is_best);
  return *ret_is_best ? cost : cost - improve (rivals, ret_days);
}
