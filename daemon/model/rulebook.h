/* daemon/model/rulebook.h — everything that people wrote down beforehand: charters and holiday
 * files */
#pragma once

#include "model/collaboration.h"
#include "model/holiday.h"

G_BEGIN_DECLS

/* Raised when one charter would give another plan than before (design section 4, Editions). */
#define TN_ENGINE 2

typedef struct
{
  GPtrArray *collaborations; /* (owned) (element-type TnCollaboration) */
  GPtrArray *holiday_files;  /* (owned) (element-type TnHolidayFile) */
  char *digest;              /* (owned) of every byte that it was read from, hexadecimal */
} TnRulebook;                /* immutable, ref-counted */

TnRulebook *tn_rulebook_new (void);
TnRulebook *tn_rulebook_ref (const TnRulebook *rulebook);
void tn_rulebook_unref (TnRulebook *rulebook);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnRulebook, tn_rulebook_unref)

const TnCollaboration *tn_rulebook_find_collaboration (const TnRulebook *rulebook, const char *id);
const TnHolidayFile *tn_rulebook_find_holidays (const TnRulebook *rulebook, const char *id);
GPtrArray *tn_rulebook_list_decisions (const TnRulebook *rulebook);

G_END_DECLS
