/* plugins/caldav/members.h — what the answers of one listing say, put together */
#pragma once

#include "calendar.h"

typedef struct
{
  TurnusCalendar *self;
  gboolean is_full; /* all are listed: what is missing is gone */
  gint64 now_us;
  GHashTable *revisions; /* (owned) (element-type utf8 utf8) by id */
  GHashTable *removed;   /* (owned) ids */
  gboolean has_failed;   /* the server could not tell of one of them */
  gboolean has_more;     /* the server stopped short, and says so (RFC 6578 3.6) */
  gboolean has_self;     /* the collection itself was told of */
  char *ctag;            /* (owned) (nullable) of the collection */
} CaldavMembers;

CaldavMembers *caldav_members_new (TurnusCalendar *self, gboolean is_full);
void caldav_members_free (CaldavMembers *members);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CaldavMembers, caldav_members_free)

gboolean caldav_members_read (CaldavMembers *members, GBytes *body, char **ret_sync_token,
                              GError **error);
void caldav_members_forget (CaldavMembers *members);
TurnusListing *caldav_members_make_listing (const CaldavMembers *members);
