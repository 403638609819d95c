/* plugins/caldav/collection.h — a calendar as its server describes it */
#pragma once

#include "multistatus.h"

typedef struct
{
  char *path;        /* (owned) as the server spells it */
  char *name;        /* (owned) (nullable) */
  char *ctag;        /* (owned) (nullable) */
  char *resource_id; /* (owned) (nullable) */
  gboolean has_sync; /* RFC 6578 */
  gboolean is_read_only;
} CaldavCollection;

CaldavCollection *caldav_collection_new (const CaldavMember *member, const char *path);
void caldav_collection_free (CaldavCollection *collection);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CaldavCollection, caldav_collection_free)

gboolean caldav_collection_fits (const CaldavMember *member);
char *caldav_collection_dup_binding (const CaldavCollection *collection, const char *origin);
