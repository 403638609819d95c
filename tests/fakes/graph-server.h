/* tests/fakes/graph-server.h — Microsoft Graph with one mailbox, on loopback, with its oddities as
 * switches */
#pragma once

#include "fakes/graph-event.h"
#include "fakes/http-server.h"

G_BEGIN_DECLS

typedef struct _TnGraphServer TnGraphServer;

/* All off is Graph as it is documented. Changed at any time. */
typedef struct
{
  guint page;                  /* events on a page; 0: as the client prefers, 10 else */
  guint delta_status;          /* for events/delta: 0: granted */
  gboolean loses_next_links;   /* 410 for each page of a first listing but the first (pitfall 5) */
  gboolean replays;            /* each change comes twice in a listing of changes */
  gboolean lists_occurrences;  /* delta names the occurrences of what recurs, too (pitfall 2) */
  gboolean forgets_count;      /* no @odata.count */
  gboolean cuts_listing;       /* the last page has neither a next nor a delta link */
  const char *falsely_removed; /* (unowned) (nullable) id that delta calls removed (pitfall 3) */
  const char *foreign_link;    /* (unowned) (nullable) start of each link instead of our address */
  gboolean hides_calendar;     /* 400 for who asks in which calendar an event is */
  gboolean is_restless;        /* ETags are others with each listing (pitfall 11) */
  gboolean is_read_only;       /* for us: canEdit FALSE, 403 for writes */
  gboolean remembers_removed;  /* transaction numbers of events that are no more are taken */
  gboolean ignores_zone;       /* times come in the mailbox's zone, whatever is preferred */
  guint part_status;           /* the part of a batch with number `part` is answered so */
  guint part;                  /* 1 at least */
  const char *bearer;          /* (unowned) (nullable) the only token that is let in */
} TnGraphQuirks;

#define TN_GRAPH_MAILBOX "kalender@example.org"
#define TN_GRAPH_CALENDAR "AAMkCal-turnus_AA="
#define TN_GRAPH_OTHER "AAMkCal-other_AA="

TnGraphServer *tn_graph_server_new (void);
void tn_graph_server_free (TnGraphServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnGraphServer, tn_graph_server_free)

TnGraphQuirks *tn_graph_server_get_quirks (TnGraphServer *server);
TnHttpServer *tn_graph_server_get_http (TnGraphServer *server);
char *tn_graph_server_dup_url (TnGraphServer *server);

/* From now on each question and its answer, of batches too, is kept as a file there. */
void tn_graph_server_record (TnGraphServer *server, const char *folder);

/* Somebody else's doing, in JSON as clients write it. */
const char *tn_graph_server_put (TnGraphServer *server, const char *text); /* its id */
void tn_graph_server_edit (TnGraphServer *server, const char *id, const char *text);
void tn_graph_server_touch (TnGraphServer *server, const char *id); /* another ETag, no edit */
void tn_graph_server_remove (TnGraphServer *server, const char *id);
void tn_graph_server_move (TnGraphServer *server, const char *id); /* to the other calendar */
const char *tn_graph_server_copy (TnGraphServer *server, const char *id); /* as Outlook does it */
void tn_graph_server_invite (TnGraphServer *server, const char *id, guint n_guests);
void tn_graph_server_forget_tokens (TnGraphServer *server);

TnGraphEvent *tn_graph_server_find (TnGraphServer *server, const char *id);    /* (nullable) */
const char *tn_graph_server_find_uid (TnGraphServer *server, const char *uid); /* ours; its id */
GPtrArray *
tn_graph_server_list_uids (TnGraphServer *server);          /* ours, each as often as it is there */
guint tn_graph_server_count (TnGraphServer *server);        /* events in our calendar */
guint tn_graph_server_count_writes (TnGraphServer *server); /* of clients, that succeeded */
guint tn_graph_server_count_mails (TnGraphServer *server);  /* that people would have got */
guint tn_graph_server_count_blind (TnGraphServer *server);  /* writes without If-Match */

G_END_DECLS
