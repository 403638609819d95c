/* Who takes part, who pays, what is due when, and who may change what. */
#include "ctl/prose.h"

#include "model/dates.h"
#include "ctl/naming.h"
#include "ctl/phrases.h"

#include <string.h>

static void
tell_participants (TnPassage *passage, TnLanguage language, const TnSeries *series)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < series->participants->len; i++)
    {
      const TnParticipant *participant = g_ptr_array_index (series->participants, i);
      const char *group = tn_word_for_group (language, participant->group);
      g_ptr_array_add (groups, participant->count > 0
                                   ? g_strdup_printf ("%d %s", participant->count, group)
                                   : g_strdup (group));
    }
  if (groups->len == 0)
    return;
  g_autofree char *joined = tn_phrase_join (language, TN_PHRASE_AND, groups);
  tn_passage_take (passage,
                   tn_phrase_fill (language, TN_PHRASE_PARTICIPANTS, "groups", joined, NULL));
}

static void
tell_people (TnPassage *passage, TnLanguage language, const TnSeries *series)
{
  g_autoptr (GPtrArray) guests = g_ptr_array_new ();
  for (gsize i = 0; series->guests != NULL && series->guests[i] != NULL; i++)
    g_ptr_array_add (guests, series->guests[i]);
  tell_participants (passage, language, series);
  if (guests->len > 0)
    {
      g_autofree char *joined = tn_phrase_join (language, TN_PHRASE_AND, guests);
      tn_passage_take (passage,
                       tn_phrase_fill (language, TN_PHRASE_GUESTS, "guests", joined, NULL));
    }
  if (series->costs != NULL)
    tn_passage_take (passage,
                     tn_phrase_fill (language, TN_PHRASE_COSTS, "text", series->costs, NULL));
  if (series->place != NULL)
    tn_passage_take (passage,
                     tn_phrase_fill (language, TN_PHRASE_PLACE_IS, "place", series->place, NULL));
}

/* A fixed day: of each year, or only once. */
static char *
format_fixed (TnLanguage language, const TnMilestoneRule *rule)
{
  g_autofree char *day = rule->anchor == TN_ANCHOR_DAY
                             ? tn_dates_format_month_day (language, rule->month, rule->day)
                             : tn_dates_format_day (language, rule->date);
  return tn_phrase_fill (language, TN_PHRASE_LEAD_ON, "day", day, NULL);
}

static char *
format_lead (TnLanguage language, const TnMilestoneRule *rule)
{
  gboolean is_of_cycle = rule->anchor == TN_ANCHOR_CYCLE;
  g_autofree char *amount = tn_prose_format_amount (language, rule->unit, rule->amount);
  if (rule->anchor == TN_ANCHOR_DAY || rule->anchor == TN_ANCHOR_DATE)
    return format_fixed (language, rule);
  if (is_of_cycle && rule->amount == 0)
    return g_strdup (tn_phrase (language, TN_PHRASE_LEAD_CYCLE));
  if (is_of_cycle)
    return tn_phrase_fill (language,
                           rule->after ? TN_PHRASE_LEAD_CYCLE_AFTER : TN_PHRASE_LEAD_CYCLE_BEFORE,
                           "amount", amount, NULL);
  if (rule->amount == 0)
    return g_strdup (
        tn_phrase (language, rule->after ? TN_PHRASE_LEAD_LAST : TN_PHRASE_LEAD_FIRST));
  return tn_phrase_fill (language, rule->after ? TN_PHRASE_LEAD_AFTER : TN_PHRASE_LEAD_BEFORE,
                         "amount", amount, NULL);
}

/**
 * tn_prose_format_duty:
 * @by: (nullable): a role, or `council`
 *
 * Returns: (transfer full): who has the duty
 */
char *
tn_prose_format_duty (TnLanguage language, const TnSeries *series, const char *by)
{
  gboolean is_shared = by != NULL && tn_prose_is_shared (series, by);
  if (g_strcmp0 (by, "council") == 0)
    return g_strdup (tn_word (language, TN_WORD_EACH_COUNCIL));
  g_autofree char *role = tn_naming_role (language, by != NULL ? by : "");
  return tn_phrase_fill (language, is_shared ? TN_PHRASE_DUTY_ROLE_SHARED : TN_PHRASE_DUTY_ROLE,
                         "role", role, NULL);
}

static void
tell_shift (TnPassage *passage, TnLanguage language, const TnMilestoneRule *rule)
{
  if (rule->shift != TN_SHIFT_NONE)
    tn_passage_take (passage, g_strdup (tn_phrase (language, rule->shift == TN_SHIFT_PREVIOUS
                                                                 ? TN_PHRASE_SHIFT_PREVIOUS
                                                                 : TN_PHRASE_SHIFT_NEXT)));
}

static void
tell_milestone (TnPassage *passage, const TnCollaboration *collaboration, const TnSeries *series,
                const TnMilestoneRule *rule)
{
  TnLanguage language = collaboration->language;
  if (rule->every > 0)
    {
      tn_prose_tell_homework (passage, collaboration, series, rule);
      tell_shift (passage, language, rule);
      return;
    }
  g_autofree char *title
      = tn_naming_title (language, series, rule->title != NULL ? rule->title : "");
  g_autofree char *lead = format_lead (language, rule);
  g_autofree char *who = tn_prose_format_duty (language, series, rule->by);
  tn_passage_take (passage, tn_phrase_fill (language, TN_PHRASE_MILESTONE, "lead", lead, "title",
                                            title, "who", who, NULL));
  tell_shift (passage, language, rule);
}

/* A right is given to roles, and a series has only some of them. */
static char **
list_holders (const TnSeries *series, TnRight right)
{
  g_autoptr (GStrvBuilder) holders = g_strv_builder_new ();
  for (gsize i = 0; series->may[right] != NULL && series->may[right][i] != NULL; i++)
    if (strcmp (series->may[right][i], "all") == 0
        || tn_series_find_role (series, series->may[right][i]) != NULL)
      g_strv_builder_add (holders, series->may[right][i]);
  return g_strv_builder_end (holders);
}

/* Who has a right: a line of roles, `all`, or nothing. */
static char *
join_holders (TnLanguage language, const TnSeries *series, TnRight right)
{
  g_auto (GStrv) holders = list_holders (series, right);
  if (g_strv_contains ((const char *const *) holders, "all"))
    return g_strdup ("all");
  return tn_naming_roles (language, holders);
}

/* Turns are what goes round here; a role that follows another series has its turns there. */
static gboolean
has_turns (const TnSeries *series)
{
  for (guint i = 0; i < series->roles->len; i++)
    if (((const TnRoleRule *) g_ptr_array_index (series->roles, i))->kind == TN_ROLE_RING)
      return TRUE;
  return FALSE;
}

static char *
join_deeds (TnLanguage language, const TnSeries *series, const char *who)
{
  const TnPhrase deeds[]
      = { TN_PHRASE_MAY_WHEN, TN_PHRASE_MAY_WHERE, TN_PHRASE_MAY_WHAT, TN_PHRASE_MAY_STATUS,
          has_turns (series) ? TN_PHRASE_MAY_TURN : TN_PHRASE_MAY_POSTPONE }; /* by TnRight */
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  for (guint right = 0; right < MIN ((guint) TN_N_RIGHTS, G_N_ELEMENTS (deeds)); right++)
    {
      g_autofree char *same = join_holders (language, series, (TnRight) right);
      if (strcmp (same, who) == 0)
        g_ptr_array_add (words, (gpointer) tn_phrase (language, deeds[right]));
    }
  return tn_phrase_join (language, TN_PHRASE_AS_WELL_AS, words);
}

static gboolean
has_shared_holder (const TnSeries *series, TnRight right)
{
  g_auto (GStrv) holders = list_holders (series, right);
  for (gsize i = 0; holders[i] != NULL; i++)
    if (tn_prose_is_shared (series, holders[i]))
      return TRUE;
  return FALSE;
}

static char *
format_right (TnLanguage language, const char *who, const char *deeds, gboolean is_shared)
{
  if (strcmp (who, "all") == 0)
    return tn_phrase_fill (language, TN_PHRASE_MAY_ALL, "deeds", deeds, NULL);
  if (who[0] == '\0')
    return tn_phrase_fill (language, TN_PHRASE_MAY_NOBODY, "deeds", deeds, NULL);
  return tn_phrase_fill (language, is_shared ? TN_PHRASE_MAY_ROLES_SHARED : TN_PHRASE_MAY_ROLES,
                         "roles", who, "deeds", deeds, NULL);
}

/* What holds with and without a secretariat: design section 7. */
static void
tell_turns (TnPassage *passage, TnLanguage language, const TnSeries *series)
{
  gboolean has_secretariat = tn_series_find_role (series, "secretariat") != NULL;
  if (has_turns (series))
    tn_passage_take (passage,
                     g_strdup (tn_phrase (language, has_secretariat ? TN_PHRASE_MAY_SWAP
                                                                    : TN_PHRASE_MAY_MINUTES)));
  else if (!has_secretariat)
    tn_passage_take (passage, g_strdup (tn_phrase (language, TN_PHRASE_MAY_POSTPONE_MINUTES)));
}

/* Rights of the same roles share a sentence. */
static void
tell_rights (TnPassage *passage, TnLanguage language, const TnSeries *series)
{
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean may_some = FALSE;
  for (guint right = 0; right < TN_N_RIGHTS; right++)
    {
      g_autofree char *who = join_holders (language, series, (TnRight) right);
      g_autofree char *deeds = join_deeds (language, series, who);
      may_some |= who[0] != '\0';
      if (g_hash_table_contains (told, who) || deeds[0] == '\0')
        continue;
      tn_passage_take (passage, format_right (language, who, deeds,
                                              has_shared_holder (series, (TnRight) right)));
      g_hash_table_add (told, g_steal_pointer (&who));
    }
  tell_turns (passage, language, series);
  tn_passage_take (passage, g_strdup (tn_phrase (language, may_some ? TN_PHRASE_MAY_PROPOSE
                                                                    : TN_PHRASE_MAY_PROPOSE_ALL)));
  tn_passage_take (passage,
                   g_strdup (tn_phrase (language, series->shares_text ? TN_PHRASE_TEXT_SHARED
                                                                      : TN_PHRASE_TEXT_OWN)));
}

/**
 * tn_prose_tell_duties:
 *
 * Adds people, costs, place, milestones and rights of @series.
 */
void
tn_prose_tell_duties (TnPassage *passage, const TnCollaboration *collaboration,
                      const TnSeries *series)
{
  TnLanguage language = collaboration->language;
  tell_people (passage, language, series);
  tn_passage_break (passage);
  for (guint i = 0; i < series->milestones->len; i++)
    tell_milestone (passage, collaboration, series, g_ptr_array_index (series->milestones, i));
  tn_passage_break (passage);
  tell_rights (passage, language, series);
}
