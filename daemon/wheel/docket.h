/* daemon/wheel/docket.h — what a coming year asks of each council: for its agenda in December */
#pragma once

#include "model/plan.h"

G_BEGIN_DECLS

/* Texts are clean lines in the collaboration's language. */
typedef struct
{
  char *heading;        /* (owned) the council's name; the last one is for all councils */
  GPtrArray *roles;     /* (owned) (element-type utf8) `Vært: Studietur 2027, tirsdag 18. maj` */
  GPtrArray *deadlines; /* (owned) (element-type utf8) that are its own, by date */
  GPtrArray *decisions; /* (owned) (element-type utf8) that wait */
} TnDocketPart;

typedef struct
{
  const TnCollaboration *collaboration; /* (unowned) of the plan */
  char *name;                           /* (owned) of the collaboration */
  char *heading;                        /* (owned) */
  GPtrArray *parts;                     /* (owned) (element-type TnDocketPart) */
} TnDocket;

TnDocket *tn_docket_new (const TnPlan *plan, const TnCollaboration *collaboration, int year);
void tn_docket_free (TnDocket *docket);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnDocket, tn_docket_free)

void tn_docket_append_text (GString *page, const TnDocket *docket);
void tn_docket_append_html (GString *html, const TnDocket *docket);

G_END_DECLS
