/* How long the five charters that are shipped take over fifty years, and what a thousand
 * collaborations cost beside half and a quarter of them. Prints what it measured; it fails on a
 * wrong count, never on a slow machine. */
#include "../golden/agreed.h"

#include <time.h>

static const int FIRST_YEAR = 2020;
static const int N_REPEATS = 20;

static void
add_decisions (const TnRulebook *rulebook, GPtrArray *all)
{
  g_autoptr (GPtrArray) decisions = tn_rulebook_list_decisions (rulebook);
  g_ptr_array_extend_and_steal (all, g_steal_pointer (&decisions));
}

static TnPlan *
plan_years (const TnRulebook *rulebook, const TnLedger *ledger, int n_years)
{
  return tn_planner_plan (
      rulebook, ledger,
      tn_span_new (tn_date_new (FIRST_YEAR, 1, 1), tn_date_new (FIRST_YEAR + n_years, 1, 1)),
      tn_date_new (FIRST_YEAR, 1, 1));
}

static TnLedger *
make_ledger (const TnRulebook *rulebook)
{
  g_autoptr (GPtrArray) decisions = g_ptr_array_new ();
  add_decisions (rulebook, decisions);
  return tn_ledger_new (decisions);
}

/* Of the processor, whatever else the machine does. */
static gint64
get_spent_us (void)
{
  struct timespec spent = { 0 };
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &spent);
  return (gint64) spent.tv_sec * G_USEC_PER_SEC + spent.tv_nsec / 1000;
}

/* The shortest of several runs. */
static double
measure_ms (const TnRulebook *rulebook, int n_years, int n_repeats, guint *ret_size)
{
  g_autoptr (TnLedger) ledger = make_ledger (rulebook);
  gint64 least_us = G_MAXINT64;
  for (int i = 0; i < n_repeats; i++)
    {
      gint64 start_us = get_spent_us ();
      g_autoptr (TnPlan) plan = plan_years (rulebook, ledger, n_years);
      least_us = MIN (least_us, get_spent_us () - start_us);
      *ret_size = tn_plan_get_size (plan);
    }
  return (double) least_us / 1000;
}

static void
test_shipped (void)
{
  static const char *const names[] = { "7by.conf", "6by.conf", "familjen-helsingborg.conf",
                                       "kkr.conf", "ks-aldersvennlige.conf" };
  double sum_ms = 0;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (TnRulebook) rulebook = agreed_read_shipped (names[i]);
      guint size = 0;
      double ms = measure_ms (rulebook, 50, N_REPEATS, &size);
      sum_ms += ms;
      g_test_message ("%s, 50 years: %u occurrences in %.2f ms", names[i], size, ms);
    }
  g_test_message ("all five: %.2f ms", sum_ms);
}

/* Two series that keep off each other, four meetings a year apart, a ring, two deadlines. */
static char *
dup_collaboration (int number)
{
  g_autofree char *id = g_strdup_printf ("c%d", number);
  return agreed_dup_text (
      id,
      "{ id = \"trip\"; kind = \"trip\"; title = \"T {cycle}: {host}\"; first = \"2018\"; "
      "window = { season = \"spring\"; }; prefer = \"week 20\"; avoid = [ \"holidays\" ]; "
      "avoid_series = ( { series = \"m\"; days = 7; } ); "
      "roles = ( { role = \"host\"; rotation = [ \"odense\", \"aarhus\", \"randers\" ]; "
      "start = { cycle = \"2018\"; council = \"aarhus\"; }; } ); "
      "milestones = ( { id = \"p\"; title = \"P\"; before = \"8 weeks\"; by = \"host\"; } ); },\n"
      "{ id = \"m\"; kind = \"meeting\"; title = \"M {number}\"; first = \"2018\"; times = 4; "
      "spacing = \"6 weeks\"; avoid = [ \"holidays\", \"bridge-days\" ]; "
      "avoid_series = ( { series = \"trip\"; days = 7; } ); "
      "milestones = ( { id = \"r\"; title = \"R\"; after = \"10 workdays\"; "
      "by = \"council\"; } ); }");
}

static TnRulebook *
read_many (int n)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  for (int i = 0; i < n; i++)
    g_ptr_array_add (texts, dup_collaboration (i));
  g_ptr_array_add (texts, NULL);
  g_autoptr (GError) error = NULL;
  TnRulebook *rulebook = agreed_read_texts ((const char *const *) texts->pdata, &error);
  g_assert_no_error (error);
  return rulebook;
}

static void
test_many (void)
{
  static const int sizes[] = { 250, 500, 1000 };
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (TnRulebook) rulebook = read_many (sizes[i]);
      guint size = 0;
      double ms = measure_ms (rulebook, 10, 1, &size);
      g_assert_cmpuint (size, ==, (guint) sizes[i] * 50);
      g_test_message ("%d collaborations, 10 years: %u occurrences in %.0f ms, %.3f ms each",
                      sizes[i], size, ms, ms / sizes[i]);
    }
}

/* @n_series that all keep off each other, with @times meetings a year in the same weeks. */
static void
measure_nasty (int n_series, int times, const char *rules)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (int i = 0; i < n_series; i++)
    {
      g_string_append_printf (text,
                              "%s{ id = \"s%d\"; kind = \"meeting\"; title = \"M\"; first = "
                              "\"2020\"; times = %d; %s avoid_series = (",
                              i > 0 ? ",\n" : "", i, times, rules);
      for (int j = 0, n = 0; j < n_series; j++)
        if (j != i)
          g_string_append_printf (text, "%s { series = \"s%d\"; days = 7; }", n++ > 0 ? "," : "",
                                  j);
      g_string_append (text, " ); }");
    }
  g_autoptr (TnRulebook) rulebook = agreed_read (text->str);
  guint size = 0;
  double ms = measure_ms (rulebook, 1, 1, &size);
  g_assert_cmpuint (size, ==, (guint) (n_series * times));
  g_test_message ("%d series of %d a year, %s: %.0f ms for one year asked", n_series, times, rules,
                  ms);
}

static void
test_nasty (void)
{
  measure_nasty (2, 12, "");
  measure_nasty (3, 12, "");
  measure_nasty (5, 12, "");
  measure_nasty (5, 12, "weekdays = [ \"tue\" ];");
  measure_nasty (5, 4, "prefer = \"week 20\";");
  measure_nasty (5, 4, "window = { weeks = \"18-24\"; };");
  measure_nasty (5, 12, "spacing = \"3 weeks\"; avoid = [ \"holidays\", \"school-breaks\" ];");
  measure_nasty (10, 12, "");
  measure_nasty (8, 1, "window = { weeks = \"18-22\"; }; prefer = \"week 20\";");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bench/charters/five-charters-over-fifty-years", test_shipped);
  g_test_add_func ("/bench/charters/a-thousand-collaborations", test_many);
  g_test_add_func ("/bench/charters/series-that-all-keep-off-each-other", test_nasty);
  return g_test_run ();
}
