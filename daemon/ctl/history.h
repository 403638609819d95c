/* daemon/ctl/history.h — what was held, by whom, and whether the rules would have said so */
#pragma once

#include "charter/source.h"
#include "model/plan.h"

G_BEGIN_DECLS

/* One line of a record: series, date, holder, parted by tabs. */
typedef struct
{
  int line;
  const TnCollaboration *collaboration; /* (unowned) of the rulebook */
  const TnSeries *series;               /* (unowned) likewise */
  TnDate date;
  char **holders; /* (owned) ids; empty when the record does not know */
} TnHistoryRow;

GPtrArray *tn_history_read (const TnSourceFile *file, const TnRulebook *rulebook, GError **error);

/* What the rules say about one line. */
typedef struct
{
  const TnHistoryRow *row;        /* (unowned) */
  const TnOccurrence *occurrence; /* (unowned) (nullable) of the plan; %NULL: there is none then */
  const TnTurn *turn;             /* (unowned) (nullable) who holds it */
  gboolean is_date_hit;
  gboolean is_holder_hit;
} TnHistoryResult;

typedef struct
{
  GPtrArray *results;    /* (owned) (element-type TnHistoryResult) in the order of the lines */
  GPtrArray *unrecorded; /* (owned) (element-type TnOccurrence) between a series' lines, in none */
  guint n_hits;
  guint n_misses;
} TnReplay;

TnReplay *tn_history_replay (const GPtrArray *rows, const TnPlan *plan);
void tn_replay_free (TnReplay *replay);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnReplay, tn_replay_free)

G_END_DECLS
