/* Editions (design section 4): every council has a copy of the charter, and copies differ for a
 * while. Each page of a journal says by which one its daemon goes, each event by which one it was
 * written. Who is behind writes, removes and puts back nothing there by rule; of two that differ
 * without one being newer, neither does; what people decided they write all the same, for a
 * decision says what it says under every edition. Pure. */
#include "sync/standing.h"

#include <string.h>

#include "ical/stamp.h"
#include "model/identity.h"
#include "sync/hand.h"
#include "sync/journal.h"

typedef struct
{
  const TnCollaboration *collaboration;
  const char *council;
  TnStandingKind standing;
  char *why;         /* (owned) (nullable) */
  GHashTable *years; /* (owned) (element-type utf8 int) year of the last page by council */
} Survey;

static void
note_old (Survey *survey, const char *by, int edition, int engine)
{
  survey->standing = TN_STANDING_OLD;
  g_free (survey->why);
  survey->why = g_strdup_printf (
      "charter too old: %s goes by edition %d (engine %d) of %s, this daemon by %d (engine %d); "
      "nothing is written here by rule until the newer charter, or program, is here too",
      by, edition, engine, survey->collaboration->id, survey->collaboration->edition, TN_ENGINE);
}

static void
note_unlike (Survey *survey, const char *by)
{
  if (survey->standing != TN_STANDING_LEVEL)
    return;
  survey->standing = TN_STANDING_UNLIKE;
  survey->why = g_strdup_printf (
      "the charter of %s has edition %d at %s and here, and says different things; neither writes "
      "here by rule: compare the two with 'turnusctl check --against FILE' and raise the edition "
      "of "
      "the one that is right",
      survey->collaboration->id, survey->collaboration->edition, by);
}

static void
survey_edition (Survey *survey, const char *by, const TnEdition *edition)
{
  const TnCollaboration *collaboration = survey->collaboration;
  if (strcmp (edition->collaboration, collaboration->id) != 0)
    return;
  int order = tn_hand_compare_editions (edition->edition, edition->engine, collaboration);
  if (order > 0)
    note_old (survey, by, edition->edition, edition->engine);
  else if (order == 0
           && strncmp (collaboration->digest, edition->digest, strlen (edition->digest)) != 0)
    note_unlike (survey, by);
}

/* Of each council the page of the last year counts: its daemon renews all it has, but one that is
 * gone does not. */
static void
survey_page (Survey *survey, const char *key, const char *head)
{
  g_autoptr (TnPageKey) place = tn_identity_page_from_key (key);
  g_autoptr (TnPage) page = head != NULL ? tn_page_parse (head, NULL) : NULL;
  if (place == NULL || page == NULL || strcmp (place->council, survey->council) == 0
      || strcmp (place->council, page->council) != 0
      || GPOINTER_TO_INT (g_hash_table_lookup (survey->years, place->council)) > place->year)
    return;
  for (guint i = 0; i < page->editions->len; i++)
    survey_edition (survey, page->council, g_ptr_array_index (page->editions, i));
}

/* Most events bear a stamp of ours or of our edition: they are known without being taken apart. */
static void
survey_stamp (Survey *survey, const char *key, const char *text, const char *own, const char *scope)
{
  if (text == NULL || strstr (text, own) != NULL || !g_str_has_prefix (key, scope))
    return;
  g_autoptr (TnStamp) stamp = tn_stamp_parse (text, NULL);
  if (stamp != NULL && strcmp (stamp->by, survey->council) != 0
      && tn_hand_compare_editions (stamp->edition, stamp->engine, survey->collaboration) > 0)
    note_old (survey, stamp->by, stamp->edition, stamp->engine);
}

static void
note_year (Survey *survey, const char *key)
{
  g_autoptr (TnPageKey) page = tn_identity_page_from_key (key);
  if (page != NULL
      && GPOINTER_TO_INT (g_hash_table_lookup (survey->years, page->council)) < page->year)
    g_hash_table_replace (survey->years, g_strdup (page->council), GINT_TO_POINTER (page->year));
}

static void
survey_one (Survey *survey, const char *key, const char *stamp, const char *own, const char *scope)
{
  if (tn_journal_is_page (key))
    survey_page (survey, key, stamp);
  else
    survey_stamp (survey, key, stamp, own, scope);
}

/* What was read in this pass is newer than what is remembered. */
static void
survey_all (Survey *survey, GPtrArray *links, const TnSnapshot *snapshot)
{
  g_autofree char *own
      = g_strdup_printf (" ed=%d en=%d ", survey->collaboration->edition, TN_ENGINE);
  g_autofree char *scope = g_strdup_printf ("v1\nc=%s\n", survey->collaboration->id);
  GHashTableIter iter;
  gpointer value = NULL;
  for (guint i = 0; i < links->len; i++)
    if (tn_journal_is_page (((const TnLink *) g_ptr_array_index (links, i))->key))
      note_year (survey, ((const TnLink *) g_ptr_array_index (links, i))->key);
  g_hash_table_iter_init (&iter, snapshot->by_uid);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((const TnSeen *) value)->event->key != NULL)
      note_year (survey, ((const TnSeen *) value)->event->key);

  for (guint i = 0; i < links->len; i++)
    {
      const TnLink *link = g_ptr_array_index (links, i);
      if (tn_snapshot_find_seen (snapshot, link->uid) == NULL)
        survey_one (survey, link->key, link->stamp, own, scope);
    }
  g_hash_table_iter_init (&iter, snapshot->by_uid);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const TnEvent *event = ((const TnSeen *) value)->event;
      if (event->key != NULL)
        survey_one (survey, event->key,
                    tn_journal_is_page (event->key) ? event->ledger : event->stamp, own, scope);
    }
}

void
tn_standing_free (TnStanding *standing)
{
  if (standing == NULL)
    return;
  g_free (standing->collaboration);
  g_free (standing->why);
  g_free (standing);
}

/**
 * tn_standing_find:
 * @council: whose daemon this is
 * @links: (element-type TnLink): of the pages that are remembered of the calendar
 *
 * Source: design section 4, Editions.
 * Returns: (transfer full): how this daemon's charter of @collaboration stands to those of the
 *   others there
 */
TnStanding *
tn_standing_find (const TnCollaboration *collaboration, const char *council, GPtrArray *links,
                  const TnSnapshot *snapshot)
{
  g_autoptr (GHashTable) years = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Survey survey = { .collaboration = collaboration, .council = council, .years = years };
  survey_all (&survey, links, snapshot);
  TnStanding *standing = g_new0 (TnStanding, 1);
  standing->collaboration = g_strdup (collaboration->id);
  standing->kind = survey.standing;
  standing->why = survey.why;
  return standing;
}

/* The fields that wait stay due. */
static void
limit_update (TnChange *change, guint allowed)
{
  for (guint i = 0; i < TN_N_FIELDS; i++)
    if ((change->fields & ~allowed & (1u << i)) != 0)
      {
        g_clear_pointer (&change->link->wished[i], g_free);
        g_clear_pointer (&change->before[i], g_free);
        g_clear_pointer (&change->after[i], g_free);
      }
  change->fields &= allowed;
}

/* Who is behind leaves even a decision to the newer daemon, which reads it in the journal: so a
 * newer writing is never signed over by an older hand. */
static void
hold_change (const TnDiffInput *input, TnStandingKind standing, TnChange *change, const char *why)
{
  gboolean may_decide
      = standing == TN_STANDING_UNLIKE && change->kind == TN_CHANGE_UPDATE && !change->puts_back;
  guint allowed
      = may_decide ? change->fields
                         & tn_hand_find_decided (tn_plan_get_ledger (input->plan), change->posting)
                   : 0;
  if (allowed == 0)
    tn_change_hold (change, why);
  else if (allowed != change->fields)
    limit_update (change, allowed);
}

/**
 * tn_standing_hold:
 * @changes: (element-type TnChange): those that this daemon may not make there are held
 *
 * Source: design section 4, Editions.
 */
void
tn_standing_hold (const TnStanding *standing, const TnDiffInput *input, GPtrArray *changes)
{
  g_autofree char *scope = g_strdup_printf ("v1\nc=%s\n", standing->collaboration);
  for (guint i = 0; standing->kind != TN_STANDING_LEVEL && i < changes->len; i++)
    {
      TnChange *change = g_ptr_array_index (changes, i);
      if (tn_change_is_write (change) && g_str_has_prefix (change->key, scope))
        hold_change (input, standing->kind, change, standing->why);
    }
}
