/* tests/fakes/ews-mailbox.h — what a fake Exchange keeps: mailboxes, their folders and items, and
 * the mail that it sent */
#pragma once

#include "fakes/ews-tree.h"

G_BEGIN_DECLS

/* A calendar item, or one occurrence of a series as it is looked at. */
typedef struct
{
  char *id;            /* (owned) */
  guint64 version;     /* the ChangeKey */
  guint64 created_at;  /* place in the log of the organisation */
  guint64 changed_at;  /* place in it of the last change */
  xmlNode *fields;     /* (owned) CalendarItem with what was set */
  const char *type;    /* CalendarItemType; NULL: as the fields say */
  GHashTable *changed; /* (owned) (element-type int xmlNode) exceptions by index, of a master */
  GHashTable *deleted; /* (owned) (element-type int) of a master */
} TnEwsItem;

typedef struct
{
  char *id;
  guint64 created_at;
  guint64 removed_at;
} TnEwsTomb;

typedef struct
{
  char *id;                  /* (owned) */
  char *name;                /* (owned) */
  const char *class;         /* IPF.Appointment; NULL for the root */
  const char *distinguished; /* (nullable) */
  const char *parent;        /* (unowned) (nullable) id */
  GPtrArray *items;          /* (owned) (element-type TnEwsItem) */
  GPtrArray *tombs;          /* (owned) (element-type TnEwsTomb) */
  char *address;             /* (owned) whose mailbox it stands in */
  gboolean is_read_only;
  gboolean is_hidden; /* for us: not even its existence is told */
} TnEwsFolder;

typedef struct
{
  GPtrArray *folders; /* (owned) (element-type TnEwsFolder) of all mailboxes */
  GPtrArray *outbox;  /* (owned) (element-type utf8) "request anna@example.org Studietur" */
  guint64 clock;      /* place of the last change in the log */
  guint64 epoch;      /* SyncStates of another one are unknown */
  guint n_ids;
} TnEwsOrganisation;

TnEwsOrganisation *tn_ews_organisation_new (void);
void tn_ews_organisation_free (TnEwsOrganisation *self);
void tn_ews_organisation_add_mailbox (TnEwsOrganisation *self, const char *address);
TnEwsFolder *tn_ews_organisation_add_folder (TnEwsOrganisation *self, const char *address,
                                             const char *name, const char *class);
TnEwsFolder *tn_ews_organisation_find_folder (const TnEwsOrganisation *self, const char *id);
TnEwsFolder *tn_ews_organisation_find_distinguished (const TnEwsOrganisation *self,
                                                     const char *address, const char *name);
gboolean tn_ews_organisation_has_mailbox (const TnEwsOrganisation *self, const char *address);
TnEwsItem *tn_ews_organisation_find_item (const TnEwsOrganisation *self, const char *id,
                                          TnEwsFolder **ret_folder);

/* (transfer full) fields */
TnEwsItem *tn_ews_folder_add (TnEwsFolder *folder, TnEwsOrganisation *self, xmlNode *fields);
void tn_ews_folder_remove (TnEwsFolder *folder, TnEwsOrganisation *self, TnEwsItem *item);
TnEwsItem *tn_ews_folder_move (TnEwsFolder *folder, TnEwsOrganisation *self, TnEwsItem *item,
                               TnEwsFolder *to);
void tn_ews_item_touch (TnEwsItem *item, TnEwsOrganisation *self);
void tn_ews_item_free (TnEwsItem *item);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnEwsItem, tn_ews_item_free)
char *tn_ews_item_dup_change_key (const TnEwsItem *item);
guint64 tn_ews_change_key_parse (const char *text);

G_END_DECLS
