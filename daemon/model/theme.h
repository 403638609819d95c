/* daemon/model/theme.h — what a meeting is about: themes, and matters put off until dealt with */
#pragma once

#include "model/cycle.h"
#include "model/reason.h"

G_BEGIN_DECLS

/* Which theme belongs to which cycle. */
typedef struct
{
  char *theme; /* (owned) */
  TnCycle cycle;
  TnOrigin origin;
} TnTheme;

/* A matter that comes back until it is dealt with. sv: bordlagt ärende */
typedef struct
{
  char *title; /* (owned) */
  TnCycle from;
  gboolean is_done;
  TnCycle done; /* the cycle that deals with it */
  TnOrigin origin;
} TnMatter;

/* The milestone "fill the theme plan", at the last occurrence before each such period. */
typedef struct
{
  char *id;       /* (owned) (nullable) %NULL: there is none */
  char *title;    /* (owned) with {count}, the cycles that have no theme yet */
  char *by;       /* (owned) the role that has the duty; `council`: each council */
  TnPeriod every; /* the period to be filled */
  TnOrigin origin;
} TnThemePlan;

TnTheme *tn_theme_new (const char *theme, const TnCycle *cycle);
void tn_theme_free (TnTheme *theme);
TnMatter *tn_matter_new (const char *title, const TnCycle *from);
void tn_matter_free (TnMatter *matter);
gboolean tn_matter_is_on_agenda (const TnMatter *matter, const TnCycle *cycle);
void tn_theme_plan_clear (TnThemePlan *plan);

G_END_DECLS
