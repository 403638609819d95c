/* The branch and bound search of rivals.c. What it has chosen so far shuts out days of those that
 * are still to choose, or makes them dearer where a soft distance is broken; each day counts by how
 * many it is shut out and what they cost it, so that neither a step nor its bound compares
 * everything with everything again. Those of its own chain come after it, which one day says. */
#include "rules/contest.h"

/* The days of one rival. */
typedef struct
{
  GArray *options; /* (owned) (element-type TnCandidate) cheapest first */
  TnSpan days;     /* that hold them all */
  int *n_shut;     /* (owned) for each of `days`: by how many of those that have chosen */
  int *extra;      /* (owned) (nullable) likewise: what soft distances from those cost */
} Field;

typedef struct
{
  const TnRivals *rivals;
  guint n;
  GArray *fields;    /* (owned) (element-type Field) of each rival */
  TnDate *earliest;  /* (owned) for each chain: where the next of it may begin */
  TnDate *days;      /* (owned) of the try under way */
  TnDate *best_days; /* (unowned) */
  gint64 best;
  guint work; /* days looked at */
} Contest;

static void
field_clear (Field *field)
{
  g_array_unref (field->options);
  g_free (field->n_shut);
  g_free (field->extra);
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

/* Whether one that chooses before @i may make its days dearer. */
static gboolean
is_wished (const TnRivals *rivals, guint i)
{
  for (guint j = 0; j < i; j++)
    if (tn_span_get_days (tn_rivals_get_wished (rivals, j, 0, i)) > 0)
      return TRUE;
  return FALSE;
}

static Field
make_field (const TnRivals *rivals, guint i)
{
  const GArray *candidates = g_array_index (rivals->rivals, TnRival, i).candidates;
  Field field = { .options = g_array_copy ((GArray *) candidates) };
  if (candidates->len > 0)
    field.days = tn_span_new (g_array_index (candidates, TnCandidate, 0).day,
                              g_array_index (candidates, TnCandidate, candidates->len - 1).day + 1);
  field.n_shut = g_new0 (int, tn_span_get_days (field.days) + 1);
  field.extra = is_wished (rivals, i) ? g_new0 (int, tn_span_get_days (field.days) + 1) : NULL;
  g_array_sort (field.options, compare_costs);
  return field;
}

static const TnRival *
get_rival (const Contest *contest, guint i)
{
  return &g_array_index (contest->rivals->rivals, TnRival, i);
}

static const Field *
get_field (const Contest *contest, guint i)
{
  return &g_array_index (contest->fields, Field, i);
}

static gboolean
is_shut (const Contest *contest, guint i, TnDate day)
{
  const Field *field = get_field (contest, i);
  return day < contest->earliest[get_rival (contest, i)->chain]
         || field->n_shut[day - field->days.start] > 0;
}

static int
get_extra (const Field *field, TnDate day)
{
  return field->extra != NULL ? field->extra[day - field->days.start] : 0;
}

/* Adds what the days of @j near @i on @day cost more, or takes it away. */
static void
make_dearer (Contest *contest, guint i, TnDate day, guint j, int by)
{
  const Field *field = get_field (contest, j);
  TnSpan span = tn_rivals_get_wished (contest->rivals, i, day, j);
  TnDate start = MAX (span.start, field->days.start);
  TnDate end = MIN (span.end, field->days.end);
  for (TnDate at = start; at < end; at++)
    field->extra[at - field->days.start]
        += by * tn_rivals_get_wish_cost (contest->rivals, i, day, j, at);
  contest->work += (guint) MAX (end - start, 0);
}

/* Counts what @i on @day shuts out of the other chains behind it, or no longer does. */
static void
shut (Contest *contest, guint i, TnDate day, int by)
{
  for (guint j = i + 1; j < contest->n && day != TN_DATE_NONE; j++)
    {
      if (get_rival (contest, j)->chain == get_rival (contest, i)->chain)
        continue;
      const Field *field = get_field (contest, j);
      TnSpan span = tn_rivals_get_shut (contest->rivals, i, day, j);
      TnDate start = MAX (span.start, field->days.start);
      TnDate end = MIN (span.end, field->days.end);
      for (TnDate at = start; at < end; at++)
        field->n_shut[at - field->days.start] += by;
      contest->work += (guint) MAX (end - start, 0) + 1;
      if (field->extra != NULL)
        make_dearer (contest, i, day, j, by);
    }
}

/* The least that @i can cost beside those that have chosen; days come cheapest first. */
static gint64
get_least (Contest *contest, guint i)
{
  const Field *field = get_field (contest, i);
  gint64 least = get_rival (contest, i)->unplaced;
  guint j = 0;
  for (; j < field->options->len; j++)
    {
      const TnCandidate *option = &g_array_index (field->options, TnCandidate, j);
      if (option->cost >= least)
        break;
      if (!is_shut (contest, i, option->day))
        least = MIN (least, option->cost + get_extra (field, option->day));
    }
  contest->work += j + 1;
  return least;
}

/* The least that those from @from on can cost beside those that have chosen. */
static gint64
get_bound (Contest *contest, guint from, gint64 limit)
{
  gint64 sum = 0;
  for (guint i = from; i < contest->n && sum < limit; i++)
    sum += get_least (contest, i);
  return sum;
}

/* The first descent is never cut short: there is always an answer. */
static gboolean
may_go_on (const Contest *contest)
{
  return contest->best == G_MAXINT64 || contest->work < TN_RIVALS_MOST_WORK;
}

/* Returns: (transfer full) (element-type TnCandidate): the days of @i, cheapest first beside those
 * that have chosen */
static GArray *
list_options (Contest *contest, guint i)
{
  const Field *field = get_field (contest, i);
  if (field->extra == NULL)
    return g_array_ref (field->options);
  GArray *options = g_array_copy (field->options);
  for (guint j = 0; j < options->len; j++)
    {
      TnCandidate *option = &g_array_index (options, TnCandidate, j);
      option->cost += get_extra (field, option->day);
    }
  g_array_sort (options, compare_costs);
  contest->work += options->len;
  return options;
}

static void search_from (Contest *contest, guint i, gint64 sum);

/* Where the next of the chain may begin after @i on @day: one gap holds all along a chain. */
static TnDate
get_next (const Contest *contest, guint i, TnDate day)
{
  guint chain = get_rival (contest, i)->chain;
  if (day == TN_DATE_NONE || i + 1 == contest->n || get_rival (contest, i + 1)->chain != chain)
    return contest->earliest[chain];
  return tn_rivals_get_shut (contest->rivals, i, day, i + 1).end;
}

/* Returns: %FALSE when no dearer day need be tried. */
static gboolean
try_day (Contest *contest, guint i, TnDate day, gint64 sum)
{
  if (sum >= contest->best)
    return FALSE;
  TnDate *earliest = &contest->earliest[get_rival (contest, i)->chain];
  TnDate before = *earliest;
  contest->days[i] = day;
  *earliest = get_next (contest, i, day);
  shut (contest, i, day, 1);
  if (contest->best == G_MAXINT64
      || sum + get_bound (contest, i + 1, contest->best - sum) < contest->best)
    search_from (contest, i + 1, sum);
  shut (contest, i, day, -1);
  *earliest = before;
  return may_go_on (contest);
}

static void
search_from (Contest *contest, guint i, gint64 sum)
{
  if (i == contest->n)
    {
      contest->best = sum;
      for (guint j = 0; j < i; j++)
        contest->best_days[j] = contest->days[j];
      return;
    }
  g_autoptr (GArray) options = list_options (contest, i);
  for (guint j = 0; j < options->len; j++)
    {
      const TnCandidate *option = &g_array_index (options, TnCandidate, j);
      if (!is_shut (contest, i, option->day)
          && !try_day (contest, i, option->day, sum + option->cost))
        return;
    }
  try_day (contest, i, TN_DATE_NONE, sum + get_rival (contest, i)->unplaced);
}

/* Returns: (transfer full): for each chain that its first may begin on any day */
static TnDate *
list_unbound (const TnRivals *rivals)
{
  guint n_chains = 0;
  for (guint i = 0; i < rivals->rivals->len; i++)
    n_chains = MAX (n_chains, g_array_index (rivals->rivals, TnRival, i).chain + 1);
  TnDate *earliest = g_new (TnDate, n_chains + 1);
  for (guint i = 0; i < n_chains; i++)
    earliest[i] = TN_DATE_NONE;
  return earliest;
}

/**
 * tn_contest_search:
 * @rivals: of several chains
 * @ret_days: (out caller-allocates) (array): one for each rival; %TN_DATE_NONE: no day is left
 * @ret_is_best: (out): %FALSE when the search was cut short
 *
 * Returns: what the days cost together
 */
gint64
tn_contest_search (const TnRivals *rivals, TnDate *ret_days, gboolean *ret_is_best)
{
  guint n = rivals->rivals->len;
  g_autoptr (GArray) fields = g_array_sized_new (FALSE, FALSE, sizeof (Field), n);
  g_array_set_clear_func (fields, (GDestroyNotify) field_clear);
  g_autofree TnDate *days = g_new (TnDate, n + 1);
  g_autofree TnDate *earliest = list_unbound (rivals);
  Contest contest = { .rivals = rivals,
                      .n = n,
                      .fields = fields,
                      .earliest = earliest,
                      .days = days,
                      .best_days = ret_days,
                      .best = G_MAXINT64 };
  for (guint i = 0; i < n; i++)
    {
      Field field = make_field (rivals, i);
      g_array_append_val (fields, field);
    }
  search_from (&contest, 0, 0);
  *ret_is_best = may_go_on (&contest);
  return contest.best;
}
