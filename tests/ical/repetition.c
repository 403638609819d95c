/* tests/ical/repetition.c — recurrence rules as days, in bounded time */
#include "base/error.h"
#include "ical/repetition.h"

#include <string.h>

/* `2027-05-18 2027-05-25`: what @rule names from @start to the end of 2029. */
static char *
dup_days (const char *rule, const char *start)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (TnDate));
  TnRepetition repetition;
  TnDate first = 0;
  guint steps = 100000;
  g_assert_true (tn_date_parse (start, &first, NULL));
  tn_repetition_parse (rule, &repetition, &error);
  g_assert_no_error (error);
  g_assert_true (tn_repetition_walk (&repetition, first, tn_date_new (2029, 12, 31), &steps, days));
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < days->len; i++)
    {
      g_autofree char *day = tn_date_to_string (g_array_index (days, TnDate, i));
      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", day);
    }
  return g_string_free (text, FALSE);
}

static void
assert_days (const char *rule, const char *start, const char *expected)
{
  g_autofree char *days = dup_days (rule, start);
  g_assert_cmpstr (days, ==, expected);
}

static void
assert_refused (const char *rule, const char *wanted)
{
  g_autoptr (GError) error = NULL;
  TnRepetition repetition;
  g_assert_false (tn_repetition_parse (rule, &repetition, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  if (strstr (error->message, wanted) == NULL)
    g_test_fail_printf ("'%s' is not in '%s'", wanted, error->message);
}

static void
test_weeks (void)
{
  assert_days ("FREQ=DAILY;COUNT=3", "2027-02-27", "2027-02-27 2027-02-28 2027-03-01");
  assert_days ("FREQ=WEEKLY;COUNT=3", "2027-12-28", "2027-12-28 2028-01-04 2028-01-11");
  assert_days ("FREQ=WEEKLY;BYDAY=TU,FR;COUNT=4", "2027-05-18",
               "2027-05-18 2027-05-21 2027-05-25 2027-05-28");
  assert_days ("FREQ=DAILY;BYMONTH=3;BYDAY=MO;COUNT=3", "2027-03-22",
               "2027-03-22 2027-03-29 2028-03-06");
}

/* RFC 5545 3.3.10 shows what the first day of the week changes. */
static void
test_week_start (void)
{
  assert_days ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "2027-08-03",
               "2027-08-03 2027-08-08 2027-08-17 2027-08-22");
  assert_days ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "2027-08-03",
               "2027-08-03 2027-08-15 2027-08-17 2027-08-29");
}

static void
test_months (void)
{
  assert_days ("FREQ=MONTHLY;COUNT=3", "2027-01-31", "2027-01-31 2027-03-31 2027-05-31");
  assert_days ("FREQ=MONTHLY;BYDAY=4FR;COUNT=2", "2027-01-22", "2027-01-22 2027-02-26");
  assert_days ("FREQ=MONTHLY;BYDAY=-1TH;COUNT=2", "2027-01-28", "2027-01-28 2027-02-25");
  assert_days ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", "2028-01-31",
               "2028-01-31 2028-02-29 2028-03-31");
  assert_days ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", "2027-01-29",
               "2027-01-29 2027-02-26");
}

static void
test_years (void)
{
  assert_days ("FREQ=YEARLY", "2027-12-24", "2027-12-24 2028-12-24 2029-12-24");
  assert_days ("FREQ=YEARLY", "2028-02-29", "2028-02-29");
  assert_days ("FREQ=YEARLY;BYMONTH=6;BYDAY=2SA", "2027-06-12", "2027-06-12 2028-06-10 2029-06-09");
  assert_days ("FREQ=YEARLY;BYDAY=20MO;COUNT=2", "2027-05-17", "2027-05-17 2028-05-15");
  assert_days ("FREQ=YEARLY;INTERVAL=2", "2027-05-17", "2027-05-17 2029-05-17");
}

/* RFC 5545 3.8.5.3: DTSTART is the first one and counts. */
static void
test_first_day (void)
{
  assert_days ("FREQ=WEEKLY;BYDAY=FR;COUNT=2", "2027-05-18", "2027-05-18 2027-05-21");
  assert_days ("FREQ=DAILY;COUNT=1", "2027-05-18", "2027-05-18");
}

static void
test_refused (void)
{
  assert_refused ("FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30", "'FREQ=MINUTELY'");
  assert_refused ("FREQ=SECONDLY", "'FREQ=SECONDLY'");
  assert_refused ("FREQ=HOURLY", "'FREQ=HOURLY'");
  assert_refused ("FREQ=DAILY;FOO=1", "'FOO=1'");
  assert_refused ("FREQ=DAILY;BYHOUR=1", "'BYHOUR=1'");
  assert_refused ("FREQ=DAILY;INTERVAL=0", "'INTERVAL=0'");
  assert_refused ("FREQ=DAILY;INTERVAL=99999999999999999999", "'INTERVAL=9");
  assert_refused ("FREQ=DAILY;COUNT=-1", "'COUNT=-1'");
  assert_refused ("FREQ=YEARLY;BYWEEKNO=20", "'BYWEEKNO=20'");
  assert_refused ("FREQ=WEEKLY;BYDAY=2MO", "numbered weekdays");
  assert_refused ("FREQ=MONTHLY;BYDAY=MO,", "'BYDAY=MO,'");
  assert_refused ("BYDAY=MO", "without FREQ");
  assert_refused ("", "without FREQ");
}

static gboolean
walk (const char *rule, guint steps, guint *ret_used)
{
  TnRepetition repetition;
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (TnDate));
  guint left = steps;
  g_assert_true (tn_repetition_parse (rule, &repetition, NULL));
  gboolean is_done = tn_repetition_walk (&repetition, tn_date_new (2027, 1, 1),
                                         tn_date_new (2099, 12, 31), &left, days);
  *ret_used = steps - left;
  return is_done;
}

/* What keeps libical busy for most of a second or for ever costs a day's look for each day here. */
static void
test_hostile (void)
{
  static const char *const rules[] = { "FREQ=DAILY;BYMONTH=4;BYMONTHDAY=31",
                                       "FREQ=MONTHLY;BYDAY=6MO",
                                       "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
                                       "FREQ=YEARLY;BYDAY=53MO;BYMONTHDAY=30;BYMONTH=2",
                                       "FREQ=MONTHLY;BYDAY=1MO;BYSETPOS=366",
                                       "FREQ=DAILY;INTERVAL=10000;BYDAY=MO",
                                       "FREQ=DAILY;COUNT=99999" };
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      guint used = 0;
      g_assert_true (walk (rules[i], 100000, &used));
      g_assert_cmpuint (used, <=, 2 * 73 * 366);
      g_assert_false (walk (rules[i], MAX (used, 2) / 2, &used));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ical/repetition/days-and-weeks", test_weeks);
  g_test_add_func ("/ical/repetition/the-week-begins-where-wkst-says", test_week_start);
  g_test_add_func ("/ical/repetition/months-without-the-day-are-passed-over", test_months);
  g_test_add_func ("/ical/repetition/years", test_years);
  g_test_add_func ("/ical/repetition/the-first-day-is-always-one", test_first_day);
  g_test_add_func ("/ical/repetition/half-a-rule-is-none", test_refused);
  g_test_add_func ("/ical/repetition/hazard-60/a-hostile-rule-is-bounded", test_hostile);
  return g_test_run ();
}
