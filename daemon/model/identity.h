/* daemon/model/identity.h — the key of an event and the UID that follows from it */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What an event is, and nothing of what may change about it: no host, no date, no title. */
typedef struct
{
  const char *collaboration;
  const char *series;
  const char *cycle;
  const char *site;      /* (nullable) */
  const char *milestone; /* (nullable) */
  guint generation;      /* 0 unless a server refused the UID for good */
} TnIdentity;

char *tn_identity_to_key (const TnIdentity *identity);
char *tn_identity_key_to_uid (const char *key);
char *tn_identity_to_uid (const TnIdentity *identity);
char *tn_identity_key_to_reference (const char *key);

G_END_DECLS
