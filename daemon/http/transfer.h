/* daemon/http/transfer.h — one request under way in curl */
#pragma once

#include "http/address.h"
#include "http/request.h"
#include "http/secret.h"

G_BEGIN_DECLS

/* What a peer may make us wait for and hold. */
typedef struct
{
  guint connect_ms; /* until it is connected, TLS included */
  guint total_ms;   /* until the answer is whole */
  guint stall_s;    /* below `stall_bytes` a second for so long */
  guint stall_bytes;
  gsize body_max_bytes; /* decompressed */
  gsize head_max_bytes; /* all headers of one answer */
  guint parallel;       /* requests at once */
  guint poll_unit_ms;   /* of the seconds that a device waits between two questions */
} TnLimits;

extern const TnLimits tn_limits_usual;

typedef struct _TnTransfer TnTransfer;

TnTransfer *tn_transfer_new (CURL *easy, const TnAccount *account, const TnLimits *limits,
                             const TnAddress *address, const TnHttpRequest *request,
                             const TnSecret *secret);
void tn_transfer_free (TnTransfer *transfer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnTransfer, tn_transfer_free)

CURL *tn_transfer_get_easy (const TnTransfer *transfer);
CURL *tn_transfer_steal_easy (TnTransfer *transfer);
TnHttpResponse *tn_transfer_end (TnTransfer *transfer, CURLcode code, GError **error);

G_END_DECLS
