/* daemon/control/petition.h — the changes that wait for an answer, told to people */
#pragma once

#include "control/sheet.h"
#include "sync/book.h"

G_BEGIN_DECLS

const char *tn_petition_get_calendar (const TnProposal *proposal);
char **tn_petition_list_deciders (TnBook *book, const TnPlan *plan, const TnProposal *proposal);
void tn_petition_add (JsonBuilder *sheet, TnBook *book, const TnPlan *plan,
                      const TnProposal *proposal);
void tn_petition_add_all (JsonBuilder *sheet, TnBook *book, gboolean answered_too);
char *tn_petition_dup_sentence (TnBook *book, const TnProposal *proposal);
char *tn_petition_dup_advice (TnBook *book, const TnProposal *proposal);

G_END_DECLS
