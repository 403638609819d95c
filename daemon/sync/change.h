/* daemon/sync/change.h — one step that brings a calendar and the plan together */
#pragma once

#include "store/store.h"
#include "sync/posting.h"

G_BEGIN_DECLS

typedef enum
{
  /* Writes to the calendar. */
  TN_CHANGE_CREATE,
  TN_CHANGE_UPDATE,
  TN_CHANGE_REMOVE,
  /* Changes of what is remembered only. */
  TN_CHANGE_REMEMBER, /* put `link` */
  TN_CHANGE_FORGET,   /* drop the link */
  /* For a person. */
  TN_CHANGE_TWIN, /* an entry made by hand may be this occurrence */
  TN_CHANGE_WAIT  /* something that only a person can settle */
} TnChangeKind;

typedef struct
{
  TnChangeKind kind;
  const TnPosting *posting;  /* (unowned) (nullable) */
  TnLink *link;              /* (owned) (nullable) as it is to be remembered once this is done */
  TnLink *pending;           /* (owned) (nullable) UPDATE: as it is to be remembered until then */
  char *uid;                 /* (owned) */
  char *key;                 /* (owned) */
  char *item_id;             /* (owned) (nullable) */
  char *revision;            /* (owned) (nullable) precondition */
  TnDate first_day;          /* of its occurrence, to list by; none: it is not in the plan */
  guint fields;              /* UPDATE: mask of (1 << TnField) */
  gboolean by_rule;          /* no decision asks for it, but a changed rulebook */
  gboolean puts_back;        /* undoes a person's edit or deletion */
  guint n_looks;             /* CREATE, puts back: how many listings have said that it is gone */
  gboolean is_held;          /* waits: see `reason` */
  char *label;               /* (owned) title, date and reference */
  char *before[TN_N_FIELDS]; /* (owned) UPDATE: what stands */
  char *after[TN_N_FIELDS];  /* (owned) UPDATE: what will stand */
  char *reason;              /* (owned) (nullable) why, or what it waits for and what to do */
} TnChange;

TnChange *tn_change_new (TnChangeKind kind, const TnPosting *posting, const TnLink *link);
TnChange *tn_change_new_wait (const TnPosting *posting, const TnLink *link, const char *reason);
TnChange *tn_change_copy_told (const TnChange *change);
void tn_change_free (TnChange *change);
gboolean tn_change_is_write (const TnChange *change);
char tn_change_get_sign (const TnChange *change);
const char *tn_change_get_word (const TnChange *change);
void tn_change_hold (TnChange *change, const char *reason);
int tn_change_compare (gconstpointer a, gconstpointer b);

G_END_DECLS
