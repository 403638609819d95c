/* What a series deals with and who fits in: sites, seats, themes, the theme plan, matters that come
 * back. */
#include "ctl/prose.h"

#include "model/dates.h"
#include "ctl/naming.h"
#include "ctl/phrases.h"

static void
tell_sites (TnPassage *passage, TnLanguage language, const TnSeries *series)
{
  if (series->sites->len == 0)
    return;
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < series->sites->len; i++)
    {
      const TnSite *site = g_ptr_array_index (series->sites, i);
      g_autofree char *day
          = site->date != TN_DATE_NONE ? tn_dates_format_day (language, site->date) : NULL;
      g_ptr_array_add (words, day == NULL ? g_strdup (site->name)
                                          : tn_phrase_fill (language, TN_PHRASE_SITE_ON, "place",
                                                            site->name, "day", day, NULL));
    }
  g_autofree char *list = tn_phrase_join (language, TN_PHRASE_AND, words);
  tn_passage_take (passage, tn_phrase_fill (language, TN_PHRASE_SITES, "sites", list, NULL));
}

static void
tell_room (TnPassage *passage, TnLanguage language, const TnSeries *series)
{
  g_autofree char *seats = g_strdup_printf ("%d", series->seats);
  g_autofree char *least = g_strdup_printf ("%d", series->capacity_least);
  g_autofree char *most = g_strdup_printf ("%d", series->capacity_most);
  if (series->seats > 0)
    tn_passage_take (passage, tn_phrase_fill (language, TN_PHRASE_SEATS, "n", seats, NULL));
  if (series->capacity_most > 0 && series->capacity_most == series->capacity_least)
    tn_passage_take (passage, tn_phrase_fill (language, TN_PHRASE_CAPACITY, "most", most, NULL));
  else if (series->capacity_most > 0)
    tn_passage_take (passage, tn_phrase_fill (language, TN_PHRASE_CAPACITY_RANGE, "least", least,
                                              "most", most, NULL));
}

static void
tell_themes (TnPassage *passage, TnLanguage language, const TnSeries *series)
{
  for (guint i = 0; i < series->themes->len; i++)
    {
      const TnTheme *theme = g_ptr_array_index (series->themes, i);
      g_autofree char *cycle = tn_naming_cycle (language, &theme->cycle);
      tn_passage_take (passage, tn_phrase_fill (language, TN_PHRASE_THEME_OF, "theme", theme->theme,
                                                "cycle", cycle, NULL));
    }
}

static void
tell_matters (TnPassage *passage, TnLanguage language, const TnSeries *series)
{
  for (guint i = 0; i < series->matters->len; i++)
    {
      const TnMatter *matter = g_ptr_array_index (series->matters, i);
      g_autofree char *from = tn_naming_cycle (language, &matter->from);
      g_autofree char *done = matter->is_done ? tn_naming_cycle (language, &matter->done) : NULL;
      tn_passage_take (
          passage, done == NULL ? tn_phrase_fill (language, TN_PHRASE_MATTER_OPEN, "title",
                                                  matter->title, "from", from, NULL)
                                : tn_phrase_fill (language, TN_PHRASE_MATTER_DONE, "title",
                                                  matter->title, "from", from, "done", done, NULL));
    }
}

static void
tell_theme_plan (TnPassage *passage, TnLanguage language, const TnSeries *series)
{
  const TnThemePlan *plan = &series->theme_plan;
  if (plan->id == NULL)
    return;
  g_autofree char *title = tn_naming_title (language, series, plan->title);
  g_autofree char *who = tn_prose_format_duty (language, series, plan->by);
  tn_passage_take (passage,
                   tn_phrase_fill (language,
                                   plan->every == TN_PERIOD_YEAR ? TN_PHRASE_THEME_PLAN_YEAR
                                                                 : TN_PHRASE_THEME_PLAN_HALF,
                                   "title", title, "who", who, NULL));
}

/**
 * tn_prose_tell_agenda:
 *
 * Adds where, with how many, and with which themes and matters @series is held.
 */
void
tn_prose_tell_agenda (TnPassage *passage, TnLanguage language, const TnSeries *series)
{
  tell_sites (passage, language, series);
  tell_room (passage, language, series);
  tell_themes (passage, language, series);
  tell_theme_plan (passage, language, series);
  tell_matters (passage, language, series);
}

/**
 * tn_prose_tell_homework:
 * @collaboration: of @series
 * @rule: a milestone that comes again and again
 *
 * Adds how often it comes, until when, and who has the duty.
 */
void
tn_prose_tell_homework (TnPassage *passage, const TnCollaboration *collaboration,
                        const TnSeries *series, const TnMilestoneRule *rule)
{
  TnLanguage language = collaboration->language;
  const TnSeries *next
      = rule->until != NULL ? tn_collaboration_find_series (collaboration, rule->until) : NULL;
  g_autofree char *until = tn_naming_series (language, next != NULL ? next : series);
  g_autofree char *title = tn_naming_title (language, series, rule->title);
  g_autofree char *amount = tn_prose_format_amount (language, rule->every_unit, rule->every);
  g_autofree char *who = tn_prose_format_duty (language, series, rule->by);
  tn_passage_take (passage, tn_phrase_fill (language, TN_PHRASE_HOMEWORK, "title", title, "amount",
                                            amount, "until", until, "who", who, NULL));
}
