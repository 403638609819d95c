/* daemon/rules/holidays.h — which days of a span are holidays, and of which kind */
#pragma once

#include "model/rulebook.h"

G_BEGIN_DECLS

/* One day that a holiday rule names. */
typedef struct
{
  TnDate date;
  const TnHolidayRule *rule; /* (unowned) of the rulebook */
  const TnHolidayFile *file; /* (unowned) of the rulebook */
} TnHoliday;

typedef struct _TnHolidays TnHolidays; /* immutable; the rulebook must outlive it */

TnHolidays *tn_holidays_new (const TnRulebook *rulebook, const char *const *ids, TnSpan span);
TnHolidays *tn_holidays_new_for (const TnRulebook *rulebook, const TnCollaboration *collaboration,
                                 TnSpan span);
void tn_holidays_free (TnHolidays *holidays);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnHolidays, tn_holidays_free)

guint tn_holidays_get_size (const TnHolidays *holidays);
const TnHoliday *tn_holidays_get (const TnHolidays *holidays, guint index);
const TnHoliday *tn_holidays_find (const TnHolidays *holidays, TnDate date, TnHolidayKind kind);
const TnHoliday *tn_holidays_find_break (const TnHolidays *holidays, TnDate date, const char *area);
const TnHoliday *tn_holidays_find_bridged (const TnHolidays *holidays, TnDate date);
GArray *tn_holidays_list_spans (const TnHolidays *holidays);
gboolean tn_holidays_is_workday (const TnHolidays *holidays, TnDate date);

G_END_DECLS
