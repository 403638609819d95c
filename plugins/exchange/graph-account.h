/* plugins/exchange/graph-account.h — a mailbox behind Graph, and the calendar in it */
#pragma once

#include "calendar.h"
#include "graph-call.h"
#include "item.h"

typedef struct _GraphQueue GraphQueue;

typedef struct
{
  TurnusCalendar *calendar; /* (unowned) owns us */
  char *base;               /* (owned) up to the version, without a slash */
  char *mailbox;            /* (owned) */
  char *wanted;             /* (owned) (nullable) name or id of the calendar; NULL: the usual one */
  char *id;                 /* (owned) (nullable) of the calendar; NULL: to be looked for */
  gboolean is_read_only;
  gboolean has_no_delta; /* the server refused it: listed in full each time */
  GraphQueue *queue;     /* (owned) */
  GHashTable *recent;    /* (owned) (element-type utf8 ExItem) loaded a moment ago, by id */
} GraphAccount;

GraphAccount *graph_account_new (TurnusCalendar *calendar, GError **error);
void graph_account_free (GraphAccount *account);

static inline GraphAccount *
graph_account_of (TurnusCalendar *calendar)
{
  return calendar->account;
}

void graph_account_remember (GraphAccount *account, ExItem *item);
const ExItem *graph_account_find_recent (GraphAccount *account, const char *id,
                                         const char *revision);
