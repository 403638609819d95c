/* A series is what the charter says of one kind of event. It is filled in by whoever reads it (the
 * charter reader, a test) and never changed after it was handed to a collaboration. */
#include "model/series.h"

#include "base/text.h"

#include <string.h>

static const char *const KINDS[] = { "trip", "erfa", "theme", "meeting", "report" };
static const char *const AVOIDED[]
    = { "holidays", "bridge-days", "school-breaks", "elections", "busy" };
static const char *const RIGHTS[] = { "when", "where", "what", "status", "turn" };

const char *
tn_kind_to_string (TnKind kind)
{
  return KINDS[kind];
}

gboolean
tn_kind_from_string (const char *text, TnKind *ret_kind)
{
  guint index = 0;
  if (!tn_text_find (KINDS, G_N_ELEMENTS (KINDS), text, &index))
    return FALSE;
  *ret_kind = (TnKind) index;
  return TRUE;
}

const char *
tn_avoid_kind_to_string (TnAvoidKind kind)
{
  return AVOIDED[kind];
}

const char *
tn_right_to_string (TnRight right)
{
  return RIGHTS[right];
}

static void
site_free (TnSite *site)
{
  g_free (site->id);
  g_free (site->name);
  tn_origin_clear (&site->origin);
  g_free (site);
}

static void
term_free (TnTerm *term)
{
  g_free (term->council);
  tn_origin_clear (&term->origin);
  g_free (term);
}

static void
role_rule_free (TnRoleRule *role)
{
  g_free (role->name);
  g_strfreev (role->ring);
  g_free (role->start_council);
  g_free (role->council);
  g_free (role->follows_series);
  g_free (role->follows_role);
  g_strfreev (role->shared);
  g_ptr_array_unref (role->terms);
  tn_origin_clear (&role->origin);
  g_free (role);
}

static void
milestone_rule_free (TnMilestoneRule *rule)
{
  g_free (rule->id);
  g_free (rule->title);
  g_free (rule->by);
  g_free (rule->until);
  tn_origin_clear (&rule->origin);
  g_free (rule);
}

static void
preference_free (TnPreference *preference)
{
  tn_origin_clear (&preference->origin);
  g_free (preference);
}

static void
avoidance_free (TnAvoidance *avoidance)
{
  g_free (avoidance->area);
  g_free (avoidance->name);
  tn_origin_clear (&avoidance->origin);
  g_free (avoidance);
}

static void
distance_free (TnDistance *distance)
{
  g_free (distance->collaboration);
  g_free (distance->series);
  tn_origin_clear (&distance->origin);
  g_free (distance);
}

static void
frequency_init (TnFrequency *frequency)
{
  frequency->weeks = g_array_new (FALSE, FALSE, sizeof (int));
  frequency->election_weeks = g_array_new (FALSE, FALSE, sizeof (int));
  frequency->month_days = g_array_new (FALSE, FALSE, sizeof (TnMonthDay));
  frequency->dates = g_array_new (FALSE, FALSE, sizeof (TnFixedDate));
}

static void
frequency_clear (TnFrequency *frequency)
{
  g_array_unref (frequency->weeks);
  g_array_unref (frequency->election_weeks);
  g_array_unref (frequency->month_days);
  g_array_unref (frequency->dates);
  g_free (frequency->month_days_words);
  tn_origin_clear (&frequency->times_origin);
  tn_origin_clear (&frequency->spacing_origin);
  tn_origin_clear (&frequency->weeks_origin);
  tn_origin_clear (&frequency->out_origin);
  tn_origin_clear (&frequency->month_days_origin);
  tn_origin_clear (&frequency->dates_origin);
}

static void
participant_free (TnParticipant *participant)
{
  g_free (participant->group);
  g_free (participant);
}

/**
 * tn_series_new:
 *
 * Returns: (transfer full): a yearly all-day series of one day, with the rights of design section 7
 */
TnSeries *
tn_series_new (const char *id, TnKind kind)
{
  static const char *const deciders[] = { "host", "organiser", "secretariat", NULL };
  static const char *const movers[] = { "host", "organiser", "secretariat", "venue", NULL };
  static const char *const turners[] = { "secretariat", NULL };

  TnSeries *series = g_new0 (TnSeries, 1);
  series->id = g_strdup (id);
  series->was = g_new0 (char *, 1);
  series->kind = kind;
  series->title = g_strdup (id);
  series->every = TN_PERIOD_YEAR;
  series->every_n = 1;
  series->first = (TnCycle){ TN_PERIOD_YEAR, 1970, 1, 0 };
  frequency_init (&series->frequency);
  series->window.words = g_strdup ("");
  series->length_days = 1;
  series->hours = g_array_new (FALSE, FALSE, sizeof (TnHours));
  series->preferences = g_ptr_array_new_with_free_func ((GDestroyNotify) preference_free);
  series->avoidances = g_ptr_array_new_with_free_func ((GDestroyNotify) avoidance_free);
  series->distances = g_ptr_array_new_with_free_func ((GDestroyNotify) distance_free);
  series->roles = g_ptr_array_new_with_free_func ((GDestroyNotify) role_rule_free);
  series->milestones = g_ptr_array_new_with_free_func ((GDestroyNotify) milestone_rule_free);
  series->participants = g_ptr_array_new_with_free_func ((GDestroyNotify) participant_free);
  series->themes = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_theme_free);
  series->matters = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_matter_free);
  series->sites = g_ptr_array_new_with_free_func ((GDestroyNotify) site_free);
  series->guests = g_new0 (char *, 1);
  for (guint i = 0; i < TN_N_RIGHTS; i++)
    series->may[i] = g_strdupv ((char **) (i == TN_RIGHT_WHERE  ? movers
                                           : i == TN_RIGHT_TURN ? turners
                                                                : deciders));
  return series;
}

void
tn_series_free (TnSeries *series)
{
  if (series == NULL)
    return;
  g_free (series->id);
  g_strfreev (series->was);
  g_free (series->title);
  g_free (series->description);
  g_array_unref (series->hours);
  frequency_clear (&series->frequency);
  g_free (series->window.words);
  tn_origin_clear (&series->window.origin);
  g_ptr_array_unref (series->preferences);
  g_ptr_array_unref (series->avoidances);
  g_ptr_array_unref (series->distances);
  g_ptr_array_unref (series->roles);
  g_ptr_array_unref (series->milestones);
  g_ptr_array_unref (series->participants);
  g_ptr_array_unref (series->sites);
  g_ptr_array_unref (series->themes);
  g_ptr_array_unref (series->matters);
  tn_theme_plan_clear (&series->theme_plan);
  g_strfreev (series->guests);
  g_free (series->costs);
  g_free (series->place);
  for (guint i = 0; i < TN_N_RIGHTS; i++)
    g_strfreev (series->may[i]);
  tn_origin_clear (&series->origin);
  g_free (series);
}

/**
 * tn_series_find_role:
 *
 * Returns: (transfer none) (nullable): the rule of role @name
 */
const TnRoleRule *
tn_series_find_role (const TnSeries *series, const char *name)
{
  for (guint i = 0; i < series->roles->len; i++)
    {
      const TnRoleRule *role = g_ptr_array_index (series->roles, i);
      if (strcmp (role->name, name) == 0)
        return role;
    }
  return NULL;
}

/**
 * tn_series_find_named_role:
 * @name: (nullable)
 *
 * Returns: (transfer none) (nullable): the role that a decision on turns means: @name, else a host
 *   that goes round, else the first role that goes round, else the first one with terms
 */
const TnRoleRule *
tn_series_find_named_role (const TnSeries *series, const char *name)
{
  static const TnRoleKind kinds[] = { TN_ROLE_RING, TN_ROLE_TERMS };
  const TnRoleRule *named = tn_series_find_role (series, name != NULL ? name : "host");
  if (name != NULL || (named != NULL && named->kind == TN_ROLE_RING))
    return named;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (guint j = 0; j < series->roles->len; j++)
      {
        const TnRoleRule *role = g_ptr_array_index (series->roles, j);
        if (role->kind == kinds[i])
          return role;
      }
  return NULL;
}

/**
 * tn_series_find_milestone:
 *
 * Returns: (transfer none) (nullable): the rule of milestone @id
 */
const TnMilestoneRule *
tn_series_find_milestone (const TnSeries *series, const char *id)
{
  for (guint i = 0; i < series->milestones->len; i++)
    {
      const TnMilestoneRule *rule = g_ptr_array_index (series->milestones, i);
      if (strcmp (rule->id, id) == 0)
        return rule;
    }
  return NULL;
}

/**
 * tn_series_find_homework:
 * @id: as of a milestone in a plan: `hjemmearbeid-2`
 *
 * Returns: (transfer none) (nullable): the rule of which @id is one repetition
 */
const TnMilestoneRule *
tn_series_find_homework (const TnSeries *series, const char *id)
{
  const char *dash = strrchr (id, '-');
  guint64 times = 0;
  if (dash == NULL || dash[1] == '0'
      || !g_ascii_string_to_unsigned (dash + 1, 10, 1, TN_HOMEWORK_MOST, &times, NULL))
    return NULL;
  g_autofree char *stem = g_strndup (id, (gsize) (dash - id));
  const TnMilestoneRule *rule = tn_series_find_milestone (series, stem);
  return rule != NULL && rule->every > 0 ? rule : NULL;
}

/**
 * tn_series_has_milestone:
 *
 * Returns: %TRUE when a milestone of an occurrence of @series can be called @id: one of the rules,
 *   a repetition of homework, or the one of the theme plan
 */
gboolean
tn_series_has_milestone (const TnSeries *series, const char *id)
{
  const TnMilestoneRule *rule = tn_series_find_milestone (series, id);
  return (rule != NULL && rule->every == 0) || tn_series_find_homework (series, id) != NULL
         || g_strcmp0 (series->theme_plan.id, id) == 0;
}

/**
 * tn_role_rule_new:
 *
 * Returns: (transfer full): to be filled in and added to a series' roles
 */
TnRoleRule *
tn_role_rule_new (const char *name, TnRoleKind kind)
{
  TnRoleRule *role = g_new0 (TnRoleRule, 1);
  role->name = g_strdup (name);
  role->kind = kind;
  role->ring = g_new0 (char *, 1);
  role->shared = g_new0 (char *, 1);
  role->terms = g_ptr_array_new_with_free_func ((GDestroyNotify) term_free);
  return role;
}

/**
 * tn_site_new:
 *
 * Returns: (transfer full): without a date of its own, to be added to a series' sites
 */
TnSite *
tn_site_new (const char *id, const char *name)
{
  TnSite *site = g_new0 (TnSite, 1);
  site->id = g_strdup (id);
  site->name = g_strdup (name);
  site->date = TN_DATE_NONE;
  return site;
}

/**
 * tn_series_find_site:
 * @id: (nullable)
 *
 * Returns: (transfer none) (nullable): the site
 */
const TnSite *
tn_series_find_site (const TnSeries *series, const char *id)
{
  for (guint i = 0; id != NULL && i < series->sites->len; i++)
    {
      const TnSite *site = g_ptr_array_index (series->sites, i);
      if (strcmp (site->id, id) == 0)
        return site;
    }
  return NULL;
}

/**
 * tn_term_new:
 *
 * Returns: (transfer full): to be added to a role's terms
 */
TnTerm *
tn_term_new (const char *council, TnSpan days)
{
  TnTerm *term = g_new0 (TnTerm, 1);
  term->council = g_strdup (council);
  term->days = days;
  return term;
}

/**
 * tn_milestone_rule_new:
 *
 * Returns: (transfer full): to be filled in and added to a series' milestones
 */
TnMilestoneRule *
tn_milestone_rule_new (const char *id)
{
  TnMilestoneRule *rule = g_new0 (TnMilestoneRule, 1);
  rule->id = g_strdup (id);
  rule->title = g_strdup (id);
  rule->by = g_strdup ("host");
  return rule;
}

TnPreference *
tn_preference_new (TnPreferKind kind)
{
  TnPreference *preference = g_new0 (TnPreference, 1);
  preference->kind = kind;
  return preference;
}

TnAvoidance *
tn_avoidance_new (TnAvoidKind kind, gboolean hard)
{
  TnAvoidance *avoidance = g_new0 (TnAvoidance, 1);
  avoidance->kind = kind;
  avoidance->name = g_strdup (tn_avoid_kind_to_string (kind));
  avoidance->hard = hard;
  return avoidance;
}

/**
 * tn_avoidance_set_area:
 * @avoidance: of school breaks
 *
 * Only those of @area, and those that a holiday file gives for all areas.
 */
void
tn_avoidance_set_area (TnAvoidance *avoidance, const char *area)
{
  g_free (avoidance->area);
  g_free (avoidance->name);
  avoidance->area = g_strdup (area);
  avoidance->name = g_strdup_printf ("%s:%s", tn_avoid_kind_to_string (avoidance->kind), area);
}

/**
 * tn_distance_new:
 * @collaboration: (nullable): of @series; %NULL for the same
 *
 * Returns: (transfer full): to be added to a series' distances
 */
TnDistance *
tn_distance_new (const char *collaboration, const char *series, int days)
{
  TnDistance *distance = g_new0 (TnDistance, 1);
  distance->collaboration = g_strdup (collaboration);
  distance->series = g_strdup (series);
  distance->days = days;
  return distance;
}

/**
 * tn_series_is_election_year:
 *
 * Source: charters.md section 3: elections are held in the last year of a period.
 * Returns: %TRUE when an election period of @series ends with @year
 */
gboolean
tn_series_is_election_year (const TnSeries *series, int year)
{
  int years = series->frequency.term_years;
  if (years <= 0)
    return FALSE;
  return (year + 1 - tn_date_get_year (series->frequency.term_start)) % years == 0;
}

TnParticipant *
tn_participant_new (const char *group, int count)
{
  TnParticipant *participant = g_new0 (TnParticipant, 1);
  participant->group = g_strdup (group);
  participant->count = count;
  return participant;
}
