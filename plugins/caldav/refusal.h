/* plugins/caldav/refusal.h — why a write was refused */
#pragma once

#include "turnus-plugin.h"

typedef struct
{
  guint status;
  gboolean is_inner; /* the status stood in a 207, of which Xandikos says no more */
  char *condition;   /* (owned) (nullable) the precondition that did not hold (RFC 4918 16) */
  char *href;        /* (owned) (nullable) the resource that is in the way */
  GError *plain;     /* (owned) (nullable) what the status alone means */
} CaldavRefusal;

/* What has to be known before the refusal can be told. */
typedef enum
{
  CALDAV_NEXT_FAIL,
  CALDAV_NEXT_LOOK,   /* what stands there now */
  CALDAV_NEXT_ASK_UID /* where its UID stands */
} CaldavNext;

void caldav_refusal_read (const TurnusResponse *response, CaldavRefusal *refusal);
void caldav_refusal_clear (CaldavRefusal *refusal);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CaldavRefusal, caldav_refusal_clear)

CaldavNext caldav_refusal_judge (const CaldavRefusal *refusal, gboolean is_create,
                                 gboolean is_remove);
gboolean caldav_refusal_is_of_uid (const CaldavRefusal *refusal);
GError *caldav_refusal_make_error (const CaldavRefusal *refusal, gboolean is_create);
