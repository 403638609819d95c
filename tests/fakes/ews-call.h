/* tests/fakes/ews-call.h — one operation as it is carried out */
#pragma once

#include "fakes/ews-server.h"

G_BEGIN_DECLS

typedef struct
{
  TnEwsOrganisation *organisation;
  const TnEwsQuirks *quirks;
  const char *operation;   /* "GetItem" */
  const char *address;     /* whose mailbox is meant when none is named */
  const xmlNode *request;  /* the operation's element */
  GTimeZone *zone;         /* (nullable) of the TimeZoneContext */
  const TnEwsFault *fault; /* (nullable) */
  xmlNode *messages;       /* of the answer */
  guint n_items;           /* answered so far */
  guint n_written;
} TnEwsCall;

xmlNode *tn_ews_call_succeed (TnEwsCall *call);
void tn_ews_call_fail (TnEwsCall *call, const char *code);
void tn_ews_call_add_backoff (xmlNode *parent, const char *space, guint backoff_ms);
gboolean tn_ews_call_is_hit (const TnEwsCall *call);
TnEwsFolder *tn_ews_call_find_folder (const TnEwsCall *call, const xmlNode *id, const char **code);

/* An item as it is named in a request: itself, or one of a series. */
typedef struct
{
  TnEwsFolder *folder;
  TnEwsItem *item; /* itself, or the master */
  TnEwsItem *view; /* (owned) (nullable) the occurrence that is meant */
  int index;
} TnEwsTarget;

gboolean tn_ews_call_find_item (const TnEwsCall *call, const xmlNode *id, TnEwsTarget *target,
                                const char **code);
void tn_ews_target_clear (TnEwsTarget *target);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TnEwsTarget, tn_ews_target_clear)

/* ews-folders.c, ews-sync.c, ews-find.c, ews-write.c */
void tn_ews_get_folder (TnEwsCall *call);
void tn_ews_find_folder (TnEwsCall *call);
void tn_ews_sync_folder_items (TnEwsCall *call);
void tn_ews_find_item (TnEwsCall *call);
void tn_ews_get_item (TnEwsCall *call);
void tn_ews_create_item (TnEwsCall *call);
void tn_ews_update_item (TnEwsCall *call);
void tn_ews_delete_item (TnEwsCall *call);

G_END_DECLS
