/* daemon/model/collaboration.h — a group of councils with one charter */
#pragma once

#include "base/zone.h"
#include "model/council.h"
#include "model/decision.h"
#include "model/holiday.h"
#include "model/series.h"
#include "model/words.h"

G_BEGIN_DECLS

/* Immutable once it stands in a rulebook. */
typedef struct
{
  char *id;   /* (owned) */
  char *name; /* (owned) */
  int edition;
  char *digest; /* (owned) of the charter's meaning, hexadecimal */
  TnLanguage language;
  TnZone *zone;         /* (owned) */
  char **holidays;      /* (owned) ids of holiday files, and names of iCalendar files */
  GPtrArray *calendars; /* (owned) (element-type TnHolidayFile) these, and files of busy times */
  GPtrArray *councils;  /* (owned) (element-type TnCouncil) */
  GPtrArray *series;    /* (owned) (element-type TnSeries) */
  GPtrArray
      *decisions; /* (owned) (element-type TnDecision) those that the charter itself records */
  TnOrigin origin;
} TnCollaboration;

TnCollaboration *tn_collaboration_new (const char *id);
void tn_collaboration_free (TnCollaboration *collaboration);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnCollaboration, tn_collaboration_free)

const TnCouncil *tn_collaboration_find_council (const TnCollaboration *collaboration,
                                                const char *id);
const TnSeries *tn_collaboration_find_series (const TnCollaboration *collaboration, const char *id);
const char *tn_collaboration_get_council_name (const TnCollaboration *collaboration,
                                               const char *id);

G_END_DECLS
