/* daemon/store/records.h — what else the store remembers: intents, sightings, proposals, history */
#pragma once

#include "model/event.h"
#include "model/source-file.h"

G_BEGIN_DECLS

typedef enum
{
  TN_INTENT_CREATE,
  TN_INTENT_UPDATE,
  TN_INTENT_REMOVE
} TnIntentKind;

/* A remote write that is about to be made; committed before it is made. */
typedef struct
{
  char *calendar; /* (owned) */
  char *uid;      /* (owned) one open intent for each event of a calendar */
  TnIntentKind kind;
  char *key;                 /* (owned) */
  char *item_id;             /* (owned) where it will be or is */
  char *revision;            /* (owned) (nullable) precondition; NULL: must not exist */
  char *wished[TN_N_FIELDS]; /* (owned) normal forms that it will have */
  gint64 at_us;
} TnIntent;

TnIntent *tn_intent_new (const char *calendar, const char *uid, TnIntentKind kind);
void tn_intent_free (TnIntent *intent);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnIntent, tn_intent_free)

/* An item that is none of ours: id and revision, nothing else (promise 6), and why it could not be
 * read, if so. */
typedef struct
{
  char *calendar;    /* (owned) */
  char *item_id;     /* (owned) */
  char *revision;    /* (owned) */
  char *problem;     /* (owned) (nullable) quarantined: our own words, nothing of its content */
  char *twin_of;     /* (owned) (nullable) UID of the occurrence that it may have been made for */
  gboolean is_new;   /* it came after first contact */
  gboolean not_twin; /* a person said that it is no twin of an occurrence */
} TnSighting;

TnSighting *tn_sighting_new (const char *calendar, const char *item_id, const char *revision);
void tn_sighting_free (TnSighting *sighting);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnSighting, tn_sighting_free)

typedef enum
{
  TN_PROPOSAL_WISH,     /* a change by one who may not make it; da: ændringsønske */
  TN_PROPOSAL_CONFLICT, /* the loser of two allowed changes of one field; da: samtidige rettelser */
  TN_PROPOSAL_DECISION  /* a decision that needs another council's consent: a swap. `value` is its
                           line, by which it travels; `field` says nothing */
} TnProposalKind;

typedef enum
{
  TN_PROPOSAL_OPEN,
  TN_PROPOSAL_ACCEPTED,
  TN_PROPOSAL_REJECTED,
  TN_PROPOSAL_WITHDRAWN /* the one who made it took it back in the calendar */
} TnProposalState;

typedef struct
{
  char *id; /* (owned) hash of the rest: 16 hexadecimal digits */
  TnProposalKind kind;
  TnProposalState state;
  char *uid; /* (owned) event */
  char *key; /* (owned) */
  TnField field;
  char *value;      /* (owned) what the person wants, in normal form */
  char *instead_of; /* (owned) what stands, in normal form */
  char *calendar;   /* (owned) where it was made; empty: by command */
  char *council;    /* (owned) (nullable) who made it; NULL: somebody in a shared calendar */
  TnDate on;        /* day on which it was seen */
  gint64 at_us;
  char *answered_by; /* (owned) (nullable) council */
  char *origin;      /* (owned) (nullable) council in whose journal it was read; NULL: made here */
  char *answer_origin; /* (owned) (nullable) likewise of its answer */
} TnProposal;

TnProposal *tn_proposal_new (TnProposalKind kind, const char *calendar, const char *uid,
                             const char *key, TnField field, const char *value,
                             const char *instead_of, const char *council, TnDate on);
gboolean tn_proposal_renew_ended (TnProposal *proposal, GPtrArray *known);
TnProposal *tn_proposal_copy (const TnProposal *proposal);
void tn_proposal_free (TnProposal *proposal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnProposal, tn_proposal_free)
const char *tn_proposal_state_to_string (TnProposalState state);

/* What was done, kept for a set time: `history`. */
typedef struct
{
  gint64 at_us;
  char *calendar; /* (owned) (nullable) */
  char *uid;      /* (owned) (nullable) */
  char *key;      /* (owned) (nullable) */
  char *what;     /* (owned) `created`, `changed`, `put back`, `decided` … */
  char *field;    /* (owned) (nullable) */
  char *before;   /* (owned) (nullable) */
  char *after;    /* (owned) (nullable) */
  char *source;   /* (owned) why: decision id, rule, council */
} TnHistory;

TnHistory *tn_history_new (const char *what);
void tn_history_free (TnHistory *history);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnHistory, tn_history_free)

typedef enum
{
  TN_CONTACT_NEW,      /* never written to; strangers there are not looked at by a person yet */
  TN_CONTACT_SEEN,     /* a person has seen `plan` */
  TN_CONTACT_PUBLISHED /* the plan is there */
} TnContact;

typedef enum
{
  TN_HOLD_NONE,
  TN_HOLD_BINDING,  /* this is not the calendar that we know: missing mount, renamed, replaced */
  TN_HOLD_VANISHED, /* managed events vanished in bulk */
  TN_HOLD_BRAKE,    /* more removals or changes by rule than the brake allows */
  TN_HOLD_PLUGIN    /* its plugin is refused or crashed too often */
} TnHold;

const char *tn_hold_to_string (TnHold hold);

/* How a calendar is, in one word; sync/health.c says when it is which. Stored: append only. */
typedef enum
{
  TN_HEALTH_OK,
  TN_HEALTH_FAILING,     /* does not pass by itself, and has no better word */
  TN_HEALTH_DEGRADED,    /* out of reach, busy or full: it is tried again */
  TN_HEALTH_READ_ONLY,   /* it can be read and not be written */
  TN_HEALTH_NEEDS_LOGIN, /* the server does not accept what logs in */
  TN_HEALTH_ON_HOLD,     /* stopped until a person looks */
  TN_N_HEALTHS
} TnHealth;

const char *tn_health_to_string (TnHealth health);

/* What is remembered of a calendar between passes. */
typedef struct
{
  char *calendar; /* (owned) */
  char *binding;  /* (owned) (nullable) */
  char *token;    /* (owned) (nullable) */
  TnContact contact;
  TnHold hold;
  char *hold_text;       /* (owned) (nullable) for people */
  gboolean is_approved;  /* a person said go on: lifts the hold for one pass */
  char *rulebook_digest; /* (owned) (nullable) rulebook that it was last in step with */
  gint64 last_good_us;   /* 0: never */
  gint64 last_try_us;
  char *problem;        /* (owned) (nullable) why the last try failed */
  gint64 not_before_us; /* the server wants no question before; 0: it did not say */
  TnHealth health;
  guint n_failures; /* passes in a row that failed */
} TnCalendarState;

TnCalendarState *tn_calendar_state_new (const char *calendar);
TnCalendarState *tn_calendar_state_copy (const TnCalendarState *state);
TnCalendarState *tn_calendar_state_merge (const TnCalendarState *base,
                                          const TnCalendarState *changed,
                                          const TnCalendarState *stored);
void tn_calendar_state_free (TnCalendarState *state);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnCalendarState, tn_calendar_state_free)

G_END_DECLS
