/* tests/sim/region.h — councils, their charter and settings: read once, then lived in many times */
#pragma once

#include "model/settings.h"
#include "sim/trace.h"

G_BEGIN_DECLS

/* Copies of the charter differ for a while (design section 4, Editions). */
typedef enum
{
  SIM_CHARTER_PLAIN,
  SIM_CHARTER_NEWER, /* a higher edition with other words and hours */
  SIM_CHARTER_UNLIKE /* the same edition with other words */
} SimCharter;

/* Who keeps which calendars. */
typedef struct
{
  const char *council;
  const char *calendars[5]; /* names, also of their servers; NULL ends */
  SimCharter charter;
  int days_off; /* of its clock */
} SimOfficeRule;

typedef struct
{
  const char *name;
  SimOfficeRule offices[4]; /* ended by a NULL council */
  const char *graph;        /* (nullable) the calendar that is a mailbox behind Graph */
  const char *ews;          /* (nullable) likewise behind EWS */
} SimRegionRule;

typedef struct
{
  const SimRegionRule *rule;
  GPtrArray *settings; /* (owned) (element-type TnSettings) of each office */
  GPtrArray *files;    /* (owned) (element-type GPtrArray of TnSourceFile) of each office */
  SimTrace *lived;     /* (unowned) (nullable) of the history that is lived there now */
} SimRegion;

const SimRegionRule *sim_region_get_rules (guint *ret_n);
SimRegion *sim_region_new (const SimRegionRule *rule);
void sim_region_free (SimRegion *region);
const char *sim_region_get_owner (const char *calendar);
guint sim_region_count_keepers (const SimRegionRule *rule, const char *calendar);

G_END_DECLS
