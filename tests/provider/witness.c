/* Whose plugin was at work when the daemon died. A daemon is a child process here, and dies by a
 * kill. Design section 3, hazard 97. */
#include "provider/witness.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "fakes/fake-clock.h"

typedef struct
{
  char *folder;       /* (owned) */
  TnFakeClock *clock; /* (owned) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->folder = g_dir_make_tmp ("turnus-witness-XXXXXX", NULL);
  fixture->clock = tn_fake_clock_new (20000);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (fixture->folder, "at-work", NULL);
  g_unlink (path);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_object_unref (fixture->clock);
}

static TnWitness *
open_witness (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  TnWitness *witness = tn_witness_open (fixture->folder, TN_CLOCK (fixture->clock), &error);
  g_assert_no_error (error);
  return witness;
}

typedef void (*Work) (TnWitness *witness);

static void
die_at (Fixture *fixture, Work work)
{
  int status = 0;
  pid_t child = fork ();
  if (child == 0)
    {
      work (open_witness (fixture));
      raise (SIGKILL);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
}

static void
be_in_egen (TnWitness *witness)
{
  tn_stint_begin (tn_witness_get_stint (witness, "other"));
  tn_stint_begin (tn_witness_get_stint (witness, "egen"));
  tn_stint_enter (tn_witness_get_stint (witness, "egen"));
}

static void
wait_for_both (TnWitness *witness)
{
  tn_stint_begin (tn_witness_get_stint (witness, "egen"));
  tn_stint_begin (tn_witness_get_stint (witness, "other"));
}

static void
have_done_all (TnWitness *witness)
{
  TnStint *stint = tn_witness_get_stint (witness, "egen");
  tn_stint_begin (stint);
  tn_stint_enter (stint);
  tn_stint_leave (stint);
  tn_stint_end (stint);
}

static gboolean
is_suspect (Fixture *fixture, const char *calendar)
{
  g_autoptr (TnWitness) witness = open_witness (fixture);
  return tn_stint_is_suspect (tn_witness_get_stint (witness, calendar));
}

static void
die_three_times (Fixture *fixture, Work work, gint64 between_us)
{
  for (guint i = 0; i < 3; i++)
    {
      g_assert_false (is_suspect (fixture, "egen"));
      tn_fake_clock_advance_us (fixture->clock, between_us);
      die_at (fixture, work);
    }
}

static void
test_three_crashes (Fixture *fixture, gconstpointer unused)
{
  die_three_times (fixture, be_in_egen, G_TIME_SPAN_MINUTE);
  g_assert_true (is_suspect (fixture, "egen"));
  g_assert_false (is_suspect (fixture, "other")); /* it only waited */
  g_assert_true (is_suspect (fixture, "egen"));   /* until somebody pardons it */
}

static void
test_slow_crashes (Fixture *fixture, gconstpointer unused)
{
  die_three_times (fixture, be_in_egen, 6 * G_TIME_SPAN_MINUTE);
  g_assert_false (is_suspect (fixture, "egen"));
}

static void
test_nobody_inside (Fixture *fixture, gconstpointer unused)
{
  die_three_times (fixture, wait_for_both, 0);
  g_assert_true (is_suspect (fixture, "egen"));
  g_assert_true (is_suspect (fixture, "other"));
}

static void
test_innocent (Fixture *fixture, gconstpointer unused)
{
  die_three_times (fixture, have_done_all, 0);
  g_assert_false (is_suspect (fixture, "egen"));
}

static void
test_good_end (Fixture *fixture, gconstpointer unused)
{
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (TnWitness) witness = open_witness (fixture);
      be_in_egen (witness);
    }
  g_assert_false (is_suspect (fixture, "egen"));
}

static void
test_pardon (Fixture *fixture, gconstpointer unused)
{
  die_three_times (fixture, be_in_egen, 0);
  {
    g_autoptr (TnWitness) witness = open_witness (fixture);
    tn_stint_pardon (tn_witness_get_stint (witness, "egen"));
  }
  die_at (fixture, be_in_egen);
  g_assert_false (is_suspect (fixture, "egen"));
}

static void
test_rubbish (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (fixture->folder, "at-work", NULL);
  g_autofree char *rubbish = g_strnfill (50000, 'x');
  g_assert_true (g_file_set_contents (path, rubbish, -1, NULL));
  g_assert_false (is_suspect (fixture, "egen"));
  die_three_times (fixture, be_in_egen, 0);
  g_assert_true (is_suspect (fixture, "egen"));
}

static void
test_too_many (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (TnWitness) witness = open_witness (fixture);
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *name = g_strdup_printf ("calendar-%u", i);
      TnStint *stint = tn_witness_get_stint (witness, name);
      tn_stint_begin (stint);
      tn_stint_enter (stint);
      g_assert_false (tn_stint_is_suspect (stint));
      tn_stint_leave (stint);
      tn_stint_end (stint);
    }
}

static void
test_no_folder (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "none", NULL);
  g_assert_null (tn_witness_open (path, TN_CLOCK (fixture->clock), &error));
  g_assert_nonnull (strstr (error->message, "No such file"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test)                                                                            \
  g_test_add ("/provider/witness/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("hazard-97-three-crashes-within-ten-minutes-are-too-many", test_three_crashes);
  ADD ("three-crashes-in-twelve-minutes-are-not", test_slow_crashes);
  ADD ("where-no-plugin-runs-those-with-open-calls-are-to-blame", test_nobody_inside);
  ADD ("a-plugin-that-is-done-is-not-to-blame", test_innocent);
  ADD ("a-good-end-is-no-crash", test_good_end);
  ADD ("a-person-lets-it-be-tried-again", test_pardon);
  ADD ("rubbish-in-the-file-is-forgotten", test_rubbish);
  ADD ("more-calendars-than-places-do-no-harm", test_too_many);
  ADD ("without-a-folder-there-is-none", test_no_folder);
#undef ADD
  return g_test_run ();
}
