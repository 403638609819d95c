/* plugins/exchange/item.h — a calendar item of Exchange, as EWS and Graph both know it */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The named properties that both protocols see: MAPI's PublicStrings, each called `turnus-` and the
 * name. The UID is the server's to choose, so ours is one of them (hazard 33). */
#define EX_OWN_SET "00020329-0000-0000-C000-000000000046"
#define EX_OWN_PREFIX "turnus-"
#define EX_OWN_UID "uid"                 /* that turnus gave it; of an item that turnus made */
#define EX_OWN_STATUS "status"           /* what show-as alone cannot say */
#define EX_OWN_ZONE "zone"               /* IANA name: many share one Windows name */
extern const char *const ex_own_names[]; /* NULL-terminated: all that there are */

typedef enum
{
  EX_SHOW_FREE,
  EX_SHOW_TENTATIVE,
  EX_SHOW_BUSY,
  EX_SHOW_OOF,
  EX_SHOW_ELSEWHERE,
  EX_SHOW_UNKNOWN
} ExShow;

typedef enum
{
  EX_SENSITIVITY_NORMAL,
  EX_SENSITIVITY_PERSONAL,
  EX_SENSITIVITY_PRIVATE,
  EX_SENSITIVITY_CONFIDENTIAL
} ExSensitivity;

typedef enum
{
  EX_ITEM_SINGLE,
  EX_ITEM_MASTER,
  EX_ITEM_OCCURRENCE,
  EX_ITEM_EXCEPTION
} ExItemType;

/* What the mailbox answered to somebody's invitation. */
typedef enum
{
  EX_RESPONSE_NONE,
  EX_RESPONSE_ORGANIZER,
  EX_RESPONSE_TENTATIVE,
  EX_RESPONSE_ACCEPTED,
  EX_RESPONSE_DECLINED,
  EX_RESPONSE_UNKNOWN
} ExResponse;

typedef enum
{
  EX_FIELD_SUBJECT = 1 << 0,
  EX_FIELD_BODY = 1 << 1,
  EX_FIELD_LOCATION = 1 << 2,
  EX_FIELD_WHEN = 1 << 3, /* start, end, zones and all-day: never one without the others */
  EX_FIELD_SHOW = 1 << 4,
  EX_FIELD_SENSITIVITY = 1 << 5,
  EX_FIELDS = (1 << 6) - 1
} ExFields;

/* As read, or as it is to be written: then only what stands in `fields` and in `own` is sent.
 * Reminder, categories and all else are never read and never written (promise 6). */
typedef struct
{
  char *id;       /* (owned) (nullable) compared byte by byte */
  char *revision; /* (owned) (nullable) Graph's ETag, EWS's ChangeKey */
  char *uid;      /* (owned) (nullable) the server's */

  guint fields;          /* ExFields that are there */
  char *subject;         /* (owned) never NULL, likewise the two below */
  char *body;            /* (owned) */
  gboolean body_is_html; /* `body` is HTML */
  char *location;        /* (owned) */
  gboolean all_day;
  gint64 start_us;  /* UTC microseconds since 1970; all-day: midnight in the zone */
  gint64 end_us;    /* exclusive */
  char *start_zone; /* (owned) (nullable) Windows name, or what the server said instead */
  char *end_zone;   /* (owned) (nullable) */
  ExShow show;
  ExSensitivity sensitivity;

  GHashTable *own; /* (owned) (element-type utf8 utf8) name without prefix, value */

  /* Read only: */
  ExItemType type;
  gboolean is_cancelled; /* the organiser withdrew the meeting */
  gboolean is_organizer; /* the mailbox itself; TRUE of what is no meeting */
  guint n_attendees;     /* beside the organiser; rooms count */
  ExResponse response;
  gint64 changed_us; /* 0: not known */
} ExItem;

ExItem *ex_item_new (void);
void ex_item_free (ExItem *item);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ExItem, ex_item_free)

gboolean ex_item_is_empty (const ExItem *item);
const char *ex_item_get_own (const ExItem *item, const char *name);
void ex_item_set_own (ExItem *item, const char *name, const char *value);

G_END_DECLS
