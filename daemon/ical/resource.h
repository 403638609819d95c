/* daemon/ical/resource.h — an item of a calendar: one UID, and the event that stands for it */
#pragma once

#include "ical/lines.h"

G_BEGIN_DECLS

typedef struct
{
  TnLines *lines; /* (owned) */
  char *uid;      /* (owned) */
  int event;      /* component: the VEVENT without RECURRENCE-ID, else the first; -1: no event */
  gboolean has_master; /* FALSE when all events are exceptions of a series that is not here */
} TnResource;

TnResource *tn_resource_new (GBytes *bytes, GError **error);
void tn_resource_free (TnResource *resource);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnResource, tn_resource_free)

char *tn_resource_dup_component_uid (const TnLines *lines, guint component, GError **error);

G_END_DECLS
