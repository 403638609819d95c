/* tests/fakes/dav-server.h — a CalDAV account with one calendar, on loopback, with the oddities of
 * real servers as switches */
#pragma once

#include "fakes/http-server.h"

G_BEGIN_DECLS

typedef struct _TnDavServer TnDavServer;

/* All off is a server as the RFCs want it. Changed at any time. */
typedef struct
{
  gboolean has_no_sync;       /* no sync-collection (SabreDAV 1.8) */
  gboolean has_no_ctag;       /* neither sync-token nor ctag */
  gboolean has_no_etag;       /* nowhere */
  gboolean has_no_put_etag;   /* not in the answer to PUT (hazard 23) */
  gboolean has_stale_etag;    /* PUT answers with the ETag before (hazard 24) */
  gboolean has_weak_etags;    /* everywhere, and If-Match never holds (hazard 22) */
  gboolean has_gzip_etags;    /* a proxy adds -gzip to the ETag header (hazard 22) */
  gboolean rewrites;          /* the body, under a strong ETag (hazard 25) */
  gboolean has_double_uids;   /* takes a UID twice (SabreDAV; hazard 31) */
  gboolean has_trash;         /* a deleted UID stays taken */
  gboolean fails_multiget;    /* 404 for the whole report when one is missing (SabreDAV) */
  gboolean omits_missing;     /* missing hrefs are left out of a multiget */
  gboolean has_no_props;      /* members with a propstat 404 for their ETag (hazard 4) */
  gboolean spells_otherwise;  /* hrefs with lower-case escapes and a double slash (hazard 38) */
  gboolean names_hosts;       /* hrefs with scheme and host */
  gboolean is_read_only;      /* for us (hazard 14) */
  gboolean hides_privileges;  /* does not say what we may do */
  gboolean has_resource_id;   /* RFC 5842 */
  gboolean has_creation_date; /* of the calendar, another one after each write (Cyrus) */
  gboolean takes_any_token;   /* answers an unknown one with 207, as if it were none */
  gboolean omits_brief;       /* tells nobody of what came and went between two tokens (Xandikos) */
  gboolean keeps_no_token;    /* 207 without a sync-token */
  guint page;                 /* members in one answer, then 507 for the collection (hazard 8) */
  guint token_status;       /* for every token but none: 403, 409, 410, 418, 500, 507 (hazard 7) */
  guint initial_status;     /* for a sync-collection without a token */
  guint uid_status;         /* for a UID that is taken; 0: 409. 207: a 412 inside (hazard 29) */
  guint write_status;       /* for every write: 401, 403, 413, 423, 429, 503, 507 (hazard 80) */
  guint member_status;      /* for `failing` in listings and reports (hazard 5) */
  const char *failing;      /* (unowned) (nullable) name of a member */
  const char *foreign_href; /* (unowned) (nullable) listed as one more member (hazard 76) */
  const char *moved_to;     /* (unowned) (nullable) every request to the calendar gets 301 */
  gboolean has_second;      /* a second calendar in the account */
  gboolean has_no_well_known; /* 404 for it (SabreDAV) */
} TnDavQuirks;

#define TN_DAV_CALENDAR "/dav/cals/turnus/"

TnDavServer *tn_dav_server_new (void);
void tn_dav_server_free (TnDavServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnDavServer, tn_dav_server_free)

TnDavQuirks *tn_dav_server_get_quirks (TnDavServer *server);
TnHttpServer *tn_dav_server_get_http (TnDavServer *server);

/* Somebody else's doing. `text` NULL removes. */
void tn_dav_server_put (TnDavServer *server, const char *name, const char *text);
void tn_dav_server_rename (TnDavServer *server, const char *name, const char *to);
void tn_dav_server_recreate (TnDavServer *server); /* deletes the calendar and makes it anew */
const char *tn_dav_server_find (TnDavServer *server, const char *name); /* (nullable) its text */
guint tn_dav_server_count (TnDavServer *server);                        /* events */
guint tn_dav_server_count_writes (TnDavServer *server); /* that succeeded, of HTTP clients */

G_END_DECLS
