/* Dates of all series. A series that keeps off another one is settled after it; those that keep off
 * each other, in whatever circle, are a group. Within a group what people decided stands first,
 * then what was published and breaks no rule, and the rest is chosen together, one calendar year
 * after the other, so that the days are best for all (rivals.c) and not for the first come. A year
 * that is done is not chosen again for the next one's sake: that keeps the work linear in years.
 * Source: design section 4, Window and date choice, Stability. */
#include "rules/settling.h"

#include "rules/distances.h"
#include "rules/placement.h"
#include "rules/weighing.h"

/* Strands that are settled together. */
typedef struct
{
  const TnDistances *distances; /* of all strands */
  GPtrArray *members;           /* (owned) (element-type TnStrand) by collaboration, then id */
  const TnLedger *ledger;
  TnDate today;
  TnSpan told; /* days of which somebody will ask why */
} Group;

/* One occurrence that is still without a date. */
typedef struct
{
  TnStrand *strand;
  guint chain;          /* place of the strand in its group */
  guint place;          /* in its strand */
  const TnSieve *sieve; /* (unowned) of its window, while its year is settled */
} Seat;

/**
 * tn_settling_is_chained:
 *
 * Returns: %TRUE when each date of @series depends on earlier ones
 */
gboolean
tn_settling_is_chained (const TnSeries *series)
{
  return series->frequency.spacing_days > 0 || series->distances->len > 0;
}

static gboolean
is_single (const TnSeries *series)
{
  return !tn_settling_is_chained (series) && series->frequency.most == 0;
}

static TnChoice
make_choice (const TnStrand *strand, guint place)
{
  const TnOccurrence *occurrence = g_ptr_array_index (strand->occurrences, place);
  TnChoice choice = tn_choice_make (strand->series, &occurrence->cycle, strand->holidays);
  const TnSite *site = tn_series_find_site (strand->series, occurrence->site);
  if (site != NULL && site->date != TN_DATE_NONE)
    tn_choice_set_window (
        &choice, tn_span_new (site->date, site->date + MAX (strand->series->length_days, 1)));
  if (tn_strand_stays_close_to_last_year (strand->series))
    choice.last = tn_strand_find_last (strand, place);
  return choice;
}

static void
settle_single (const TnStrand *strand, const TnLedger *ledger, TnDate today, TnSpan told)
{
  for (guint i = 0; i < strand->occurrences->len; i++)
    {
      TnChoice choice = make_choice (strand, i);
      choice.told = told;
      tn_placement_settle (g_ptr_array_index (strand->occurrences, i), &choice, ledger, today);
      strand->is_settled[i] = TRUE;
    }
}

static gboolean
has_date (const TnStrand *strand, guint place)
{
  const TnOccurrence *occurrence = g_ptr_array_index (strand->occurrences, place);
  return strand->is_settled[place] && occurrence->status != TN_STATUS_UNPLACED;
}

static char *
name_dated (const TnOccurrence *occurrence)
{
  g_autofree char *reference = tn_occurrence_to_reference (occurrence);
  g_autofree char *date = tn_date_to_string (occurrence->when.days.start);
  return g_strdup_printf ("%s on %s", reference, date);
}

/* Two of a series never share a day, whatever the charter says of spacing. */
static int
get_spacing (const TnSeries *series)
{
  return MAX (series->frequency.spacing_days, MAX (series->length_days, 1));
}

static void
add_siblings (GArray *near, const TnStrand *strand, guint place, TnSpan window)
{
  const TnFrequency *frequency = &strand->series->frequency;
  int days = get_spacing (strand->series);
  const TnOrigin *origin
      = frequency->spacing_days > 0 ? &frequency->spacing_origin : &frequency->times_origin;
  for (guint i = 0; i < strand->occurrences->len; i++)
    {
      if (i == place || !has_date (strand, i))
        continue;
      const TnOccurrence *other = g_ptr_array_index (strand->occurrences, i);
      TnSpan starts
          = tn_span_new (other->when.days.start - days + 1, other->when.days.start + days);
      if (tn_span_overlaps (starts, window))
        tn_barrier_add (near, starts, "spacing", origin, "too near to", name_dated (other));
    }
}

static void
add_others (GArray *near, const TnStrand *strand, const TnStrand *other, const TnDistance *rule,
            TnSpan window)
{
  int length = MAX (strand->series->length_days, 1);
  for (guint i = 0; i < other->occurrences->len; i++)
    {
      if (!has_date (other, i))
        continue;
      const TnOccurrence *occurrence = g_ptr_array_index (other->occurrences, i);
      TnSpan starts = tn_barrier_get_starts (occurrence->when.days, rule->days, length);
      if (tn_span_overlaps (starts, window))
        tn_barrier_add_distance (near, starts, rule, name_dated (occurrence));
    }
}

/* Whoever is still without a date yields to what another series, which keeps off it, has published:
 * else that one would have to move. */
static void
add_published (GArray *near, const Group *group, const TnTie *tie, TnSpan window)
{
  int length = MAX (tie->to->series->length_days, 1);
  for (guint i = 0; i < tie->from->occurrences->len; i++)
    {
      const TnOccurrence *other = g_ptr_array_index (tie->from->occurrences, i);
      TnWhen known = { 0 };
      if (!tn_placement_find_known (group->ledger, other, &known))
        continue;
      TnSpan starts = tn_barrier_get_starts (known.days, tie->rule->days, length);
      if (tn_span_overlaps (starts, window))
        tn_barrier_add_distance (near, starts, tie->rule, tn_occurrence_to_reference (other));
    }
}

static gboolean
is_member (const Group *group, const TnStrand *strand)
{
  return g_ptr_array_find (group->members, strand, NULL);
}

/* By its own rules, and by those of others: of a group they hold both ways. Other collaborations
 * may be unknown elsewhere, so they matter only before a date is published. */
static void
add_tied (GArray *near, const Group *group, const TnStrand *strand, TnSpan window,
          gboolean is_published)
{
  const GArray *own = tn_distances_get_own (group->distances, strand);
  const GArray *others = tn_distances_get_others (group->distances, strand);
  for (guint i = 0; i < own->len; i++)
    {
      const TnTie *tie = &g_array_index (own, TnTie, i);
      if (!is_published || tie->to->collaboration == strand->collaboration)
        add_others (near, strand, tie->to, tie->rule, window);
    }
  for (guint i = 0; i < others->len; i++)
    {
      const TnTie *tie = &g_array_index (others, TnTie, i);
      gboolean is_ours = tie->from->collaboration == strand->collaboration;
      if (is_member (group, tie->from) && (!is_published || is_ours))
        add_others (near, strand, tie->from, tie->rule, window);
      else if (!is_published && is_ours)
        add_published (near, group, tie, window);
    }
}

/* Returns: (transfer full) (element-type TnNear): what one occurrence must keep off by now, as far
 * as it touches @window, or the days where it was published. */
static GArray *
list_near (const Group *group, const TnStrand *strand, guint place, TnSpan window,
           gboolean is_published)
{
  const TnOccurrence *occurrence = g_ptr_array_index (strand->occurrences, place);
  GArray *near = tn_barrier_new_near ();
  TnWhen known = { 0 };
  if (is_published && tn_placement_find_known (group->ledger, occurrence, &known))
    window = known.days;
  add_siblings (near, strand, place, window);
  add_tied (near, group, strand, window, is_published);
  return near;
}

static void
pin_members (const Group *group)
{
  for (guint i = 0; i < group->members->len; i++)
    {
      TnStrand *strand = g_ptr_array_index (group->members, i);
      for (guint j = 0; j < strand->occurrences->len; j++)
        strand->is_settled[j] = tn_placement_pin (g_ptr_array_index (strand->occurrences, j),
                                                  group->ledger, group->today);
    }
}

/* What was decided may break rules, and says so; what was published may not. */
static void
keep_member (const Group *group, TnStrand *strand, guint place)
{
  TnOccurrence *occurrence = g_ptr_array_index (strand->occurrences, place);
  TnChoice choice = make_choice (strand, place);
  g_autoptr (GArray) near = list_near (group, strand, place, choice.window, TRUE);
  choice.near = near;
  if (strand->is_settled[place])
    tn_placement_tell_breaches (occurrence, &choice, group->ledger);
  else
    strand->is_settled[place]
        = tn_placement_keep (occurrence, &choice, group->ledger, group->today);
}

static void
keep_members (const Group *group)
{
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < group->members->len; i++)
      {
        TnStrand *strand = g_ptr_array_index (group->members, i);
        g_autofree gboolean *was_settled
            = g_memdup2 (strand->is_settled, (strand->occurrences->len + 1) * sizeof (gboolean));
        for (guint j = 0; j < strand->occurrences->len; j++)
          if (was_settled[j] == (pass == 0))
            keep_member (group, strand, j);
      }
}

static int
get_year (const Seat *seat)
{
  const TnOccurrence *occurrence = g_ptr_array_index (seat->strand->occurrences, seat->place);
  return tn_date_get_year (tn_cycle_get_span (&occurrence->cycle).start);
}

static int
compare_seats (gconstpointer a, gconstpointer b)
{
  const Seat *x = a;
  const Seat *y = b;
  int year_x = get_year (x);
  int year_y = get_year (y);
  if (year_x != year_y)
    return year_x < year_y ? -1 : 1;
  if (x->chain != y->chain)
    return x->chain < y->chain ? -1 : 1;
  return x->place < y->place ? -1 : 1;
}

static GArray *
list_seats (const Group *group)
{
  GArray *seats = g_array_new (FALSE, FALSE, sizeof (Seat));
  for (guint i = 0; i < group->members->len; i++)
    {
      TnStrand *strand = g_ptr_array_index (group->members, i);
      for (guint j = 0; j < strand->occurrences->len; j++)
        {
          Seat seat = { strand, i, j, NULL };
          if (!strand->is_settled[j])
            g_array_append_val (seats, seat);
        }
    }
  g_array_sort (seats, compare_seats);
  return seats;
}

static int
get_longest (const Group *group, const TnStrand *from, const TnStrand *to, gboolean soft)
{
  const GArray *ties = tn_distances_get_own (group->distances, from);
  int days = 0;
  for (guint i = 0; i < ties->len; i++)
    {
      const TnTie *tie = &g_array_index (ties, TnTie, i);
      if (tie->to == to && tie->rule->is_soft == soft)
        days = MAX (days, tie->rule->days);
    }
  return days;
}

/* Days from the first day of one of @before to that of a later one of @after. */
static int
get_gap (const Group *group, const TnStrand *before, const TnStrand *after, gboolean soft)
{
  if (before == after)
    return soft ? 0 : get_spacing (before->series);
  int days
      = MAX (get_longest (group, before, after, soft), get_longest (group, after, before, soft));
  return days > 0 ? days + MAX (before->series->length_days, 1) - 1 : 0;
}

static const Seat *
get_seat (const GArray *seats, guint i)
{
  return &g_array_index (seats, Seat, i);
}

/* Of `times = [4, 5]` the last is left out first. */
static gint64
get_unplaced (const Seat *seat)
{
  const TnOccurrence *occurrence = g_ptr_array_index (seat->strand->occurrences, seat->place);
  const TnFrequency *frequency = &seat->strand->series->frequency;
  int ordinal = occurrence->cycle.ordinal;
  if (frequency->most == 0 || ordinal <= frequency->least)
    return TN_RIVALS_UNPLACED;
  return TN_RIVALS_LEFT_OUT * (frequency->most - ordinal + 1);
}

/* Those of a series that share a window stand side by side. */
static GPtrArray *
make_sieves (GArray *seats, guint first, guint end)
{
  GPtrArray *sieves = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_sieve_free);
  const TnSieve *last = NULL;
  for (guint i = first; i < end; i++)
    {
      Seat *seat = &g_array_index (seats, Seat, i);
      TnChoice choice = make_choice (seat->strand, seat->place);
      if (last == NULL || !tn_sieve_is_of (last, choice.series, choice.window))
        {
          TnSieve *sieve = tn_sieve_new (choice.series, choice.holidays, choice.window);
          g_ptr_array_add (sieves, sieve);
          last = sieve;
        }
      seat->sieve = last;
    }
  return sieves;
}

static void
fill_rivals (const Group *group, const GArray *seats, guint first, guint end, TnRivals *rivals)
{
  guint n = end - first;
  for (guint i = 0; i < n; i++)
    {
      const Seat *seat = get_seat (seats, first + i);
      TnChoice choice = make_choice (seat->strand, seat->place);
      g_autoptr (GArray) near = list_near (group, seat->strand, seat->place, choice.window, FALSE);
      choice.near = near;
      choice.sieve = seat->sieve;
      tn_choice_list_candidates (&choice, tn_rivals_add (rivals, seat->chain, get_unplaced (seat)));
    }
  tn_rivals_close (rivals);
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      {
        const TnStrand *before = get_seat (seats, first + i)->strand;
        const TnStrand *after = get_seat (seats, first + j)->strand;
        tn_rivals_set_gap (rivals, i, j, get_gap (group, before, after, FALSE));
        tn_rivals_set_wish (rivals, i, j, get_gap (group, before, after, TRUE),
                            TN_WEIGHING_SOFT_COST);
      }
}

static void
explain_seat (const Group *group, const Seat *seat, TnDate day, guint n, gboolean is_best)
{
  TnOccurrence *occurrence = g_ptr_array_index (seat->strand->occurrences, seat->place);
  if (day != TN_DATE_NONE && !tn_span_contains (group->told, day))
    return;
  TnChoice choice = make_choice (seat->strand, seat->place);
  g_autoptr (GArray) near = list_near (group, seat->strand, seat->place, choice.window, FALSE);
  choice.near = near;
  choice.sieve = seat->sieve;
  tn_choice_explain (&choice, day, occurrence->reasons);
  g_autofree char *source = tn_origin_to_string (&seat->strand->series->origin);
  if (n > 1)
    g_ptr_array_add (
        occurrence->reasons,
        tn_reason_new ("choice", source, "chosen together with %u other%s of the year%s", n - 1,
                       n == 2 ? "" : "s",
                       is_best ? "" : ", the best that was found in a bounded search"));
}

/* The occurrences of one year. */
static void
settle_year (const Group *group, GArray *seats, guint first, guint end)
{
  guint n = end - first;
  g_autoptr (GPtrArray) sieves = make_sieves (seats, first, end);
  TnRivals rivals;
  tn_rivals_init (&rivals);
  fill_rivals (group, seats, first, end, &rivals);
  g_autofree TnDate *days = g_new (TnDate, n);
  gboolean is_best = TRUE;
  tn_rivals_solve (&rivals, days, &is_best);
  tn_rivals_clear (&rivals);
  for (guint i = 0; i < n; i++)
    {
      const Seat *seat = get_seat (seats, first + i);
      TnChoice choice = make_choice (seat->strand, seat->place);
      tn_placement_put (g_ptr_array_index (seat->strand->occurrences, seat->place), &choice,
                        days[i]);
      seat->strand->is_settled[seat->place] = TRUE;
    }
  for (guint i = 0; i < n; i++)
    explain_seat (group, get_seat (seats, first + i), days[i], n, is_best);
}

static void
settle_group (const Group *group)
{
  pin_members (group);
  keep_members (group);
  g_autoptr (GArray) seats = list_seats (group);
  for (guint first = 0, end = 0; first < seats->len; first = end)
    {
      for (end = first; end < seats->len; end++)
        if (get_year (get_seat (seats, end)) != get_year (get_seat (seats, first)))
          break;
      settle_year (group, seats, first, end);
    }
  for (guint i = 0; i < group->members->len; i++)
    {
      const TnStrand *strand = g_ptr_array_index (group->members, i);
      for (guint j = 0; j < strand->occurrences->len; j++)
        tn_placement_finish (g_ptr_array_index (strand->occurrences, j), group->ledger,
                             group->today);
    }
}

/* Settles @strand after all that it keeps off, and together with those that keep off it. */
static void
settle_strand (const TnDistances *distances, TnStrand *strand, GHashTable *done,
               const TnLedger *ledger, TnDate today, TnSpan told)
{
  if (g_hash_table_contains (done, strand))
    return;
  g_autoptr (GHashTable) reached = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) members = g_ptr_array_new ();
  tn_distances_reach (distances, strand, reached);
  g_ptr_array_add (members, strand);
  GHashTableIter iter;
  gpointer key = NULL;
  g_hash_table_iter_init (&iter, reached);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_autoptr (GHashTable) back = g_hash_table_new (NULL, NULL);
      tn_distances_reach (distances, key, back);
      if (key != strand && g_hash_table_contains (back, strand))
        g_ptr_array_add (members, key);
    }
  for (guint i = 0; i < members->len; i++)
    {
      g_hash_table_add (done, g_ptr_array_index (members, i));
      g_hash_table_remove (reached, g_ptr_array_index (members, i));
    }
  g_hash_table_iter_init (&iter, reached);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    settle_strand (distances, key, done, ledger, today, told);
  g_ptr_array_sort (members, tn_distances_compare_strands);
  Group group = { distances, members, ledger, today, told };
  settle_group (&group);
}

/**
 * tn_settling_settle:
 * @strands: (element-type TnStrand): of all collaborations, their holidays known
 * @told: days of which somebody will ask why: what lies elsewhere need not give its reasons
 *
 * Gives every occurrence its date, or the reasons why it has none.
 */
void
tn_settling_settle (const GPtrArray *strands, const TnLedger *ledger, TnDate today, TnSpan told)
{
  g_autoptr (GHashTable) done = g_hash_table_new (NULL, NULL);
  g_autoptr (TnDistances) distances = tn_distances_new (strands);
  for (guint i = 0; i < strands->len; i++)
    {
      TnStrand *strand = g_ptr_array_index (strands, i);
      if (!is_single (strand->series))
        continue;
      settle_single (strand, ledger, today, told);
      g_hash_table_add (done, strand);
    }
  for (guint i = 0; i < strands->len; i++)
    settle_strand (distances, g_ptr_array_index (strands, i), done, ledger, today, told);
}
