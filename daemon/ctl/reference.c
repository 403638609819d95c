/* References. The collaboration may be left out where one series alone can be meant; a cycle may
 * have a slash itself (`2026/27`), so nothing is split at slashes before the series is known. */
#include "ctl/reference.h"

#include "base/encode.h"
#include "base/error.h"

#include <string.h>

void
tn_reference_clear (TnReference *reference)
{
  g_clear_pointer (&reference->site, g_free);
  g_clear_pointer (&reference->milestone, g_free);
}

/* What stands behind `series/` or `collaboration/series/` in @text; "" when nothing does. */
static const char *
find_rest (const TnCollaboration *collaboration, const TnSeries *series, const char *text)
{
  g_autofree char *full = g_strconcat (collaboration->id, "/", series->id, NULL);
  const char *const names[] = { full, series->id };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_has_prefix (text, names[i]))
      {
        const char *rest = text + strlen (names[i]);
        if (*rest == '\0' || *rest == '/')
          return *rest == '/' ? rest + 1 : rest;
      }
  return NULL;
}

/* All series that @text begins with, as `collaboration/series`. */
typedef struct
{
  GPtrArray *names; /* (owned) (element-type utf8) those that fit */
  GPtrArray *all;   /* (owned) (element-type utf8) those that there are, in both forms */
  const TnCollaboration *collaboration;
  const TnSeries *series;
  const char *rest;
} Search;

static void
search_clear (Search *search)
{
  g_ptr_array_unref (search->names);
  g_ptr_array_unref (search->all);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

static void
search (Search *search, const TnRulebook *rulebook, const char *only, const char *text)
{
  for (guint i = 0; i < rulebook->collaborations->len; i++)
    {
      const TnCollaboration *collaboration = g_ptr_array_index (rulebook->collaborations, i);
      for (guint j = 0; j < collaboration->series->len; j++)
        {
          const TnSeries *series = g_ptr_array_index (collaboration->series, j);
          const char *rest = find_rest (collaboration, series, text);
          char *name = g_strconcat (collaboration->id, "/", series->id, NULL);
          g_ptr_array_add (search->all, g_strdup (series->id));
          g_ptr_array_add (search->all, name);
          if (rest == NULL || (only != NULL && strcmp (only, collaboration->id) != 0))
            continue;
          g_ptr_array_add (search->names, g_strdup (name));
          search->collaboration = collaboration;
          search->series = series;
          search->rest = rest;
        }
    }
}

static gboolean
settle (Search *search, const char *text, GError **error)
{
  if (search->names->len == 1)
    return TRUE;
  if (search->names->len > 1)
    {
      g_ptr_array_add (search->names, NULL);
      g_autofree char *names = g_strjoinv (", ", (char **) search->names->pdata);
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "'%s' can be each of %s: say which", text,
                   names);
      return FALSE;
    }
  g_ptr_array_add (search->all, NULL);
  /* The cycle behind it would drown the likeness. */
  const char *slash = strrchr (text, '/');
  g_autofree char *name = g_strndup (text, slash != NULL ? (gsize) (slash - text) : strlen (text));
  const char *const *all = (const char *const *) search->all->pdata;
  const char *nearest = tn_encode_find_nearest (text, all);
  if (nearest == NULL)
    nearest = tn_encode_find_nearest (name, all);
  g_autofree char *hint = nearest != NULL  ? g_strdup_printf ("did you mean %s?", nearest)
                          : all[0] != NULL ? g_strdup_printf ("expected one like %s", all[1])
                                           : g_strdup ("the charter has no series");
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "there is no series '%s': %s", text, hint);
  return FALSE;
}

/**
 * tn_reference_find_collaboration:
 *
 * Errors: %TN_ERROR_INVALID, with those that there are, when there is none of that id.
 */
gboolean
tn_reference_find_collaboration (const TnRulebook *rulebook, const char *id,
                                 const TnCollaboration **ret_collaboration, GError **error)
{
  const TnCollaboration *found = tn_rulebook_find_collaboration (rulebook, id);
  if (found != NULL)
    {
      *ret_collaboration = found;
      return TRUE;
    }
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  for (guint i = 0; i < rulebook->collaborations->len; i++)
    g_ptr_array_add (
        ids, ((const TnCollaboration *) g_ptr_array_index (rulebook->collaborations, i))->id);
  g_ptr_array_add (ids, NULL);
  g_autofree char *names = g_strjoinv (", ", (char **) ids->pdata);
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "there is no collaboration '%s', expected %s", id,
               names);
  return FALSE;
}

/**
 * tn_reference_find_series:
 * @collaboration: (nullable): only in this one
 * @text: `studietur` or `7by/studietur`
 *
 * Errors: %TN_ERROR_INVALID when it is none, or one of several.
 */
gboolean
tn_reference_find_series (const TnRulebook *rulebook, const char *collaboration, const char *text,
                          const TnCollaboration **ret_collaboration, const TnSeries **ret_series,
                          GError **error)
{
  const TnCollaboration *only = NULL;
  if (collaboration != NULL
      && !tn_reference_find_collaboration (rulebook, collaboration, &only, error))
    return FALSE;
  g_auto (Search) found = { .names = g_ptr_array_new_with_free_func (g_free),
                            .all = g_ptr_array_new_with_free_func (g_free) };
  search (&found, rulebook, collaboration, text);
  if (!settle (&found, text, error))
    return FALSE;
  if (found.rest[0] != '\0')
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "'%s' is too long for a series, expected %s",
                   text, (const char *) g_ptr_array_index (found.names, 0));
      return FALSE;
    }
  *ret_collaboration = found.collaboration;
  *ret_series = found.series;
  return TRUE;
}

/* The longest beginning of @text that is a cycle; what stands behind its slash is a site. */
static gboolean
split_cycle (const char *text, TnCycle *ret_cycle, char **ret_site, GError **error)
{
  if (tn_cycle_parse (text, ret_cycle, error))
    return TRUE;
  for (const char *slash = strrchr (text, '/'); slash != NULL && slash > text;
       slash = g_strrstr_len (text, slash - text, "/"))
    {
      g_autofree char *cycle = g_strndup (text, (gsize) (slash - text));
      if (!tn_cycle_parse (cycle, ret_cycle, NULL))
        continue;
      g_clear_error (error);
      *ret_site = g_strdup (slash + 1);
      return TRUE;
    }
  return FALSE;
}

/**
 * tn_reference_parse_cycle:
 *
 * Errors: %TN_ERROR_INVALID when @text is no cycle, or of another rhythm than @series.
 */
gboolean
tn_reference_parse_cycle (const TnSeries *series, const char *text, TnCycle *ret_cycle,
                          GError **error)
{
  TnCycle cycle;
  if (!tn_cycle_parse (text, &cycle, error))
    return FALSE;
  if (cycle.period != series->every)
    {
      g_autofree char *first = tn_cycle_to_string (&series->first);
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                   "'%s' is no cycle of %s, expected one like %s", text, series->id, first);
      return FALSE;
    }
  *ret_cycle = cycle;
  return TRUE;
}

/**
 * tn_reference_parse:
 * @ret_reference: (out caller-allocates): untouched on failure; clear it
 *
 * Whether there is such an occurrence is for the plan to say.
 *
 * Errors: %TN_ERROR_INVALID when no occurrence can be meant.
 */
gboolean
tn_reference_parse (const TnRulebook *rulebook, const char *text, TnReference *ret_reference,
                    GError **error)
{
  const char *hash = strchr (text, '#');
  g_autofree char *name = g_strndup (text, hash != NULL ? (gsize) (hash - text) : strlen (text));
  g_auto (Search) found = { .names = g_ptr_array_new_with_free_func (g_free),
                            .all = g_ptr_array_new_with_free_func (g_free) };
  search (&found, rulebook, NULL, name);
  if (!settle (&found, name, error))
    return FALSE;
  if (found.rest[0] == '\0')
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                   "'%s' is a series: say which cycle of it, like %s/2027", text, name);
      return FALSE;
    }
  g_auto (TnReference) reference = { .collaboration = found.collaboration, .series = found.series };
  if (!split_cycle (found.rest, &reference.cycle, &reference.site, error))
    return FALSE;
  g_autofree char *cycle = tn_cycle_to_string (&reference.cycle);
  if (!tn_reference_parse_cycle (found.series, cycle, &reference.cycle, error))
    return FALSE;
  reference.milestone = hash != NULL ? g_strdup (hash + 1) : NULL;
  *ret_reference = reference;
  reference.site = NULL;
  reference.milestone = NULL;
  return TRUE;
}
