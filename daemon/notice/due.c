/* When may a letter go? One letter a day with all that is new, at a set time; what is urgent at
 * most once an hour, and not by night, when nobody reads it. Pure: the clock is an argument. */
#include "notice/due.h"

static const gint64 HOUR_US = G_TIME_SPAN_HOUR;
static const int QUIET_FROM_MINUTE = 20 * 60;
static const int QUIET_TO_MINUTE = 7 * 60;

static gint64
to_us (const TnZone *zone, TnDate date, int minute)
{
  return tn_zone_to_utc_s (zone, (TnLocalTime){ date, minute * 60 }) * G_USEC_PER_SEC;
}

/* A letter that is dated later than now is one of a clock that was wrong (hazard 82). */
static gint64
get_past_us (const TnDue *due, gint64 at_us)
{
  return at_us > due->now_us ? 0 : at_us;
}

/**
 * tn_due_find_digest_us:
 *
 * Returns: when the next letter of the day may go: not after `now_us` when that is now
 */
gint64
tn_due_find_digest_us (const TnDue *due)
{
  TnDate today = tn_zone_to_local (due->zone, due->now_us / G_USEC_PER_SEC).date;
  gint64 slot_us = to_us (due->zone, today, due->digest_minute);
  if (slot_us > due->now_us)
    return slot_us; /* what yesterday's slot missed waits for today's: never two on one day */
  gint64 last_us = get_past_us (due, due->last_digest_us);
  return last_us < slot_us ? slot_us : to_us (due->zone, today + 1, due->digest_minute);
}

/**
 * tn_due_find_urgent_us:
 *
 * Returns: when the next urgent letter may go: not after `now_us` when that is now
 */
gint64
tn_due_find_urgent_us (const TnDue *due)
{
  gint64 last_us = get_past_us (due, due->last_urgent_us);
  gint64 at_us = last_us == 0 ? due->now_us : MAX (due->now_us, last_us + HOUR_US);
  TnLocalTime local = tn_zone_to_local (due->zone, at_us / G_USEC_PER_SEC);
  int minute = local.second / 60;
  if (minute < QUIET_TO_MINUTE)
    return to_us (due->zone, local.date, QUIET_TO_MINUTE);
  if (minute >= QUIET_FROM_MINUTE)
    return to_us (due->zone, local.date + 1, QUIET_TO_MINUTE);
  return at_us;
}
