/* daemon/model/event.h — what one event says in a calendar: its managed fields */
#pragma once

#include "model/when.h"

G_BEGIN_DECLS

/* The managed fields of an event. Nothing else of it is ever altered by turnus (promise 6). */
typedef enum
{
  TN_FIELD_WHEN,   /* DTSTART, DTEND or DURATION */
  TN_FIELD_WHERE,  /* LOCATION */
  TN_FIELD_TITLE,  /* SUMMARY */
  TN_FIELD_STATUS, /* STATUS, and TRANSP along with it */
  TN_FIELD_TEXT,   /* DESCRIPTION above the marker: the person's */
  TN_FIELD_NOTE,   /* DESCRIPTION below the marker: ours */
  TN_N_FIELDS
} TnField;

const char *tn_field_to_string (TnField field);
gboolean tn_field_from_string (const char *text, TnField *ret_field);

/* The line that parts a description. */
#define TN_MARKER "--- turnus ---"

typedef enum
{
  TN_EVENT_NO_STATUS,
  TN_EVENT_TENTATIVE,
  TN_EVENT_CONFIRMED,
  TN_EVENT_CANCELLED
} TnEventStatus;

/* Filled in by whoever makes it (reader of bytes, sync's entry), then not changed. */
typedef struct
{
  char *uid;    /* (owned) */
  char *key;    /* (owned) (nullable) X-TURNUS-KEY, decoded */
  TnWhen when;  /* local to `zone` */
  TnZone *zone; /* (owned) (nullable when all-day) */
  char *where;  /* (owned) never NULL, "" when there is none; likewise below */
  char *title;  /* (owned) */
  TnEventStatus status;
  gboolean is_transparent;
  char *text;   /* (owned) of people, above the marker */
  char *note;   /* (owned) ours, below the marker; "" when the marker is missing */
  char *stamp;  /* (owned) (nullable) X-TURNUS-WROTE */
  char *placed; /* (owned) (nullable) X-TURNUS-PLACED */
  char *ledger; /* (owned) (nullable) X-TURNUS-LEDGER: a page of a council's journal */
  /* What turnus only looks at: */
  gboolean has_attendees;
  guint n_attendees;
  gboolean has_rule;   /* RRULE, RDATE, EXDATE or RECURRENCE-ID: none of ours */
  gboolean is_private; /* CLASS:PRIVATE or CONFIDENTIAL: never leaves its calendar */
} TnEvent;

TnEvent *tn_event_new (const char *uid);
void tn_event_free (TnEvent *event);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnEvent, tn_event_free)

char *tn_event_dup_field (const TnEvent *event, TnField field);
char *tn_event_dup_hash (const TnEvent *event);
char *tn_event_normalise_text (const char *text);

G_END_DECLS
