/* daemon/model/occurrence.h — the event of one series in one cycle (and at one site) */
#pragma once

#include "model/collaboration.h"
#include "model/milestone.h"
#include "model/when.h"

G_BEGIN_DECLS

typedef enum
{
  TN_STATUS_PROPOSED,
  TN_STATUS_CONFIRMED,
  TN_STATUS_CANCELLED,
  TN_STATUS_UNPLACED
} TnStatus;

const char *tn_status_to_string (TnStatus status);

typedef enum
{
  TN_TURN_HELD,
  TN_TURN_PLANNED,
  TN_TURN_POSTPONED,
  TN_TURN_SKIPPED,
  TN_TURN_SWAPPED
} TnTurnStatus;

const char *tn_turn_status_to_string (TnTurnStatus status);

/* Who has a role for an occurrence. */
typedef struct
{
  const TnRoleRule *rule; /* (unowned) */
  char **councils;        /* (owned) ids; empty when nobody can have it */
  TnTurnStatus status;    /* of ring roles; PLANNED otherwise */
  char *owner;            /* (owned) (nullable) SWAPPED: whose turn it is by the ring */
  GPtrArray *reasons;     /* (owned) (element-type TnReason) */
} TnTurn;

TnTurn *tn_turn_new (const TnRoleRule *rule);
void tn_turn_free (TnTurn *turn);

typedef struct
{
  const TnCollaboration *collaboration; /* (unowned) outlived by the plan's rulebook */
  const TnSeries *series;               /* (unowned) likewise */
  TnCycle cycle;
  char *cycle_text; /* (owned) */
  char *site;       /* (owned) (nullable) */
  int number;       /* within the calendar year, 1-based */
  char *key;        /* (owned) identity */
  char *uid;        /* (owned) */
  char *title;      /* (owned) placeholders filled in; without any AFLYST */
  TnStatus status;
  TnWhen when;           /* meaningless when UNPLACED */
  gboolean is_placed;    /* the ledger knows the date (placed or decided) */
  gboolean is_computed;  /* past, and no decision confirms it: listed, never created anywhere */
  gboolean is_postponed; /* the cycle is not held */
  GPtrArray *turns;      /* (owned) (element-type TnTurn) in the order of the series' roles */
  char *theme;           /* (owned) (nullable) */
  char *place;           /* (owned) (nullable) a decided place, else the venue's or host's city */
  char *text;            /* (owned) (nullable) text of people that the series shares */
  GPtrArray *milestones; /* (owned) (element-type TnMilestone) in the order of the series */
  GPtrArray *agenda;     /* (owned) (element-type TnReason) its theme, and what was put off to it */
  GPtrArray *reasons;    /* (owned) (element-type TnReason) why this date */
} TnOccurrence;

TnOccurrence *tn_occurrence_new (const TnCollaboration *collaboration, const TnSeries *series,
                                 const TnCycle *cycle);
void tn_occurrence_set_site (TnOccurrence *occurrence, const char *site);
void tn_occurrence_free (TnOccurrence *occurrence);
const TnTurn *tn_occurrence_find_turn (const TnOccurrence *occurrence, const char *role);
gboolean tn_occurrence_has_role (const TnOccurrence *occurrence, const char *council,
                                 const char *role);
const TnMilestone *tn_occurrence_find_milestone (const TnOccurrence *occurrence, const char *id);
gboolean tn_occurrence_find_hours (const TnOccurrence *occurrence, int day, TnHours *ret_hours);
char *tn_occurrence_to_reference (const TnOccurrence *occurrence);

G_END_DECLS
