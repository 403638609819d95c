/* daemon/site/entrance.h — one-time links, and the sessions that they open */
#pragma once

#include "sync/book.h"

G_BEGIN_DECLS

#define TN_ENTRANCE_LINK_S (30 * 60)             /* of one that was asked for on a page */
#define TN_ENTRANCE_INVITATION_S (7 * 24 * 3600) /* of one that came with a letter */
#define TN_ENTRANCE_SESSION_S (60 * 60)
#define TN_ENTRANCE_TOKEN_BYTES 24

typedef enum
{
  TN_ENTRANCE_GOOD,
  TN_ENTRANCE_UNKNOWN, /* never made, or long ago */
  TN_ENTRANCE_USED,
  TN_ENTRANCE_ENDED,
  TN_ENTRANCE_BROKEN /* the store cannot be read */
} TnEntranceState;

char *tn_entrance_dup_random (void);
char *tn_entrance_invite (TnBook *book, TnBatch *batch, const char *council, const char *path,
                          gint64 lasts_s);
TnEntranceState tn_entrance_find (TnBook *book, TnSlipKind kind, const char *token,
                                  TnSlip **ret_slip);
char *tn_entrance_enter (TnBook *book, const TnSlip *link, GError **error);
gboolean tn_entrance_leave (TnBook *book, const char *token, gboolean everywhere, GError **error);
void tn_entrance_sweep (TnBook *book, TnBatch *batch);

G_END_DECLS
