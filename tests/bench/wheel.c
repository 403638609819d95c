/* What a year wheel costs: laid out and written as SVG, of the charters that are shipped and of one
 * with sixty meetings. The plan is there before. Prints what it measured, of the processor and not
 * of the clock on the wall; it fails on an empty picture, never on a slow machine. */
#include "../golden/agreed.h"

#include "rules/holidays.h"
#include "wheel/svg.h"

#include <time.h>

static const int YEAR = 2027;
static const int N_REPEATS = 50;

static gint64
get_spent_us (void)
{
  struct timespec spent = { 0 };
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &spent);
  return (gint64) spent.tv_sec * G_USEC_PER_SEC + spent.tv_nsec / 1000;
}

static char *
draw (const TnPlan *plan, const TnCollaboration *collaboration, const GArray *spans)
{
  g_autoptr (TnLayout) layout
      = tn_layout_new (plan, collaboration, YEAR, tn_date_new (YEAR, 2, 22), spans);
  return tn_svg_from_layout (layout, "/event/");
}

static void
measure (const char *name, const TnRulebook *rulebook)
{
  const TnCollaboration *collaboration = g_ptr_array_index (rulebook->collaborations, 0);
  TnSpan days = tn_span_new (tn_date_new (YEAR, 1, 1), tn_date_new (YEAR + 1, 1, 1));
  g_autoptr (TnPlan) plan = agreed_plan (rulebook, YEAR - 1, YEAR + 2);
  g_autoptr (TnHolidays) holidays = tn_holidays_new_for (rulebook, collaboration, days);
  g_autoptr (GArray) spans = tn_holidays_list_spans (holidays);
  gint64 least_us = G_MAXINT64;
  gint64 sum_us = 0;
  gsize size = 0;
  for (int i = 0; i < N_REPEATS; i++)
    {
      gint64 start_us = get_spent_us ();
      g_autofree char *svg = draw (plan, collaboration, spans);
      gint64 spent_us = get_spent_us () - start_us;
      least_us = MIN (least_us, spent_us);
      sum_us += spent_us;
      size = strlen (svg);
    }
  g_assert_cmpuint (size, >, 10000);
  g_test_message ("%s: %.2f ms at best, %.2f ms on the average, %" G_GSIZE_FORMAT " bytes", name,
                  (double) least_us / 1000, (double) sum_us / 1000 / N_REPEATS, size);
}

static void
test_shipped (void)
{
  static const char *const names[] = { "7by.conf", "6by.conf", "familjen-helsingborg.conf",
                                       "kkr.conf", "ks-aldersvennlige.conf" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (TnRulebook) rulebook = agreed_read_shipped (names[i]);
      measure (names[i], rulebook);
    }
}

static void
test_sixty (void)
{
  g_autoptr (TnRulebook) rulebook = agreed_read (
      "{ id = \"a\"; kind = \"meeting\"; title = \"Styregruppe {number}/{year}: {host}\"; "
      "every = \"month\"; times = 3; first = \"2024-01\"; roles = ( { role = \"host\"; "
      "rotation = [ \"odense\", \"aarhus\", \"randers\" ]; "
      "start = { cycle = \"2024-01.1\"; council = \"odense\"; }; } ); milestones = ( "
      "{ id = \"d\"; title = \"Dagsorden\"; before = \"1 week\"; by = \"host\"; } ); },\n"
      "{ id = \"b\"; kind = \"meeting\"; title = \"Formandsmøde {number}/{year}\"; "
      "every = \"month\"; times = 2; first = \"2024-01\"; }");
  measure ("sixty meetings", rulebook);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bench/wheel/charters-that-are-shipped", test_shipped);
  g_test_add_func ("/bench/wheel/sixty-meetings", test_sixty);
  return g_test_run ();
}
