/* tests/fakes/ews-item.h — what Exchange makes of the fields that it is given */
#pragma once

#include "fakes/ews-mailbox.h"

G_BEGIN_DECLS

/* Oddities that concern items. */
typedef struct
{
  gboolean renames_zones; /* a zone comes back under another name of the same rules */
  gboolean makes_html;    /* bodies are HTML whatever was asked for */
  gboolean rewrites_uids; /* a UID comes back as Outlook's hexadecimal one */
} TnEwsHabits;

/* What the answer to a request is to show of an item. */
typedef struct
{
  const xmlNode *shape; /* ItemShape; NULL: IdOnly */
  gboolean is_find;     /* FindItem shows less */
  const TnEwsHabits *habits;
  GTimeZone *zone; /* (nullable) of the TimeZoneContext */
} TnEwsLook;

/* `code`: a ResponseCode when refused */
xmlNode *tn_ews_item_make_fields (const xmlNode *given, GTimeZone *zone, const char **code);
gboolean tn_ews_item_change (xmlNode *fields, const xmlNode *updates, GTimeZone *zone,
                             const char **code);
gboolean tn_ews_item_settle (xmlNode *fields, GTimeZone *zone, const char **code);
void tn_ews_item_show (const TnEwsItem *item, const TnEwsFolder *folder, const TnEwsLook *look,
                       xmlNode *parent);

char *tn_ews_item_dup_field (const xmlNode *fields, const xmlNode *path);
GTimeZone *tn_ews_item_get_zone (const xmlNode *fields, const char *element);
GDateTime *tn_ews_item_get_moment (const xmlNode *fields, const char *element);
void tn_ews_item_set_moment (xmlNode *fields, const char *element, GDateTime *moment);
gboolean tn_ews_item_is_meeting (const xmlNode *fields);
GPtrArray *tn_ews_item_list_addresses (const xmlNode *fields);
const char *const *tn_ews_item_get_order (void);

G_END_DECLS
