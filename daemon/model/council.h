/* daemon/model/council.h — a member of a collaboration, with the periods in which it is one */
#pragma once

#include "base/span.h"
#include "model/reason.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;            /* (owned) lower-case ASCII, permanent */
  char *name;          /* (owned) */
  char **was;          /* (owned) ids that it had before */
  GArray *memberships; /* (owned) (element-type TnSpan) sorted, not touching */
  TnOrigin origin;
} TnCouncil;

TnCouncil *tn_council_new (const char *id, const char *name);
void tn_council_free (TnCouncil *council);
gboolean tn_council_is_member (const TnCouncil *council, TnSpan span);
gboolean tn_council_is_ever_member (const TnCouncil *council);

G_END_DECLS
