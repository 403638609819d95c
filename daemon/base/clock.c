/* The clock is a service, because a pass under a virtual clock must be the very code that runs in
 * production (hazards section 0 item 6: LD_PRELOAD clocks hang under sanitizers). The frozen clock
 * serves `--today`: the day stands still, intervals still pass. */
#include "base/clock.h"

G_DEFINE_INTERFACE (TnClock, tn_clock, G_TYPE_OBJECT)

static void
tn_clock_default_init (TnClockInterface *iface)
{
}

gint64
tn_clock_now_us (TnClock *self)
{
  return TN_CLOCK_GET_IFACE (self)->now_us (self);
}

gint64
tn_clock_monotonic_us (TnClock *self)
{
  return TN_CLOCK_GET_IFACE (self)->monotonic_us (self);
}

/**
 * tn_clock_today:
 * @zone: the zone whose day is asked for
 */
TnDate
tn_clock_today (TnClock *self, const TnZone *zone)
{
  return TN_CLOCK_GET_IFACE (self)->today (self, zone);
}

#define TN_TYPE_SYSTEM_CLOCK (system_clock_get_type ())
G_DECLARE_FINAL_TYPE (SystemClock, system_clock, TN, SYSTEM_CLOCK, GObject)

struct _SystemClock
{
  GObject parent;
  TnDate frozen; /* TN_DATE_NONE when the day goes on */
};

static gint64
system_clock_now_us (TnClock *clock)
{
  SystemClock *self = (SystemClock *) clock;
  if (self->frozen == TN_DATE_NONE)
    return g_get_real_time ();
  return (gint64) self->frozen * G_TIME_SPAN_DAY + G_TIME_SPAN_DAY / 2;
}

static gint64
system_clock_monotonic_us (TnClock *clock)
{
  return g_get_monotonic_time ();
}

static TnDate
system_clock_today (TnClock *clock, const TnZone *zone)
{
  SystemClock *self = (SystemClock *) clock;
  if (self->frozen != TN_DATE_NONE)
    return self->frozen;
  return tn_zone_to_local (zone, g_get_real_time () / G_USEC_PER_SEC).date;
}

static void
system_clock_iface_init (TnClockInterface *iface)
{
  iface->now_us = system_clock_now_us;
  iface->monotonic_us = system_clock_monotonic_us;
  iface->today = system_clock_today;
}

G_DEFINE_TYPE_WITH_CODE (SystemClock, system_clock, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (TN_TYPE_CLOCK, system_clock_iface_init))

static void
system_clock_class_init (SystemClockClass *klass)
{
}

static void
system_clock_init (SystemClock *self)
{
  self->frozen = TN_DATE_NONE;
}

/**
 * tn_clock_new_system:
 *
 * Returns: (transfer full): the machine's clock
 */
TnClock *
tn_clock_new_system (void)
{
  return TN_CLOCK (g_object_new (TN_TYPE_SYSTEM_CLOCK, NULL));
}

/**
 * tn_clock_new_frozen:
 * @today: the day that it always is, in every zone; the time of day is noon UTC
 *
 * Returns: (transfer full): a clock whose day stands still, for `--today`
 */
TnClock *
tn_clock_new_frozen (TnDate today)
{
  TnClock *clock = tn_clock_new_system ();
  ((SystemClock *) clock)->frozen = today;
  return clock;
}
