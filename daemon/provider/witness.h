/* daemon/provider/witness.h — who was at work when the daemon died */
#pragma once

#include "base/clock.h"

G_BEGIN_DECLS

typedef struct _TnWitness TnWitness;
typedef struct _TnStint TnStint; /* the work of one calendar's plugin */

TnWitness *tn_witness_open (const char *folder, TnClock *clock, GError **error);
void tn_witness_close (TnWitness *witness);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnWitness, tn_witness_close)

TnStint *tn_witness_get_stint (TnWitness *witness, const char *calendar);
gboolean tn_stint_is_suspect (const TnStint *stint);
void tn_stint_pardon (TnStint *stint);
void tn_stint_begin (TnStint *stint);
void tn_stint_end (TnStint *stint);
void tn_stint_enter (TnStint *stint);
void tn_stint_leave (TnStint *stint);

G_END_DECLS
