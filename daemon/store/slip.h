/* daemon/store/slip.h — what lets somebody decide on a page: a one-time link, a session, a form */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  TN_SLIP_LINK,    /* mailed to a council; used once it is exchanged for a session */
  TN_SLIP_SESSION, /* used: it was ended before its time */
  TN_SLIP_FORM     /* a form that was handed in: it is used up */
} TnSlipKind;

/* Who has the token can do what the slip says; the store has only the token's hash. */
typedef struct
{
  char *token_hash; /* (owned) SHA-256, hexadecimal */
  TnSlipKind kind;
  char *council;  /* (owned) id of the one for which it speaks */
  char *path;     /* (owned) LINK: where it leads to; FORM: where it stood */
  gint64 made_us; /* UTC microseconds since 1970; likewise below */
  gint64 ends_us;
  gint64 used_us; /* 0: not yet */
  char *outcome;  /* (owned) FORM: what came of it; empty otherwise */
} TnSlip;

TnSlip *tn_slip_new (TnSlipKind kind, const char *token_hash, const char *council);
TnSlip *tn_slip_copy (const TnSlip *slip);
void tn_slip_free (TnSlip *slip);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnSlip, tn_slip_free)

G_END_DECLS
