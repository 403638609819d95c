/* daemon/site/timetable.h — events and deadlines as tables */
#pragma once

#include "site/reader.h"

G_BEGIN_DECLS

/* A milestone and the event that it belongs to. */
typedef struct
{
  const TnOccurrence *occurrence; /* (unowned) of the plan */
  const TnMilestone *milestone;   /* (unowned) of the plan */
} TnDuty;

GPtrArray *tn_timetable_list_events (const TnReader *reader, TnSpan span, guint most);
GPtrArray *tn_timetable_list_duties (const TnReader *reader, TnSpan span, guint most);
void tn_timetable_add_events (GString *html, const TnReader *reader, const char *caption,
                              GPtrArray *events);
void tn_timetable_add_duties (GString *html, const TnReader *reader, const char *caption,
                              GPtrArray *duties);
void tn_timetable_add_years (GString *html, const TnReader *reader, const char *page, int year);

G_END_DECLS
