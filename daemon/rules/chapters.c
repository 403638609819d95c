/* Chapters: what is planned together. A series stands in the chapter of those that it keeps off,
 * whose roles it follows or to whose next occurrence its homework runs, and of those that depend on
 * it; no decision on one chapter reaches another. Small ones of a collaboration are bound together,
 * because each chapter looks up members and holidays anew; the bound keeps the planning of one
 * below what may hold the main loop (promise 8). */
#include "rules/chapters.h"

/* Bound together as long as they have no more occurrences a year than this. */
static const int BOUND_OCCURRENCES = 60;

struct _TnChapters
{
  TnRulebook *rulebook; /* (owned) */
  GPtrArray *chapters;  /* (owned) (element-type TnChapter) */
};

/* A series while it is looked for what it belongs to. */
typedef struct
{
  const TnCollaboration *collaboration;
  const TnSeries *series;
  guint group; /* number of the first series of its group */
} Place;

static void
chapter_free (TnChapter *chapter)
{
  g_ptr_array_unref (chapter->collaborations);
  g_hash_table_unref (chapter->series);
  g_free (chapter);
}

static GArray *
list_places (const TnRulebook *rulebook, GHashTable *numbers)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (Place));
  for (guint i = 0; i < rulebook->collaborations->len; i++)
    {
      const TnCollaboration *collaboration = g_ptr_array_index (rulebook->collaborations, i);
      for (guint j = 0; j < collaboration->series->len; j++)
        {
          Place place
              = { collaboration, g_ptr_array_index (collaboration->series, j), places->len };
          g_hash_table_insert (numbers, (gpointer) place.series, GUINT_TO_POINTER (places->len));
          g_array_append_val (places, place);
        }
    }
  return places;
}

static guint
find_group (GArray *places, guint number)
{
  Place *place = &g_array_index (places, Place, number);
  if (place->group != number)
    place->group = find_group (places, place->group);
  return place->group;
}

static void
join (GArray *places, GHashTable *numbers, guint number, const TnCollaboration *of,
      const char *series)
{
  const TnSeries *other
      = of != NULL && series != NULL ? tn_collaboration_find_series (of, series) : NULL;
  if (other == NULL)
    return;
  guint a = find_group (places, number);
  guint b = find_group (places, GPOINTER_TO_UINT (g_hash_table_lookup (numbers, other)));
  g_array_index (places, Place, MAX (a, b)).group = MIN (a, b);
}

static void
join_related (const TnRulebook *rulebook, GArray *places, GHashTable *numbers, guint number)
{
  const TnCollaboration *in = g_array_index (places, Place, number).collaboration;
  const TnSeries *series = g_array_index (places, Place, number).series;
  for (guint i = 0; i < series->distances->len; i++)
    {
      const TnDistance *distance = g_ptr_array_index (series->distances, i);
      join (places, numbers, number,
            distance->collaboration == NULL
                ? in
                : tn_rulebook_find_collaboration (rulebook, distance->collaboration),
            distance->series);
    }
  for (guint i = 0; i < series->roles->len; i++)
    join (places, numbers, number, in,
          ((const TnRoleRule *) g_ptr_array_index (series->roles, i))->follows_series);
  for (guint i = 0; i < series->milestones->len; i++)
    join (places, numbers, number, in,
          ((const TnMilestoneRule *) g_ptr_array_index (series->milestones, i))->until);
}

static TnChapter *
add_chapter (GPtrArray *chapters)
{
  TnChapter *chapter = g_new0 (TnChapter, 1);
  chapter->collaborations = g_ptr_array_new ();
  chapter->series = g_hash_table_new (NULL, NULL);
  g_ptr_array_add (chapters, chapter);
  return chapter;
}

/* About how often it is held in a year; a guess that is too high only makes chapters smaller. */
static int
count_yearly (const TnSeries *series)
{
  static const int turns[] = { [TN_PERIOD_YEAR] = 1,
                               [TN_PERIOD_HALF] = 2,
                               [TN_PERIOD_QUARTER] = 4,
                               [TN_PERIOD_MONTH] = 12,
                               [TN_PERIOD_SCHOOL_YEAR] = 1 };
  return turns[series->every] * MAX ((int) series->sites->len, 1) * MAX (series->frequency.most, 1);
}

/* Groups one after the other, each into the open chapter of its collaboration or a new one. */
static void
bind (GArray *places, GPtrArray *chapters)
{
  g_autoptr (GHashTable) by_group = g_hash_table_new (NULL, NULL);
  g_autofree int *sizes = g_new0 (int, places->len + 1);
  for (guint i = 0; i < places->len; i++)
    sizes[find_group (places, i)] += count_yearly (g_array_index (places, Place, i).series);
  TnChapter *open = NULL;
  const TnCollaboration *open_for = NULL;
  int size = 0;
  for (guint i = 0; i < places->len; i++)
    {
      const Place *place = &g_array_index (places, Place, i);
      TnChapter *chapter = g_hash_table_lookup (by_group, GUINT_TO_POINTER (place->group));
      if (chapter == NULL)
        {
          if (open_for != place->collaboration || size + sizes[place->group] > BOUND_OCCURRENCES)
            {
              open = add_chapter (chapters);
              open_for = place->collaboration;
              size = 0;
            }
          size += sizes[place->group];
          chapter = open;
          g_hash_table_insert (by_group, GUINT_TO_POINTER (place->group), chapter);
        }
      g_hash_table_add (chapter->series, (gpointer) place->series);
      if (!g_ptr_array_find (chapter->collaborations, place->collaboration, NULL))
        g_ptr_array_add (chapter->collaborations, (gpointer) place->collaboration);
    }
}

/**
 * tn_chapters_new:
 *
 * Returns: (transfer full): the series of @rulebook, each in one chapter
 */
TnChapters *
tn_chapters_new (const TnRulebook *rulebook)
{
  TnChapters *chapters = g_atomic_rc_box_new0 (TnChapters);
  chapters->rulebook = tn_rulebook_ref (rulebook);
  chapters->chapters = g_ptr_array_new_with_free_func ((GDestroyNotify) chapter_free);
  g_autoptr (GHashTable) numbers = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) places = list_places (rulebook, numbers);
  for (guint i = 0; i < places->len; i++)
    join_related (rulebook, places, numbers, i);
  for (guint i = 0; i < places->len; i++)
    find_group (places, i);
  bind (places, chapters->chapters);
  return chapters;
}

TnChapters *
tn_chapters_ref (TnChapters *chapters)
{
  return g_atomic_rc_box_acquire (chapters);
}

static void
chapters_clear (TnChapters *chapters)
{
  g_ptr_array_unref (chapters->chapters);
  tn_rulebook_unref (chapters->rulebook);
}

void
tn_chapters_unref (TnChapters *chapters)
{
  if (chapters != NULL)
    g_atomic_rc_box_release_full (chapters, (GDestroyNotify) chapters_clear);
}

const TnRulebook *
tn_chapters_get_rulebook (const TnChapters *chapters)
{
  return chapters->rulebook;
}

guint
tn_chapters_get_size (const TnChapters *chapters)
{
  return chapters->chapters->len;
}

const TnChapter *
tn_chapters_get (const TnChapters *chapters, guint index)
{
  return g_ptr_array_index (chapters->chapters, index);
}
