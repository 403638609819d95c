/* Two charters mean the same when they give the same plan and the same texts. Comments, layout,
 * the order of councils, series, milestones and decisions, defaults that are written out, and the
 * edition itself make no difference; the order of a ring, of roles and of guests does.
 *
 * The digest of this text travels with every event (design section 6), so a change here is a change
 * of every charter's digest: it must go along with TN_ENGINE. */
#include "charter/meaning.h"

#include <string.h>

#include "base/encode.h"

static void add (GString *text, const char *name, const char *format, ...) G_GNUC_PRINTF (3, 4);

static void
add (GString *text, const char *name, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *value = g_strdup_vprintf (format, args);
  va_end (args);
  g_autofree char *code = tn_encode_percent (value);
  g_string_append_printf (text, "%s=%s\n", name, code);
}

static void
add_text (GString *text, const char *name, const char *value)
{
  if (value != NULL)
    add (text, name, "%s", value);
}

static void
add_cycle (GString *text, const char *name, const TnCycle *cycle)
{
  g_autofree char *value = tn_cycle_to_string (cycle);
  add (text, name, "%s", value);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
add_list (GString *text, const char *name, char **list, gboolean sorted)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  for (guint i = 0; list[i] != NULL; i++)
    g_ptr_array_add (items, list[i]);
  if (sorted)
    g_ptr_array_sort (items, compare_texts);
  for (guint i = 0; i < items->len; i++)
    add_text (text, name, g_ptr_array_index (items, i));
}

/* Paragraphs whose order means nothing. */
static void
add_sorted (GString *text, GPtrArray *parts)
{
  g_ptr_array_sort (parts, compare_texts);
  for (guint i = 0; i < parts->len; i++)
    g_string_append (text, g_ptr_array_index (parts, i));
}

static char *
dup_council (const TnCouncil *council)
{
  GString *text = g_string_new (NULL);
  add (text, "council", "%s", council->id);
  add_text (text, "name", council->name);
  add_list (text, "was", council->was, TRUE);
  for (guint i = 0; i < council->memberships->len; i++)
    {
      const TnSpan *span = &g_array_index (council->memberships, TnSpan, i);
      add (text, "member", "%d %d", span->start, span->end);
    }
  return g_string_free (text, FALSE);
}

static void
add_role (GString *text, const TnRoleRule *role)
{
  add (text, "role", "%s", role->name);
  if (role->kind == TN_ROLE_RING)
    {
      add_list (text, "ring", role->ring, FALSE);
      add_cycle (text, "start", &role->start_cycle);
      add_text (text, "start-council", role->start_council);
    }
  add_text (text, "always", role->council);
  add_text (text, "follows", role->follows_series);
  add_text (text, "follows-role", role->follows_role);
  add_list (text, "shared", role->shared, FALSE);
  for (guint i = 0; i < role->terms->len; i++)
    {
      const TnTerm *term = g_ptr_array_index (role->terms, i);
      add (text, "term", "%d %d %s", term->days.start, term->days.end, term->council);
    }
  if (role->rest > 0)
    add (text, "rest", "%d", role->rest);
}

static char *
dup_milestone (const TnMilestoneRule *rule)
{
  GString *text = g_string_new (NULL);
  add (text, "milestone", "%s", rule->id);
  add_text (text, "title", rule->title);
  add (text, "lead", "%s %d %d", rule->after ? "after" : "before", rule->amount, rule->unit);
  add_text (text, "by", rule->by);
  /* Only what is said: a charter that says nothing of it keeps its digest. */
  if (rule->anchor != TN_ANCHOR_EVENT)
    add (text, "anchor", "%d %d-%d %d", rule->anchor, rule->month, rule->day, rule->date);
  if (rule->shift != TN_SHIFT_NONE)
    add (text, "shift", "%d", rule->shift);
  if (rule->every > 0)
    add (text, "every", "%d %d %s", rule->every, rule->every_unit,
         rule->until != NULL ? rule->until : "");
  return g_string_free (text, FALSE);
}

static void
add_choice (GString *text, const TnSeries *series)
{
  const TnWindow *window = &series->window;
  add (text, "window", "%d %d-%d %d-%d %d-%d", window->kind, window->first_month, window->first_day,
       window->last_month, window->last_day, window->first_week, window->last_week);
  add (text, "weekdays", "%u", series->weekdays != 0 ? series->weekdays : 0x3e);
  add (text, "length", "%d", series->length_days);
  if (series->has_time)
    add (text, "time", "%d-%d", series->start_minute, series->end_minute);
  for (guint i = 0; i < series->hours->len; i++)
    {
      const TnHours *hours = &g_array_index (series->hours, TnHours, i);
      add (text, "hours", "%d-%d", hours->start_minute, hours->end_minute);
    }
  for (guint i = 0; i < series->preferences->len; i++)
    {
      const TnPreference *preference = g_ptr_array_index (series->preferences, i);
      add (text, "prefer", "%d %d", preference->kind, preference->week);
    }
  g_autoptr (GPtrArray) avoided = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < series->avoidances->len; i++)
    {
      const TnAvoidance *avoidance = g_ptr_array_index (series->avoidances, i);
      g_ptr_array_add (
          avoided,
          g_strdup_printf ("%s=%s\n", avoidance->hard ? "avoid" : "prefer-not", avoidance->name));
    }
  add_sorted (text, avoided);
}

static void
add_numbers (GString *text, const char *name, const GArray *numbers)
{
  for (guint i = 0; i < numbers->len; i++)
    add (text, name, "%d", g_array_index (numbers, int, i));
}

/* Only what is said: a charter that says nothing of it keeps its digest. */
static void
add_frequency (GString *text, const TnSeries *series)
{
  const TnFrequency *frequency = &series->frequency;
  if (frequency->most > 0)
    add (text, "times", "%d-%d", frequency->least, frequency->most);
  if (frequency->spacing_days > 0)
    add (text, "spacing", "%d", frequency->spacing_days);
  add_numbers (text, "week", frequency->weeks);
  if (frequency->term_years > 0)
    add (text, "term", "%d %d", frequency->term_years, frequency->term_start);
  add_numbers (text, "election-week", frequency->election_weeks);
  if (frequency->months_out != 0 || frequency->weeks_out != 0)
    add (text, "except", "%x %" G_GINT64_MODIFIER "x", frequency->months_out, frequency->weeks_out);
  for (guint i = 0; i < frequency->month_days->len; i++)
    {
      const TnMonthDay *day = &g_array_index (frequency->month_days, TnMonthDay, i);
      add (text, "month-day", "%d %d %d", day->weekday, day->nth, day->number);
    }
  for (guint i = 0; i < frequency->dates->len; i++)
    {
      const TnFixedDate *fixed = &g_array_index (frequency->dates, TnFixedDate, i);
      add (text, "date", "%d %d", fixed->cycle.ordinal, fixed->date);
    }
  for (guint i = 0; i < series->sites->len; i++)
    {
      const TnSite *site = g_ptr_array_index (series->sites, i);
      add (text, "site", "%s %d %s", site->id, site->date, site->name);
    }
  if (series->seats > 0 || series->capacity_most > 0)
    add (text, "room", "%d %d-%d", series->seats, series->capacity_least, series->capacity_most);
  g_autoptr (GPtrArray) distances = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < series->distances->len; i++)
    {
      const TnDistance *distance = g_ptr_array_index (series->distances, i);
      g_ptr_array_add (
          distances,
          g_strdup_printf ("keep-off=%s/%s %d%s\n",
                           distance->collaboration != NULL ? distance->collaboration : "",
                           distance->series, distance->days, distance->is_soft ? " soft" : ""));
    }
  add_sorted (text, distances);
}

static void
add_people (GString *text, const TnSeries *series)
{
  for (guint i = 0; i < series->participants->len; i++)
    {
      const TnParticipant *participant = g_ptr_array_index (series->participants, i);
      add (text, "participant", "%d %s", participant->count, participant->group);
    }
  add_list (text, "guest", series->guests, FALSE);
  add_text (text, "costs", series->costs);
  add_text (text, "place", series->place);
  for (guint i = 0; i < TN_N_RIGHTS; i++)
    {
      g_autofree char *name = g_strdup_printf ("may-%s", tn_right_to_string ((TnRight) i));
      add_list (text, name, series->may[i], TRUE);
    }
}

static void
add_agenda (GString *text, const TnSeries *series)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < series->themes->len; i++)
    {
      const TnTheme *theme = g_ptr_array_index (series->themes, i);
      GString *part = g_string_new (NULL);
      add_cycle (part, "theme-of", &theme->cycle);
      add_text (part, "theme", theme->theme);
      g_ptr_array_add (parts, g_string_free (part, FALSE));
    }
  for (guint i = 0; i < series->matters->len; i++)
    {
      const TnMatter *matter = g_ptr_array_index (series->matters, i);
      GString *part = g_string_new (NULL);
      add_cycle (part, "matter-from", &matter->from);
      add_text (part, "matter", matter->title);
      if (matter->is_done)
        add_cycle (part, "matter-done", &matter->done);
      g_ptr_array_add (parts, g_string_free (part, FALSE));
    }
  add_sorted (text, parts);
  const TnThemePlan *plan = &series->theme_plan;
  add_text (text, "theme-plan", plan->id);
  add_text (text, "theme-plan-title", plan->title);
  add_text (text, "theme-plan-by", plan->by);
  if (plan->id != NULL)
    add (text, "theme-plan-every", "%d", plan->every);
}

static char *
dup_series (const TnSeries *series)
{
  GString *text = g_string_new (NULL);
  add (text, "series", "%s", series->id);
  add_list (text, "was", series->was, TRUE);
  add_text (text, "kind", tn_kind_to_string (series->kind));
  add_text (text, "title", series->title);
  add_text (text, "description", series->description);
  add (text, "every", "%d %d", series->every_n, series->every);
  add_cycle (text, "first", &series->first);
  if (series->has_last)
    add_cycle (text, "last", &series->last);
  add_frequency (text, series);
  add_choice (text, series);
  for (guint i = 0; i < series->roles->len; i++)
    add_role (text, g_ptr_array_index (series->roles, i));
  g_autoptr (GPtrArray) milestones = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < series->milestones->len; i++)
    g_ptr_array_add (milestones, dup_milestone (g_ptr_array_index (series->milestones, i)));
  add_sorted (text, milestones);
  add_agenda (text, series);
  add_people (text, series);
  add (text, "text", "%s", series->shares_text ? "shared" : "own");
  return g_string_free (text, FALSE);
}

/* The line in which a decision stands is layout. */
static char *
dup_decision (const TnDecision *decision)
{
  TnDecisionDraft draft = tn_decision_to_draft (decision);
  draft.source = NULL;
  g_autoptr (TnDecision) bare = tn_decision_new (&draft);
  g_autofree char *line = tn_decision_to_line (bare);
  return g_strdup_printf ("decision %s\n", line);
}

/**
 * tn_meaning_to_text:
 *
 * Returns: (transfer full): everything in @collaboration that matters, in one order
 */
char *
tn_meaning_to_text (const TnCollaboration *collaboration)
{
  GString *text = g_string_new (NULL);
  add (text, "collaboration", "%s", collaboration->id);
  add_text (text, "name", collaboration->name);
  add_text (text, "language", tn_language_to_string (collaboration->language));
  add_text (text, "timezone", tn_zone_get_id (collaboration->zone));
  add_list (text, "holidays", collaboration->holidays, TRUE);

  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < collaboration->councils->len; i++)
    g_ptr_array_add (parts, dup_council (g_ptr_array_index (collaboration->councils, i)));
  for (guint i = 0; i < collaboration->series->len; i++)
    g_ptr_array_add (parts, dup_series (g_ptr_array_index (collaboration->series, i)));
  for (guint i = 0; i < collaboration->decisions->len; i++)
    g_ptr_array_add (parts, dup_decision (g_ptr_array_index (collaboration->decisions, i)));
  add_sorted (text, parts);
  return g_string_free (text, FALSE);
}

/**
 * tn_meaning_dup_digest:
 *
 * Returns: (transfer full): 64 hexadecimal digits
 */
char *
tn_meaning_dup_digest (const TnCollaboration *collaboration)
{
  g_autofree char *text = tn_meaning_to_text (collaboration);
  return tn_encode_sha256 (text, -1);
}
