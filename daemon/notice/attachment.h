/* daemon/notice/attachment.h — a date as a file that a calendar program opens */
#pragma once

#include "model/plan.h"
#include "notice/mime.h"

G_BEGIN_DECLS

TnEnclosure *tn_attachment_new (const TnPlan *plan, const TnOccurrence *occurrence, gint64 now_us);

G_END_DECLS
