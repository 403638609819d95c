/* tests/charter/closures.c — iCalendar files beside a charter, and busy times of the settings */
#include "reading.h"

#include <glib/gstdio.h>

#define CALENDAR(events) "BEGIN:VCALENDAR\r\n" events "END:VCALENDAR\r\n"
#define DAY(title, date)                                                                           \
  "BEGIN:VEVENT\r\nSUMMARY:" title "\r\nDTSTART;VALUE=DATE:" date "\r\nEND:VEVENT\r\n"
#define CHARTER(id, holidays, rules)                                                               \
  "collaboration = { id = \"" id "\"; name = \"Prøve\"; edition = 1; language = \"da\";\n"        \
  "timezone = \"Europe/Copenhagen\";\nholidays = [ " holidays " ];\n"                              \
  "councils = ( { id = \"odense\"; name = \"Odense\"; from = \"2000\"; } );\n"                     \
  "series = ( { id = \"m\"; kind = \"meeting\"; title = \"Møde\"; first = \"2026\"; " rules        \
  " } ); };\n"
#define CLOSED CALENDAR (DAY ("Rådhuset lukket", "20270518"))

/* Pairs of path and text, NULL after the last. */
static TnRulebook *
read_files (const char *const *pairs, GError **error)
{
  g_autoptr (GPtrArray) files
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_source_file_free);
  for (gsize i = 0; pairs[i] != NULL; i += 2)
    g_ptr_array_add (files, tn_source_file_new (pairs[i], pairs[i + 1]));
  return tn_charter_read (files, error);
}

static const TnCollaboration *
get (const TnRulebook *rulebook, guint index)
{
  return g_ptr_array_index (rulebook->collaborations, index);
}

static const TnHolidayRule *
get_rule (const TnCollaboration *collaboration, guint calendar, guint index)
{
  const TnHolidayFile *file = g_ptr_array_index (collaboration->calendars, calendar);
  return g_ptr_array_index (file->rules, index);
}

static void
test_closures (void)
{
  g_autoptr (GError) error = NULL;
  const char *const files[]
      = { "a/p.conf", CHARTER ("p", "\"lukket.ics\"", "avoid = \"holidays\";"), "a/lukket.ics",
          CLOSED, NULL };
  g_autoptr (TnRulebook) rulebook = read_files (files, &error);
  g_assert_no_error (error);

  const TnHolidayRule *rule = get_rule (get (rulebook, 0), 0, 0);
  g_autofree char *words = tn_holiday_rule_dup_words (rule);
  g_assert_cmpint (rule->kind, ==, TN_HOLIDAY_PUBLIC);
  g_assert_cmpint (g_array_index (rule->spans, TnSpan, 0).start, ==, tn_date_new (2027, 5, 18));
  g_assert_cmpstr (words, ==, "Rådhuset lukket, lukket.ics:2");
}

/* No word of a person's calendar goes any further (promise 11). */
static void
test_busy (void)
{
  g_autoptr (GError) error = NULL;
  const char *const files[]
      = { "a/p.conf", CHARTER ("p", "", "avoid = \"busy\";"), "/home/formand.ics",
          CALENDAR (DAY ("Tandlæge", "20270518")), NULL };
  g_autoptr (TnRulebook) rulebook = read_files (files, &error);
  g_assert_no_error (error);

  const TnHolidayRule *rule = get_rule (get (rulebook, 0), 0, 0);
  g_autofree char *words = tn_holiday_rule_dup_words (rule);
  g_assert_cmpint (rule->kind, ==, TN_HOLIDAY_BUSY);
  g_assert_cmpstr (rule->name, ==, "formand.ics");
  g_assert_cmpstr (words, ==, "formand.ics");
}

/* Two charters of one name for their file have it in different folders. */
static void
test_beside (void)
{
  g_autoptr (GError) error = NULL;
  const char *const files[] = { "a/p.conf",
                                CHARTER ("p", "\"lukket.ics\"", ""),
                                "b/q.conf",
                                CHARTER ("q", "\"lukket.ics\"", ""),
                                "a/lukket.ics",
                                CLOSED,
                                "b/lukket.ics",
                                CALENDAR (DAY ("Ferie", "20270701")),
                                NULL };
  g_autoptr (TnRulebook) rulebook = read_files (files, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (get (rulebook, 0)->calendars->len, ==, 1);
  g_assert_cmpstr (get_rule (get (rulebook, 0), 0, 0)->name, ==, "Rådhuset lukket");
  g_assert_cmpuint (get (rulebook, 1)->calendars->len, ==, 1);
  g_assert_cmpstr (get_rule (get (rulebook, 1), 0, 0)->name, ==, "Ferie");
}

static void
assert_wrong (const char *holidays, const char *rules, const char *calendar, const char *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *named = g_strdup_printf ("\"%s\"", holidays);
  g_auto (GStrv) halves = g_strsplit (CHARTER ("p", "@", "@"), "@", 3);
  g_autofree char *charter = g_strconcat (halves[0], holidays[0] != '\0' ? named : "", halves[1],
                                          rules, halves[2], NULL);
  const char *const files[] = { "a/p.conf", charter, "a/lukket.ics", calendar, NULL };
  g_autoptr (TnRulebook) rulebook = read_files (files, &error);
  g_assert_null (rulebook);
  if (strstr (error->message, wanted) == NULL || reading_count_lines (error->message) != 1)
    g_test_fail_printf ("'%s' is not all of '%s'", wanted, error->message);
}

static void
test_wrong (void)
{
  assert_wrong ("andet.ics", "", CLOSED, "a/p.conf:3: there is no andet.ics, expected it beside");
  assert_wrong ("../lukket.ics", "", CLOSED, "a/p.conf:3: holidays = \"../lukket.ics\"");
  assert_wrong (".lukket.ics", "", CLOSED, "a/p.conf:3: holidays = \".lukket.ics\"");
  assert_wrong ("", "avoid = [ \"holidays\", \"busy\" ];", CLOSED, "a/p.conf:5: no holiday file");
  assert_wrong ("lukket.ics", "", CALENDAR ("BEGIN:VEVENT\r\nSUMMARY:x\r\nEND:VEVENT\r\n"),
                "a/lukket.ics:2: an event without DTSTART");
  assert_wrong ("lukket.ics", "",
                CALENDAR ("BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20270518\r\n"
                          "RRULE:FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30\r\nEND:VEVENT\r\n"),
                "a/lukket.ics:4: 'FREQ=MINUTELY'");
  assert_wrong ("lukket.ics", "", "nothing", "a/lukket.ics");
}

/* A new file is a new rulebook, of which people are asked (design section 5). */
static void
test_digest (void)
{
  const char *charter = CHARTER ("p", "\"lukket.ics\"", "");
  const char *const one[] = { "a/p.conf", charter, "a/lukket.ics", CLOSED, NULL };
  const char *const two[]
      = { "a/p.conf", charter, "a/lukket.ics", CALENDAR (DAY ("x", "20270519")), NULL };
  g_autoptr (TnRulebook) before = read_files (one, NULL);
  g_autoptr (TnRulebook) after = read_files (two, NULL);
  g_assert_cmpstr (before->digest, !=, after->digest);
  g_assert_cmpstr (get (before, 0)->digest, ==, get (after, 0)->digest);
}

typedef struct
{
  char *folder; /* (owned) temporary */
} Folder;

static char *
write_file (const Folder *folder, const char *name, const char *text)
{
  char *path = g_build_filename (folder->folder, name, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static void
set_up (Folder *folder, gconstpointer user_data)
{
  folder->folder = g_dir_make_tmp ("turnus-closures-XXXXXX", NULL);
}

static void
tear_down (Folder *folder, gconstpointer user_data)
{
  g_autoptr (GDir) dir = g_dir_open (folder->folder, 0, NULL);
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (folder->folder, name, NULL);
      g_remove (path);
    }
  g_rmdir (folder->folder);
  g_free (folder->folder);
}

/* What is kept in the store is these files: the busy one without its words. */
static void
test_load (Folder *folder, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *charter = write_file (folder, "p.conf", CHARTER ("p", "\"lukket.ics\"", ""));
  g_autofree char *closed = write_file (folder, "lukket.ics", CLOSED);
  g_autofree char *busy = write_file (folder, "busy.ics", CALENDAR (DAY ("Karen", "20270519")));
  const char *const charters[] = { charter, NULL };
  const char *const busy_files[] = { busy, closed, NULL };

  g_autoptr (GPtrArray) files = tn_charter_load_files (charters, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (tn_charter_load_busy (files, busy_files, &error));
  g_assert_no_error (error);

  g_assert_cmpuint (files->len, ==, 3);
  const TnSourceFile *kept = g_ptr_array_index (files, 2);
  g_assert_cmpstr (kept->path, ==, busy);
  g_assert_null (strstr (kept->text, "Karen"));
  g_autoptr (TnRulebook) rulebook = tn_charter_read (files, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (get (rulebook, 0)->calendars->len, ==, 2);
}

static void
test_load_wrong (Folder *folder, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *broken = write_file (folder, "broken.ics", "nothing");
  g_autofree char *missing = g_build_filename (folder->folder, "missing.ics", NULL);
  const char *const paths[] = { broken, missing, folder->folder, NULL };
  g_autoptr (GPtrArray) files
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_source_file_free);

  g_assert_false (tn_charter_load_busy (files, paths, &error));

  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_cmpint (reading_count_lines (error->message), ==, 3);
  g_assert_nonnull (strstr (error->message, "missing.ics: No such file"));
  g_assert_nonnull (strstr (error->message, "it is a folder"));
  g_assert_cmpuint (files->len, ==, 0);
}

static void
test_too_large (Folder *folder, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (CLOSED);
  while (text->len <= TN_SOURCE_CALENDAR_MAX_BYTES)
    g_string_append (text, CLOSED);
  g_autofree char *path = write_file (folder, "huge.ics", text->str);
  const char *const paths[] = { path, NULL };
  g_autoptr (GPtrArray) files
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_source_file_free);

  g_assert_false (tn_charter_load_busy (files, paths, &error));

  g_assert_nonnull (strstr (error->message, "larger than 4096 KiB"));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/charter/closures/" name, Folder, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charter/closures/events-are-holidays-with-file-and-line", test_closures);
  g_test_add_func ("/charter/closures/busy-times-have-no-words", test_busy);
  g_test_add_func ("/charter/closures/each-charter-has-the-file-beside-it", test_beside);
  g_test_add_func ("/charter/closures/what-is-wrong-is-shown-with-its-line", test_wrong);
  g_test_add_func ("/charter/closures/a-changed-file-is-a-new-rulebook", test_digest);
  ADD ("busy-files-are-kept-without-words", test_load);
  ADD ("every-busy-file-that-cannot-be-read-is-told", test_load_wrong);
  ADD ("a-calendar-of-5-mb-is-refused", test_too_large);
  return g_test_run ();
}
