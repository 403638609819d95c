/* daemon/sync/journal.h — the pages that this council's daemon keeps in a shared calendar */
#pragma once

#include "model/calendar.h"
#include "sync/hearsay.h"
#include "sync/page.h"
#include "sync/posting.h"
#include "store/link.h"

G_BEGIN_DECLS

/* What the pages are made of; borrowed. */
typedef struct
{
  const TnCalendar *calendar;
  const char *council; /* whose daemon this is */
  const TnPlan *plan;
  GPtrArray *decisions; /* (element-type TnDecision) all that are stored, and are about to be */
  GPtrArray *proposals; /* (element-type TnProposal) likewise */
  GPtrArray *links;     /* (element-type TnLink) of the calendar */
  const TnHearsay *hearsay;
} TnJournal;

gboolean tn_journal_is_kept (const TnCalendar *calendar, guint32 caps);
gboolean tn_journal_is_page (const char *key);
char *tn_journal_dup_source (const char *council);
const char *tn_journal_find_origin (const TnDecision *decision);
const char *tn_journal_find_place (const TnProposal *proposal);

GPtrArray *tn_journal_list_postings (const TnJournal *journal);

G_END_DECLS
