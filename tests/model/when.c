/* Whole days and local times. */
#include "model/when.h"

#include "base/error.h"

static TnWhen
when_of (const char *text)
{
  TnWhen when = { 0 };
  g_assert_true (tn_when_parse (text, &when, NULL));
  return when;
}

static void
test_days (void)
{
  TnWhen day = when_of ("2027-05-18");
  TnWhen days = when_of ("2027-05-18..2027-05-19");

  g_assert_true (day.all_day);
  g_assert_cmpint (day.days.start, ==, tn_date_new (2027, 5, 18));
  g_assert_cmpint (day.days.end, ==, tn_date_new (2027, 5, 19));
  g_assert_cmpint (days.days.end, ==, tn_date_new (2027, 5, 20));
}

static void
test_times (void)
{
  TnWhen when = when_of ("2027-09-14T10:00..2027-09-15T15:30");

  g_assert_false (when.all_day);
  g_assert_cmpint (when.start_minute, ==, 600);
  g_assert_cmpint (when.end_minute, ==, 930);
  g_assert_cmpint (when.days.start, ==, tn_date_new (2027, 9, 14));
  g_assert_cmpint (when.days.end, ==, tn_date_new (2027, 9, 16));
}

static void
test_inverse (void)
{
  static const char *const texts[] = { "2027-05-18",
                                       "2027-12-31..2028-01-01",
                                       "2027-09-14T10:00..2027-09-14T15:00",
                                       "2027-09-14T00:00..2027-09-14T24:00",
                                       "2027-09-14T23:59..2027-09-15T00:00",
                                       "2027-09-14T10:00..2027-09-14T10:00" };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      TnWhen when = when_of (texts[i]);
      g_autofree char *text = tn_when_to_string (&when);

      g_assert_cmpstr (text, ==, texts[i]);
    }
}

static void
test_bad (void)
{
  static const char *const bad[] = {
    "",
    "2027-02-30",
    "2027-05-19..2027-05-18",
    "2027-05-18..",
    "..2027-05-18",
    "2027-05-18.2027-05-19",
    "2027-05-18T10:00..2027-05-19",
    "2027-05-18..2027-05-19T10:00",
    "2027-05-18T10:00..2027-05-18T09:59",
    "2027-05-18T24:00..2027-05-19T10:00",
    "2027-05-18T10:60..2027-05-18T11:00",
    "2027-05-18T25:00..2027-05-19T25:00",
    "2027-05-18T10:00..2027-05-18T24:01",
    "2027-05-18 10:00..2027-05-18 11:00",
    "2027-05-18T9:00..2027-05-18T11:00",
    "2027-05-18T 9:00..2027-05-18T11:00",
    "2027-05-18T+9:00..2027-05-18T11:00",
    "2027-05-18T10: 0..2027-05-18T11:00",
    "2027-05-18T10:00Z..2027-05-18T11:00Z",
    "2027-05-18T10:00:00..2027-05-18T11:00:00",
    "2027-05-18..2027-05-19..2027-05-20",
  };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      TnWhen when = tn_when_new_days (42, 1);
      g_autoptr (GError) error = NULL;

      gboolean taken = tn_when_parse (bad[i], &when, &error);

      g_test_message ("'%s'", bad[i]);
      g_assert_false (taken);
      g_assert_true (tn_error_is_invalid (error));
      g_assert_cmpint (when.days.start, ==, 42);
    }
}

static void
test_move (void)
{
  TnWhen when = when_of ("2027-09-14T10:00..2027-09-15T15:30");

  TnWhen moved = tn_when_move_to (&when, tn_date_new (2027, 12, 31));

  g_autofree char *text = tn_when_to_string (&moved);
  g_assert_cmpstr (text, ==, "2027-12-31T10:00..2028-01-01T15:30");
}

static void
test_equal (void)
{
  static const char *const all[] = { "2027-05-18",
                                     "2027-05-19",
                                     "2027-05-18..2027-05-19",
                                     "2027-05-18T00:00..2027-05-18T24:00",
                                     "2027-05-18T00:01..2027-05-18T24:00",
                                     "2027-05-18T00:00..2027-05-18T23:59" };
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    for (guint j = 0; j < G_N_ELEMENTS (all); j++)
      {
        TnWhen a = when_of (all[i]);
        TnWhen b = when_of (all[j]);

        g_assert_cmpint (tn_when_equal (&a, &b), ==, i == j);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/when/last-day-is-included-in-the-text", test_days);
  g_test_add_func ("/model/when/times-are-of-first-and-last-day", test_times);
  g_test_add_func ("/model/when/text-is-read-back", test_inverse);
  g_test_add_func ("/model/when/other-text-is-refused", test_bad);
  g_test_add_func ("/model/when/moving-keeps-length-and-times", test_move);
  g_test_add_func ("/model/when/a-whole-day-is-not-its-24-hours", test_equal);
  return g_test_run ();
}
