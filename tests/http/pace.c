#include "http/pace.h"

/* A server that does writes one after the other, behind a network. */
typedef struct
{
  gint64 round_trip_us;
  gint64 service_us;
} Peer;

/* As many writes, always as many under way as the pace allows. */
static void
write_all (TnPace *pace, const Peer *peer, guint n_writes)
{
  for (guint i = 0; i < n_writes; i++)
    tn_pace_note (pace, pace->width,
                  MAX (peer->round_trip_us + peer->service_us, pace->width * peer->service_us));
}

static void
test_near (void)
{
  TnPace pace;
  tn_pace_init (&pace, 16);
  write_all (&pace, &(Peer){ 50, 3000 }, 1000);
  g_assert_cmpuint (pace.kept, ==, 1);
}

static void
test_far (void)
{
  TnPace pace;
  tn_pace_init (&pace, 16);
  write_all (&pace, &(Peer){ 20000, 3000 }, 60);
  g_assert_cmpuint (pace.kept, ==, 8);
  write_all (&pace, &(Peer){ 20000, 3000 }, 5000);
  g_assert_cmpuint (pace.kept, ==, 8);
}

static void
test_limit (void)
{
  TnPace pace;
  tn_pace_init (&pace, 16);
  write_all (&pace, &(Peer){ 200000, 1000 }, 5000);
  g_assert_cmpuint (pace.kept, ==, 16);
  tn_pace_init (&pace, 1);
  write_all (&pace, &(Peer){ 200000, 1000 }, 5000);
  g_assert_cmpuint (pace.width, ==, 1);
}

/* Most of the time at the width that was found: a trial costs something. */
static void
test_rest (void)
{
  TnPace pace;
  guint n_kept = 0;
  tn_pace_init (&pace, 16);
  for (guint i = 0; i < 5000; i++)
    {
      write_all (&pace, &(Peer){ 20000, 3000 }, 1);
      n_kept += pace.width == 8 ? 1 : 0;
    }
  g_assert_cmpuint (n_kept, >, 4000);
}

static void
test_change (void)
{
  TnPace pace;
  tn_pace_init (&pace, 16);
  write_all (&pace, &(Peer){ 50, 3000 }, 1000);
  write_all (&pace, &(Peer){ 60000, 3000 }, 2000);
  g_assert_cmpuint (pace.kept, ==, 16);
  write_all (&pace, &(Peer){ 50, 3000 }, 2000);
  g_assert_cmpuint (pace.kept, ==, 1);
}

static void
test_strain (void)
{
  TnPace pace;
  tn_pace_init (&pace, 16);
  write_all (&pace, &(Peer){ 20000, 3000 }, 200);
  tn_pace_strain (&pace);
  g_assert_cmpuint (pace.width, ==, 1);
  write_all (&pace, &(Peer){ 20000, 3000 }, 200);
  g_assert_cmpuint (pace.width, ==, 1);
  write_all (&pace, &(Peer){ 20000, 3000 }, 300);
  g_assert_cmpuint (pace.kept, >=, 4);
}

/* Few under way, because there was no more to write: nothing is learned about the width. */
static void
test_few (void)
{
  TnPace pace;
  tn_pace_init (&pace, 16);
  for (guint i = 0; i < 1000; i++)
    tn_pace_note (&pace, 1, 10);
  g_assert_cmpuint (pace.width, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/pace/one-by-one-to-a-server-on-this-machine", test_near);
  g_test_add_func ("/http/pace/many-at-once-over-a-network", test_far);
  g_test_add_func ("/http/pace/never-more-than-the-limit", test_limit);
  g_test_add_func ("/http/pace/most-of-the-time-nothing-is-tried", test_rest);
  g_test_add_func ("/http/pace/a-change-of-the-network-is-noticed", test_change);
  g_test_add_func ("/http/pace/one-by-one-after-the-server-failed-at-several", test_strain);
  g_test_add_func ("/http/pace/what-did-not-fill-the-width-teaches-nothing", test_few);
  return g_test_run ();
}
