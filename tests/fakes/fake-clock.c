#include "fakes/fake-clock.h"

struct _TnFakeClock
{
  GObject parent;
  gint64 now_us;       /* UTC */
  gint64 monotonic_us; /* never goes back, whatever the wall clock does */
};

static gint64
now_us (TnClock *clock)
{
  return TN_FAKE_CLOCK (clock)->now_us;
}

static gint64
monotonic_us (TnClock *clock)
{
  return TN_FAKE_CLOCK (clock)->monotonic_us;
}

static TnDate
today (TnClock *clock, const TnZone *zone)
{
  gint64 utc_s = TN_FAKE_CLOCK (clock)->now_us / G_USEC_PER_SEC;
  return tn_zone_to_local (zone, utc_s).date;
}

static void
iface_init (TnClockInterface *iface)
{
  iface->now_us = now_us;
  iface->monotonic_us = monotonic_us;
  iface->today = today;
}

G_DEFINE_TYPE_WITH_CODE (TnFakeClock, tn_fake_clock, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (TN_TYPE_CLOCK, iface_init))

static void
tn_fake_clock_class_init (TnFakeClockClass *klass)
{
}

static void
tn_fake_clock_init (TnFakeClock *self)
{
}

/**
 * tn_fake_clock_new:
 * @day: it is noon UTC of this day, and stays so until somebody moves it
 *
 * Returns: (transfer full)
 */
TnFakeClock *
tn_fake_clock_new (TnDate day)
{
  TnFakeClock *self = g_object_new (TN_TYPE_FAKE_CLOCK, NULL);
  tn_fake_clock_set_day (self, day);
  return self;
}

/* To noon UTC of `day`; the monotonic clock stands. */
void
tn_fake_clock_set_day (TnFakeClock *self, TnDate day)
{
  self->now_us = day * G_TIME_SPAN_DAY + G_TIME_SPAN_DAY / 2;
}

/* Time passes. */
void
tn_fake_clock_advance_us (TnFakeClock *self, gint64 us)
{
  g_return_if_fail (us >= 0);
  self->now_us += us;
  self->monotonic_us += us;
}

/* Somebody sets the wall clock, forwards or backwards; no time passes. */
void
tn_fake_clock_jump_us (TnFakeClock *self, gint64 us)
{
  self->now_us += us;
}
