/* daemon/sync/standing.h — older and newer charters at one shared calendar */
#pragma once

#include "sync/diff.h"

G_BEGIN_DECLS

typedef enum
{
  TN_STANDING_LEVEL,
  TN_STANDING_OLD,   /* another daemon goes by a higher edition, or a higher engine */
  TN_STANDING_UNLIKE /* another daemon goes by the same edition with another digest */
} TnStandingKind;

typedef struct
{
  char *collaboration; /* (owned) */
  TnStandingKind kind;
  char *why; /* (owned) (nullable) what a person is told */
} TnStanding;

void tn_standing_free (TnStanding *standing);
TnStanding *tn_standing_find (const TnCollaboration *collaboration, const char *council,
                              GPtrArray *links, const TnSnapshot *snapshot);
void tn_standing_hold (const TnStanding *standing, const TnDiffInput *input, GPtrArray *changes);

G_END_DECLS
