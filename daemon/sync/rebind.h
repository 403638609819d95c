/* daemon/sync/rebind.h — a calendar that moved to another system is bound again */
#pragma once

#include "provider/provider.h"
#include "sync/book.h"

G_BEGIN_DECLS

/* By what an item was found to be an event of ours, the surest first. */
typedef enum
{
  TN_MARK_KEY,
  TN_MARK_UID,
  TN_MARK_TEXT /* the reference below the marker: a person has to say so */
} TnMark;

const char *tn_mark_to_string (TnMark mark);

/* An event of ours, and the items that may be it. */
typedef struct
{
  char *uid;        /* (owned) */
  char *key;        /* (owned) */
  char *reference;  /* (owned) */
  TnMark mark;      /* the surest one that was found */
  GPtrArray *items; /* (owned) (element-type utf8) ids with that mark, sorted; more than one is a
                       question */
  gboolean is_told; /* a person said which one it is, or that it is none */
} TnFinding;

typedef struct
{
  GPtrArray *findings; /* (owned) (element-type TnFinding) by reference */
  GPtrArray
      *missing;     /* (owned) (element-type utf8) references of known events that are not there */
  guint n_items;    /* all that is in the calendar */
  gboolean is_done; /* it is bound anew */
} TnRebinding;

void tn_rebinding_free (TnRebinding *rebinding);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnRebinding, tn_rebinding_free)
guint tn_rebinding_count_questions (const TnRebinding *rebinding);

void tn_rebind_async (TnBook *book, TnProvider *provider, const TnCalendar *calendar,
                      const char *const *answers, gboolean does_it, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data);
TnRebinding *tn_rebind_finish (TnBook *book, GAsyncResult *result, GError **error);

G_END_DECLS
