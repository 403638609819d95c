/* Plans made by hand. Councils are made when they are named. */
#include "draft.h"

#include <string.h>

Draft *
draft_new (const char *name, TnLanguage language)
{
  Draft *draft = g_new0 (Draft, 1);
  draft->rulebook = tn_rulebook_new ();
  draft->collaboration = tn_collaboration_new ("c");
  draft->collaboration->language = language;
  g_free (draft->collaboration->name);
  draft->collaboration->name = g_strdup (name);
  draft->collaboration->edition = 1;
  g_ptr_array_add (draft->rulebook->collaborations, draft->collaboration);
  draft->occurrences = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_occurrence_free);
  return draft;
}

void
draft_free (Draft *draft)
{
  tn_rulebook_unref (draft->rulebook);
  g_clear_pointer (&draft->occurrences, g_ptr_array_unref);
  g_free (draft);
}

TnSeries *
draft_add_series (Draft *draft, const char *title)
{
  g_autofree char *id = g_strdup_printf ("s%u", draft->collaboration->series->len);
  TnSeries *series = tn_series_new (id, TN_KIND_MEETING);
  g_free (series->title);
  series->title = g_strdup (title);
  g_ptr_array_add (series->roles, tn_role_rule_new ("host", TN_ROLE_RING));
  g_ptr_array_add (draft->collaboration->series, series);
  return series;
}

TnOccurrence *
draft_add (Draft *draft, TnSeries *series, TnDate day, int n_days, const char *title)
{
  TnCycle cycle = { TN_PERIOD_YEAR, tn_date_get_year (day), 1, (int) draft->occurrences->len + 1 };
  TnOccurrence *occurrence = tn_occurrence_new (draft->collaboration, series, &cycle);
  occurrence->status = TN_STATUS_PROPOSED;
  occurrence->when = tn_when_new_days (day, n_days);
  occurrence->title = g_strdup (title);
  g_ptr_array_add (draft->occurrences, occurrence);
  return occurrence;
}

void
draft_give_role (Draft *draft, TnOccurrence *occurrence, const char *council)
{
  TnTurn *turn = tn_turn_new (g_ptr_array_index (occurrence->series->roles, 0));
  if (tn_collaboration_find_council (draft->collaboration, council) == NULL)
    g_ptr_array_add (draft->collaboration->councils, tn_council_new (council, council));
  g_strfreev (turn->councils);
  turn->councils = g_strsplit (council, "\n", -1);
  g_ptr_array_add (occurrence->turns, turn);
}

TnMilestone *
draft_add_deadline (TnOccurrence *occurrence, TnDate due, const char *title)
{
  TnMilestone *milestone = tn_milestone_new ();
  milestone->id = g_strdup_printf ("m%u", occurrence->milestones->len);
  milestone->uid = g_strdup_printf ("%s-%s", occurrence->uid, milestone->id);
  milestone->title = g_strdup (title);
  milestone->due = due;
  milestone->by = g_strdup ("council");
  if (milestone->councils == NULL)
    milestone->councils = g_strsplit ("", " ", -1);
  g_ptr_array_add (occurrence->milestones, milestone);
  return milestone;
}

TnPlan *
draft_make_plan (Draft *draft, int year)
{
  g_autoptr (TnLedger) ledger = tn_ledger_new (NULL);
  TnSpan span = tn_span_new (tn_date_new (year - 1, 1, 1), tn_date_new (year + 2, 1, 1));
  return tn_plan_new (draft->rulebook, ledger, span, tn_date_new (year, 1, 1),
                      g_steal_pointer (&draft->occurrences));
}

/* Spread over 2027; each has a host, a theme and two deadlines, and all are called @word. */
Draft *
draft_new_full (guint n_meetings, guint n_series, const char *word)
{
  Draft *draft = draft_new (word, TN_LANGUAGE_EN);
  g_autoptr (GPtrArray) series = g_ptr_array_new ();
  for (guint i = 0; i < n_series; i++)
    g_ptr_array_add (series, draft_add_series (draft, word));
  for (guint i = 0; i < n_meetings; i++)
    {
      TnDate day = tn_date_new (2027, 1, 1) + (TnDate) (i * 365 / n_meetings);
      TnOccurrence *occurrence
          = draft_add (draft, g_ptr_array_index (series, i % n_series), day, 1, word);
      occurrence->theme = g_strdup (word);
      draft_give_role (draft, occurrence, word);
      draft_add_deadline (occurrence, day - 28, word);
      draft_add_deadline (occurrence, day + 14, word);
    }
  return draft;
}
