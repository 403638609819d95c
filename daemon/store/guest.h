/* daemon/store/guest.h — an event that people made in one calendar, and its copies in the others */
#pragma once

#include "base/date.h"

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  TN_GUEST_HERE,
  TN_GUEST_ABSENT,   /* missing in one complete listing; `absent_since_us` */
  TN_GUEST_GONE,     /* missing in two: its copies go, under the brake */
  TN_GUEST_WITHDRAWN /* it is there, but is not to leave its calendar any more */
} TnGuestState;

/* An ad-hoc event that leaves its calendar (da: gæst). Its UID is its own, so that it is one guest
 * wherever it is met, and a copy of it is never taken for another (hazard 44). */
typedef struct
{
  char *uid;      /* (owned) */
  char *origin;   /* (owned) the calendar whose people made it, and change it */
  char *item_id;  /* (owned) where it stands there */
  char *revision; /* (owned) */
  char *content;  /* (owned) what travels; empty when it is gone or withdrawn */
  char *digest;   /* (owned) of what `content` means */
  char *title;    /* (owned) */
  char *when;     /* (owned) normal form; of a recurring one the first time */
  TnDate start;
  TnDate end; /* behind its last day; TN_DATE_NONE: it recurs */
  TnGuestState state;
  gint64 absent_since_us; /* 0 when not absent */
} TnGuest;

TnGuest *tn_guest_new (const char *uid, const char *origin);
TnGuest *tn_guest_copy (const TnGuest *guest);
void tn_guest_free (TnGuest *guest);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnGuest, tn_guest_free)

typedef enum
{
  TN_MIRROR_LIVE,    /* it is there */
  TN_MIRROR_WRITING, /* about to be written: intent, with `content` and `wished` as they will be */
  TN_MIRROR_ABSENT,  /* missing in one complete listing */
  TN_MIRROR_AWAY,    /* somebody deleted it here: it stays away */
  TN_MIRROR_LEFT,    /* edited a third time: left as it is */
  TN_MIRROR_FOREIGN, /* what stands here with that UID is somebody's own: never written */
  TN_MIRROR_WANTED,  /* looked for, and nothing here has that UID: to be created */
  TN_MIRROR_PRIVATE  /* somebody made it private here: left alone, and nothing of it is kept */
} TnMirrorState;

/* The copy of a guest in one calendar; never a source of anything. */
typedef struct
{
  char *calendar; /* (owned) */
  char *uid;      /* (owned) of the guest */
  char *item_id;  /* (owned) */
  char *revision; /* (owned) of the content that `shown` was read from */
  char *content;  /* (owned) base: what turnus wrote */
  char *wished;   /* (owned) digest of it; empty: it is to be written again */
  char *shown;    /* (owned) digest of what the calendar showed when it was read back */
  TnMirrorState state;
  gint64 absent_since_us; /* 0 when not absent */
  guint n_put_back;       /* how often a person's edit was undone since the last settled value */
  guint n_attendees;      /* people invited to it by a person: not written without mail */
} TnMirror;

TnMirror *tn_mirror_new (const char *calendar, const char *uid);
TnMirror *tn_mirror_copy (const TnMirror *mirror);
void tn_mirror_free (TnMirror *mirror);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnMirror, tn_mirror_free)

G_END_DECLS
