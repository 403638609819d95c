/* daemon/store/link.h — an event's copy in one calendar */
#pragma once

#include "model/event.h"

G_BEGIN_DECLS

typedef enum
{
  TN_LINK_LIVE,     /* it is there */
  TN_LINK_ABSENT,   /* missing in one complete listing; `absent_since_us` */
  TN_LINK_NOT_HERE, /* past, and deleted here: left alone */
  TN_LINK_AWAY,     /* deleted again after it was put back: waits for a person */
  TN_LINK_UNTENDED, /* a person made something else of it, a recurring event: left alone */
  TN_LINK_STRAY,    /* found where the plan does not show it, and nobody remembers it: left alone */
  TN_LINK_PRIVATE   /* a person made it private here: left alone, and nothing of it is kept */
} TnLinkState;

const char *tn_link_state_to_string (TnLinkState state);
gboolean tn_link_state_from_string (const char *text, TnLinkState *ret_state);

typedef struct
{
  char *calendar; /* (owned) */
  char *uid;      /* (owned) UID that the plan derives; the item's own may differ after a claim */
  char *key;      /* (owned) identity */
  char *item_id;  /* (owned) */
  char *revision; /* (owned) of the content that `shown` was read from */
  char *wished[TN_N_FIELDS]; /* (owned) base: what turnus wished, in normal form */
  char *shown[TN_N_FIELDS];  /* (owned) base: what the calendar showed when it was read back */
  TnLinkState state;
  gint64 absent_since_us; /* 0 when not absent */
  guint n_absent;         /* complete listings in a row without it */
  guint n_put_back;       /* how often a person's edit was undone since the last settled value */
  guint n_revived;        /* how often it was put back after a deletion */
  gboolean is_left;       /* edited a third time: left as it is, waits for a person */
  gboolean is_claimed;    /* somebody had made it by hand */
  guint n_attendees;      /* people invited to it by a person: not written without mail */
  char *entry;            /* (owned) (nullable) ledger entry that the values rested on */
  char *stamp;            /* (owned) (nullable) X-TURNUS-WROTE as it was last seen */
} TnLink;

/* What has to be known of all links of a calendar at once, to hold a listing against them. */
typedef struct
{
  char *uid; /* as the two that follow: in `texts` */
  char *key;
  char *item_id;
  char *revision; /* (owned) */
  TnLinkState state;
  gboolean is_claimed;
  char texts[]; /* of ten thousand traces each would be an allocation of its own */
} TnTrace;

TnTrace *tn_trace_new (const TnLink *link);
void tn_trace_free (TnTrace *trace);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnTrace, tn_trace_free)

TnLink *tn_link_new (const char *calendar, const char *uid, const char *key);
TnLink *tn_link_copy (const TnLink *link);
TnLink *tn_link_merge (const TnLink *base, const TnLink *changed, const TnLink *stored);
void tn_link_free (TnLink *link);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnLink, tn_link_free)

G_END_DECLS
