/* daemon/site/premises.h — where a site stands, and what its owner allows there */
#pragma once

#include "model/publisher.h"

G_BEGIN_DECLS

typedef struct
{
  char *url;            /* (owned) `https://turnus.example.org/7by/`: ends with a slash */
  char *folder;         /* (owned) the path of it: `/7by/` */
  gboolean is_secret;   /* pages lie below `p/<token>/`, which nobody can guess */
  char *accessibility;  /* (owned) (nullable) addresses of the links below each page */
  char *privacy;        /* (owned) (nullable) */
  char *contact;        /* (owned) (nullable) */
  gboolean decides;     /* people may decide on pages */
  char *user_header;    /* (owned) (nullable) in small letters: who the reverse proxy says it is */
  GHashTable *councils; /* (owned) (element-type utf8 utf8) of a user: ids, parted by blanks */
} TnPremises;           /* immutable once it is in use, ref-counted */

TnPremises *tn_premises_new (const char *url);
TnPremises *tn_premises_new_for (const TnPublisher *publisher);
TnPremises *tn_premises_ref (const TnPremises *premises);
void tn_premises_unref (TnPremises *premises);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnPremises, tn_premises_unref)

char *tn_premises_dup_address (const TnPremises *premises, const char *path);
gboolean tn_premises_is_safe (const TnPremises *premises);

G_END_DECLS
