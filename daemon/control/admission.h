/* daemon/control/admission.h — a person who logs a calendar's account in */
#pragma once

#include "control/errand.h"
#include "http/grant.h"

G_BEGIN_DECLS

typedef struct _TnAdmission TnAdmission; /* ref-counted: who waits for it may be gone */

TnAdmission *tn_admission_start (TnGrant *grant, TnErrand *first);
void tn_admission_unref (TnAdmission *admission);
gboolean tn_admission_has_ended (const TnAdmission *admission);
void tn_admission_await (TnAdmission *admission, TnErrand *call);

G_END_DECLS
