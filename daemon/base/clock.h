/* daemon/base/clock.h — what time it is, as a service that tests can replace */
#pragma once

#include "base/date.h"
#include "base/zone.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define TN_TYPE_CLOCK (tn_clock_get_type ())
G_DECLARE_INTERFACE (TnClock, tn_clock, TN, CLOCK, GObject)

/**
 * TnClockInterface:
 * @now_us: UTC microseconds since 1970; may jump
 * @monotonic_us: microseconds since some start; never goes back
 * @today: the day in @zone; a frozen clock answers its own
 */
struct _TnClockInterface
{
  GTypeInterface parent;
  gint64 (*now_us) (TnClock *self);
  gint64 (*monotonic_us) (TnClock *self);
  TnDate (*today) (TnClock *self, const TnZone *zone);
};

gint64 tn_clock_now_us (TnClock *self);
gint64 tn_clock_monotonic_us (TnClock *self);
TnDate tn_clock_today (TnClock *self, const TnZone *zone);

TnClock *tn_clock_new_system (void);
TnClock *tn_clock_new_frozen (TnDate today);

G_END_DECLS
