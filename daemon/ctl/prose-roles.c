/* Who hosts and in which order, together or by turns, for how long. */
#include "ctl/prose.h"

#include "model/dates.h"
#include "ctl/naming.h"
#include "ctl/phrases.h"

static void
tell_rest (TnPassage *passage, TnLanguage language, const TnRoleRule *rule)
{
  g_autofree char *n = g_strdup_printf ("%d", rule->rest);
  if (rule->rest > 0)
    tn_passage_take (
        passage,
        tn_phrase_fill (language, rule->rest == 1 ? TN_PHRASE_ROLE_REST_ONE : TN_PHRASE_ROLE_REST,
                        "n", n, NULL));
}

/* Two have it by turns; of more the order is told. */
static void
tell_ring (TnPassage *passage, const TnCollaboration *collaboration, const TnRoleRule *rule)
{
  TnLanguage language = collaboration->language;
  g_autofree char *role = tn_naming_role (language, rule->name);
  g_autofree char *ring = tn_naming_councils (collaboration, rule->ring);
  g_autofree char *cycle = tn_naming_cycle (language, &rule->start_cycle);
  tn_passage_take (passage,
                   tn_phrase_fill (language,
                                   g_strv_length (rule->ring) == 2 ? TN_PHRASE_ROLE_ALTERNATES
                                                                   : TN_PHRASE_ROLE_RING,
                                   "role", role, "ring", ring, NULL));
  tell_rest (passage, language, rule);
  if (rule->start_council == NULL)
    return;
  tn_passage_take (passage, tn_phrase_fill (language, TN_PHRASE_ROLE_START, "council",
                                            tn_collaboration_get_council_name (collaboration,
                                                                               rule->start_council),
                                            "cycle", cycle, NULL));
}

static void
tell_followed (TnPassage *passage, const TnCollaboration *collaboration, const TnRoleRule *rule)
{
  TnLanguage language = collaboration->language;
  const TnSeries *series = tn_collaboration_find_series (collaboration, rule->follows_series);
  g_autofree char *role = tn_naming_role (language, rule->name);
  g_autofree char *other = tn_naming_role (language, rule->follows_role);
  g_autofree char *name
      = series != NULL ? tn_naming_series (language, series) : g_strdup (rule->follows_series);
  tn_passage_take (passage, tn_phrase_fill (language, TN_PHRASE_ROLE_FOLLOWS, "role", role, "other",
                                            other, "series", name, NULL));
}

static void
tell_fixed (TnPassage *passage, const TnCollaboration *collaboration, const TnRoleRule *rule,
            const char *council)
{
  g_autofree char *role = tn_naming_role (collaboration->language, rule->name);
  tn_passage_take (
      passage,
      tn_phrase_fill (collaboration->language, TN_PHRASE_ROLE_FIXED, "role", role, "council",
                      tn_collaboration_get_council_name (collaboration, council), NULL));
}

static void
tell_shared (TnPassage *passage, const TnCollaboration *collaboration, const TnRoleRule *rule)
{
  if (g_strv_length (rule->shared) == 1)
    {
      tell_fixed (passage, collaboration, rule, rule->shared[0]);
      return;
    }
  g_autofree char *role = tn_naming_role (collaboration->language, rule->name);
  g_autofree char *councils = tn_naming_councils (collaboration, rule->shared);
  tn_passage_take (passage, tn_phrase_fill (collaboration->language, TN_PHRASE_ROLE_SHARED, "role",
                                            role, "councils", councils, NULL));
}

static void
tell_terms (TnPassage *passage, const TnCollaboration *collaboration, const TnRoleRule *rule)
{
  TnLanguage language = collaboration->language;
  g_autoptr (GPtrArray) terms = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < rule->terms->len; i++)
    {
      const TnTerm *term = g_ptr_array_index (rule->terms, i);
      g_autofree char *period = tn_prose_format_span (language, term->days);
      g_ptr_array_add (
          terms, tn_phrase_fill (language, TN_PHRASE_ROLE_TERM, "council",
                                 tn_collaboration_get_council_name (collaboration, term->council),
                                 "period", period, NULL));
    }
  g_autofree char *role = tn_naming_role (language, rule->name);
  g_autofree char *joined = tn_phrase_join (language, TN_PHRASE_AND, terms);
  tn_passage_take (passage, tn_phrase_fill (language, TN_PHRASE_ROLE_TERMS, "role", role, "terms",
                                            joined, NULL));
}

static void
tell_role (TnPassage *passage, const TnCollaboration *collaboration, const TnRoleRule *rule)
{
  g_autofree char *role = tn_naming_role (collaboration->language, rule->name);
  if (rule->kind == TN_ROLE_RING && rule->ring != NULL)
    tell_ring (passage, collaboration, rule);
  else if (rule->kind == TN_ROLE_FOLLOWS && rule->follows_series != NULL)
    tell_followed (passage, collaboration, rule);
  else if (rule->kind == TN_ROLE_FIXED && rule->council != NULL)
    tell_fixed (passage, collaboration, rule, rule->council);
  else if (rule->kind == TN_ROLE_SHARED && rule->shared != NULL && rule->shared[0] != NULL)
    tell_shared (passage, collaboration, rule);
  else if (rule->kind == TN_ROLE_TERMS && rule->terms->len > 0)
    tell_terms (passage, collaboration, rule);
  else
    tn_passage_take (passage, tn_phrase_fill (collaboration->language, TN_PHRASE_ROLE_OTHER, "role",
                                              role, NULL));
}

/**
 * tn_prose_is_shared:
 *
 * Returns: %TRUE when several councils have @role of @series at the same time
 */
gboolean
tn_prose_is_shared (const TnSeries *series, const char *role)
{
  const TnRoleRule *rule = tn_series_find_role (series, role);
  return rule != NULL && rule->kind == TN_ROLE_SHARED && rule->shared != NULL
         && g_strv_length (rule->shared) > 1;
}

/**
 * tn_prose_tell_roles:
 *
 * Adds who has each role of @series.
 */
void
tn_prose_tell_roles (TnPassage *passage, const TnCollaboration *collaboration,
                     const TnSeries *series)
{
  for (guint i = 0; i < series->roles->len; i++)
    tell_role (passage, collaboration, g_ptr_array_index (series->roles, i));
}
