/* daemon/sync/undo.h — what a pass did, and what would take it back */
#pragma once

#include "sync/book.h"

G_BEGIN_DECLS

/* One thing that the pass did. */
typedef struct
{
  char *reference;     /* (owned) (nullable) */
  char *what;          /* (owned) as in history: `decided`, `changed`, `put back` … */
  char *field;         /* (owned) (nullable) */
  char *before;        /* (owned) (nullable) what stood */
  char *after;         /* (owned) (nullable) what the pass made of it */
  TnDecision *counter; /* (owned) (nullable) the decision that takes it back */
  GPtrArray *effects;  /* (owned) (nullable) (element-type TnEffect) of that one */
  char *why_not;       /* (owned) (nullable) why nothing takes it back */
} TnUndoStep;

typedef struct
{
  char *pass; /* (owned) its name: calendar and time */
  char *calendar;
  gint64 at_us;
  GPtrArray *steps; /* (owned) (element-type TnUndoStep) oldest first */
} TnUndo;

TnUndo *tn_undo_new (TnBook *book, const char *pass, const char *council, const char *user,
                     GError **error);
gboolean tn_undo_take (TnUndo *undo, TnBook *book, GError **error);
void tn_undo_free (TnUndo *undo);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnUndo, tn_undo_free)

G_END_DECLS
