/* How often a series is held: so many times, on days that a rule names, on fixed dates, with months
 * and weeks left out, and how far apart. */
#include "ctl/prose.h"

#include "model/dates.h"
#include "ctl/naming.h"
#include "ctl/phrases.h"

static const guint ALL_MONTHS = 0x1ffe;

static const char *
get_english_ending (int n)
{
  static const char *const endings[] = { "th", "st", "nd", "rd" };
  gboolean is_teen = n % 100 > 10 && n % 100 < 14;
  return endings[is_teen || n % 10 > 3 ? 0 : n % 10];
}

/* Swedish says `vart 2:a`, `vart 3:e`, English `every 2nd`; the others write a point, which the
 * phrase has. */
static char *
format_rank (TnLanguage language, int n)
{
  gboolean ends_in_a = (n % 10 == 1 || n % 10 == 2) && n % 100 != 11 && n % 100 != 12;
  if (language == TN_LANGUAGE_SV)
    return g_strdup_printf ("%d:%s", n, ends_in_a ? "a" : "e");
  if (language == TN_LANGUAGE_EN)
    return g_strdup_printf ("%d%s", n, get_english_ending (n));
  return g_strdup_printf ("%d", n);
}

static char *
format_every (TnLanguage language, const TnSeries *series)
{
  static const TnPhrase one[]
      = { TN_PHRASE_EVERY_YEAR, TN_PHRASE_EVERY_HALF, TN_PHRASE_EVERY_QUARTER,
          TN_PHRASE_EVERY_MONTH, TN_PHRASE_EVERY_SCHOOL_YEAR }; /* by TnPeriod */
  static const TnPhrase several[]
      = { TN_PHRASE_EVERY_YEARS, TN_PHRASE_EVERY_HALVES, TN_PHRASE_EVERY_QUARTERS,
          TN_PHRASE_EVERY_MONTHS, TN_PHRASE_EVERY_SCHOOL_YEARS };
  g_autofree char *n = format_rank (language, series->every_n);
  guint period = MIN ((guint) series->every, G_N_ELEMENTS (one) - 1);
  return series->every_n == 1 ? g_strdup (tn_phrase (language, one[period]))
                              : tn_phrase_fill (language, several[period], "n", n, NULL);
}

/* `3 gange hvert år` */
static char *
format_times (TnLanguage language, const TnSeries *series)
{
  const TnFrequency *frequency = &series->frequency;
  g_autofree char *every = format_every (language, series);
  g_autofree char *least = g_strdup_printf ("%d", frequency->least);
  g_autofree char *most = g_strdup_printf ("%d", frequency->most);
  if (frequency->most == 0)
    return g_steal_pointer (&every);
  if (frequency->least == frequency->most)
    return tn_phrase_fill (language, TN_PHRASE_TIMES, "n", most, "every", every, NULL);
  return tn_phrase_fill (language, TN_PHRASE_TIMES_RANGE, "least", least, "most", most, "every",
                         every, NULL);
}

static void
tell_dates (TnPassage *passage, TnLanguage language, const TnSeries *series)
{
  const GArray *dates = series->frequency.dates;
  g_autoptr (GPtrArray) days = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < dates->len; i++)
    g_ptr_array_add (days,
                     tn_dates_format_day (language, g_array_index (dates, TnFixedDate, i).date));
  g_autofree char *name = tn_naming_series (language, series);
  g_autofree char *joined = tn_phrase_join (language, TN_PHRASE_AND, days);
  g_autofree char *every = format_every (language, series);
  tn_passage_take (passage,
                   tn_phrase_fill (language, TN_PHRASE_SERIES_DATES, "name", name, "kind",
                                   tn_naming_kind (language, series->kind), "dates", joined, NULL));
  tn_passage_take (passage,
                   tn_phrase_fill (language, TN_PHRASE_DATES_NUMBERED, "every", every, NULL));
}

static void
tell_cycles (TnPassage *passage, TnLanguage language, const TnSeries *series)
{
  g_autofree char *name = tn_naming_series (language, series);
  g_autofree char *every = format_times (language, series);
  g_autofree char *first = tn_naming_cycle (language, &series->first);
  g_autofree char *last = series->has_last ? tn_naming_cycle (language, &series->last) : NULL;
  gboolean is_once = series->has_last && series->frequency.most == 0
                     && tn_cycle_equal (&series->first, &series->last);
  TnPhrase phrase = is_once        ? TN_PHRASE_SERIES_ONCE
                    : last != NULL ? TN_PHRASE_SERIES_FROM_TO
                                   : TN_PHRASE_SERIES_FROM;
  tn_passage_take (passage, tn_phrase_fill (language, phrase, "name", name, "kind",
                                            tn_naming_kind (language, series->kind), "every", every,
                                            "first", first, "last", last, NULL));
}

static char *
join_months (TnLanguage language, TnPhrase last, guint months)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (int month = 1; month <= 12; month++)
    if ((months & 1U << month) != 0)
      g_ptr_array_add (names, (gpointer) tn_dates_get_month (language, month));
  return tn_phrase_join (language, last, names);
}

static guint
count_months (guint months)
{
  guint n = 0;
  for (int month = 1; month <= 12; month++)
    n += (months & 1U << month) != 0;
  return n;
}

/* Of many months that are left out, those that stay are told. */
static void
tell_months (TnPassage *passage, TnLanguage language, guint out, const TnPhrase phrases[2],
             const TnPhrase joins[2])
{
  guint tells_rest = count_months (out) > 6;
  if (out == 0)
    return;
  g_autofree char *months
      = join_months (language, joins[tells_rest], tells_rest != 0 ? ALL_MONTHS & ~out : out);
  tn_passage_take (passage, tn_phrase_fill (language, phrases[tells_rest], "months", months, NULL));
}

/* A monthly series is not held at all in a month that is left out; another one keeps off it. */
static gboolean
skips_months (const TnSeries *series)
{
  return series->every == TN_PERIOD_MONTH && series->frequency.dates->len == 0;
}

static void
tell_months_skipped (TnPassage *passage, TnLanguage language, const TnSeries *series)
{
  static const TnPhrase phrases[] = { TN_PHRASE_MONTHS_SKIPPED, TN_PHRASE_MONTHS_HELD };
  static const TnPhrase joins[] = { TN_PHRASE_OR, TN_PHRASE_AND };
  if (skips_months (series))
    tell_months (passage, language, series->frequency.months_out, phrases, joins);
}

static void
tell_months_out (TnPassage *passage, TnLanguage language, const TnSeries *series)
{
  static const TnPhrase phrases[] = { TN_PHRASE_MONTHS_OUT, TN_PHRASE_MONTHS_ONLY };
  static const TnPhrase joins[] = { TN_PHRASE_OR, TN_PHRASE_OR };
  if (!skips_months (series))
    tell_months (passage, language, series->frequency.months_out, phrases, joins);
}

static void
tell_weeks_out (TnPassage *passage, TnLanguage language, const TnFrequency *frequency)
{
  g_autoptr (GPtrArray) weeks = g_ptr_array_new_with_free_func (g_free);
  const int n_weeks = 53;
  for (int week = 1; week <= n_weeks; week++)
    {
      int last = week;
      if ((frequency->weeks_out & G_GUINT64_CONSTANT (1) << week) == 0)
        continue;
      while (last < n_weeks && (frequency->weeks_out & G_GUINT64_CONSTANT (1) << (last + 1)) != 0)
        last++;
      g_ptr_array_add (weeks, last == week ? g_strdup_printf ("%d", week)
                                           : g_strdup_printf ("%d-%d", week, last));
      week = last;
    }
  if (weeks->len == 0)
    return;
  g_autofree char *joined = tn_phrase_join (language, TN_PHRASE_OR, weeks);
  tn_passage_take (passage, tn_phrase_fill (language, TN_PHRASE_WEEKS_OUT, "weeks", joined, NULL));
}

static char *
format_month_day (TnLanguage language, const TnMonthDay *day)
{
  static const TnPhrase from_start[]
      = { TN_PHRASE_DAY_FIRST, TN_PHRASE_DAY_SECOND, TN_PHRASE_DAY_THIRD, TN_PHRASE_DAY_FOURTH };
  static const TnPhrase from_end[] = { TN_PHRASE_DAY_LAST, TN_PHRASE_DAY_LAST_BUT_ONE,
                                       TN_PHRASE_DAY_LAST_BUT_TWO, TN_PHRASE_DAY_LAST_BUT_THREE };
  g_autofree char *n = g_strdup_printf ("%d", ABS (day->number));
  if (day->weekday == 0)
    return tn_phrase_fill (
        language, day->number > 0 ? TN_PHRASE_DAY_NUMBER : TN_PHRASE_DAY_FROM_END, "n", n, NULL);
  guint place = MIN ((guint) ABS (day->nth), G_N_ELEMENTS (from_start)) - 1;
  return tn_phrase_fill (language, day->nth > 0 ? from_start[place] : from_end[place], "day",
                         tn_dates_get_weekday (language, day->weekday), NULL);
}

/* As many days as times: each has its own. Else any of them will do. */
static void
tell_month_days (TnPassage *passage, TnLanguage language, const TnFrequency *frequency)
{
  gboolean has_each = (int) frequency->month_days->len == frequency->most;
  g_autoptr (GPtrArray) days = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < frequency->month_days->len; i++)
    g_ptr_array_add (
        days, format_month_day (language, &g_array_index (frequency->month_days, TnMonthDay, i)));
  if (days->len == 0)
    return;
  g_autofree char *joined
      = tn_phrase_join (language, has_each ? TN_PHRASE_AND : TN_PHRASE_OR, days);
  tn_passage_take (passage,
                   tn_phrase_fill (language,
                                   has_each ? TN_PHRASE_MONTH_DAYS_EACH : TN_PHRASE_MONTH_DAYS_ANY,
                                   "days", joined, NULL));
}

static char *
join_weeks (TnLanguage language, const GArray *weeks)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < weeks->len; i++)
    g_ptr_array_add (words, g_strdup_printf ("%d", g_array_index (weeks, int, i)));
  return tn_phrase_join (language, TN_PHRASE_AND, words);
}

static void
tell_election_period (TnPassage *passage, TnLanguage language, const TnFrequency *frequency)
{
  if (frequency->term_years == 0)
    return;
  g_autofree char *n = g_strdup_printf ("%d", frequency->term_years);
  g_autofree char *amount = tn_phrase_fill (
      language, frequency->term_years == 1 ? TN_PHRASE_UNIT_YEAR : TN_PHRASE_UNIT_YEARS, "n", n,
      NULL);
  g_autofree char *date = tn_dates_format_day (language, frequency->term_start);
  g_autofree char *weeks = join_weeks (language, frequency->election_weeks);
  tn_passage_take (passage, tn_phrase_fill (language, TN_PHRASE_ELECTION_PERIOD, "amount", amount,
                                            "date", date, NULL));
  if (frequency->election_weeks->len > 0)
    tn_passage_take (passage,
                     tn_phrase_fill (language,
                                     frequency->election_weeks->len == 1 ? TN_PHRASE_ELECTION_WEEK
                                                                         : TN_PHRASE_ELECTION_WEEKS,
                                     "weeks", weeks, NULL));
}

static void
tell_weeks (TnPassage *passage, TnLanguage language, const TnFrequency *frequency)
{
  g_autofree char *weeks = join_weeks (language, frequency->weeks);
  if (frequency->weeks->len == 1)
    tn_passage_take (passage,
                     tn_phrase_fill (language, TN_PHRASE_PREFER_WEEK, "week", weeks, NULL));
  else if (frequency->weeks->len > 1)
    tn_passage_take (passage,
                     tn_phrase_fill (language, TN_PHRASE_PREFER_WEEKS, "weeks", weeks, NULL));
  tell_election_period (passage, language, frequency);
}

/**
 * tn_prose_tell_frequency:
 *
 * Adds from when to when @series is held, and how often.
 */
void
tn_prose_tell_frequency (TnPassage *passage, TnLanguage language, const TnSeries *series)
{
  if (series->frequency.dates->len > 0)
    tell_dates (passage, language, series);
  else
    tell_cycles (passage, language, series);
  tell_months_skipped (passage, language, series);
}

/**
 * tn_prose_tell_limits:
 *
 * Adds the days of the month on which @series may begin, and the months and weeks that it leaves
 * out.
 */
void
tn_prose_tell_limits (TnPassage *passage, TnLanguage language, const TnSeries *series)
{
  tell_month_days (passage, language, &series->frequency);
  tell_months_out (passage, language, series);
  tell_weeks_out (passage, language, &series->frequency);
}

/* Early, in the middle or late: of each one's share of the period. */
static gboolean
prefers_part (const TnSeries *series)
{
  for (guint i = 0; i < series->preferences->len; i++)
    if (((const TnPreference *) g_ptr_array_index (series->preferences, i))->kind <= TN_PREFER_LATE)
      return TRUE;
  return FALSE;
}

/* Several in a period of which nothing else says where each should lie. */
static void
tell_shares (TnPassage *passage, TnLanguage language, const TnSeries *series)
{
  const TnFrequency *frequency = &series->frequency;
  g_autofree char *n = g_strdup_printf ("%d", frequency->most);
  if (frequency->most < 2 || frequency->dates->len > 0)
    return;
  if (prefers_part (series))
    tn_passage_take (passage, tn_phrase_fill (language, TN_PHRASE_SHARES, "n", n, NULL));
  else if (series->preferences->len == 0 && frequency->weeks->len == 0
           && frequency->month_days->len == 0)
    tn_passage_take (passage, tn_phrase_fill (language, TN_PHRASE_SPREAD, "n", n, NULL));
}

/**
 * tn_prose_tell_spread:
 *
 * Adds how the several times of a period lie to each other: by week, by share, with days between.
 */
void
tn_prose_tell_spread (TnPassage *passage, TnLanguage language, const TnSeries *series)
{
  const TnFrequency *frequency = &series->frequency;
  tell_shares (passage, language, series);
  tell_weeks (passage, language, frequency);
  if (frequency->spacing_days == 0)
    return;
  gboolean is_weeks = frequency->spacing_days % 7 == 0;
  g_autofree char *amount
      = tn_prose_format_amount (language, is_weeks ? TN_UNIT_WEEKS : TN_UNIT_DAYS,
                                frequency->spacing_days / (is_weeks ? 7 : 1));
  tn_passage_take (passage, tn_phrase_fill (language, TN_PHRASE_SPACING, "amount", amount, NULL));
}
