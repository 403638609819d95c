/* daemon/house.h — whose offices one daemon keeps: turnus.conf, and the files that it includes */
#pragma once

#include "office.h"

G_BEGIN_DECLS

/* A council of the house. */
typedef struct
{
  char *path;        /* (owned) of its settings */
  TnReading reading; /* empty when they are faulty */
  GError *fault;     /* (owned) (nullable) what is wrong with them */
} TnResident;

typedef struct
{
  TnSettings *host;     /* (owned) turnus.conf */
  GPtrArray *residents; /* (owned) (element-type TnResident) the host's own council first, if any */
} TnHouse;

TnHouse *tn_house_read (const char *config, GError **error);
void tn_house_free (TnHouse *house);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnHouse, tn_house_free)

TnResident *tn_house_find (const TnHouse *house, const char *path);

G_END_DECLS
