/* daemon/rules/strand.h — one series on its way to a plan: the cycles that must be worked out */
#pragma once

#include "model/ledger.h"
#include "model/occurrence.h"
#include "rules/holidays.h"

G_BEGIN_DECLS

typedef struct
{
  const TnCollaboration *collaboration;
  const TnSeries *series;
  GArray *indices;            /* (owned) (element-type int) of each occurrence its cycle, rising */
  GPtrArray *occurrences;     /* (owned) (element-type TnOccurrence) of a cycle, or of its sites */
  gboolean *is_settled;       /* (owned) one for each: it has its date, or none for good */
  const TnHolidays *holidays; /* (unowned) known before dates are settled */
} TnStrand;

TnStrand *tn_strand_new (const TnCollaboration *collaboration, const TnSeries *series,
                         const TnLedger *ledger, TnSpan years, gboolean from_first);
void tn_strand_free (TnStrand *strand);
gboolean tn_strand_stays_close_to_last_year (const TnSeries *series);
void tn_strand_cover (const TnStrand *strand, const TnLedger *ledger, TnSpan *periods,
                      TnSpan *days);
TnDate tn_strand_find_last (const TnStrand *strand, guint place);

G_END_DECLS
