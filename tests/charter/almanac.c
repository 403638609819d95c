/* tests/charter/almanac.c — a holiday file as rules */
#include "reading.h"

#define FILE_TEXT(days)                                                                            \
  "holidays = { id = \"dk\"; name = \"Danmark\"; checked = \"2026-11-22\";\n" days "\n};\n"

static TnRulebook *
read_file (const char *text, GError **error)
{
  g_autoptr (GPtrArray) files
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_source_file_free);
  g_ptr_array_add (files, tn_source_file_new ("/some/dk.conf", text));
  return tn_charter_read (files, error);
}

static void
assert_wrong (const char *text, const char *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnRulebook) rulebook = read_file (text, &error);
  g_assert_null (rulebook);
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  if (strstr (error->message, wanted) == NULL || reading_count_lines (error->message) != 1)
    g_test_fail_printf ("'%s' is not all of '%s'", wanted, error->message);
}

static void
test_rules (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnRulebook) rulebook = read_file (
      FILE_TEXT ("days = ( { name = \"Nytårsdag\"; kind = \"public\"; day = \"01-01\"; from = "
                 "1980; to = 2023; },\n"
                 " { name = \"Skærtorsdag\"; kind = \"public\"; easter = -3; },\n"
                 " { name = \"Helgen\"; weekday = \"sat\"; on_or_after = \"06-20\"; },\n"
                 " { name = \"Valg\"; kind = \"observance\"; date = \"2026-03-24\"; } );\n"
                 "school_breaks = ( { area = \"aarhus\"; name = \"Vinterferie\"; weeks = \"7-8\"; "
                 "from = 2020; } );\n"
                 "elections = ( { name = \"Kommunalvalg\"; date = \"2025-11-18\"; } );"),
      &error);
  g_assert_no_error (error);

  const TnHolidayFile *file = tn_rulebook_find_holidays (rulebook, "dk");
  const TnHolidayRule *fixed = g_ptr_array_index (file->rules, 0);
  const TnHolidayRule *easter = g_ptr_array_index (file->rules, 1);
  const TnHolidayRule *weekday = g_ptr_array_index (file->rules, 2);
  const TnHolidayRule *once = g_ptr_array_index (file->rules, 3);
  const TnHolidayRule *weeks = g_ptr_array_index (file->rules, 4);
  const TnHolidayRule *election = g_ptr_array_index (file->rules, 5);

  g_assert_cmpstr (file->name, ==, "Danmark");
  g_assert_cmpstr (file->checked_on, ==, "2026-11-22");
  g_assert_cmpint (fixed->rule, ==, TN_DAY_FIXED);
  g_assert_cmpint (fixed->month, ==, 1);
  g_assert_cmpint (fixed->first_year, ==, 1980);
  g_assert_cmpint (fixed->last_year, ==, 2023);
  g_assert_cmpint (fixed->origin.line, ==, 2);
  g_assert_cmpint (easter->rule, ==, TN_DAY_EASTER);
  g_assert_cmpint (easter->easter_days, ==, -3);
  g_assert_cmpint (easter->last_year, ==, 0);
  g_assert_cmpint (weekday->weekday, ==, TN_SATURDAY);
  g_assert_cmpint (weekday->day, ==, 20);
  g_assert_cmpint (weekday->kind, ==, TN_HOLIDAY_PUBLIC);
  g_assert_cmpint (once->kind, ==, TN_HOLIDAY_OBSERVANCE);
  g_assert_cmpint (once->date, ==, tn_date_new (2026, 3, 24));
  g_assert_cmpint (weeks->kind, ==, TN_HOLIDAY_SCHOOL_BREAK);
  g_assert_cmpstr (weeks->area, ==, "aarhus");
  g_assert_cmpint (weeks->last_week, ==, 8);
  g_assert_cmpint (election->kind, ==, TN_HOLIDAY_ELECTION);
}

static void
test_wrong_days (void)
{
  assert_wrong (FILE_TEXT ("days = ( { name = \"x\"; } );"), "dk.conf:2: a holiday says no day");
  assert_wrong (FILE_TEXT ("days = ( { name = \"x\"; day = \"01-01\"; easter = 1; } );"),
                "a holiday says several days");
  assert_wrong (FILE_TEXT ("days = ( { name = \"x\"; day = \"02-31\"; } );"),
                "day = \"02-31\" is not possible");
  assert_wrong (FILE_TEXT ("days = ( { name = \"x\"; day = \"02-29\"; } );"),
                "day = \"02-29\" is not in every year");
  assert_wrong (FILE_TEXT ("days = ( { name = \"x\"; weekday = \"sat\"; } );"),
                "weekday and on_or_after stand alone");
  assert_wrong (
      FILE_TEXT ("days = ( { name = \"x\"; day = \"01-01\"; from = 2023; to = 2020; } );"),
      "to = 2020 is before from = 2023");
  assert_wrong (FILE_TEXT ("days = ( { name = \"x\"; day = \"01-01\"; from = \"2023\"; } );"),
                "from is a text in quotes, expected a number");
  assert_wrong (FILE_TEXT ("days = ( { name = \"x\"; kind = \"publik\"; day = \"01-01\"; } );"),
                "did you mean 'public'?");
}

static void
test_name_of_the_file (void)
{
  assert_wrong ("holidays = { id = \"se\"; name = \"Sverige\"; };",
                "id = \"se\" in a file called dk.conf, expected the file to be called se.conf");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charter/almanac/every-kind-of-day-is-read", test_rules);
  g_test_add_func ("/charter/almanac/wrong-days-are-told", test_wrong_days);
  g_test_add_func ("/charter/almanac/a-file-is-called-as-its-id", test_name_of_the_file);
  return g_test_run ();
}
