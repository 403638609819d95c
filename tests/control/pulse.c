/* The main loop's stalls, seen with a clock that a test moves. */
#include "control/pulse.h"

#include <string.h>

#include "base/log.h"
#include "fakes/await.h"
#include "fakes/fake-clock.h"

typedef struct
{
  TnFakeClock *clock;
  gint64 work_us;
  gboolean is_done;
} Work;

static gboolean
on_work (gpointer user_data)
{
  Work *work = user_data;
  tn_fake_clock_advance_us (work->clock, work->work_us);
  work->is_done = TRUE;
  return G_SOURCE_REMOVE;
}

static gint64
measure (gint64 work_us)
{
  g_autoptr (TnFakeClock) clock = tn_fake_clock_new (tn_date_new (2026, 11, 22));
  g_autoptr (TnPulse) pulse = tn_pulse_start (TN_CLOCK (clock));
  Work work = { clock, work_us, FALSE };
  tn_await_idle ();
  g_idle_add (on_work, &work);
  tn_await_true (&work.is_done);
  tn_await_idle ();
  return tn_pulse_get_longest_us (pulse);
}

static void
test_work_is_measured (void)
{
  g_assert_cmpint (measure (30 * 1000), ==, 30 * 1000);
}

static GLogWriterOutput
on_logged (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (strcmp (fields[i].key, "MESSAGE_ID") == 0
        && strcmp (fields[i].value, TN_MESSAGE_STALL) == 0)
      *(guint *) user_data += 1;
  return G_LOG_WRITER_HANDLED;
}

static void
test_a_stall_is_reported (gconstpointer user_data)
{
  const guint *n_reports = user_data;

  measure (100 * 1000);
  g_assert_cmpuint (*n_reports, ==, 0); /* at the limit */
  measure (101 * 1000);
  g_assert_cmpuint (*n_reports, ==, 1);
}

static void
test_an_idle_loop_sleeps (void)
{
  g_autoptr (TnFakeClock) clock = tn_fake_clock_new (tn_date_new (2026, 11, 22));
  g_autoptr (TnPulse) pulse = tn_pulse_start (TN_CLOCK (clock));
  tn_await_idle ();

  g_assert_true (g_main_context_acquire (NULL));
  int timeout_ms = 0;
  int priority = 0;
  GPollFD polls[8];
  g_assert_false (g_main_context_prepare (NULL, &priority));
  g_main_context_query (g_main_context_default (), priority, &timeout_ms, polls, 8);
  g_main_context_release (NULL);

  g_assert_cmpint (timeout_ms, ==, -1); /* for ever */
}

int
main (int argc, char **argv)
{
  guint n_reports = 0;
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_FLAG_RECURSION);
  g_log_set_writer_func (on_logged, &n_reports, NULL);
  g_test_add_func ("/control/pulse/work-is-measured", test_work_is_measured);
  g_test_add_data_func ("/control/pulse/a-stall-of-100-ms-is-reported", &n_reports,
                        test_a_stall_is_reported);
  g_test_add_func ("/control/pulse/an-idle-loop-sleeps", test_an_idle_loop_sleeps);
  return g_test_run ();
}
