/* daemon/sync/snapshot.h — what one calendar showed in one pull */
#pragma once

#include "base/zone.h"
#include "model/rulebook.h"
#include "provider/turnus-plugin.h"
#include "store/store.h"

G_BEGIN_DECLS

/* Whose write an event shows. */
typedef enum
{
  TN_HAND_PERSON, /* or nobody's since it was last seen */
  TN_HAND_OURS,   /* this council's daemon, which does not remember it */
  TN_HAND_LATER,  /* likewise, and it knew more than it does now: an old state came back */
  TN_HAND_EQUAL,  /* another daemon, of the same edition and digest */
  TN_HAND_NEWER,  /* another daemon, of a higher edition or program */
  TN_HAND_OLDER,  /* another daemon, of a lower one */
  TN_HAND_UNLIKE  /* another daemon, of the same edition and another digest */
} TnHand;

/* An item of the calendar. */
typedef struct
{
  char *id;          /* (owned) */
  char *revision;    /* (owned) */
  TnEvent *event;    /* (owned) (nullable) its fields, when it was read in this pass */
  GBytes *bytes;     /* (owned) (nullable) */
  char *uid;         /* (owned) (nullable) the plan's UID that it was recognised as */
  char *problem;     /* (owned) (nullable) why it could not be read, or is not to be touched */
  TnHand hand;       /* of an event that was recognised */
  gboolean waits;    /* it names a decision that has not been read yet: not judged, not written */
  gboolean is_fresh; /* new, or another revision than is remembered: to be read */
} TnSeen;

/* The remembered side is borrowed from the pass, which loaded it from the store. */
typedef struct
{
  gboolean full;       /* every item of the calendar is in `listed` */
  GHashTable *listed;  /* (owned) (element-type utf8) ids in the listing, borrowed */
  GHashTable *items;   /* (owned) (element-type utf8 TnSeen) by id: what is new or was read */
  GHashTable *removed; /* (owned) ids that a listing of changes says are gone */
  GHashTable *by_uid;  /* (owned) (element-type utf8 TnSeen) recognised items, borrowed */
  GHashTable *traces;  /* (owned) (element-type utf8 TnTrace) by UID, borrowed */
  GHashTable *traces_by_item; /* (owned) (element-type utf8 TnTrace) by item id, borrowed */
  GHashTable *links;          /* (owned) (element-type utf8 TnLink) by UID: those opened */
  GHashTable *planned;        /* (owned) UIDs that the plan has, of those that were doubtful */
  GHashTable *intents;        /* (owned) (element-type utf8 TnIntent) by UID, borrowed */
  GHashTable *sightings;      /* (owned) (element-type utf8 TnSighting) by item id, borrowed */
} TnSnapshot;

TnSnapshot *tn_snapshot_new (const TurnusListing *listing, GPtrArray *traces, GPtrArray *intents,
                             GPtrArray *sightings);
void tn_snapshot_free (TnSnapshot *snapshot);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnSnapshot, tn_snapshot_free)

char **tn_snapshot_list_unread (const TnSnapshot *snapshot);
gboolean tn_snapshot_is_all_read (const TnSnapshot *snapshot);
gboolean tn_snapshot_is_new_wreck (const TnSnapshot *snapshot, const TnSeen *seen);
gboolean tn_snapshot_has_new_wreck (const TnSnapshot *snapshot);
gboolean tn_snapshot_is_certain (const TnSnapshot *snapshot);
char **tn_snapshot_list_strangers (const TnSnapshot *snapshot);
gboolean tn_snapshot_has_news (const TnSnapshot *snapshot);
gboolean tn_snapshot_waits (const TnSnapshot *snapshot);

void tn_snapshot_open_link (TnSnapshot *snapshot, TnLink *link);
void tn_snapshot_close_links (TnSnapshot *snapshot);
gboolean tn_snapshot_has_link (const TnSnapshot *snapshot, const char *uid);
const char *tn_snapshot_find_problem (const TnSnapshot *snapshot, const char *uid);
gboolean tn_snapshot_knows_all (const TnSnapshot *snapshot, const TurnusListing *listing);
gboolean tn_snapshot_is_taken (const TnSnapshot *snapshot, const char *item_id);
gboolean tn_snapshot_is_gone (const TnSnapshot *snapshot, const char *item_id);
const TnLink *tn_snapshot_find_link (const TnSnapshot *snapshot, const char *uid);
const TnSeen *tn_snapshot_find_seen (const TnSnapshot *snapshot, const char *uid);
gboolean tn_snapshot_is_absent (const TnSnapshot *snapshot, const char *uid);
gboolean tn_snapshot_is_stranger (const TnSnapshot *snapshot, const TnSeen *seen);

G_END_DECLS
