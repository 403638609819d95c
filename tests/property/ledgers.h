/* tests/property/ledgers.h — random charters with rings, and random ledgers on them */
#pragma once

#include "../rules/seven-cities.h"

#include "rules/explanation.h"

static const int FIRST_YEAR = 2018;
static const int END_YEAR = 2034;

/* A random charter with a random ledger. */
typedef struct
{
  TnRulebook *rulebook;
  GPtrArray *decisions;
  GPtrArray *texts; /* that decisions borrow while they are made */
} World;

static inline int
ledgers_pick (int n)
{
  return g_test_rand_int_range (0, n);
}

static inline TnDate
ledgers_pick_date (int first_year, int end_year)
{
  return g_test_rand_int_range (D (first_year, 1, 1), D (end_year, 1, 1));
}

static inline const TnCouncil *
ledgers_pick_council (const World *world)
{
  GPtrArray *councils = seven_get (world->rulebook)->councils;
  return g_ptr_array_index (councils, ledgers_pick ((int) councils->len));
}

static inline TnSeries *
ledgers_pick_series (const World *world)
{
  GPtrArray *series = seven_get (world->rulebook)->series;
  return g_ptr_array_index (series, ledgers_pick ((int) series->len));
}

static inline void
ledgers_shuffle (GPtrArray *array)
{
  for (guint i = array->len; i > 1; i--)
    {
      guint j = (guint) ledgers_pick ((int) i);
      gpointer other = array->pdata[j];
      array->pdata[j] = array->pdata[i - 1];
      array->pdata[i - 1] = other;
    }
}

static inline void
ledgers_add_councils (TnCollaboration *collaboration)
{
  int n = g_test_rand_int_range (2, 9);
  for (int i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%d", i);
      TnCouncil *council = seven_add_council (collaboration, id, id,
                                              ledgers_pick (4) == 0 ? FIRST_YEAR + ledgers_pick (12)
                                                                    : FIRST_YEAR - 5);
      TnSpan *span = &g_array_index (council->memberships, TnSpan, 0);
      if (ledgers_pick (4) == 0)
        span->end = span->start + 400 + ledgers_pick (4000);
    }
}

static inline void
ledgers_add_ring (TnCollaboration *collaboration, TnSeries *series)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  for (guint i = 0; i < collaboration->councils->len; i++)
    g_ptr_array_add (ids, ((TnCouncil *) g_ptr_array_index (collaboration->councils, i))->id);
  ledgers_shuffle (ids);
  g_ptr_array_add (ids, NULL);
  TnRoleRule *host = seven_add_role (series, "host", TN_ROLE_RING);
  g_strfreev (host->ring);
  host->ring = g_strdupv ((char **) ids->pdata);
  host->start_cycle = series->first;
  host->start_council = g_strdup (host->ring[ledgers_pick ((int) ids->len - 1)]);
}

static inline void
ledgers_add_rules (TnSeries *series)
{
  int first_month = g_test_rand_int_range (1, 13);
  int months = ledgers_pick (4);
  if (series->every == TN_PERIOD_YEAR)
    seven_set_window (series, "window", first_month, 1, (first_month + months - 1) % 12 + 1, 28);
  series->weekdays = (guint) ledgers_pick (128) << 1;
  series->length_days = 1 + ledgers_pick (3);
  for (int kind = 0; kind < 4; kind++)
    if (ledgers_pick (2) == 0)
      seven_add_avoidance (series, (TnAvoidKind) kind, ledgers_pick (3) > 0);
  for (int kind = 0; kind < 5; kind++)
    if (ledgers_pick (3) == 0)
      {
        TnPreference *preference = tn_preference_new ((TnPreferKind) kind);
        preference->week = 1 + ledgers_pick (53);
        g_ptr_array_add (series->preferences, preference);
      }
}

static inline void
ledgers_add_series (TnCollaboration *collaboration, int number)
{
  static const TnPeriod periods[]
      = { TN_PERIOD_YEAR, TN_PERIOD_YEAR, TN_PERIOD_HALF, TN_PERIOD_QUARTER };
  g_autofree char *id = g_strdup_printf ("s%d", number);
  TnSeries *series = tn_series_new (id, TN_KIND_MEETING);
  series->every = periods[ledgers_pick (G_N_ELEMENTS (periods))];
  series->every_n = 1 + ledgers_pick (2);
  series->first = (TnCycle){ series->every, FIRST_YEAR, 1, 0 };
  seven_set_text (&series->title, "{cycle} {host} {number}");
  ledgers_add_rules (series);
  ledgers_add_ring (collaboration, series);
  if (number > 0)
    {
      TnRoleRule *role = seven_add_role (series, "organiser", TN_ROLE_FOLLOWS);
      role->follows_series = g_strdup_printf ("s%d", number - 1);
      role->follows_role = g_strdup (ledgers_pick (2) == 0 ? "host" : "organiser");
    }
  seven_add_milestone (series, "m", FALSE, ledgers_pick (40), (TnUnit) ledgers_pick (4), "host");
  seven_add_milestone (series, "n", TRUE, ledgers_pick (40), (TnUnit) ledgers_pick (4), "council");
  g_ptr_array_add (collaboration->series, series);
}

static inline World
ledgers_make_world (void)
{
  World world
      = { tn_rulebook_new (), seven_new_decisions (), g_ptr_array_new_with_free_func (g_free) };
  TnCollaboration *collaboration = tn_collaboration_new ("7by");
  g_strfreev (collaboration->holidays);
  collaboration->holidays = g_strsplit ("dk", ",", -1);
  ledgers_add_councils (collaboration);
  int n = 1 + ledgers_pick (3);
  for (int i = 0; i < n; i++)
    ledgers_add_series (collaboration, i);
  g_ptr_array_add (world.rulebook->collaborations, collaboration);
  g_ptr_array_add (world.rulebook->holiday_files, seven_new_holidays ());
  return world;
}

static inline void
ledgers_clear_world (World *world)
{
  g_ptr_array_unref (world->decisions);
  g_ptr_array_unref (world->texts);
  tn_rulebook_unref (world->rulebook);
}

static inline const char *
ledgers_keep (World *world, char *text)
{
  g_ptr_array_add (world->texts, text);
  return text;
}

static inline const char *
ledgers_pick_cycle (World *world, const TnSeries *series, int years_on)
{
  TnCycle cycle = tn_cycle_at (series->every,
                               ledgers_pick_date (FIRST_YEAR + years_on, END_YEAR - 4 + years_on));
  return ledgers_keep (world, tn_cycle_to_string (&cycle));
}

/* A decision on one cycle, or on membership from one day. */
static inline TnDecisionDraft
ledgers_make_draft (World *world, TnDecisionKind kind, TnDate on)
{
  static const char *const values[][2] = { [TN_DECISION_CANCEL] = { "yes", "no" },
                                           [TN_DECISION_SET] = { "after", "unchanged" },
                                           [TN_DECISION_POSTPONE] = { "kept", "used" },
                                           [TN_DECISION_THEME] = { "Natur", "By" } };
  const TnSeries *series = ledgers_pick_series (world);
  TnDecisionDraft draft = seven_draft (kind, ledgers_pick_cycle (world, series, 0), on);
  draft.series = series->id;
  draft.council = ledgers_pick_council (world)->id;
  draft.after_council = ledgers_pick_council (world)->id;
  draft.other_cycle = ledgers_pick_cycle (world, series, 4);
  draft.source = ledgers_keep (world, g_strdup_printf ("test %d", ledgers_pick (1000000)));
  if ((gsize) kind < G_N_ELEMENTS (values))
    draft.value = values[kind][ledgers_pick (2)];
  if (ledgers_pick (6) == 0 && kind != TN_DECISION_DATE)
    draft.value = "no";
  if (kind == TN_DECISION_DATE || kind == TN_DECISION_PLACED)
    {
      draft.value
          = ledgers_keep (world, tn_date_to_string (ledgers_pick_date (FIRST_YEAR, END_YEAR)));
      draft.confirmed = ledgers_pick (2) == 0;
    }
  if (kind == TN_DECISION_JOIN || kind == TN_DECISION_LEAVE)
    {
      draft.since = ledgers_pick_date (FIRST_YEAR, END_YEAR);
      draft.series = NULL;
      draft.cycle = NULL;
    }
  return draft;
}

static inline TnDecisionKind
ledgers_pick_kind (void)
{
  static const TnDecisionKind kinds[]
      = { TN_DECISION_DATE,     TN_DECISION_CANCEL, TN_DECISION_SWAP,   TN_DECISION_SKIP,
          TN_DECISION_POSTPONE, TN_DECISION_SET,    TN_DECISION_INSERT, TN_DECISION_JOIN,
          TN_DECISION_LEAVE,    TN_DECISION_THEME,  TN_DECISION_PLACED };
  return kinds[ledgers_pick (G_N_ELEMENTS (kinds))];
}

/* The earlier cycle of a swap is named first, as the commands write it. */
static inline void
ledgers_decide (World *world, TnDecisionKind kind, TnDate on)
{
  TnDecisionDraft draft = ledgers_make_draft (world, kind, on);
  if (kind == TN_DECISION_SWAP && strcmp (draft.cycle, draft.other_cycle) > 0)
    {
      const char *cycle = draft.cycle;
      draft.cycle = draft.other_cycle;
      draft.other_cycle = cycle;
    }
  seven_decide (world->decisions, &draft);
}

static inline void
ledgers_decide_some (World *world)
{
  int n = ledgers_pick (16);
  for (int i = 0; i < n; i++)
    ledgers_decide (world, ledgers_pick_kind (), ledgers_pick_date (FIRST_YEAR - 1, END_YEAR));
}

static inline TnPlan *
ledgers_plan_world (const World *world, int first_year, int end_year)
{
  return seven_plan (world->rulebook, world->decisions, first_year, end_year);
}

static inline char *
ledgers_describe (const TnPlan *plan, const TnOccurrence *occurrence)
{
  g_autoptr (GPtrArray) lines = tn_explanation_list_lines (plan, occurrence);
  g_ptr_array_add (lines, NULL);
  g_autofree char *text = g_strjoinv ("\n", (char **) lines->pdata);
  return g_strdup_printf ("%s %d %s %d %s\n", occurrence->uid, occurrence->number,
                          occurrence->place != NULL ? occurrence->place : "", occurrence->is_placed,
                          text);
}

static inline char *
ledgers_describe_plan (const TnPlan *plan)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    {
      g_autofree char *one = ledgers_describe (plan, tn_plan_get (plan, i));
      g_string_append (text, one);
    }
  return g_string_free (text, FALSE);
}
