/* First contact (design section 8): a calendar may hold entries that a secretary made by hand for
 * the very meetings that turnus is about to publish. A likely twin shares a word with the title and
 * lies within 14 days; whether it is one, a person says. Pure. */
#include "sync/twins.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/identity.h"

static const int NEAR_DAYS = 14;

/* Words of at least four letters, case-folded; numbers say nothing, every event of a year has it.
 */
static GHashTable *
title_words (const char *title)
{
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *folded = g_utf8_casefold (title, -1);
  g_auto (GStrv) parts = g_strsplit_set (folded, " \t\n.,:;!?()[]/\"'", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (g_utf8_strlen (parts[i], -1) >= 4 && !g_ascii_isdigit (parts[i][0]))
      g_hash_table_add (words, g_strdup (parts[i]));
  return words;
}

static gboolean
shares_word (const char *a, const char *b)
{
  g_autoptr (GHashTable) words = title_words (a);
  g_autoptr (GHashTable) others = title_words (b);
  GHashTableIter iter;
  gpointer word = NULL;
  g_hash_table_iter_init (&iter, words);
  while (g_hash_table_iter_next (&iter, &word, NULL))
    if (g_hash_table_contains (others, word))
      return TRUE;
  return FALSE;
}

/* What people may have called it: the title, the kind in their language, the collaboration. */
static gboolean
sounds_like (const TnPosting *posting, const char *title)
{
  static const char *const kinds[][4] = { { "studietur", "studieresa", "studietur", "study trip" },
                                          { "erfa", "nätverksträff", "erfaringssamling", "erfa" },
                                          { "temamøde", "temamöte", "temamøte", "theme meeting" } };
  const TnOccurrence *occurrence = posting->occurrence;
  g_autofree char *folded = g_utf8_casefold (title, -1);
  g_autofree char *group = g_utf8_casefold (occurrence->collaboration->name, -1);
  if (shares_word (posting->event->title, title) || strstr (folded, group) != NULL)
    return TRUE;
  return occurrence->series->kind < (int) G_N_ELEMENTS (kinds)
         && strstr (folded, kinds[occurrence->series->kind][occurrence->collaboration->language])
                != NULL;
}

static int
days_apart (const TnPosting *posting, const TnEvent *stranger)
{
  return abs (posting->days.start - stranger->when.days.start);
}

/**
 * tn_twins_is_likely:
 *
 * Returns: %TRUE when @stranger may have been made for @posting's occurrence; milestones have no
 * twins
 */
gboolean
tn_twins_is_likely (const TnPosting *posting, const TnEvent *stranger)
{
  gboolean is_mirror = stranger->key != NULL && tn_identity_find_guest_uid (stranger->key) != NULL;
  return posting->milestone == NULL && !stranger->has_rule && !is_mirror
         && days_apart (posting, stranger) <= NEAR_DAYS && sounds_like (posting, stranger->title);
}

static TnPosting *
find_nearest (GPtrArray *postings, const TnSnapshot *snapshot, const TnEvent *stranger)
{
  TnPosting *nearest = NULL;
  for (guint i = 0; i < postings->len; i++)
    {
      TnPosting *posting = g_ptr_array_index (postings, i);
      if (!tn_snapshot_has_link (snapshot, posting->event->uid)
          && tn_snapshot_find_seen (snapshot, posting->event->uid) == NULL
          && tn_twins_is_likely (posting, stranger)
          && (nearest == NULL || days_apart (posting, stranger) < days_apart (nearest, stranger)))
        nearest = posting;
    }
  return nearest;
}

static gboolean
may_be_twin (const TnSnapshot *snapshot, const TnSeen *seen)
{
  const TnSighting *sighting = g_hash_table_lookup (snapshot->sightings, seen->id);
  return seen->event != NULL && seen->problem == NULL && tn_snapshot_is_stranger (snapshot, seen)
         && (sighting == NULL || !sighting->not_twin);
}

static void
twin_free (TnTwin *twin)
{
  g_free (twin->uid);
  g_free (twin);
}

/**
 * tn_twins_new:
 *
 * Returns: (transfer full) (element-type TnSeen TnTwin): no twins yet
 */
GHashTable *
tn_twins_new (void)
{
  return g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) twin_free);
}

/**
 * tn_twins_look:
 * @twins: (element-type TnSeen TnTwin): is added to: the strangers read in this pass that may be
 *   twins, each with the occurrence nearest to it of all that were looked at; those of which a
 *   person said that they are none are left out
 */
void
tn_twins_look (GHashTable *twins, GPtrArray *postings, const TnSnapshot *snapshot)
{
  GHashTableIter iter;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, snapshot->items);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const TnSeen *seen = value;
      const TnPosting *posting
          = may_be_twin (snapshot, seen) ? find_nearest (postings, snapshot, seen->event) : NULL;
      const TnTwin *known = g_hash_table_lookup (twins, seen);
      if (posting == NULL || (known != NULL && known->days <= days_apart (posting, seen->event)))
        continue;
      TnTwin *twin = g_new0 (TnTwin, 1);
      twin->uid = g_strdup (posting->event->uid);
      twin->days = days_apart (posting, seen->event);
      g_hash_table_insert (twins, (gpointer) seen, twin);
    }
}

const char *
tn_twins_find_uid (GHashTable *twins, const TnSeen *seen)
{
  const TnTwin *twin = g_hash_table_lookup (twins, seen);
  return twin != NULL ? twin->uid : NULL;
}

/**
 * tn_twins_mark:
 * @twins: (element-type TnSeen TnTwin): of all postings
 * @sightings: (element-type TnSighting): what is remembered of the strangers in @snapshot; brought
 * up to date and added to
 *
 * Twins found in this pass hold back what they may be twins of, before any of it is stored.
 */
void
tn_twins_mark (GHashTable *twins, TnSnapshot *snapshot, GPtrArray *sightings, const char *calendar)
{
  for (guint i = 0; i < sightings->len; i++)
    {
      TnSighting *sighting = g_ptr_array_index (sightings, i);
      const TnSeen *seen = g_hash_table_lookup (snapshot->items, sighting->item_id);
      if (seen != NULL && seen->event != NULL && !g_hash_table_contains (twins, seen)
          && sighting->twin_of != NULL)
        {
          tn_text_set (&sighting->twin_of, NULL); /* it moved away, and is none any more */
          tn_text_set (&sighting->revision, "");
        }
    }
  GHashTableIter iter;
  gpointer key = NULL;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, twins);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const TnSeen *seen = key;
      TnSighting *sighting = g_hash_table_lookup (snapshot->sightings, seen->id);
      if (sighting == NULL)
        {
          sighting = tn_sighting_new (calendar, seen->id, "");
          sighting->is_new = TRUE;
          g_ptr_array_add (sightings, sighting);
          g_hash_table_insert (snapshot->sightings, sighting->item_id, sighting);
        }
      tn_text_set (&sighting->twin_of, ((const TnTwin *) value)->uid);
      tn_text_set (&sighting->revision, ""); /* to be remembered anew with the twin */
    }
}
