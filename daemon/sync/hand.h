/* daemon/sync/hand.h — whose write an event shows: a person's or a daemon's, and of which edition
 */
#pragma once

#include "sync/posting.h"
#include "sync/snapshot.h"

G_BEGIN_DECLS

typedef struct
{
  const TnPlan *plan;
  GPtrArray *postings;            /* (element-type TnPosting) */
  const char *council;            /* whose daemon this is */
  gboolean is_shared;             /* the calendar: others' journals stand beside their events */
  gboolean expects_journal;       /* one that stands in another calendar was never read */
  gboolean has_journal_elsewhere; /* in another calendar */
  gboolean is_old;   /* this state is older than what was written here, and no journal tells more */
  gboolean has_lost; /* this daemon has lost something: what it wrote last is news to it */
} TnHandInput;

gboolean tn_hand_is_ahead (const TnEvent *event, const char *council, const TnRulebook *rulebook,
                           const TnLedger *ledger);
gboolean tn_hand_is_level (const char *stamp, const TnCollaboration *collaboration);
void tn_hand_mark (const TnHandInput *input, TnSnapshot *snapshot);
guint tn_hand_find_decided (const TnLedger *ledger, const TnPosting *posting);
guint tn_hand_accepts (const TnSeen *seen, const TnPosting *posting, const TnLedger *ledger);
int tn_hand_compare_editions (int edition, int engine, const TnCollaboration *collaboration);

G_END_DECLS
