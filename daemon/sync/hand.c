/* Reading stamps (design section 6). A stamp whose hash fits says that a daemon wrote what stands
 * there, and by which edition. The one that was seen last is remembered: if it is that again while
 * the event says something else than before, a person has brought back what a daemon once wrote,
 * and that is a person's edit like any other. Pure. */
#include "sync/hand.h"

#include <string.h>

#include "ical/stamp.h"

/**
 * tn_hand_compare_editions:
 *
 * Returns: greater than 0 when (@edition, @engine) is higher than what this daemon goes by, 0 when
 *   it is the same
 */
int
tn_hand_compare_editions (int edition, int engine, const TnCollaboration *collaboration)
{
  if (edition != collaboration->edition)
    return edition > collaboration->edition ? 1 : -1;
  return (engine > TN_ENGINE) - (engine < TN_ENGINE);
}

static TnHand
compare_charters (const TnStamp *stamp, const TnCollaboration *collaboration)
{
  int order = tn_hand_compare_editions (stamp->edition, stamp->engine, collaboration);
  if (order != 0)
    return order > 0 ? TN_HAND_NEWER : TN_HAND_OLDER;
  gboolean same = strncmp (collaboration->digest, stamp->digest, strlen (stamp->digest)) == 0;
  return same ? TN_HAND_EQUAL : TN_HAND_UNLIKE;
}

/**
 * tn_hand_is_level:
 * @stamp: (nullable)
 *
 * Returns: %TRUE when it is of the charter that this daemon goes by
 */
gboolean
tn_hand_is_level (const char *stamp, const TnCollaboration *collaboration)
{
  g_autoptr (TnStamp) parsed = stamp != NULL ? tn_stamp_parse (stamp, NULL) : NULL;
  return parsed != NULL && compare_charters (parsed, collaboration) == TN_HAND_EQUAL;
}

/* A daemon writes over an event only what it knows, and it has read what stood there: so one that
 * names an older decision than the event did when it was last seen was brought back by a person. */
static gboolean
is_brought_back (const TnHandInput *input, const TnStamp *stamp, const TnLink *link)
{
  g_autoptr (TnStamp) last
      = link != NULL && link->stamp != NULL ? tn_stamp_parse (link->stamp, NULL) : NULL;
  const TnLedger *ledger = tn_plan_get_ledger (input->plan);
  const TnDecision *before
      = last != NULL && last->entry != NULL ? tn_ledger_find_id (ledger, last->entry) : NULL;
  if (before == NULL)
    return FALSE;
  const TnDecision *now = stamp->entry != NULL ? tn_ledger_find_id (ledger, stamp->entry) : NULL;
  return stamp->entry == NULL || (now != NULL && tn_decision_compare (now, before) < 0);
}

static gboolean
is_unknown (const TnHandInput *input, const TnStamp *stamp)
{
  return stamp->entry != NULL
         && tn_ledger_find_id (tn_plan_get_ledger (input->plan), stamp->entry) == NULL;
}

static TnHand
find_hand (const TnHandInput *input, const TnEvent *event, const TnStamp *stamp, const TnLink *link,
           const TnCollaboration *collaboration)
{
  g_autofree char *hash = tn_event_dup_hash (event);
  if (strcmp (stamp->hash, hash) != 0)
    return TN_HAND_PERSON;
  if (link != NULL && g_strcmp0 (link->stamp, event->stamp) == 0)
    return TN_HAND_PERSON;
  if (is_brought_back (input, stamp, link))
    return TN_HAND_PERSON;
  TnHand charters = compare_charters (stamp, collaboration);
  if (strcmp (stamp->by, input->council) != 0)
    return charters;
  if (input->is_old && charters == TN_HAND_EQUAL)
    return TN_HAND_LATER;
  /* What we wrote we remember, unless the state was lost or is an old one, which does not know the
   * decision that it names (hazard 17): so a person has brought back an older writing of ours. */
  return link == NULL || input->has_lost || is_unknown (input, stamp) ? TN_HAND_OURS
                                                                      : TN_HAND_PERSON;
}

/* A decision is in its journal before it is in an event (design section 6); in a calendar without
 * journals it may stand in one that was not read yet. So does what we wrote before we forgot it:
 * not every decision is named there. What an older edition names may be gone from
 * the charter, what a newer one names may stand in a charter that we do not have. */
static gboolean
is_unread (const TnHandInput *input, TnHand hand, const TnStamp *stamp)
{
  gboolean unknown = is_unknown (input, stamp);
  switch (hand)
    {
    case TN_HAND_OURS:
      return input->expects_journal || (unknown && input->has_journal_elsewhere);
    case TN_HAND_EQUAL:
    case TN_HAND_UNLIKE:
      return unknown && (input->expects_journal || input->is_shared);
    case TN_HAND_PERSON:
    case TN_HAND_LATER:
    case TN_HAND_NEWER:
    case TN_HAND_OLDER:
    default:
      return FALSE;
    }
}

static void
mark (const TnHandInput *input, const TnPosting *posting, TnSeen *seen, const TnLink *link)
{
  seen->hand = TN_HAND_PERSON;
  seen->waits = FALSE;
  g_autoptr (TnStamp) stamp
      = seen->event->stamp != NULL ? tn_stamp_parse (seen->event->stamp, NULL) : NULL;
  if (stamp == NULL)
    return;
  seen->hand = find_hand (input, seen->event, stamp, link, posting->occurrence->collaboration);
  seen->waits = is_unread (input, seen->hand, stamp);
}

static const TnCollaboration *
find_collaboration (const TnRulebook *rulebook, const char *key)
{
  for (guint i = 0; key != NULL && i < rulebook->collaborations->len; i++)
    {
      const TnCollaboration *collaboration = g_ptr_array_index (rulebook->collaborations, i);
      g_autofree char *scope = g_strdup_printf ("v1\nc=%s\n", collaboration->id);
      if (g_str_has_prefix (key, scope))
        return collaboration;
    }
  return NULL;
}

/**
 * tn_hand_is_ahead:
 * @council: whose daemon this is
 *
 * A writing of ours by the charter in force that names a decision which the ledger does not have:
 * the state is older than the writing (hazard 17).
 *
 * Returns: %TRUE when @event shows one
 */
gboolean
tn_hand_is_ahead (const TnEvent *event, const char *council, const TnRulebook *rulebook,
                  const TnLedger *ledger)
{
  if (event->stamp == NULL || strstr (event->stamp, " entry=") == NULL)
    return FALSE; /* most of ten thousand */
  const TnCollaboration *collaboration = find_collaboration (rulebook, event->key);
  g_autoptr (TnStamp) stamp
      = event->stamp != NULL && collaboration != NULL ? tn_stamp_parse (event->stamp, NULL) : NULL;
  if (stamp == NULL || strcmp (stamp->by, council) != 0 || stamp->entry == NULL
      || tn_ledger_find_id (ledger, stamp->entry) != NULL
      || compare_charters (stamp, collaboration) != TN_HAND_EQUAL)
    return FALSE;
  g_autofree char *hash = tn_event_dup_hash (event);
  return strcmp (stamp->hash, hash) == 0;
}

/**
 * tn_hand_mark:
 * @snapshot: its items recognised; each event among them that is of the plan gets its `hand`
 *
 * Source: design sections 4 (Editions) and 6.
 */
void
tn_hand_mark (const TnHandInput *input, TnSnapshot *snapshot)
{
  for (guint i = 0; i < input->postings->len; i++)
    {
      const TnPosting *posting = g_ptr_array_index (input->postings, i);
      TnSeen *seen = g_hash_table_lookup (snapshot->by_uid, posting->event->uid);
      if (seen != NULL && seen->event != NULL)
        mark (input, posting, seen, tn_snapshot_find_link (snapshot, posting->event->uid));
    }
}

static gboolean
has_decision (const TnLedger *ledger, const TnPosting *posting, guint kinds)
{
  const TnOccurrence *occurrence = posting->occurrence;
  return tn_ledger_find_last (ledger, kinds, occurrence->collaboration->id, occurrence->series->id,
                              occurrence->cycle_text, occurrence->site,
                              posting->milestone != NULL ? posting->milestone->id : NULL)
         != NULL;
}

/**
 * tn_hand_find_decided:
 *
 * Returns: fields whose value a decision names, so that it is the same under every edition and for
 *   every daemon that knows it. A title has placeholders, and the note is all rules
 */
guint
tn_hand_find_decided (const TnLedger *ledger, const TnPosting *posting)
{
  guint fields = 0;
  if (has_decision (ledger, posting, 1u << TN_DECISION_DATE | 1u << TN_DECISION_DUE))
    fields |= 1u << TN_FIELD_WHEN;
  if (has_decision (ledger, posting, 1u << TN_DECISION_WHERE))
    fields |= 1u << TN_FIELD_WHERE;
  if (has_decision (ledger, posting,
                    1u << TN_DECISION_DATE | 1u << TN_DECISION_CANCEL | 1u << TN_DECISION_POSTPONE))
    fields |= 1u << TN_FIELD_STATUS;
  return fields;
}

/**
 * tn_hand_accepts:
 * @seen: an event that shows a daemon's write
 *
 * What a newer edition wrote stands, and so does what one that is unlike ours wrote. What an equal
 * one wrote stands when it rests on the decision that we know last, but for what people decided in
 * so many words: what else differs is for the one of us who knows less to write, once it has read
 * the journal, and so nothing goes back and forth (promise 5). What we wrote ourselves, before we
 * forgot it, is written anew where the journals tell something else; where no journal can tell, it
 * stands until somebody decides again.
 *
 * Returns: the fields that are taken as they are
 */
guint
tn_hand_accepts (const TnSeen *seen, const TnPosting *posting, const TnLedger *ledger)
{
  const guint all = (1u << TN_N_FIELDS) - 1;
  if (seen->hand == TN_HAND_NEWER || seen->hand == TN_HAND_UNLIKE || seen->hand == TN_HAND_LATER)
    return all;
  g_autoptr (TnStamp) stamp
      = seen->hand == TN_HAND_EQUAL ? tn_stamp_parse (seen->event->stamp, NULL) : NULL;
  if (stamp == NULL || g_strcmp0 (stamp->entry, posting->decision) != 0)
    return 0;
  return all & ~tn_hand_find_decided (ledger, posting);
}
