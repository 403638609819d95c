/* daemon/ical/stamp.h — X-TURNUS-WROTE: who wrote an event, by which edition */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *by; /* (owned) council */
  int edition;
  int engine;
  char *digest; /* (owned) of the charter, first 16 digits */
  char *hash;   /* (owned) of the managed fields, tn_event_dup_hash() */
  char *entry;  /* (owned) (nullable) ledger entry that the values rest on */
} TnStamp;

void tn_stamp_free (TnStamp *stamp);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnStamp, tn_stamp_free)

char *tn_stamp_to_string (const TnStamp *stamp);
TnStamp *tn_stamp_parse (const char *text, GError **error);

G_END_DECLS
