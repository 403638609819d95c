/* daemon/model/reason.h — why something is as it is */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where a rule or a decision was written. */
typedef struct
{
  char *file; /* (owned) (nullable) base name of the file, or a ledger id */
  int line;   /* 0 when there is none */
} TnOrigin;

TnOrigin tn_origin_make (const char *file, int line);
TnOrigin tn_origin_copy (const TnOrigin *origin);
void tn_origin_clear (TnOrigin *origin);
char *tn_origin_to_string (const TnOrigin *origin);

/* One step of an explanation (promise 10). Immutable once made. */
typedef struct
{
  char *rule; /* (owned) a word: `rotation`, `window`, `avoid`, `prefer`, `decision`, `placed` … */
  char *source; /* (owned) `7by.conf:23`, `ledger 8f3a…`, `dk.conf:12` */
  char *text;   /* (owned) the sentence, without a full stop */
} TnReason;

TnReason *tn_reason_new (const char *rule, const char *source, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
TnReason *tn_reason_copy (const TnReason *reason);
void tn_reason_free (TnReason *reason);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnReason, tn_reason_free)

G_END_DECLS
