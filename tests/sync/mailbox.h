/* tests/sync/mailbox.h — a town with two of its calendars behind Graph: Esbjerg's own, and the one
 * that all share */
#pragma once

#include "provider/graph-site.h"
#include "sync/town.h"

G_BEGIN_DECLS

typedef struct
{
  Town *town;           /* (owned) */
  TnGraphSite *esbjerg; /* (owned) */
  TnGraphSite *shared;  /* (owned) */
  TnProvider *own;      /* (owned) */
  TnProvider *common;   /* (owned) */
} Mailbox;

void mailbox_set_up (Mailbox *mailbox, gconstpointer unused);
void mailbox_tear_down (Mailbox *mailbox, gconstpointer unused); /* no mail, no blind write */
void mailbox_reopen (Mailbox *mailbox);                          /* the desk, after a loss */
guint mailbox_count_writes (Mailbox *mailbox);                   /* of all calendars */
void mailbox_assert_settled (Mailbox *mailbox);                  /* promise 5 */
TnGraphEvent *mailbox_find_trip (TnGraphSite *site);             /* of 2027 */

G_END_DECLS
