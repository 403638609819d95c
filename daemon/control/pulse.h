/* daemon/control/pulse.h — notices when the main loop was held up */
#pragma once

#include "base/clock.h"

G_BEGIN_DECLS

typedef struct _TnPulse TnPulse;

TnPulse *tn_pulse_start (TnClock *clock);
void tn_pulse_stop (TnPulse *pulse);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnPulse, tn_pulse_stop)

gint64 tn_pulse_get_longest_us (const TnPulse *pulse);

G_END_DECLS
