/* daemon/model/decision.h — what people settled and rules must respect: one entry of the ledger */
#pragma once

#include "base/date.h"

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  TN_DECISION_DATE,   /* value: a when; `confirmed` or only moved */
  TN_DECISION_CANCEL, /* value: `yes`, or `no` when it is held after all */
  TN_DECISION_SWAP,   /* `cycle` and `other_cycle` trade their holders; `by` proposed it, `council`,
                         if named, agreed */
  TN_DECISION_SKIP,   /* `council` loses its turn in `cycle` */
  TN_DECISION_POSTPONE, /* value: `kept` or `used`; `no` takes it back */
  TN_DECISION_SET,      /* `council` holds `cycle`; value: `after` (the ring goes on after it) or
                           `unchanged` (as if it had not been) */
  TN_DECISION_INSERT,   /* `council` joins the ring behind `after_council` from `cycle` on */
  TN_DECISION_JOIN,     /* `council` becomes a member on `since` */
  TN_DECISION_LEAVE,    /* `council` is no member from `since` on */
  TN_DECISION_THEME,    /* value: the theme */
  TN_DECISION_TITLE,    /* value: a title, with placeholders */
  TN_DECISION_WHERE,    /* value: a place */
  TN_DECISION_TEXT,     /* value: what stands above the marker, where the series shares it */
  TN_DECISION_DUE,  /* value: a date for `milestone`, given while its occurrence was on `anchor` */
  TN_DECISION_DONE, /* `milestone` is done; value: `yes` or `no` */
  TN_DECISION_PLACED, /* value: the when that the rules chose at first publication; by the daemon */
  TN_N_DECISIONS
} TnDecisionKind;

const char *tn_decision_kind_to_string (TnDecisionKind kind);
gboolean tn_decision_kind_from_string (const char *text, TnDecisionKind *ret_kind);

/* Immutable and ref-counted. Every text is UTF-8; those that do not apply are %NULL. */
typedef struct
{
  char *id; /* hash of all that follows but source and note: 16 hexadecimal digits */
  TnDecisionKind kind;
  TnDate on;    /* the day on which it was taken */
  char *by;     /* council that took it */
  char *role;   /* as what */
  char *source; /* `charter 7by.conf:41`, `calendar egen`, `command anna`, `rules` */
  char *note;
  char *minutes; /* where it is minuted */
  char *collaboration;
  char *series;
  char *cycle;
  char *site;
  char *milestone;
  char *council;
  char *after_council;
  char *other_cycle;
  char *value;
  char *role_name; /* whose ring: `host` when not said */
  TnDate since;    /* JOIN, LEAVE; TN_DATE_NONE otherwise */
  TnDate anchor;   /* DUE; TN_DATE_NONE otherwise */
  gboolean confirmed;
  char *replaces; /* id of the entry on the same subject that this one knew and replaces */
} TnDecision;

/* What a decision is made of; fields as above. Storage is the caller's, texts are borrowed. */
typedef struct
{
  TnDecisionKind kind;
  TnDate on;
  const char *by;
  const char *role;
  const char *source;
  const char *note;
  const char *minutes;
  const char *collaboration;
  const char *series;
  const char *cycle;
  const char *site;
  const char *milestone;
  const char *council;
  const char *after_council;
  const char *other_cycle;
  const char *value;
  const char *role_name;
  TnDate since;
  TnDate anchor;
  gboolean confirmed;
  const char *replaces;
} TnDecisionDraft;

#define TN_DECISION_DRAFT_INIT                                                                     \
  {                                                                                                \
    .since = TN_DATE_NONE, .anchor = TN_DATE_NONE                                                  \
  }

TnDecision *tn_decision_new (const TnDecisionDraft *draft);
TnDecisionDraft tn_decision_to_draft (const TnDecision *decision);
TnDecision *tn_decision_ref (const TnDecision *decision);
void tn_decision_unref (TnDecision *decision);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnDecision, tn_decision_unref)

char *tn_decision_to_line (const TnDecision *decision);
TnDecision *tn_decision_from_line (const char *line, GError **error);
gboolean tn_decision_is_same_subject (const TnDecision *a, const TnDecision *b);
gboolean tn_decision_can_replace (const TnDecision *decision, const TnDecision *old);
int tn_decision_compare (const TnDecision *a, const TnDecision *b);

G_END_DECLS
