#include "http/pace.h"

/* A server that does writes one after the other, behind a network, and takes longer for each when
 * too many wait. */
typedef struct
{
  gint64 round_trip_us;
  gint64 service_us;
  guint n_crowd; /* 0: never too many */
} Peer;

enum
{
  MOST = 64
};

/* Writes under way, in the order in which they began and are answered. */
typedef struct
{
  TnPace *pace;
  Peer peer;
  gint64 now_us;
  gint64 free_us; /* when the server has done all that it was given */
  gint64 end_us[MOST];
  guint began[MOST]; /* how many were under way then */
  guint n_begun;
  guint n_answered;
} Line;

static guint
count_under_way (const Line *line)
{
  return line->n_begun - line->n_answered;
}

static void
begin_write (Line *line)
{
  const Peer *peer = &line->peer;
  guint n = count_under_way (line) + 1;
  gboolean is_crowded = peer->n_crowd > 0 && n > peer->n_crowd;
  gint64 arrival_us = line->now_us + peer->round_trip_us / 2;
  line->free_us = MAX (line->free_us, arrival_us) + peer->service_us * (is_crowded ? 2 : 1);
  line->end_us[line->n_begun % MOST] = line->free_us + peer->round_trip_us / 2;
  line->began[line->n_begun % MOST] = n;
  line->n_begun++;
}

/* Returns: of the answers, how many came while @width was kept and nothing else was on trial */
static guint
write_on (Line *line, guint n_writes, guint width)
{
  guint n_kept = 0;
  for (guint i = 0; i < n_writes; i++)
    {
      while (count_under_way (line) < line->pace->width)
        begin_write (line);
      guint slot = line->n_answered++ % MOST;
      line->now_us = MAX (line->now_us, line->end_us[slot]);
      tn_pace_note (line->pace, line->began[slot], line->now_us);
      n_kept += line->pace->width == width ? 1 : 0;
    }
  return n_kept;
}

/* As many writes, always as many under way as the pace allows. */
static void
write_all (TnPace *pace, const Peer *peer, guint n_writes)
{
  Line line = { .pace = pace, .peer = *peer, .now_us = pace->since_us };
  write_on (&line, n_writes, 0);
}

static void
test_near (void)
{
  TnPace pace;
  tn_pace_init (&pace, 16);
  write_all (&pace, &(Peer){ 50, 3000, 0 }, 1000);
  g_assert_cmpuint (pace.kept, ==, 1);
}

static void
test_far (void)
{
  TnPace pace;
  tn_pace_init (&pace, 16);
  write_all (&pace, &(Peer){ 20000, 3000, 0 }, 60);
  g_assert_cmpuint (pace.kept, ==, 8);
  write_all (&pace, &(Peer){ 20000, 3000, 0 }, 5000);
  g_assert_cmpuint (pace.kept, ==, 8);
}

/* SabreDAV on SQLite: sixteen that wait for each other give less than eight. */
static void
test_crowd (void)
{
  TnPace pace;
  tn_pace_init (&pace, 16);
  write_all (&pace, &(Peer){ 40000, 3000, 8 }, 5000);
  g_assert_cmpuint (pace.kept, ==, 8);
  tn_pace_init (&pace, 16);
  write_all (&pace, &(Peer){ 40000, 3000, 0 }, 5000);
  g_assert_cmpuint (pace.kept, ==, 16);
}

/* A few that come back at once, each of them followed by another, say nothing of those that do not.
 */
static void
test_starving (void)
{
  TnPace pace;
  tn_pace_init (&pace, 16);
  write_all (&pace, &(Peer){ 20000, 3000, 0 }, 60);
  guint before = pace.kept;
  gint64 now_us = pace.since_us;
  for (guint i = 0; i < 5000; i++)
    tn_pace_note (&pace, pace.width, now_us += pace.width > before ? 8000 : 3000);
  g_assert_cmpuint (pace.kept, <=, before);
}

static void
test_limit (void)
{
  TnPace pace;
  tn_pace_init (&pace, 16);
  write_all (&pace, &(Peer){ 200000, 1000, 0 }, 5000);
  g_assert_cmpuint (pace.kept, ==, 16);
  tn_pace_init (&pace, 1);
  write_all (&pace, &(Peer){ 200000, 1000, 0 }, 5000);
  g_assert_cmpuint (pace.width, ==, 1);
}

/* Most of the time at the width that was found: a trial costs something. */
static void
test_rest (void)
{
  TnPace pace;
  tn_pace_init (&pace, 16);
  Line line = { .pace = &pace, .peer = { 20000, 3000, 0 } };
  g_assert_cmpuint (write_on (&line, 5000, 8), >, 4500);
}

static void
test_change (void)
{
  TnPace pace;
  tn_pace_init (&pace, 16);
  write_all (&pace, &(Peer){ 50, 3000, 0 }, 1000);
  write_all (&pace, &(Peer){ 60000, 3000, 0 }, 2000);
  g_assert_cmpuint (pace.kept, ==, 16);
  write_all (&pace, &(Peer){ 50, 3000, 0 }, 2000);
  g_assert_cmpuint (pace.kept, ==, 1);
}

static void
test_strain (void)
{
  TnPace pace;
  tn_pace_init (&pace, 16);
  Line line = { .pace = &pace, .peer = { 20000, 3000, 0 } };
  write_on (&line, 200, 0);
  tn_pace_strain (&pace);
  g_assert_cmpuint (pace.width, ==, 1);
  write_on (&line, 200, 0);
  g_assert_cmpuint (pace.width, ==, 1);
  write_on (&line, 300, 0);
  g_assert_cmpuint (pace.kept, >=, 4);
}

/* Few under way, because there was no more to write: nothing is learned about the width. */
static void
test_few (void)
{
  TnPace pace;
  tn_pace_init (&pace, 16);
  for (guint i = 0; i < 1000; i++)
    tn_pace_note (&pace, 1, i);
  g_assert_cmpuint (pace.width, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/pace/one-by-one-to-a-server-on-this-machine", test_near);
  g_test_add_func ("/http/pace/many-at-once-over-a-network", test_far);
  g_test_add_func ("/http/pace/no-more-than-the-server-bears", test_crowd);
  g_test_add_func ("/http/pace/quick-answers-do-not-hide-those-that-wait", test_starving);
  g_test_add_func ("/http/pace/never-more-than-the-limit", test_limit);
  g_test_add_func ("/http/pace/most-of-the-time-nothing-is-tried", test_rest);
  g_test_add_func ("/http/pace/a-change-of-the-network-is-noticed", test_change);
  g_test_add_func ("/http/pace/one-by-one-after-the-server-failed-at-several", test_strain);
  g_test_add_func ("/http/pace/what-did-not-fill-the-width-teaches-nothing", test_few);
  return g_test_run ();
}
