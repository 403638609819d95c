/* How many writes at once? A server on the same machine does them one after the other, and each
 * further one under way only costs it locks and processes; over a network, answers are on their way
 * most of the time, and many at once pay (caldav.md section 2). Nobody can say beforehand, so it is
 * measured: how many answers come in a second while that many are under way. How long each of them
 * took would not do: of sixteen that SQLite makes wait for each other, a few come back quickly, are
 * followed by others, and hide those that starve. A width is kept when it gives more than the one
 * before, or as much with fewer at once.
 *
 * A pure function of what is told: who calls brings the times. */
#include "http/pace.h"

static const guint FIRST = 2;
static const guint TRIAL = 8;        /* answers at least, before a width is judged */
static const guint REST = 128;       /* answers, before another width is tried */
static const guint REST_MOST = 512;  /* after trials that did not pay, which cost */
static const guint RECOVERY = 256;   /* answers one by one, after the server failed at several */
static const double MORE_PAYS = 1.2; /* twice as many at once give twice as much, at best */
static const double FEWER_DO = 0.95;

static void
begin (TnPace *pace, guint width, guint n_wanted)
{
  pace->width = width;
  pace->n_wanted = MAX (n_wanted, 3 * width);
  pace->n_answers = 0;
}

/**
 * tn_pace_init:
 * @most: 1 at least
 */
void
tn_pace_init (TnPace *pace, guint most)
{
  *pace = (TnPace){ .most = most, .kept = MIN (FIRST, most), .tries_more = TRUE, .rest = REST };
  begin (pace, pace->kept, TRIAL);
}

static void
try_other (TnPace *pace)
{
  guint width = pace->tries_more ? MIN (pace->kept * 2, pace->most) : MAX (pace->kept / 2, 1);
  pace->tries_more = !pace->tries_more;
  begin (pace, width, width == pace->kept ? pace->rest : TRIAL);
}

static gboolean
is_better (const TnPace *pace, double rate)
{
  return rate >= pace->kept_rate * (pace->width > pace->kept ? MORE_PAYS : FEWER_DO);
}

/* After what paid, more of the same is tried at once; after what did not, nothing for a while. */
static void
judge (TnPace *pace, gint64 now_us)
{
  double rate = (double) pace->n_wanted / (double) MAX (now_us - pace->since_us, 1);
  gboolean is_trial = pace->width != pace->kept;
  gboolean has_paid = is_trial && is_better (pace, rate);
  if (has_paid)
    pace->tries_more = pace->width > pace->kept;
  if (is_trial)
    pace->rest = has_paid ? REST : MIN (pace->rest * 2, REST_MOST);
  if (!is_trial || has_paid)
    {
      pace->kept = pace->width;
      pace->kept_rate = rate;
      try_other (pace);
    }
  else
    begin (pace, pace->kept, pace->rest);
}

/**
 * tn_pace_note:
 * @n_under_way: writes, when this one began, itself included
 * @now_us: monotonic
 *
 * A write was answered well. One that began under a greater width says nothing of this one; where
 * there was less to write than might be under way, the server had time to spare, and the count
 * begins anew.
 */
void
tn_pace_note (TnPace *pace, guint n_under_way, gint64 now_us)
{
  if (n_under_way > pace->width)
    return;
  if (n_under_way < pace->width)
    {
      pace->n_answers = 0;
      return;
    }
  if (pace->n_answers == 0)
    pace->since_us = now_us;
  if (pace->n_answers++ == pace->n_wanted)
    judge (pace, now_us);
}

/**
 * tn_pace_strain:
 *
 * The server failed while several writes were under way: SabreDAV on SQLite says 500 when its
 * database is locked. They go one by one for a good while.
 */
void
tn_pace_strain (TnPace *pace)
{
  pace->kept = 1;
  pace->tries_more = TRUE;
  begin (pace, 1, RECOVERY);
}
