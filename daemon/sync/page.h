/* daemon/sync/page.h — what a page of a council's journal says, and its one property */
#pragma once

#include "store/records.h"

#include "model/decision.h"

G_BEGIN_DECLS

/* By which charter, and which version of the program, the daemon of a page goes. */
typedef struct
{
  char *collaboration; /* (owned) */
  int edition;
  int engine;
  char *digest; /* (owned) of the charter's meaning, first 16 digits */
} TnEdition;

TnEdition *tn_edition_new (const char *collaboration, int edition, int engine, const char *digest);
void tn_edition_free (TnEdition *edition);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnEdition, tn_edition_free)

/* So long a property is written; a year with more has several pages. Real servers take far more,
 * but some of them, and some phones, slow down with it. */
#define TN_PAGE_MAX_BYTES ((gsize) 32 * 1024)

typedef struct
{
  char *council;        /* (owned) whose daemon writes it */
  GPtrArray *editions;  /* (owned) (element-type TnEdition) */
  GPtrArray *decisions; /* (owned) (element-type TnDecision) */
  GPtrArray *proposals; /* (owned) (element-type TnProposal) its own, and those that it answered */
  GPtrArray *kept; /* (owned) (element-type TnDecision) told on: their source is the journal that
                      has lost them */
  guint n_damaged; /* records that cannot be read; the others are not doubted for it */
} TnPage;

TnPage *tn_page_new (const char *council);
void tn_page_free (TnPage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnPage, tn_page_free)

char *tn_page_format (const TnPage *page);
TnPage *tn_page_parse (const char *text, GError **error);
gsize tn_page_measure_decision (const TnDecision *decision);
gsize tn_page_measure_kept (const TnDecision *decision);
gsize tn_page_measure_proposal (const TnProposal *proposal);

G_END_DECLS
