/* tests/fakes/ews-server.h — an Exchange 2013 SP1 on loopback that speaks EWS, with its oddities as
 * switches and its faults to be ordered */
#pragma once

#include "fakes/ews-item.h"
#include "fakes/http-server.h"

G_BEGIN_DECLS

typedef struct _TnEwsServer TnEwsServer;

#define TN_EWS_PATH "/EWS/Exchange.asmx"
#define TN_EWS_ADDRESS "turnus@example.org"

/* All off is a server as its documents have it. Changed at any time. */
typedef struct
{
  TnEwsHabits habits;        /* what it makes of items */
  gboolean shuffles;         /* elements of answers in another order */
  gboolean adds_unknown;     /* elements of a later version, and attributes */
  gboolean renames_prefixes; /* and leaves out blanks between attributes and lines */
  gboolean is_restless;      /* ChangeKeys change at each listing with no edit (pitfall 11) */
  gboolean says_stale;       /* ErrorStaleObject instead of ErrorIrresolvableConflict */
  gboolean names_no_zone;    /* answers have no StartTimeZone (davmail#508) */
  gboolean denies_impersonation;
  guint page;           /* changes in one answer; 0: as many as asked for */
  const char *user;     /* (unowned) (nullable) wants Basic with this name */
  const char *password; /* (unowned) */
} TnEwsQuirks;

/* What happens to one call, or to one item of it. */
typedef struct
{
  const char *operation; /* (unowned) (nullable) "UpdateItem"; NULL: whatever comes */
  const char *code;      /* (unowned) a ResponseCode */
  gboolean is_fault;     /* HTTP 500 and a SOAP fault; else inside of a 200 */
  gboolean is_done;      /* the call took effect all the same (exchangelib#623) */
  guint item;            /* which of the items of the call, from 0 */
  guint backoff_ms;      /* BackOffMilliseconds; 0: no hint (graph-docs#8266) */
} TnEwsFault;

TnEwsServer *tn_ews_server_new (void);
TnEwsServer *tn_ews_server_new_at (guint16 port);
void tn_ews_server_free (TnEwsServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnEwsServer, tn_ews_server_free)

TnEwsQuirks *tn_ews_server_get_quirks (TnEwsServer *server);
TnHttpServer *tn_ews_server_get_http (TnEwsServer *server);
TnEwsOrganisation *tn_ews_server_get_organisation (TnEwsServer *server);
void tn_ews_server_push_fault (TnEwsServer *server, const TnEwsFault *fault);
void tn_ews_server_lose_state (TnEwsServer *server); /* every SyncState so far is unknown */
void tn_ews_server_record (TnEwsServer *server, const char *folder);

/* Somebody else's doing, in a person's own client: `xml` is what stands in a CalendarItem. */
TnEwsFolder *tn_ews_server_get_calendar (TnEwsServer *server);
const char *tn_ews_server_put (TnEwsServer *server, TnEwsFolder *folder, const char *xml);
gboolean tn_ews_server_change (TnEwsServer *server, const char *id, const char *xml);
gboolean tn_ews_server_drop (TnEwsServer *server, const char *id);

/* Looks, past the protocol. */
const TnEwsItem *tn_ews_server_find (TnEwsServer *server, const char *property, const char *value);
char *tn_ews_server_dup_text (TnEwsServer *server, const char *id, const char *path);
guint tn_ews_server_count (TnEwsServer *server);        /* items in the calendar */
guint tn_ews_server_count_writes (TnEwsServer *server); /* items that HTTP clients wrote */
guint tn_ews_server_count_mails (TnEwsServer *server);  /* that Exchange would have sent */
guint tn_ews_server_count_calls (TnEwsServer *server, const char *operation);

G_END_DECLS
