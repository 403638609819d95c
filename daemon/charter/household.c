/* The household of a host: files of settings beside turnus.conf, one for each council. What is
 * wrong with one of them is no matter of the others. */
#include "charter/household.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "charter/settings.h"

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * tn_household_list:
 * @host: settings, as of turnus.conf
 *
 * The files that `include` names, by name; those that begin with a dot are somebody's drafts.
 *
 * Source: design section 5.
 * Errors: %TN_ERROR_INVALID when the folder cannot be read; %TN_ERROR_LIMIT.
 * Returns: (transfer full) (nullable) (element-type utf8): absolute paths; none without `include`
 */
GPtrArray *
tn_household_list (const TnSettings *host, GError **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  if (host->include == NULL)
    return g_steal_pointer (&paths);
  g_autoptr (GError) cause = NULL;
  g_autofree char *folder = g_path_get_dirname (host->include);
  g_autofree char *name = g_path_get_basename (host->include);
  g_autoptr (GPatternSpec) pattern = g_pattern_spec_new (name);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &cause);
  if (dir == NULL)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                   "%s: cannot read the folder of include: %s; make it, or take the line out",
                   host->path, cause->message);
      return NULL;
    }
  for (const char *file = g_dir_read_name (dir); file != NULL; file = g_dir_read_name (dir))
    if (*file != '.' && g_pattern_spec_match_string (pattern, file))
      g_ptr_array_add (paths, g_build_filename (folder, file, NULL));
  if (paths->len > TN_HOUSEHOLD_MAX)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_LIMIT,
                   "%s: include finds %u files in %s, expected %d at most", host->path, paths->len,
                   folder, TN_HOUSEHOLD_MAX);
      return NULL;
    }
  g_ptr_array_sort (paths, compare_paths);
  return g_steal_pointer (&paths);
}

/* The councils that there are, and the files that cannot say whose they are, for an error. */
static void
refuse (const TnSettings *host, const char *council, GString *known, GString *faulty,
        GError **error)
{
  if (host->council != NULL)
    g_string_prepend (g_string_prepend (known, known->len > 0 ? ", " : ""), host->council);
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
               "%s: there are no settings of a council '%.60s', %s%s%s", host->path, council,
               known->len > 0 ? "expected one of " : "nor of any other", known->str, faulty->str);
}

/**
 * tn_household_load:
 * @host: settings, as of turnus.conf
 * @council: id
 *
 * The settings of @council: @host themselves, or one of the files that they include.
 *
 * Errors: %TN_ERROR_INVALID when nobody is called so, with those who are; those of its file.
 * Returns: (transfer full) (nullable)
 */
TnSettings *
tn_household_load (const TnSettings *host, const char *council, GError **error)
{
  if (g_strcmp0 (host->council, council) == 0)
    return tn_settings_ref (host);
  g_autoptr (GPtrArray) paths = tn_household_list (host, error);
  if (paths == NULL)
    return NULL;
  g_autoptr (GString) known = g_string_new (NULL);
  g_autoptr (GString) faulty = g_string_new (NULL);
  for (guint i = 0; i < paths->len; i++)
    {
      g_autoptr (GError) fault = NULL;
      g_autoptr (TnSettings) settings
          = tn_settings_load_council (g_ptr_array_index (paths, i), host, &fault);
      if (settings == NULL)
        g_string_append_printf (faulty, "\n%s", fault->message);
      else if (g_str_equal (settings->council, council))
        return g_steal_pointer (&settings);
      else
        g_string_append_printf (known, "%s%s", known->len > 0 ? ", " : "", settings->council);
    }
  refuse (host, council, known, faulty, error);
  return NULL;
}
