/* tests/fakes/fake-clock.h — a clock that a test moves by hand */
#pragma once

#include "base/clock.h"

G_BEGIN_DECLS

#define TN_TYPE_FAKE_CLOCK (tn_fake_clock_get_type ())
G_DECLARE_FINAL_TYPE (TnFakeClock, tn_fake_clock, TN, FAKE_CLOCK, GObject)

TnFakeClock *tn_fake_clock_new (TnDate day);
void tn_fake_clock_set_day (TnFakeClock *self, TnDate day);
void tn_fake_clock_advance_us (TnFakeClock *self, gint64 us);
void tn_fake_clock_jump_us (TnFakeClock *self, gint64 us);

G_END_DECLS
