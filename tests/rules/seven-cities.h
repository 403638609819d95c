/* tests/rules/seven-cities.h — the real 7-by charter as values, and short ways to write decisions
 *
 * Source: charters.md section 1. The charter's own reader has its own tests; these need none. */
#pragma once

#include "base/error.h"
#include "rules/planner.h"

#include <string.h>

#define D(year, month, day) tn_date_new (year, month, day)

static inline TnCouncil *
seven_add_council (TnCollaboration *collaboration, const char *id, const char *name, int from_year)
{
  TnCouncil *council = tn_council_new (id, name);
  TnSpan span = tn_span_new (D (from_year, 1, 1), TN_SPAN_ALWAYS.end);
  g_array_append_val (council->memberships, span);
  council->origin = tn_origin_make ("7by.conf", 6);
  g_ptr_array_add (collaboration->councils, council);
  return council;
}

static inline void
seven_add_avoidance (TnSeries *series, TnAvoidKind kind, gboolean hard)
{
  TnAvoidance *avoidance = tn_avoidance_new (kind, hard);
  avoidance->origin = tn_origin_make ("7by.conf", 20 + (int) kind);
  g_ptr_array_add (series->avoidances, avoidance);
}

static inline TnMilestoneRule *
seven_add_milestone (TnSeries *series, const char *id, gboolean after, int amount, TnUnit unit,
                     const char *by)
{
  TnMilestoneRule *rule = tn_milestone_rule_new (id);
  rule->after = after;
  rule->amount = amount;
  rule->unit = unit;
  g_free (rule->by);
  rule->by = g_strdup (by);
  rule->origin = tn_origin_make ("7by.conf", 40);
  g_ptr_array_add (series->milestones, rule);
  return rule;
}

static inline TnRoleRule *
seven_add_role (TnSeries *series, const char *name, TnRoleKind kind)
{
  TnRoleRule *role = tn_role_rule_new (name, kind);
  role->origin = tn_origin_make ("7by.conf", 30);
  g_ptr_array_add (series->roles, role);
  return role;
}

static inline void
seven_set_window (TnSeries *series, const char *words, int first_month, int first_day,
                  int last_month, int last_day)
{
  g_free (series->window.words);
  series->window.kind = TN_WINDOW_DAYS;
  series->window.words = g_strdup (words);
  series->window.first_month = first_month;
  series->window.first_day = first_day;
  series->window.last_month = last_month;
  series->window.last_day = last_day;
  tn_origin_clear (&series->window.origin);
  series->window.origin = tn_origin_make ("7by.conf", 17);
}

static inline void
seven_set_text (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

static inline TnSeries *
seven_new_trip (void)
{
  static const char *const ring[]
      = { "randers", "odense", "kobenhavn", "aarhus", "frederiksberg", "aalborg", "esbjerg", NULL };
  TnSeries *trip = tn_series_new ("studietur", TN_KIND_TRIP);
  seven_set_text (&trip->title, "Studietur {cycle}: {host}");
  trip->origin = tn_origin_make ("7by.conf", 16);
  trip->first = (TnCycle){ TN_PERIOD_YEAR, 2018, 1, 0 };
  seven_set_window (trip, "spring", 3, 1, 5, 31);
  trip->weekdays = 1u << TN_TUESDAY | 1u << TN_WEDNESDAY | 1u << TN_THURSDAY;
  TnPreference *preference = tn_preference_new (TN_PREFER_WEEK);
  preference->week = 20;
  preference->origin = tn_origin_make ("7by.conf", 19);
  g_ptr_array_add (trip->preferences, preference);
  seven_add_avoidance (trip, TN_AVOID_HOLIDAYS, TRUE);
  seven_add_avoidance (trip, TN_AVOID_BRIDGE_DAYS, TRUE);
  seven_add_avoidance (trip, TN_AVOID_SCHOOL_BREAKS, TRUE);

  TnRoleRule *host = seven_add_role (trip, "host", TN_ROLE_RING);
  g_strfreev (host->ring);
  host->ring = g_strdupv ((char **) ring);
  host->start_cycle = (TnCycle){ TN_PERIOD_YEAR, 2018, 1, 0 };
  host->start_council = g_strdup ("aalborg");
  seven_set_text (&seven_add_milestone (trip, "program", FALSE, 8, TN_UNIT_WEEKS, "host")->title,
                  "Udsend program");
  seven_set_text (
      &seven_add_milestone (trip, "tilmelding", FALSE, 20, TN_UNIT_WORKDAYS, "council")->title,
      "Frist: tilmelding");
  return trip;
}

static inline TnSeries *
seven_new_meeting (void)
{
  TnSeries *erfa = tn_series_new ("erfa", TN_KIND_ERFA);
  seven_set_text (&erfa->title, "Erfa-møde {cycle}");
  erfa->origin = tn_origin_make ("7by.conf", 50);
  erfa->first = (TnCycle){ TN_PERIOD_YEAR, 2018, 1, 0 };
  seven_set_window (erfa, "autumn", 9, 1, 11, 30);
  erfa->weekdays = 1u << TN_TUESDAY | 1u << TN_WEDNESDAY | 1u << TN_THURSDAY;
  erfa->has_time = TRUE;
  erfa->start_minute = 10 * 60;
  erfa->end_minute = 15 * 60;
  seven_add_avoidance (erfa, TN_AVOID_HOLIDAYS, TRUE);
  seven_add_avoidance (erfa, TN_AVOID_SCHOOL_BREAKS, TRUE);
  seven_add_avoidance (erfa, TN_AVOID_ELECTIONS, TRUE);
  TnRoleRule *organiser = seven_add_role (erfa, "organiser", TN_ROLE_FOLLOWS);
  organiser->follows_series = g_strdup ("studietur");
  organiser->follows_role = g_strdup ("host");
  seven_add_role (erfa, "venue", TN_ROLE_FIXED)->council = g_strdup ("odense");
  seven_add_milestone (erfa, "dagsorden", FALSE, 6, TN_UNIT_WEEKS, "organiser");
  seven_add_milestone (erfa, "referat", TRUE, 2, TN_UNIT_WEEKS, "organiser");
  return erfa;
}

static inline void
seven_add_holiday (TnHolidayFile *file, const char *name, TnHolidayKind kind, TnDayRuleKind day,
                   int a, int b)
{
  TnHolidayRule *rule = tn_holiday_rule_new (name, kind, day);
  rule->origin = tn_origin_make ("dk.conf", (int) file->rules->len + 1);
  rule->month = a;
  rule->day = b;
  rule->easter_days = a;
  rule->first_week = a;
  rule->last_week = b;
  g_ptr_array_add (file->rules, rule);
}

static inline TnHolidayFile *
seven_new_holidays (void)
{
  TnHolidayFile *file = tn_holiday_file_new ("dk", "Danmark");
  seven_add_holiday (file, "Nytårsdag", TN_HOLIDAY_PUBLIC, TN_DAY_FIXED, 1, 1);
  seven_add_holiday (file, "Skærtorsdag", TN_HOLIDAY_PUBLIC, TN_DAY_EASTER, -3, 0);
  seven_add_holiday (file, "Langfredag", TN_HOLIDAY_PUBLIC, TN_DAY_EASTER, -2, 0);
  seven_add_holiday (file, "2. påskedag", TN_HOLIDAY_PUBLIC, TN_DAY_EASTER, 1, 0);
  seven_add_holiday (file, "Kristi himmelfartsdag", TN_HOLIDAY_PUBLIC, TN_DAY_EASTER, 39, 0);
  seven_add_holiday (file, "2. pinsedag", TN_HOLIDAY_PUBLIC, TN_DAY_EASTER, 50, 0);
  seven_add_holiday (file, "Juledag", TN_HOLIDAY_PUBLIC, TN_DAY_FIXED, 12, 25);
  seven_add_holiday (file, "Efterårsferie", TN_HOLIDAY_SCHOOL_BREAK, TN_DAY_WEEKS, 42, 42);
  return file;
}

static inline TnCollaboration *
seven_new_collaboration (const char *id)
{
  TnCollaboration *seven = tn_collaboration_new (id);
  seven_set_text (&seven->name, "7-by-samarbejdet");
  g_strfreev (seven->holidays);
  seven->holidays = g_strsplit ("dk", ",", -1);
  seven_add_council (seven, "randers", "Randers", 2005);
  seven_add_council (seven, "odense", "Odense", 2005);
  seven_add_council (seven, "kobenhavn", "København", 2005);
  seven_add_council (seven, "aarhus", "Aarhus", 2005);
  seven_add_council (seven, "frederiksberg", "Frederiksberg", 2008);
  seven_add_council (seven, "aalborg", "Aalborg", 2005);
  seven_add_council (seven, "esbjerg", "Esbjerg", 2005);
  g_ptr_array_add (seven->series, seven_new_trip ());
  g_ptr_array_add (seven->series, seven_new_meeting ());
  return seven;
}

static inline TnRulebook *
seven_new_rulebook (void)
{
  TnRulebook *rulebook = tn_rulebook_new ();
  g_ptr_array_add (rulebook->collaborations, seven_new_collaboration ("7by"));
  g_ptr_array_add (rulebook->holiday_files, seven_new_holidays ());
  return rulebook;
}

static inline TnCollaboration *
seven_get (const TnRulebook *rulebook)
{
  return g_ptr_array_index (rulebook->collaborations, 0);
}

static inline TnSeries *
seven_get_series (const TnRulebook *rulebook, guint index)
{
  return g_ptr_array_index (seven_get (rulebook)->series, index);
}

/* A decision on the trip; what differs is set by the caller before seven_decide(). */
static inline TnDecisionDraft
seven_draft (TnDecisionKind kind, const char *cycle, TnDate on)
{
  TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
  draft.kind = kind;
  draft.on = on;
  draft.collaboration = "7by";
  draft.series = "studietur";
  draft.cycle = cycle;
  draft.source = "command test";
  return draft;
}

static inline GPtrArray *
seven_new_decisions (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) tn_decision_unref);
}

static inline const TnDecision *
seven_decide (GPtrArray *decisions, const TnDecisionDraft *draft)
{
  TnDecision *decision = tn_decision_new (draft);
  g_ptr_array_add (decisions, decision);
  return decision;
}

static inline void
seven_postpone (GPtrArray *decisions, const char *cycle, const char *how, TnDate on)
{
  TnDecisionDraft draft = seven_draft (TN_DECISION_POSTPONE, cycle, on);
  draft.value = how;
  seven_decide (decisions, &draft);
}

/* The one decision that history needs. */
static inline void
seven_postpone_2020 (GPtrArray *decisions)
{
  seven_postpone (decisions, "2020", "kept", D (2020, 4, 2));
}

static inline void
seven_swap (GPtrArray *decisions, const char *one, const char *other, TnDate on)
{
  TnDecisionDraft draft = seven_draft (TN_DECISION_SWAP, one, on);
  draft.other_cycle = other;
  seven_decide (decisions, &draft);
}

static inline void
seven_skip (GPtrArray *decisions, const char *cycle, const char *council, TnDate on)
{
  TnDecisionDraft draft = seven_draft (TN_DECISION_SKIP, cycle, on);
  draft.council = council;
  seven_decide (decisions, &draft);
}

static inline void
seven_set (GPtrArray *decisions, const char *cycle, const char *council, const char *how, TnDate on)
{
  TnDecisionDraft draft = seven_draft (TN_DECISION_SET, cycle, on);
  draft.council = council;
  draft.value = how;
  seven_decide (decisions, &draft);
}

static inline void
seven_change_membership (GPtrArray *decisions, TnDecisionKind kind, const char *council,
                         TnDate since, TnDate on)
{
  TnDecisionDraft draft = seven_draft (kind, NULL, on);
  draft.series = NULL;
  draft.council = council;
  draft.since = since;
  seven_decide (decisions, &draft);
}

static inline void
seven_date (GPtrArray *decisions, TnDecisionKind kind, const char *series, const char *cycle,
            const char *value, gboolean confirmed)
{
  TnDecisionDraft draft = seven_draft (kind, cycle, D (2022, 11, 1));
  draft.series = series;
  draft.value = value;
  draft.confirmed = confirmed;
  seven_decide (decisions, &draft);
}

static inline TnPlan *
seven_plan (const TnRulebook *rulebook, GPtrArray *decisions, int first_year, int end_year)
{
  g_autoptr (TnLedger) ledger = tn_ledger_new (decisions);
  TnSpan span = tn_span_new (D (first_year, 1, 1), D (end_year, 1, 1));
  return tn_planner_plan (rulebook, ledger, span, D (2026, 1, 10));
}

static inline const TnOccurrence *
seven_find (const TnPlan *plan, const char *series, const char *cycle)
{
  const TnOccurrence *occurrence = tn_plan_find (plan, "7by", series, cycle, NULL);
  g_assert_nonnull (occurrence);
  return occurrence;
}

/* Returns: the one council that has the role, "" when nobody has. */
static inline const char *
seven_holder (const TnPlan *plan, const char *series, const char *cycle, const char *role)
{
  const TnTurn *turn = tn_occurrence_find_turn (seven_find (plan, series, cycle), role);
  g_assert_nonnull (turn);
  return turn->councils[0] != NULL ? turn->councils[0] : "";
}

static inline const char *
seven_host (const TnPlan *plan, const char *cycle)
{
  return seven_holder (plan, "studietur", cycle, "host");
}

/* Returns: the hosts of the trips from @first_year on, in a row. */
static inline char *
seven_list_hosts (const TnPlan *plan, int first_year, int end_year)
{
  GString *hosts = g_string_new (NULL);
  for (int year = first_year; year < end_year; year++)
    {
      g_autofree char *cycle = g_strdup_printf ("%d", year);
      g_string_append_printf (hosts, "%s%s", year > first_year ? " " : "",
                              seven_host (plan, cycle));
    }
  return g_string_free (hosts, FALSE);
}

static inline gboolean
seven_has_reason (const GPtrArray *reasons, const char *rule, const char *part)
{
  for (guint i = 0; i < reasons->len; i++)
    {
      const TnReason *reason = g_ptr_array_index (reasons, i);
      if (strcmp (reason->rule, rule) == 0 && strstr (reason->text, part) != NULL)
        return TRUE;
    }
  return FALSE;
}
