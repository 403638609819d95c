/* plugins/caldav/multistatus.h — a 207 answer, response by response (RFC 4918 13, RFC 6578) */
#pragma once

#include "turnus-plugin.h"

/* Properties that are text. */
typedef enum
{
  CALDAV_TEXT_ETAG,
  CALDAV_TEXT_CALENDAR, /* calendar-data */
  CALDAV_TEXT_NAME,
  CALDAV_TEXT_SYNC_TOKEN,
  CALDAV_TEXT_CTAG,
  CALDAV_TEXT_RESOURCE_ID,
  CALDAV_TEXT_PRINCIPAL, /* href of current-user-principal */
  CALDAV_TEXT_HOME,      /* the first href of calendar-home-set */
  CALDAV_N_TEXTS
} CaldavText;

/* What properties that are elements say. */
typedef enum
{
  CALDAV_IS_COLLECTION = 1 << 0,
  CALDAV_IS_CALENDAR = 1 << 1,
  CALDAV_HAS_SYNC = 1 << 2,       /* sync-collection is among the reports */
  CALDAV_HAS_PRIVILEGES = 1 << 3, /* it says at all what we may do */
  CALDAV_CAN_WRITE = 1 << 4,
  CALDAV_HAS_COMPONENTS = 1 << 5, /* it says at all what it holds */
  CALDAV_HOLDS_EVENTS = 1 << 6
} CaldavFlags;

/* One `response`. Properties count only out of a propstat of 2xx: one that is missing says nothing
 * about the resource (hazard 4). */
typedef struct
{
  const char *href;
  guint status;                /* of the resource itself; 0 when it has properties instead */
  guint bad_status;            /* the worst of its propstats, 404 left out; 0 when there is none */
  gboolean has_good;           /* at least one propstat of 2xx */
  guint flags;                 /* CaldavFlags */
  char *texts[CALDAV_N_TEXTS]; /* (nullable) */
} CaldavMember;

/* FALSE with an error stops the reading. */
typedef gboolean (*CaldavVisit) (const CaldavMember *member, gpointer user_data, GError **error);

gboolean caldav_multistatus_read (GBytes *body, CaldavVisit visit, gpointer user_data,
                                  char **ret_sync_token, GError **error);
