/* What a series keeps off, in this collaboration or in another one. */
#include "ctl/prose.h"

#include "ctl/naming.h"
#include "ctl/phrases.h"

/* Of a charter that is not read here nothing but ids is known, and it is told that this is all. */
static char *
format_other (const TnRulebook *rulebook, const TnCollaboration *collaboration,
              const TnDistance *distance)
{
  TnLanguage language = collaboration->language;
  const TnCollaboration *of
      = distance->collaboration != NULL
            ? tn_rulebook_find_collaboration (rulebook, distance->collaboration)
            : collaboration;
  const TnSeries *series = of != NULL ? tn_collaboration_find_series (of, distance->series) : NULL;
  if (series == NULL)
    {
      g_autofree char *words
          = g_strjoin ("/", distance->collaboration != NULL ? distance->collaboration : "",
                       distance->series, NULL);
      return tn_phrase_fill (language, TN_PHRASE_SERIES_UNKNOWN, "name", words, NULL);
    }
  g_autofree char *name = tn_naming_series (of->language, series);
  return of == collaboration
             ? tn_phrase_fill (language, TN_PHRASE_SERIES_QUOTED, "name", name, NULL)
             : tn_phrase_fill (language, TN_PHRASE_SERIES_OF, "name", name, "collaboration",
                               of->name, NULL);
}

static void
tell_distance (TnPassage *passage, const TnRulebook *rulebook, const TnCollaboration *collaboration,
               const TnDistance *distance)
{
  TnLanguage language = collaboration->language;
  g_autofree char *series = format_other (rulebook, collaboration, distance);
  g_autofree char *amount = tn_prose_format_amount (language, TN_UNIT_DAYS, distance->days);
  TnPhrase day = distance->is_soft ? TN_PHRASE_DISTANCE_DAY_SOFT : TN_PHRASE_DISTANCE_DAY;
  TnPhrase days = distance->is_soft ? TN_PHRASE_DISTANCE_SOFT : TN_PHRASE_DISTANCE;
  tn_passage_take (passage,
                   distance->days == 1
                       ? tn_phrase_fill (language, day, "series", series, NULL)
                       : tn_phrase_fill (language, days, "series", series, "amount", amount, NULL));
}

/**
 * tn_prose_tell_distances:
 *
 * Adds what other series @series keeps off, and how far. A date that is published gives way to its
 * own collaboration only (settling.c).
 */
void
tn_prose_tell_distances (TnPassage *passage, const TnRulebook *rulebook,
                         const TnCollaboration *collaboration, const TnSeries *series)
{
  gboolean has_foreign = FALSE;
  for (guint i = 0; i < series->distances->len; i++)
    {
      const TnDistance *distance = g_ptr_array_index (series->distances, i);
      has_foreign |= distance->collaboration != NULL
                     && g_strcmp0 (distance->collaboration, collaboration->id) != 0;
      tell_distance (passage, rulebook, collaboration, distance);
    }
  if (has_foreign)
    tn_passage_take (passage,
                     g_strdup (tn_phrase (collaboration->language, TN_PHRASE_DISTANCE_PUBLISHED)));
}
