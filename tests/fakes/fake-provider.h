/* tests/fakes/fake-provider.h — a calendar in memory that fails as it is told */
#pragma once

#include "base/error.h"
#include "provider/provider.h"

G_BEGIN_DECLS

#define TN_TYPE_FAKE_PROVIDER (tn_fake_provider_get_type ())
G_DECLARE_FINAL_TYPE (TnFakeProvider, tn_fake_provider, TN, FAKE_PROVIDER, GObject)

typedef enum
{
  TN_FAKE_LIST,
  TN_FAKE_LOAD,
  TN_FAKE_SAVE,
  TN_FAKE_REMOVE,
  TN_FAKE_N_CALLS
} TnFakeCall;

/* What one coming call does instead of what it should. */
typedef enum
{
  TN_FAKE_WORK,        /* nothing special: lets one call through before the next trick */
  TN_FAKE_FAIL,        /* nothing is done, the error is given */
  TN_FAKE_LOSE_ANSWER, /* it is done, the error is given */
  TN_FAKE_NEVER,       /* no answer until it is cancelled */
  TN_FAKE_EMPTY,       /* list: full and empty, as if all had been deleted */
  TN_FAKE_HALF,        /* list: full, but every second item is not in it */
  TN_FAKE_FEWER,       /* list: full, but the first item is not in it */
  TN_FAKE_VANISH,      /* load: the items are gone by now; save and remove: the item is */
  TN_FAKE_EDIT_FIRST,  /* save, remove: somebody changes the item just before */
  TN_FAKE_GARBAGE,     /* load: bytes that are no calendar */
  TN_FAKE_MISS,        /* load: says that the items are gone, though they are there */
  TN_FAKE_REFUSE,      /* load: the items are there and cannot be read: each has the error */
  TN_FAKE_UNBOUND      /* list: as if this were another place, without binding */
} TnFakeTrick;

/* What a server does to what is saved in it. */
typedef enum
{
  TN_FAKE_REORDER = 1 << 0, /* the properties of events in another order */
  TN_FAKE_DROP_X = 1 << 1,  /* without X- properties */
  TN_FAKE_FOLD = 1 << 2,    /* lines folded elsewhere */
  TN_FAKE_RENAME = 1 << 3   /* new items get an id of the server's choice */
} TnFakeRewrite;

TnFakeProvider *tn_fake_provider_new (void);

void tn_fake_provider_script (TnFakeProvider *self, TnFakeCall call, TnFakeTrick trick,
                              TnError code);
void tn_fake_provider_clear_script (TnFakeProvider *self);
void tn_fake_provider_set_caps (TnFakeProvider *self, guint32 caps);
void tn_fake_provider_set_read_only (TnFakeProvider *self, gboolean read_only);
void tn_fake_provider_set_rewrite (TnFakeProvider *self, guint rewrite);
void tn_fake_provider_set_restless (TnFakeProvider *self, gboolean restless);
void tn_fake_provider_set_deltas (TnFakeProvider *self, gboolean deltas);
void tn_fake_provider_set_binding (TnFakeProvider *self, const char *binding);
void tn_fake_provider_set_not_before_us (TnFakeProvider *self, gint64 not_before_us);
void tn_fake_provider_forget_tokens (TnFakeProvider *self);

/* What people do, behind the daemon's back. */
void tn_fake_provider_put (TnFakeProvider *self, const char *id, const char *text);
gboolean tn_fake_provider_delete (TnFakeProvider *self, const char *id);
void tn_fake_provider_clear (TnFakeProvider *self);
const char *tn_fake_provider_get (TnFakeProvider *self, const char *id);
const char *tn_fake_provider_get_revision (TnFakeProvider *self, const char *id);
char **tn_fake_provider_dup_ids (TnFakeProvider *self);
const char *tn_fake_provider_find_text (TnFakeProvider *self, const char *needle);

/* What the daemon did. */
guint tn_fake_provider_get_calls (TnFakeProvider *self, TnFakeCall call);
guint tn_fake_provider_get_writes (TnFakeProvider *self);
guint tn_fake_provider_get_unconditional_writes (TnFakeProvider *self);
guint tn_fake_provider_get_blind_writes (TnFakeProvider *self);
void tn_fake_provider_reset_calls (TnFakeProvider *self);

G_END_DECLS
