/* Roles, and what hangs on them: milestones and rights. */
#include "charter/duties.h"

#include <string.h>

#include "base/encode.h"
#include "charter/members.h"
#include "charter/rhythm.h"

static void
read_ring (TnGroup charter, TnGroup group, const TnCollaboration *collaboration, TnRoleRule *role)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (TnValue));
  g_autoptr (GStrvBuilder) ring = g_strv_builder_new ();
  const char *key = tn_group_has (group, "alternates") ? "alternates" : "rotation";
  TnReading reading = tn_group_read_all (group, key, values);
  for (guint i = 0; i < values->len; i++)
    {
      const TnValue *value = &g_array_index (values, TnValue, i);
      const TnCouncil *council = tn_members_check (group, value->line, collaboration, value->text);
      if (council == NULL)
        continue;
      if (!tn_members_is_ever (charter, collaboration, council))
        tn_group_complain_at (group, value->line,
                              "'%s' never was a member, expected a council with from, membership, "
                              "or a decision that it joins",
                              value->text);
      g_strv_builder_add (ring, council->id);
    }
  g_strfreev (role->ring);
  role->ring = g_strv_builder_end (ring);
  if (reading == TN_READING_GIVEN && values->len < 2)
    tn_group_complain (group, key, "a ring of %s, expected two councils or more%s",
                       values->len == 0 ? "nobody" : "one",
                       values->len == 0 ? "" : "; for one that always does it: council = \"…\"");
}

static void
read_start (TnGroup role_group, const TnCollaboration *collaboration, const TnSeries *series,
            TnRoleRule *role)
{
  TnGroup group = tn_group_enter (role_group, "start");
  TnValue cycle = { 0 };
  TnValue holder = { 0 };
  if (tn_group_read (group, "cycle", &cycle) == TN_READING_GIVEN
      && tn_rhythm_check_cycle (group, "cycle", series, &cycle.cycle))
    role->start_cycle = cycle.cycle;
  if (tn_group_read (group, "council", &holder) != TN_READING_GIVEN)
    return;
  const TnCouncil *council
      = tn_members_check (group, tn_group_get_line (group, "council"), collaboration, holder.text);
  if (council == NULL)
    return;
  if (!g_strv_contains ((const char *const *) role->ring, council->id))
    tn_group_complain (group, "council", "'%s' is not in the ring, expected a council of rotation",
                       holder.text);
  role->start_council = g_strdup (council->id);
}

static void
read_fixed (TnGroup charter, TnGroup group, const TnCollaboration *collaboration, TnRoleRule *role)
{
  TnValue value = { 0 };
  if (tn_group_read (group, "council", &value) != TN_READING_GIVEN)
    return;
  const TnCouncil *council
      = tn_members_check (group, tn_group_get_line (group, "council"), collaboration, value.text);
  if (council == NULL)
    return;
  if (!tn_members_is_ever (charter, collaboration, council))
    tn_group_complain (group, "council",
                       "'%s' never was a member, expected a council with from, membership, or a "
                       "decision that it joins",
                       value.text);
  role->council = g_strdup (council->id);
}

static const TnCouncil *
check_member (TnGroup charter, TnGroup group, int line, const TnCollaboration *collaboration,
              const char *id)
{
  const TnCouncil *council = tn_members_check (group, line, collaboration, id);
  if (council != NULL && !tn_members_is_ever (charter, collaboration, council))
    tn_group_complain_at (group, line,
                          "'%s' never was a member, expected a council with from, membership, or "
                          "a decision that it joins",
                          id);
  return council;
}

static void
read_shared (TnGroup charter, TnGroup group, const TnCollaboration *collaboration, TnRoleRule *role)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (TnValue));
  g_autoptr (GStrvBuilder) shared = g_strv_builder_new ();
  tn_group_read_all (group, "councils", values);
  for (guint i = 0; i < values->len; i++)
    {
      const TnValue *value = &g_array_index (values, TnValue, i);
      const TnCouncil *council
          = check_member (charter, group, value->line, collaboration, value->text);
      if (council != NULL)
        g_strv_builder_add (shared, council->id);
    }
  g_strfreev (role->shared);
  role->shared = g_strv_builder_end (shared);
}

static int
compare_terms (gconstpointer a, gconstpointer b)
{
  const TnTerm *x = *(TnTerm *const *) a;
  const TnTerm *y = *(TnTerm *const *) b;
  return (x->days.start > y->days.start) - (x->days.start < y->days.start);
}

static void
check_terms (TnGroup group, const TnRoleRule *role)
{
  for (guint i = 1; i < role->terms->len; i++)
    {
      const TnTerm *before = g_ptr_array_index (role->terms, i - 1);
      const TnTerm *term = g_ptr_array_index (role->terms, i);
      if (tn_span_overlaps (before->days, term->days))
        tn_group_complain_at (group, term->origin.line,
                              "two terms of '%s' overlap, that of '%s' (line %d) and that of '%s', "
                              "expected one to end before the next begins",
                              role->name, before->council, before->origin.line, term->council);
    }
}

static void
read_terms (TnGroup charter, TnGroup group, const TnCollaboration *collaboration, TnRoleRule *role)
{
  for (guint i = 0; i < tn_group_count (group, "terms"); i++)
    {
      TnGroup item = tn_group_at (group, "terms", i);
      TnValue from = { 0 };
      TnValue to = { 0 };
      TnValue council = { 0 };
      TnDate end = TN_SPAN_ALWAYS.end;
      if (tn_group_read (item, "to", &to) == TN_READING_GIVEN)
        end = to.days.end;
      if (tn_group_read (item, "from", &from) != TN_READING_GIVEN
          || tn_group_read (item, "council", &council) != TN_READING_GIVEN)
        continue;
      const TnCouncil *holder = check_member (charter, item, tn_group_get_line (item, "council"),
                                              collaboration, council.text);
      if (end <= from.days.start)
        tn_group_complain (item, "to", "a term ends before it begins, expected a later end");
      else if (holder != NULL)
        {
          TnTerm *term = tn_term_new (holder->id, tn_span_new (from.days.start, end));
          term->origin = tn_group_get_origin (item, NULL);
          g_ptr_array_add (role->terms, term);
        }
    }
  g_ptr_array_sort (role->terms, compare_terms);
  check_terms (group, role);
}

static void
read_rest (TnGroup group, TnRoleRule *role)
{
  TnValue rest = { 0 };
  if (tn_group_read (group, "rest", &rest) != TN_READING_GIVEN)
    return;
  role->rest = rest.number;
  guint n = g_strv_length (role->ring);
  if (role->kind != TN_ROLE_RING)
    tn_group_complain (group, "rest", "rest stands without rotation, expected it only there");
  else if ((guint) rest.number >= n)
    tn_group_complain (group, "rest",
                       "rest = %d leaves nobody in a ring of %u, expected at most %u", rest.number,
                       n, n > 0 ? n - 1 : 0);
}

static void
read_followed (TnGroup group, TnRoleRule *role)
{
  TnValue value = { 0 };
  if (tn_group_read (group, "follows", &value) != TN_READING_GIVEN)
    return;
  g_auto (GStrv) parts = g_strsplit (value.text, ".", 2);
  role->follows_series = g_strdup (parts[0]);
  role->follows_role = g_strdup (parts[1]);
}

static void
fill_role (TnGroup charter, TnGroup group, const TnCollaboration *collaboration,
           const TnSeries *series, TnRoleRule *role)
{
  role->origin = tn_group_get_origin (group, NULL);
  if (role->kind == TN_ROLE_RING)
    {
      read_ring (charter, group, collaboration, role);
      read_start (group, collaboration, series, role);
    }
  else if (role->kind == TN_ROLE_FIXED)
    read_fixed (charter, group, collaboration, role);
  else if (role->kind == TN_ROLE_SHARED)
    read_shared (charter, group, collaboration, role);
  else if (role->kind == TN_ROLE_TERMS)
    read_terms (charter, group, collaboration, role);
  else
    read_followed (group, role);
  if (role->kind != TN_ROLE_RING && tn_group_has (group, "start"))
    tn_group_complain (group, "start", "start stands without rotation, expected it only there");
  read_rest (group, role);
}

static void
read_role (TnGroup charter, TnGroup group, const TnCollaboration *collaboration, TnSeries *series)
{
  static const char *const keys[] /* as TnRoleKind, and another word for the first */
      = { "rotation", "council", "follows", "councils", "terms", "alternates" };
  TnValue name = { 0 };
  if (tn_group_read (group, "role", &name) != TN_READING_GIVEN)
    return;
  if (strcmp (name.text, "council") == 0 || strcmp (name.text, "all") == 0)
    tn_group_complain (group, "role",
                       "no role can be called '%s', which means every council, "
                       "expected another name",
                       name.text);
  if (tn_series_find_role (series, name.text) != NULL)
    tn_group_complain (group, "role", "role '%s' stands twice, expected it once in a series",
                       name.text);
  guint n = 0;
  TnRoleKind kind = TN_ROLE_RING;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (tn_group_has (group, keys[i]))
      {
        n++;
        kind = i <= TN_ROLE_TERMS ? (TnRoleKind) i : TN_ROLE_RING;
      }
  if (n != 1)
    {
      tn_group_complain (group, NULL,
                         "role '%s' %s, expected one of rotation, council and follows, or of "
                         "alternates, councils and terms",
                         name.text, n == 0 ? "says nobody" : "says several things");
      return;
    }
  TnRoleRule *role = tn_role_rule_new (name.text, kind);
  g_ptr_array_add (series->roles, role);
  fill_role (charter, group, collaboration, series, role);
}

/**
 * tn_duties_check_role:
 * @line: where @name was written
 *
 * Returns: (transfer none) (nullable): the role; %NULL after a complaint that there is none
 */
const TnRoleRule *
tn_duties_check_role (TnGroup group, const char *key, int line, const TnSeries *series,
                      const char *name)
{
  const TnRoleRule *role = tn_series_find_role (series, name);
  if (role != NULL)
    return role;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (guint i = 0; i < series->roles->len; i++)
    g_ptr_array_add (names, ((TnRoleRule *) g_ptr_array_index (series->roles, i))->name);
  g_ptr_array_add (names, NULL);
  const char *nearest = tn_encode_find_nearest (name, (const char *const *) names->pdata);
  if (nearest != NULL)
    tn_group_complain_at (group, line, "%s: series '%s' has no role '%s', expected '%s'?", key,
                          series->id, name, nearest);
  else
    tn_group_complain_at (group, line,
                          "%s: series '%s' has no role '%s', expected one of its "
                          "roles",
                          key, series->id, name);
  return NULL;
}

/**
 * tn_duties_check_title:
 * @key: where @text was written
 * @series: with its roles
 * @text: (nullable): with placeholders
 *
 * Complains about placeholders that nothing will be put into.
 *
 * Source: design section 4, Texts.
 */
void
tn_duties_check_title (TnGroup group, const char *key, const TnSeries *series, const char *text)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new ();
  const char *const usual[] = { "cycle", "year", "number", "theme", "site" };
  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    if (strcmp (usual[i], "site") != 0 || series->sites->len > 0)
      g_ptr_array_add (known, (gpointer) usual[i]);
  for (guint i = 0; i < series->roles->len; i++)
    g_ptr_array_add (known, ((TnRoleRule *) g_ptr_array_index (series->roles, i))->name);
  g_ptr_array_add (known, NULL);
  const char *const *names = (const char *const *) known->pdata;
  for (const char *c = text != NULL ? strchr (text, '{') : NULL; c != NULL; c = strchr (c + 1, '{'))
    {
      g_autofree char *name = g_strndup (c + 1, strcspn (c + 1, "}"));
      if (g_strv_contains (names, name))
        continue;
      const char *nearest = tn_encode_find_nearest (name, names);
      g_autofree char *all = g_strjoinv ("}, {", (char **) known->pdata);
      tn_group_complain (group, key,
                         "%s: there is no placeholder '{%.40s}' in series '%s', expected "
                         "%s{%s}%s",
                         key, name, series->id, nearest != NULL ? "" : "one of ",
                         nearest != NULL ? nearest : all, nearest != NULL ? "?" : "");
    }
}

static void
read_homework (TnGroup group, TnMilestoneRule *rule)
{
  static const TnUnit units[] = { TN_UNIT_DAYS, TN_UNIT_WEEKS, TN_UNIT_MONTHS };
  TnValue value = { 0 };
  if (tn_group_read (group, "every", &value) != TN_READING_GIVEN)
    return;
  rule->every = value.number;
  rule->every_unit = units[value.unit];
  rule->after = TRUE;
  tn_group_read_text (group, "until", &rule->until);
}

static void
read_day (TnGroup group, TnMilestoneRule *rule)
{
  TnValue value = { 0 };
  if (tn_group_read (group, "on", &value) != TN_READING_GIVEN)
    return;
  rule->anchor = value.first > 0 ? TN_ANCHOR_DAY : TN_ANCHOR_DATE;
  rule->month = value.first;
  rule->day = value.last;
  rule->date = value.days.start;
}

static void
read_lead (TnGroup group, const char *key, TnMilestoneRule *rule)
{
  TnValue amount = { 0 };
  TnValue of = { 0 };
  tn_group_read (group, key, &amount);
  tn_group_read (group, "of", &of);
  rule->after = strcmp (key, "after") == 0;
  rule->amount = amount.number;
  rule->unit = (TnUnit) amount.unit;
  rule->anchor = of.number == 1 ? TN_ANCHOR_CYCLE : TN_ANCHOR_EVENT;
}

/* When it is due: one of four ways to say it. */
static void
read_when (TnGroup group, TnMilestoneRule *rule)
{
  static const char *const keys[] = { "before", "after", "on", "every" };
  const char *found = NULL;
  TnValue shift = { 0 };
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      if (tn_group_has (group, keys[i]) && found != NULL)
        tn_group_complain (group, keys[i],
                           "milestone '%s' has both %s and %s, expected one of before, after, on "
                           "and every",
                           rule->id, found, keys[i]);
      if (tn_group_has (group, keys[i]))
        found = keys[i];
    }
  if (found == NULL)
    tn_group_complain (group, NULL,
                       "milestone '%s' has none of before, after, on and every, expected one of "
                       "them",
                       rule->id);
  else if (strcmp (found, "every") == 0)
    read_homework (group, rule);
  else if (strcmp (found, "on") == 0)
    read_day (group, rule);
  else
    read_lead (group, found, rule);
  if (tn_group_has (group, "until") && rule->every == 0)
    tn_group_complain (group, "until", "until stands without every, expected both");
  if (tn_group_has (group, "of") && (rule->every > 0 || rule->anchor >= TN_ANCHOR_DAY))
    tn_group_complain (group, "of", "of says nothing beside %s, expected before or after with it",
                       found);
  if (tn_group_read (group, "shift", &shift) == TN_READING_GIVEN)
    rule->shift = shift.number == 0 ? TN_SHIFT_PREVIOUS : TN_SHIFT_NEXT;
}

static void
read_milestone (TnGroup group, TnSeries *series)
{
  TnValue id = { 0 };
  if (tn_group_read (group, "id", &id) != TN_READING_GIVEN)
    return;
  if (tn_series_find_milestone (series, id.text) != NULL)
    tn_group_complain (group, "id", "milestone '%s' stands twice, expected it once in a series",
                       id.text);
  TnMilestoneRule *rule = tn_milestone_rule_new (id.text);
  g_ptr_array_add (series->milestones, rule);
  rule->origin = tn_group_get_origin (group, NULL);
  tn_group_read_text (group, "title", &rule->title);
  tn_duties_check_title (group, "title", series, rule->title);
  read_when (group, rule);
  if (tn_group_read_text (group, "by", &rule->by) == TN_READING_ABSENT)
    {
      const TnRoleRule *first
          = series->roles->len > 0 ? g_ptr_array_index (series->roles, 0) : NULL;
      g_free (rule->by);
      rule->by = g_strdup (first != NULL ? first->name : "council");
    }
  else if (strcmp (rule->by, "council") != 0)
    tn_duties_check_role (group, "by", tn_group_get_line (group, "by"), series, rule->by);
}

static void
read_rights (TnGroup series_group, TnSeries *series)
{
  static const char *const usual[] = { "host", "organiser", "venue", "secretariat", "all", NULL };
  TnGroup group = tn_group_enter (series_group, "may");
  for (guint i = 0; i < TN_N_RIGHTS; i++)
    {
      const char *key = tn_right_to_string ((TnRight) i);
      g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (TnValue));
      tn_group_read_texts (group, key, &series->may[i]);
      tn_group_read_all (group, key, values);
      for (guint j = 0; j < values->len; j++)
        {
          const TnValue *value = &g_array_index (values, TnValue, j);
          if (!g_strv_contains (usual, value->text))
            tn_duties_check_role (group, key, value->line, series, value->text);
        }
    }
}

static void
read_participants (TnGroup group, TnSeries *series)
{
  for (guint i = 0; i < tn_group_count (group, "participants"); i++)
    {
      TnGroup item = tn_group_at (group, "participants", i);
      TnValue office = { 0 };
      TnValue count = { 0 };
      tn_group_read (item, "count", &count);
      if (tn_group_read (item, "group", &office) == TN_READING_GIVEN)
        g_ptr_array_add (series->participants, tn_participant_new (office.text, count.number));
    }
}

/* A milestone must not be mistaken for a repetition of homework. */
static void
check_homework_ids (TnGroup group, const TnSeries *series)
{
  for (guint i = 0; i < series->milestones->len; i++)
    {
      const TnMilestoneRule *rule = g_ptr_array_index (series->milestones, i);
      const TnMilestoneRule *homework = tn_series_find_homework (series, rule->id);
      if (homework != NULL)
        tn_group_complain_at (group, rule->origin.line,
                              "milestone '%s' is called as a repetition of '%s' in line %d is, "
                              "expected another id",
                              rule->id, homework->id, homework->origin.line);
    }
}

/**
 * tn_duties_read:
 * @charter: the group `collaboration`
 * @group: of kind `series`
 * @collaboration: with its councils
 *
 * Fills in roles, milestones, rights and participants, and holds title and description against
 * them. What a role follows is checked when all series are known.
 */
void
tn_duties_read (TnGroup charter, TnGroup group, const TnCollaboration *collaboration,
                TnSeries *series)
{
  for (guint i = 0; i < tn_group_count (group, "roles"); i++)
    read_role (charter, tn_group_at (group, "roles", i), collaboration, series);
  tn_duties_check_title (group, "title", series, series->title);
  tn_duties_check_title (group, "description", series, series->description);
  for (guint i = 0; i < tn_group_count (group, "milestones"); i++)
    read_milestone (tn_group_at (group, "milestones", i), series);
  check_homework_ids (group, series);
  read_participants (group, series);
  read_rights (group, series);
}
