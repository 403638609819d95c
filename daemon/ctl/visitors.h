/* daemon/ctl/visitors.h — events that people let out of their calendar, in a listing */
#pragma once

#include "ctl/papers.h"
#include "ctl/table.h"
#include "model/event.h"
#include "store/guest.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct
{
  TnGuest *guest; /* (owned) */
  TnEvent *event; /* (owned) as it travels */
} TnVisitor;

void tn_visitor_free (TnVisitor *visitor);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnVisitor, tn_visitor_free)

GPtrArray *tn_visitors_load (const TnCall *call, const TnPapers *papers, TnSpan span);
void tn_visitors_add (JsonBuilder *builder, const TnVisitor *visitor);
void tn_visitors_add_row (TnTable *table, TnLanguage language, const TnVisitor *visitor);

G_END_DECLS
