/* What was settled apart from the rules, in the order in which it was. */
#include "ctl/prose.h"

#include "model/dates.h"
#include "ctl/naming.h"
#include "ctl/phrases.h"

#include <string.h>

/* One decision and the names that stand in it. */
typedef struct
{
  const TnCollaboration *collaboration;
  const TnDecision *decision;
  const TnSeries *series; /* (nullable) */
  char *event;            /* (owned) `Studietur 2023` */
} Matter;

static void
matter_clear (Matter *matter)
{
  g_clear_pointer (&matter->event, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Matter, matter_clear)

static char *
format_event (const Matter *matter, const char *cycle_text)
{
  TnLanguage language = matter->collaboration->language;
  TnCycle cycle = { 0 };
  g_autofree char *name = matter->series != NULL ? tn_naming_series (language, matter->series)
                                                 : g_strdup (matter->collaboration->name);
  if (cycle_text == NULL || !tn_cycle_parse (cycle_text, &cycle, NULL))
    return g_steal_pointer (&name);
  g_autofree char *spoken = tn_naming_cycle (language, &cycle);
  return g_strdup_printf ("%s %s", name, spoken);
}

/* Of one that is held at several places, at which. */
static char *
format_subject (const Matter *matter)
{
  const TnDecision *decision = matter->decision;
  g_autofree char *event = format_event (matter, decision->cycle);
  const TnSite *site
      = matter->series != NULL ? tn_series_find_site (matter->series, decision->site) : NULL;
  return site != NULL ? g_strdup_printf ("%s (%s)", event, site->name) : g_steal_pointer (&event);
}

static const char *
get_council (const Matter *matter, const char *id)
{
  return id != NULL ? tn_collaboration_get_council_name (matter->collaboration, id) : "";
}

/* A decided date is written as the model writes it: a day, days, or times. */
static char *
format_when (const Matter *matter)
{
  TnLanguage language = matter->collaboration->language;
  const char *value = matter->decision->value != NULL ? matter->decision->value : "";
  TnWhen when;
  return tn_when_parse (value, &when, NULL) ? tn_dates_format_when (language, &when)
                                            : g_strdup (value);
}

/* A repetition of homework has its number behind the title. */
static char *
format_milestone (const Matter *matter)
{
  TnLanguage language = matter->collaboration->language;
  const TnSeries *series = matter->series;
  const char *id = matter->decision->milestone;
  if (series == NULL || id == NULL)
    return g_strdup (id != NULL ? id : "");
  const TnMilestoneRule *rule = tn_series_find_milestone (series, id);
  const TnMilestoneRule *homework = tn_series_find_homework (series, id);
  const char *title = rule != NULL                                 ? rule->title
                      : homework != NULL                           ? homework->title
                      : g_strcmp0 (series->theme_plan.id, id) == 0 ? series->theme_plan.title
                                                                   : NULL;
  g_autofree char *told = title != NULL ? tn_naming_title (language, series, title) : g_strdup (id);
  return rule == NULL && homework != NULL
             ? g_strdup_printf ("%s (%s)", told, id + strlen (homework->id) + 1)
             : g_steal_pointer (&told);
}

static gboolean
says (const Matter *matter, const char *value)
{
  return g_strcmp0 (matter->decision->value, value) == 0;
}

static gboolean
is_of_term (const Matter *matter)
{
  const TnRoleRule *role
      = matter->series != NULL
            ? tn_series_find_named_role (matter->series, matter->decision->role_name)
            : NULL;
  return role != NULL && role->kind == TN_ROLE_TERMS;
}

static TnPhrase
find_phrase (const Matter *matter)
{
  static const struct
  {
    TnDecisionKind kind;
    const char *value; /* (nullable) any */
    TnPhrase phrase;
  } phrases[] = {
    { TN_DECISION_CANCEL, "no", TN_PHRASE_UNCANCELLED },
    { TN_DECISION_CANCEL, NULL, TN_PHRASE_CANCELLED },
    { TN_DECISION_SWAP, NULL, TN_PHRASE_SWAPPED },
    { TN_DECISION_SKIP, NULL, TN_PHRASE_SKIPPED },
    { TN_DECISION_POSTPONE, "kept", TN_PHRASE_POSTPONED_KEPT },
    { TN_DECISION_POSTPONE, "used", TN_PHRASE_POSTPONED_USED },
    { TN_DECISION_POSTPONE, "no", TN_PHRASE_POSTPONED_NOT },
    { TN_DECISION_SET, "unchanged", TN_PHRASE_SET_UNCHANGED },
    { TN_DECISION_SET, NULL, TN_PHRASE_SET_AFTER },
    { TN_DECISION_INSERT, NULL, TN_PHRASE_INSERTED },
    { TN_DECISION_JOIN, NULL, TN_PHRASE_JOINED },
    { TN_DECISION_LEAVE, NULL, TN_PHRASE_LEFT },
    { TN_DECISION_THEME, NULL, TN_PHRASE_THEME_SET },
    { TN_DECISION_TITLE, NULL, TN_PHRASE_TITLE_SET },
    { TN_DECISION_WHERE, NULL, TN_PHRASE_WHERE_SET },
    { TN_DECISION_TEXT, NULL, TN_PHRASE_TEXT_SET },
    { TN_DECISION_DUE, NULL, TN_PHRASE_DUE_SET },
    { TN_DECISION_DONE, "no", TN_PHRASE_DONE_NOT },
    { TN_DECISION_DONE, NULL, TN_PHRASE_DONE_SET },
    { TN_DECISION_PLACED, NULL, TN_PHRASE_PLACED },
  };
  if (matter->decision->kind == TN_DECISION_DATE)
    return matter->decision->confirmed ? TN_PHRASE_DATE_FIXED : TN_PHRASE_DATE_MOVED;
  if (matter->decision->kind == TN_DECISION_SET && is_of_term (matter))
    return says (matter, "unchanged") ? TN_PHRASE_SET_ONCE : TN_PHRASE_SET_TERM;
  for (gsize i = 0; i < G_N_ELEMENTS (phrases); i++)
    if (phrases[i].kind == matter->decision->kind
        && (phrases[i].value == NULL || says (matter, phrases[i].value)))
      return phrases[i].phrase;
  return TN_PHRASE_OTHER_SET;
}

static char *
format_value (const Matter *matter)
{
  const char *value = matter->decision->value != NULL ? matter->decision->value : "";
  return matter->decision->kind == TN_DECISION_TITLE && matter->series != NULL
             ? tn_naming_title (matter->collaboration->language, matter->series, value)
             : g_strdup (value);
}

static char *
format_matter (const Matter *matter)
{
  const TnDecision *decision = matter->decision;
  TnLanguage language = matter->collaboration->language;
  g_autofree char *other = format_event (matter, decision->other_cycle);
  g_autofree char *when = format_when (matter);
  g_autofree char *value = format_value (matter);
  g_autofree char *milestone = format_milestone (matter);
  g_autofree char *since = decision->since != TN_DATE_NONE
                               ? tn_dates_format_day (language, decision->since)
                               : g_strdup ("");
  return tn_phrase_fill (language, find_phrase (matter), "event", matter->event, "other", other,
                         "when", when, "council", get_council (matter, decision->council), "after",
                         get_council (matter, decision->after_council), "value", value, "milestone",
                         milestone, "since", since, NULL);
}

static void
tell_source (TnPassage *passage, const Matter *matter)
{
  const TnDecision *decision = matter->decision;
  TnLanguage language = matter->collaboration->language;
  if (decision->role_name != NULL)
    {
      g_autofree char *role = tn_naming_role (language, decision->role_name);
      tn_passage_take (passage,
                       tn_phrase_fill (language, TN_PHRASE_DECIDED_ROLE, "role", role, NULL));
    }
  if (decision->anchor != TN_DATE_NONE)
    {
      g_autofree char *day = tn_dates_format_day (language, decision->anchor);
      tn_passage_take (passage, tn_phrase_fill (language, TN_PHRASE_DECIDED_ANCHOR, "event",
                                                matter->event, "day", day, NULL));
    }
  if (decision->by != NULL)
    tn_passage_take (passage, tn_phrase_fill (language, TN_PHRASE_DECIDED_BY, "council",
                                              get_council (matter, decision->by), NULL));
  if (decision->minutes != NULL)
    tn_passage_take (passage, tn_phrase_fill (language, TN_PHRASE_DECIDED_MINUTES, "text",
                                              decision->minutes, NULL));
  if (decision->note != NULL)
    tn_passage_take (
        passage, tn_phrase_fill (language, TN_PHRASE_DECIDED_NOTE, "text", decision->note, NULL));
}

static void
tell_decision (TnPassage *passage, const TnCollaboration *collaboration, const TnDecision *decision)
{
  g_auto (Matter) matter
      = { .collaboration = collaboration,
          .decision = decision,
          .series = decision->series != NULL
                        ? tn_collaboration_find_series (collaboration, decision->series)
                        : NULL };
  matter.event = format_subject (&matter);
  g_autofree char *on = tn_dates_format_day (collaboration->language, decision->on);
  g_autofree char *what = format_matter (&matter);
  tn_passage_break (passage);
  tn_passage_take (passage, tn_phrase_fill (collaboration->language, TN_PHRASE_DECIDED, "on", on,
                                            "what", what, NULL));
  tell_source (passage, &matter);
}

static int
compare_decisions (gconstpointer a, gconstpointer b)
{
  return tn_decision_compare (*(TnDecision *const *) a, *(TnDecision *const *) b);
}

/**
 * tn_prose_tell_decisions:
 *
 * Returns: (transfer full): the decisions that the charter itself records, by date
 */
TnPassage *
tn_prose_tell_decisions (const TnCollaboration *collaboration)
{
  TnLanguage language = collaboration->language;
  TnPassage *passage = tn_passage_new (tn_phrase (language, TN_PHRASE_HEADING_DECISIONS));
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  for (guint i = 0; i < collaboration->decisions->len; i++)
    g_ptr_array_add (sorted, g_ptr_array_index (collaboration->decisions, i));
  g_ptr_array_sort (sorted, compare_decisions);
  for (guint i = 0; i < sorted->len; i++)
    tell_decision (passage, collaboration, g_ptr_array_index (sorted, i));
  if (sorted->len == 0)
    tn_passage_take (passage, g_strdup (tn_phrase (language, TN_PHRASE_NO_DECISIONS)));
  return passage;
}
