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

/* A page of the journal that one council's daemon keeps in a shared calendar (design section 6). */
typedef struct
{
  char *council; /* (owned) */
  int year;
  guint part; /* 1, and more where a year is too long for one page */
} TnPageKey;

void tn_page_key_free (TnPageKey *key);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnPageKey, tn_page_key_free)

char *tn_identity_page_to_key (const char *council, int year, guint part);
TnPageKey *tn_identity_page_from_key (const char *key);

char *tn_identity_to_key (const TnIdentity *identity);
char *tn_identity_key_to_uid (const char *key);
char *tn_identity_to_uid (const TnIdentity *identity);
char *tn_identity_key_to_reference (const char *key);

/* Of an event that people made in one calendar and that the others show, too. */
char *tn_identity_guest_to_key (const char *origin, const char *uid);
const char *tn_identity_find_guest_uid (const char *key);

G_END_DECLS
