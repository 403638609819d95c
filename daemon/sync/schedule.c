/* The schedule, as a pure function: no timer faster than the next due pull (design section 8). */
#include "sync/schedule.h"

static const gint64 LOOK_AGAIN_S
    = 2; /* a program that saves by delete and create is done by then */
static const gint64 FIRST_RETRY_S = 30;
static const gint64 LAST_RETRY_S = 3600;
static const gint64 PATIENCE_MOST_S = 2 * 24 * 3600;

/**
 * tn_schedule_get_patience_s:
 * @not_before_us: what the server asked for; 0 when it did not
 *
 * Source: hazard 79; and 82: a clock that was set back makes no wait longer than one can be.
 * Returns: seconds from now in which it is asked nothing
 */
gint64
tn_schedule_get_patience_s (gint64 not_before_us, gint64 now_us)
{
  gint64 patience_s = (not_before_us - now_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;
  return patience_s > 0 && patience_s <= PATIENCE_MOST_S ? patience_s : 0;
}

/**
 * tn_schedule_get_delay_s:
 * @jitter: 0.0 to 1.0; spreads retries over an eighth of the delay
 *
 * Returns: seconds from the end of one pass to the start of the next
 */
gint64
tn_schedule_get_delay_s (const TnScheduleInput *input, double jitter)
{
  if (input->n_failures == 0)
    return input->is_absence_open && input->is_local ? MIN (LOOK_AGAIN_S, input->interval_s)
                                                     : input->interval_s;
  gint64 delay_s = input->needs_person ? MAX (LAST_RETRY_S, input->interval_s) : FIRST_RETRY_S;
  for (guint i = 1; i < input->n_failures && delay_s < LAST_RETRY_S; i++)
    delay_s *= 2;
  if (!input->needs_person)
    delay_s = MIN (delay_s, LAST_RETRY_S);
  return delay_s + (gint64) (jitter * (double) (delay_s / 8));
}
