/* The `avoid_series` of all charters, looked up once and from both ends: whoever places one
 * occurrence asks what its series keeps off and who keeps off it, and must not search a thousand
 * collaborations for the answer. */
#include "rules/distances.h"

#include <string.h>

struct _TnDistances
{
  GHashTable *own;    /* (owned) (element-type TnStrand GArray) ties by `from`, in charter order */
  GHashTable *others; /* (owned) (element-type TnStrand GArray) ties by `to`, by id of `from` */
  GArray *none;       /* (owned) empty */
};

/**
 * tn_distances_compare_strands:
 *
 * A GCompareFunc of pointers to strands: by collaboration, then series, so that no order of files
 * or charters matters.
 */
int
tn_distances_compare_strands (gconstpointer a, gconstpointer b)
{
  const TnStrand *x = *(TnStrand *const *) a;
  const TnStrand *y = *(TnStrand *const *) b;
  int by_collaboration = strcmp (x->collaboration->id, y->collaboration->id);
  return by_collaboration != 0 ? by_collaboration : strcmp (x->series->id, y->series->id);
}

static char *
name_series (const char *collaboration, const char *series)
{
  return g_strjoin ("\n", collaboration, series, NULL);
}

/* Returns: (transfer full) (element-type utf8 TnStrand): by the ids that they have and, where no
 * other has it now, had. */
static GHashTable *
index_names (const GPtrArray *strands)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < strands->len; i++)
    {
      TnStrand *strand = g_ptr_array_index (strands, i);
      g_hash_table_insert (names, name_series (strand->collaboration->id, strand->series->id),
                           strand);
    }
  for (guint i = 0; i < strands->len; i++)
    {
      TnStrand *strand = g_ptr_array_index (strands, i);
      for (gsize j = 0; strand->series->was[j] != NULL; j++)
        {
          char *name = name_series (strand->collaboration->id, strand->series->was[j]);
          if (g_hash_table_contains (names, name))
            g_free (name);
          else
            g_hash_table_insert (names, name, strand);
        }
    }
  return names;
}

static void
add_tie (GHashTable *table, TnStrand *strand, const TnTie *tie)
{
  GArray *ties = g_hash_table_lookup (table, strand);
  if (ties == NULL)
    {
      ties = g_array_new (FALSE, FALSE, sizeof (TnTie));
      g_hash_table_insert (table, strand, ties);
    }
  g_array_append_val (ties, *tie);
}

static void
add_ties (TnDistances *distances, TnStrand *from, GHashTable *names)
{
  for (guint i = 0; i < from->series->distances->len; i++)
    {
      const TnDistance *rule = g_ptr_array_index (from->series->distances, i);
      g_autofree char *name = name_series (rule->collaboration != NULL ? rule->collaboration
                                                                       : from->collaboration->id,
                                           rule->series);
      TnTie tie = { rule, from, g_hash_table_lookup (names, name) };
      if (tie.to == NULL || tie.to == from)
        continue;
      add_tie (distances->own, from, &tie);
      add_tie (distances->others, tie.to, &tie);
    }
}

/**
 * tn_distances_new:
 * @strands: (element-type TnStrand): of all collaborations; must outlive the result
 *
 * A rule about a series of a collaboration that is not loaded says nothing.
 *
 * Returns: (transfer full)
 */
TnDistances *
tn_distances_new (const GPtrArray *strands)
{
  TnDistances *distances = g_new0 (TnDistances, 1);
  distances->own = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  distances->others = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  distances->none = g_array_new (FALSE, FALSE, sizeof (TnTie));
  g_autoptr (GHashTable) names = index_names (strands);
  g_autoptr (GPtrArray) sorted = g_ptr_array_copy ((GPtrArray *) strands, NULL, NULL);
  g_ptr_array_set_free_func (sorted, NULL);
  g_ptr_array_sort (sorted, tn_distances_compare_strands);
  for (guint i = 0; i < sorted->len; i++)
    add_ties (distances, g_ptr_array_index (sorted, i), names);
  return distances;
}

void
tn_distances_free (TnDistances *distances)
{
  if (distances == NULL)
    return;
  g_hash_table_unref (distances->own);
  g_hash_table_unref (distances->others);
  g_array_unref (distances->none);
  g_free (distances);
}

static const GArray *
get_ties (const TnDistances *distances, GHashTable *table, const TnStrand *strand)
{
  const GArray *ties = g_hash_table_lookup (table, strand);
  return ties != NULL ? ties : distances->none;
}

/**
 * tn_distances_get_own:
 *
 * Returns: (transfer none) (element-type TnTie): what @strand keeps off
 */
const GArray *
tn_distances_get_own (const TnDistances *distances, const TnStrand *strand)
{
  return get_ties (distances, distances->own, strand);
}

/**
 * tn_distances_get_others:
 *
 * Returns: (transfer none) (element-type TnTie): the rules by which others keep off @strand
 */
const GArray *
tn_distances_get_others (const TnDistances *distances, const TnStrand *strand)
{
  return get_ties (distances, distances->others, strand);
}

/**
 * tn_distances_reach:
 * @reached: (element-type TnStrand): every strand that @strand keeps off, directly or through
 *   others, is added
 */
void
tn_distances_reach (const TnDistances *distances, const TnStrand *strand, GHashTable *reached)
{
  const GArray *ties = tn_distances_get_own (distances, strand);
  for (guint i = 0; i < ties->len; i++)
    {
      const TnTie *tie = &g_array_index (ties, TnTie, i);
      if (g_hash_table_add (reached, tie->to))
        tn_distances_reach (distances, tie->to, reached);
    }
}
