/* The part of Exchange's search expressions that clients send. */
#include "fakes/ews-filter.h"

#include <string.h>

static const char *const kinds_of_path[]
    = { "FieldURI", "IndexedFieldURI", "ExtendedFieldURI", NULL };

static const xmlNode *
find_path (const xmlNode *expression)
{
  for (guint i = 0; kinds_of_path[i] != NULL; i++)
    {
      const xmlNode *path = tn_ews_tree_find (expression, kinds_of_path[i]);
      if (path != NULL)
        return path;
    }
  return NULL;
}

static char *
dup_wanted (const xmlNode *expression, gconstpointer subject, TnEwsFilterRead read)
{
  const xmlNode *other = tn_ews_tree_find (expression, "FieldURIOrConstant");
  const xmlNode *constant = tn_ews_tree_find (other != NULL ? other : expression, "Constant");
  if (constant != NULL)
    return tn_ews_tree_dup_value (constant, "Value");
  return other != NULL ? read (subject, find_path (other)) : NULL;
}

/* Dates are kept in one form, so that their order is that of their texts. */
static gboolean
compare (const xmlNode *expression, gconstpointer subject, TnEwsFilterRead read)
{
  g_autofree char *value = read (subject, find_path (expression));
  g_autofree char *wanted = dup_wanted (expression, subject, read);
  if (tn_ews_tree_is (expression, "Exists"))
    return value != NULL;
  if (value == NULL || wanted == NULL)
    return tn_ews_tree_is (expression, "IsNotEqualTo");
  int order = strcmp (value, wanted);
  if (tn_ews_tree_is (expression, "Contains"))
    {
      g_autofree char *lower = g_utf8_strdown (value, -1);
      g_autofree char *part = g_utf8_strdown (wanted, -1);
      return strstr (lower, part) != NULL;
    }
  if (tn_ews_tree_is (expression, "IsEqualTo"))
    return order == 0;
  if (tn_ews_tree_is (expression, "IsNotEqualTo"))
    return order != 0;
  if (tn_ews_tree_is (expression, "IsGreaterThan"))
    return order > 0;
  if (tn_ews_tree_is (expression, "IsGreaterThanOrEqualTo"))
    return order >= 0;
  if (tn_ews_tree_is (expression, "IsLessThan"))
    return order < 0;
  return tn_ews_tree_is (expression, "IsLessThanOrEqualTo") && order <= 0;
}

static gboolean
admits (const xmlNode *expression, gconstpointer subject, TnEwsFilterRead read)
{
  gboolean is_and = tn_ews_tree_is (expression, "And");
  if (tn_ews_tree_is (expression, "Not"))
    return !admits (tn_ews_tree_first (expression), subject, read);
  if (!is_and && !tn_ews_tree_is (expression, "Or"))
    return compare (expression, subject, read);
  for (xmlNode *one = tn_ews_tree_first (expression); one != NULL; one = tn_ews_tree_next (one))
    if (admits (one, subject, read) != is_and)
      return !is_and;
  return is_and;
}

/* `restriction`: (nullable): NULL admits all */
gboolean
tn_ews_filter_admits (const xmlNode *restriction, gconstpointer subject, TnEwsFilterRead read)
{
  const xmlNode *expression = tn_ews_tree_first (restriction);
  return expression == NULL || admits (expression, subject, read);
}
