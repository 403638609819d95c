/* tests/sync/region.h — three councils' daemons, each with a calendar of its own, and one of all */
#pragma once

#include "sync/town.h"

G_BEGIN_DECLS

typedef enum
{
  REGION_AARHUS,
  REGION_ESBJERG,
  REGION_ODENSE,
  REGION_N_TOWNS
} RegionTown;

/* They know of each other what stands in the shared calendar, and nothing else. */
typedef struct
{
  TnFakeProvider *shared;      /* (owned) */
  Town *towns[REGION_N_TOWNS]; /* (owned) */
} Region;

Region *region_new (const char *common);
void region_free (Region *region);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Region, region_free)

void region_round (Region *region);
void region_settle (Region *region);
void region_assert_settled (Region *region);
void region_assert_same (Region *region);
void region_assert_shows (Region *region, const char *uid, TnField field, const char *expected);
const char *region_get_calendar (RegionTown town);

G_END_DECLS
