/* tests/property/world.h — random charters of the whole language with a random ledger, as values
 *
 * Small and quick, so that there can be a hundred thousand: one or two collaborations of up to four
 * series, in 2025 and of some in 2026 too. What a charter's reader would refuse is not made. */
#pragma once

#include "../rules/seven-cities.h"

#include "rules/rhythm.h"

static const int WORLD_FIRST_YEAR = 2025;

typedef struct
{
  TnRulebook *rulebook;
  GPtrArray *decisions; /* (element-type TnDecision) */
  TnDate today;
  int end_year; /* one year is planned, or two */
} World;

static inline int
world_pick (int n)
{
  return g_test_rand_int_range (0, n);
}

/* One in @n. */
static inline gboolean
world_is (int n)
{
  return world_pick (n) == 0;
}

static inline void
world_shuffle (GPtrArray *array)
{
  for (guint i = array->len; i > 1; i--)
    {
      guint j = (guint) world_pick ((int) i);
      gpointer other = array->pdata[j];
      array->pdata[j] = array->pdata[i - 1];
      array->pdata[i - 1] = other;
    }
}

static inline TnCollaboration *
world_get (const World *world, int index)
{
  return g_ptr_array_index (world->rulebook->collaborations, index);
}

static inline TnCollaboration *
world_pick_collaboration (const World *world)
{
  return world_get (world, world_pick ((int) world->rulebook->collaborations->len));
}

static inline TnSeries *
world_pick_series (const TnCollaboration *in)
{
  return g_ptr_array_index (in->series, world_pick ((int) in->series->len));
}

static inline const char *
world_pick_council (const TnCollaboration *in)
{
  return ((TnCouncil *) g_ptr_array_index (in->councils, world_pick ((int) in->councils->len)))->id;
}

static inline void
world_add_councils (TnCollaboration *in)
{
  int n = 2 + world_pick (4);
  for (int i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%d", i);
      TnCouncil *council = seven_add_council (in, id, id, world_is (5) ? 2025 : 2010);
      TnSpan *span = &g_array_index (council->memberships, TnSpan, 0);
      if (world_is (6))
        span->end = D (2025, 1, 1) + world_pick (700);
    }
}

static inline char **
world_list_councils (TnCollaboration *in, int most)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  for (guint i = 0; i < in->councils->len; i++)
    g_ptr_array_add (ids, ((TnCouncil *) g_ptr_array_index (in->councils, i))->id);
  world_shuffle (ids);
  g_ptr_array_set_size (ids, MIN ((int) ids->len, most));
  g_ptr_array_add (ids, NULL);
  return g_strdupv ((char **) ids->pdata);
}

static inline void
world_set_window (TnSeries *series)
{
  int first = 1 + world_pick (12);
  if (world_is (3))
    {
      series->window.kind = TN_WINDOW_WEEKS;
      series->window.first_week = 1 + world_pick (50);
      series->window.last_week = (series->window.first_week + world_pick (12)) % 52 + 1;
      series->window.origin = tn_origin_make ("w.conf", 17);
    }
  else if (world_is (2))
    seven_set_window (series, "window", first, 1 + world_pick (28),
                      (first + world_pick (4)) % 12 + 1, 1 + world_pick (28));
}

static inline void
world_shape_plain (TnSeries *series)
{
  static const TnPeriod periods[] = { TN_PERIOD_YEAR, TN_PERIOD_YEAR, TN_PERIOD_SCHOOL_YEAR,
                                      TN_PERIOD_HALF, TN_PERIOD_QUARTER };
  series->every = periods[world_pick (G_N_ELEMENTS (periods))];
  series->every_n = 1 + (int) world_is (3);
  world_set_window (series);
  for (int kind = 0; kind < 5; kind++)
    if (world_is (5))
      {
        TnPreference *preference = tn_preference_new ((TnPreferKind) kind);
        preference->week = 1 + world_pick (52);
        preference->origin = tn_origin_make ("w.conf", 18);
        g_ptr_array_add (series->preferences, preference);
      }
}

static inline void
world_add_weeks (GArray *weeks, int n)
{
  for (int i = 0; i < n; i++)
    {
      int week = 3 + i * 48 / n + world_pick (12);
      g_array_append_val (weeks, week);
    }
}

static inline void
world_shape_times (TnSeries *series)
{
  static const TnPeriod periods[] = { TN_PERIOD_YEAR, TN_PERIOD_HALF, TN_PERIOD_SCHOOL_YEAR };
  TnFrequency *frequency = &series->frequency;
  series->every = periods[world_pick (G_N_ELEMENTS (periods))];
  frequency->most = 2 + world_pick (3);
  frequency->least = 1 + world_pick (frequency->most);
  frequency->spacing_days = world_pick (2) * world_pick (70);
  if (world_is (3))
    frequency->weeks_out = G_GUINT64_CONSTANT (1) << (1 + world_pick (52));
  if (world_is (3))
    frequency->months_out = 1u << (1 + world_pick (12));
  if (world_is (2))
    world_add_weeks (frequency->weeks, frequency->most);
  if (frequency->weeks->len > 0 && world_is (2))
    {
      frequency->term_years = 4;
      frequency->term_start = D (2022 + world_pick (4), 1, 1);
      world_add_weeks (frequency->election_weeks, frequency->most);
    }
}

static inline void
world_shape_month_day (TnSeries *series)
{
  TnMonthDay day = { (TnWeekday) (1 + world_pick (7)), 1 + world_pick (5), 0 };
  if (world_is (3))
    day = (TnMonthDay){ 0, 0, 1 + world_pick (31) };
  if (world_is (3))
    {
      day.nth = -day.nth;
      day.number = -day.number;
    }
  series->every = TN_PERIOD_MONTH;
  series->every_n = 1 + world_pick (2);
  series->frequency.months_out = series->every_n == 1 ? (guint) world_pick (4096) << 1 & 0x0aa : 0;
  series->frequency.month_days_words = g_strdup ("days that the rule does not name");
  g_array_append_val (series->frequency.month_days, day);
}

static inline void
world_shape_dates (TnSeries *series)
{
  TnDate day = D (2025, 1, 1) + world_pick (200);
  int ordinal = 1;
  for (int i = 2 + world_pick (3); i > 0; i--)
    {
      TnFixedDate fixed = { tn_cycle_at (TN_PERIOD_YEAR, day), day };
      fixed.cycle.ordinal = ordinal++;
      g_array_append_val (series->frequency.dates, fixed);
      day += 3 + world_pick (200);
      if (tn_date_get_year (day) != fixed.cycle.year)
        ordinal = 1;
    }
  series->weekdays = 0xfe;
  series->last = tn_cycle_at (TN_PERIOD_YEAR, day);
  series->has_last = TRUE;
}

static inline void
world_shape_sites (TnSeries *series)
{
  world_set_window (series);
  for (int i = 2 + world_pick (2); i > 0; i--)
    {
      g_autofree char *id = g_strdup_printf ("site%d", i);
      TnSite *site = tn_site_new (id, id);
      site->date = world_is (2) ? D (2025, 1, 1) + world_pick (700) : TN_DATE_NONE;
      g_ptr_array_add (series->sites, site);
    }
}

static inline void
world_shape (TnSeries *series)
{
  static void (*const shapes[]) (TnSeries *)
      = { world_shape_plain,     world_shape_plain, world_shape_plain, world_shape_times,
          world_shape_month_day, world_shape_dates, world_shape_sites };
  series->every_n = 1;
  series->length_days = 1 + (int) world_is (4);
  series->weekdays = world_is (2) ? (guint) (1 + world_pick (127)) << 1 : 0;
  series->has_time = world_is (2);
  series->start_minute = 9 * 60;
  series->end_minute = 15 * 60;
  shapes[world_pick (G_N_ELEMENTS (shapes))](series);
  series->first = (TnCycle){ series->every, 2024 + world_pick (2), 1, 0 };
  if (series->frequency.dates->len > 0)
    series->first = tn_cycle_at (TN_PERIOD_YEAR,
                                 g_array_index (series->frequency.dates, TnFixedDate, 0).date);
  for (int kind = 0; kind < 4; kind++)
    if (world_is (3))
      {
        seven_add_avoidance (series, (TnAvoidKind) kind, !world_is (3));
        if (kind == TN_AVOID_SCHOOL_BREAKS && world_is (2))
          tn_avoidance_set_area (
              g_ptr_array_index (series->avoidances, series->avoidances->len - 1), "nord");
      }
}

static inline void
world_add_host (TnCollaboration *in, TnSeries *series)
{
  TnRoleRule *host = seven_add_role (series, "host", TN_ROLE_RING);
  g_strfreev (host->ring);
  host->ring = world_list_councils (in, world_is (4) ? 2 : 5);
  int n = (int) g_strv_length (host->ring);
  host->rest = n > 2 ? world_pick (n - 1) : 0;
  host->start_cycle = tn_rhythm_get_cycle (series, 0);
  host->start_council = g_strdup (host->ring[world_pick (n)]);
}

static inline void
world_add_terms (TnCollaboration *in, TnRoleRule *role)
{
  TnDate day = D (2024, 1, 1) + world_pick (600);
  for (int i = 0; i < 2; i++)
    {
      g_ptr_array_add (role->terms,
                       tn_term_new (world_pick_council (in), tn_span_new (day, day + 400)));
      day += 400 + world_pick (2) * 100;
    }
}

static inline void
world_add_roles (TnCollaboration *in, TnSeries *series)
{
  world_add_host (in, series);
  TnRoleKind kind = (TnRoleKind) (1 + world_pick (4));
  TnRoleRule *role = seven_add_role (series, "organiser", kind);
  role->council = kind == TN_ROLE_FIXED ? g_strdup (world_pick_council (in)) : NULL;
  if (kind == TN_ROLE_SHARED)
    {
      g_strfreev (role->shared);
      role->shared = world_list_councils (in, 2);
    }
  if (kind == TN_ROLE_TERMS)
    world_add_terms (in, role);
  if (kind == TN_ROLE_FOLLOWS)
    {
      role->follows_series = g_strdup_printf ("s%d", world_pick (3));
      role->follows_role = g_strdup ("host");
    }
}

static inline void
world_add_duties (TnSeries *series)
{
  seven_add_milestone (series, "m", world_is (2), world_pick (30), (TnUnit) world_pick (4), "host");
  TnMilestoneRule *rule = seven_add_milestone (series, "n", TRUE, 0, TN_UNIT_DAYS, "council");
  rule->every = world_is (3) ? 2 + world_pick (3) : 0;
  rule->every_unit = TN_UNIT_MONTHS;
  TnCycle cycle = tn_rhythm_get_cycle (series, world_pick (2));
  if (world_is (3))
    g_ptr_array_add (series->themes, tn_theme_new ("Natur", &cycle));
  if (world_is (4))
    g_ptr_array_add (series->matters, tn_matter_new ("Busser", &cycle));
  if (world_is (4))
    {
      series->theme_plan.id = g_strdup ("fill");
      series->theme_plan.title = g_strdup ("Fyld: {count}");
      series->theme_plan.by = g_strdup ("host");
      series->theme_plan.every = TN_PERIOD_YEAR;
    }
}

static inline void
world_add_series (TnCollaboration *in, int number)
{
  g_autofree char *id = g_strdup_printf ("s%d", number);
  TnSeries *series = tn_series_new (id, TN_KIND_MEETING);
  series->origin = tn_origin_make ("w.conf", 10 * number + 1);
  seven_set_text (&series->title, "{cycle} {host} {number} {theme}");
  world_shape (series);
  world_add_roles (in, series);
  world_add_duties (series);
  g_ptr_array_add (in->series, series);
}

static inline void
world_add_distance (TnSeries *from, const TnCollaboration *of, const TnSeries *to, int days)
{
  TnDistance *distance = tn_distance_new (of != NULL ? of->id : NULL, to->id, days);
  distance->origin = tn_origin_make ("w.conf", 25);
  g_ptr_array_add (from->distances, distance);
}

/* Also the other way round, also to another collaboration, also in a circle. */
static inline void
world_add_distances (const World *world)
{
  for (int i = world_pick (4); i > 0; i--)
    {
      const TnCollaboration *in = world_pick_collaboration (world);
      const TnCollaboration *of = world_is (3) ? world_pick_collaboration (world) : in;
      TnSeries *from = world_pick_series (in);
      TnSeries *to = world_pick_series (of);
      if (from == to)
        continue;
      int days = 1 + world_pick (20);
      world_add_distance (from, in == of ? NULL : of, to, days);
      if (world_is (2))
        world_add_distance (to, in == of ? NULL : in, from, days);
    }
}

static inline TnHolidayFile *
world_new_holidays (void)
{
  TnHolidayFile *file = seven_new_holidays ();
  seven_add_holiday (file, "Vinterferie nord", TN_HOLIDAY_SCHOOL_BREAK, TN_DAY_WEEKS, 7, 8);
  TnHolidayRule *rule = g_ptr_array_index (file->rules, file->rules->len - 1);
  rule->area = g_strdup ("nord");
  seven_add_holiday (file, "Valg", TN_HOLIDAY_ELECTION, TN_DAY_DATE, 0, 0);
  rule = g_ptr_array_index (file->rules, file->rules->len - 1);
  rule->date = D (2025, 1, 1) + world_pick (700);
  return file;
}

static inline World
world_make (void)
{
  World world = { tn_rulebook_new (), seven_new_decisions (), D (2024, 6, 1) + world_pick (700),
                  WORLD_FIRST_YEAR + 1 + (int) world_is (3) };
  g_ptr_array_add (world.rulebook->holiday_files, world_new_holidays ());
  for (int i = 0; i < 1 + (int) world_is (3); i++)
    {
      TnCollaboration *in = tn_collaboration_new (i == 0 ? "a" : "b");
      g_strfreev (in->holidays);
      in->holidays = g_strsplit ("dk", ",", -1);
      world_add_councils (in);
      int n = 1 + world_pick (3);
      for (int j = 0; j < n; j++)
        world_add_series (in, j);
      g_ptr_array_add (world.rulebook->collaborations, in);
    }
  world_add_distances (&world);
  return world;
}

static inline void
world_clear (World *world)
{
  g_ptr_array_unref (world->decisions);
  tn_rulebook_unref (world->rulebook);
}

static inline const char *
world_pick_value (TnDecisionKind kind)
{
  static const char *const values[][2] = { [TN_DECISION_CANCEL] = { "yes", "no" },
                                           [TN_DECISION_SET] = { "after", "unchanged" },
                                           [TN_DECISION_POSTPONE] = { "kept", "used" },
                                           [TN_DECISION_THEME] = { "Natur", "By" },
                                           [TN_DECISION_TITLE] = { "{host}", "Møde" },
                                           [TN_DECISION_WHERE] = { "Odense", "Aarhus" },
                                           [TN_DECISION_TEXT] = { "Husk kaffe", "Husk te" },
                                           [TN_DECISION_DUE] = { "2025-03-01", "2026-03-01" },
                                           [TN_DECISION_DONE] = { "yes", "no" } };
  return (gsize) kind < G_N_ELEMENTS (values) ? values[kind][world_pick (2)] : NULL;
}

/* A decision of any kind on one cycle, of dates one that lies near it. */
static inline void
world_decide (World *world)
{
  const TnCollaboration *in = world_pick_collaboration (world);
  const TnSeries *series = world_pick_series (in);
  TnDecisionKind kind
      = world_is (3) ? TN_DECISION_DATE : (TnDecisionKind) world_pick (TN_N_DECISIONS);
  TnCycle one = tn_rhythm_get_cycle (series, world_pick (8));
  TnCycle other = tn_rhythm_get_cycle (series, world_pick (8));
  g_autofree char *cycle = tn_cycle_to_string (&one);
  g_autofree char *other_cycle = tn_cycle_to_string (&other);
  g_autofree char *date
      = tn_date_to_string (tn_cycle_get_span (&one).start - 20 + world_pick (400));
  g_autofree char *source = g_strdup_printf ("command %d", world_pick (1000000));
  TnDecisionDraft draft = seven_draft (kind, cycle, D (2024, 1, 1) + world_pick (700));
  gboolean is_membership = kind == TN_DECISION_JOIN || kind == TN_DECISION_LEAVE;
  gboolean is_date = kind == TN_DECISION_DATE || kind == TN_DECISION_PLACED;
  draft.collaboration = in->id;
  draft.series = is_membership ? NULL : series->id;
  draft.cycle = is_membership ? NULL : cycle;
  draft.since = is_membership ? D (2024, 6, 1) + world_pick (700) : TN_DATE_NONE;
  draft.other_cycle = kind == TN_DECISION_SWAP ? other_cycle : NULL;
  draft.council = world_pick_council (in);
  draft.after_council = kind == TN_DECISION_INSERT ? world_pick_council (in) : NULL;
  draft.milestone = kind == TN_DECISION_DUE || kind == TN_DECISION_DONE ? "m" : NULL;
  draft.source = source;
  draft.value = is_date ? date : world_pick_value (kind);
  draft.confirmed = is_date && world_is (2);
  if (series->sites->len > 0 && !is_membership)
    draft.site
        = ((TnSite *) g_ptr_array_index (series->sites, world_pick ((int) series->sites->len)))->id;
  seven_decide (world->decisions, &draft);
}

static inline TnPlan *
world_plan (const World *world)
{
  g_autoptr (TnLedger) ledger = tn_ledger_new (world->decisions);
  return tn_planner_plan (world->rulebook, ledger,
                          tn_span_new (D (WORLD_FIRST_YEAR, 1, 1), D (world->end_year, 1, 1)),
                          world->today);
}
