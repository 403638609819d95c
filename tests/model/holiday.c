/* Holiday rules as values. What they name is tested with rules/holidays. */
#include "model/holiday.h"

static void
test_kinds (void)
{
  static const char *const words[] = { "public", "observance", "eve", "school-break", "election" };
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      TnHolidayKind kind = TN_HOLIDAY_PUBLIC;
      g_assert_true (tn_holiday_kind_from_string (words[i], &kind));
      g_assert_cmpint (kind, ==, i);
      g_assert_cmpstr (tn_holiday_kind_to_string (kind), ==, words[i]);
    }
  TnHolidayKind unchanged = TN_HOLIDAY_EVE;
  g_assert_false (tn_holiday_kind_from_string ("bank", &unchanged));
  g_assert_cmpint (unchanged, ==, TN_HOLIDAY_EVE);
}

static void
test_owns (void)
{
  TnHolidayFile *file = tn_holiday_file_new ("dk", "Danmark");
  TnHolidayRule *rule = tn_holiday_rule_new ("Ferie", TN_HOLIDAY_SCHOOL_BREAK, TN_DAY_WEEKS);
  rule->area = g_strdup ("aarhus");
  rule->origin = tn_origin_make ("dk.conf", 12);

  g_ptr_array_add (file->rules, rule);

  g_assert_cmpstr (file->id, ==, "dk");
  g_assert_null (file->checked_on);
  g_assert_cmpint (rule->first_year, ==, 0);
  tn_holiday_file_free (file); /* a leak or a double free would show here */
  tn_holiday_file_free (NULL);
  tn_holiday_rule_free (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/holiday/kinds-are-read-back", test_kinds);
  g_test_add_func ("/model/holiday/file-owns-its-rules", test_owns);
  return g_test_run ();
}
