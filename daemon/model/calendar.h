/* daemon/model/calendar.h — one place where the plan is kept: a provider, its settings, an owner */
#pragma once

#include "model/account.h"
#include "model/reason.h"

G_BEGIN_DECLS

typedef enum
{
  TN_MODE_OBSERVE, /* write nothing */
  TN_MODE_ASK,     /* first publication and new editions wait for `apply` */
  TN_MODE_WRITE
} TnMode;

const char *tn_mode_to_string (TnMode mode);

typedef struct
{
  char *id;       /* (owned) */
  char *provider; /* (owned) name of the plugin */
  char *council;  /* (owned) (nullable) whose calendar it is; %NULL when shared */
  gboolean shared;
  gboolean trust_decides; /* `trust = "decide"`: an edit in a shared calendar is a decision */
  TnMode mode;
  int interval_s;            /* between two pulls */
  gboolean wants_milestones; /* shared: also show milestones; private ones show their own duties */
  char **collaborations;     /* (owned) empty: all */
  char **series;             /* (owned) `collaboration/series` or `series`; empty: all */
  char **roles;        /* (owned) only occurrences where the council has one of these; empty: all */
  char *adopt;         /* (owned) (nullable) category of the ad-hoc events that leave it */
  int brake_removals;  /* more removals than this wait for `approve` */
  int brake_percent;   /* more of the future events changed by rule than this wait */
  GHashTable *options; /* (owned) (element-type utf8 utf8) the provider's own settings */
  TnAccount *account;  /* (owned) (nullable) when it is not reached over the network */
  TnOrigin origin;
} TnCalendar;

TnCalendar *tn_calendar_new (const char *id, const char *provider);
void tn_calendar_free (TnCalendar *calendar);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnCalendar, tn_calendar_free)

G_END_DECLS
