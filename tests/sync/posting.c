/* The plan as one calendar is to show it: which events, which duties, and what stands in them.
 * Design sections 4, 5 and 7. */
#include "sync/town.h"

#include <string.h>

static const TnPosting *
find (GPtrArray *postings, const char *series, const char *cycle, const char *milestone)
{
  g_autofree char *uid = town_uid (series, cycle, milestone);
  for (guint i = 0; i < postings->len; i++)
    {
      const TnPosting *posting = g_ptr_array_index (postings, i);
      if (strcmp (posting->event->uid, uid) == 0)
        return posting;
    }
  return NULL;
}

static void
set_list (char ***list, const char *word)
{
  const char *const words[] = { word, NULL };
  g_strfreev (*list);
  *list = g_strdupv ((char **) words);
}

static TnCalendar *
make_calendar (const char *council)
{
  TnCalendar *calendar = tn_calendar_new ("test", "fake");
  calendar->council = g_strdup (council);
  calendar->shared = council == NULL;
  return calendar;
}

static GPtrArray *
list (Town *town, const TnCalendar *calendar)
{
  return tn_posting_list (tn_book_get_plan (town->book), calendar,
                          tn_book_get_publish_span (town->book), NULL);
}

static void
test_series (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  static const char *const ways[] = { "erfa", "7by/erfa" };
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      TnCalendar *calendar = make_calendar ("aarhus");
      set_list (&calendar->series, ways[i]);

      g_autoptr (GPtrArray) postings = list (town, calendar);

      g_assert_nonnull (find (postings, "erfa", "2027", NULL));
      g_assert_null (find (postings, "studietur", "2027", NULL));
      tn_calendar_free (calendar);
    }
}

static void
test_collaborations (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  TnCalendar *calendar = make_calendar ("aarhus");
  set_list (&calendar->collaborations, "6by");
  g_autoptr (GPtrArray) none = list (town, calendar);
  set_list (&calendar->collaborations, "7by");
  g_autoptr (GPtrArray) all = list (town, calendar);

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (all->len, >, 0);
  tn_calendar_free (calendar);
}

static void
test_roles (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  TnCalendar *calendar = make_calendar ("esbjerg");
  set_list (&calendar->roles, "host");

  g_autoptr (GPtrArray) postings = list (town, calendar);

  g_assert_nonnull (find (postings, "studietur", "2027", NULL));
  g_assert_null (find (postings, "studietur", "2028", NULL)); /* Randers' */
  g_assert_null (find (postings, "erfa", "2027", NULL));      /* organised, not hosted */
  tn_calendar_free (calendar);
}

static void
test_shared_milestones (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  TnCalendar *calendar = make_calendar (NULL);
  g_autoptr (GPtrArray) without = list (town, calendar);
  calendar->wants_milestones = TRUE;
  g_autoptr (GPtrArray) with = list (town, calendar);

  g_assert_null (find (without, "studietur", "2027", "program"));
  g_assert_nonnull (find (with, "studietur", "2027", "program"));
  tn_calendar_free (calendar);
}

static void
test_window_limits_creation (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  TnCalendar *calendar = make_calendar ("esbjerg");
  TnDate start = tn_date_new (2027, 5, 18);
  const TnPlan *plan = tn_book_get_plan (town->book);
  g_autoptr (GPtrArray) last_day
      = tn_posting_list (plan, calendar, tn_span_new (start, start + 1), NULL);
  g_autoptr (GPtrArray) too_late
      = tn_posting_list (plan, calendar, tn_span_new (start + 1, start + 9), NULL);

  g_assert_true (find (last_day, "studietur", "2027", NULL)->may_create);
  g_assert_false (find (too_late, "studietur", "2027", NULL)->may_create);
  tn_calendar_free (calendar);
}

static void
test_today_is_future (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  TnCalendar *calendar = make_calendar ("esbjerg");
  tn_fake_clock_set_day (town->clock, tn_date_new (2027, 5, 18));
  g_autoptr (TnPlan) today = tn_plan_ref (tn_book_get_plan (town->book));
  g_autoptr (GPtrArray) on_the_day = list (town, calendar);
  g_assert_true (find (on_the_day, "studietur", "2027", NULL)->is_future);

  tn_fake_clock_set_day (town->clock, tn_date_new (2027, 5, 19));
  g_autoptr (GPtrArray) after = list (town, calendar);
  g_assert_false (find (after, "studietur", "2027", NULL)->is_future);
  tn_calendar_free (calendar);
}

static void
test_nobody_is_invited (void) /* promise 4 */
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  TnCalendar *calendar = make_calendar ("esbjerg");
  g_autoptr (GPtrArray) postings = list (town, calendar);
  const TnPosting *trip = find (postings, "studietur", "2027", NULL);

  g_assert_nonnull (strstr (trip->event->note, "Danske Ældreråd: formand"));
  g_assert_cmpuint (trip->event->n_attendees, ==, 0);
  g_assert_null (trip->wished[TN_FIELD_TEXT]); /* the person's own */
  g_assert_nonnull (strstr (trip->event->note, "7by/studietur/2027"));
  tn_calendar_free (calendar);
}

/* A report is due on a day and takes nobody's time on it. */
static void
test_report_is_free_time (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  TnCalendar *calendar = make_calendar ("esbjerg");
  town_set_charter (town, "kind = \"trip\"", "kind = \"report\"");
  town_reload (town);
  g_autoptr (GPtrArray) postings = list (town, calendar);

  g_assert_true (find (postings, "studietur", "2027", NULL)->event->is_transparent);
  g_assert_false (find (postings, "erfa", "2027", NULL)->event->is_transparent);
  tn_calendar_free (calendar);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/posting/a-calendar-can-show-some-series", test_series);
  g_test_add_func ("/sync/posting/a-calendar-can-show-some-collaborations", test_collaborations);
  g_test_add_func ("/sync/posting/a-calendar-can-show-where-its-council-has-a-role", test_roles);
  g_test_add_func ("/sync/posting/a-shared-calendar-shows-duties-when-asked",
                   test_shared_milestones);
  g_test_add_func ("/sync/posting/hazard-11-the-window-limits-creation-only",
                   test_window_limits_creation);
  g_test_add_func ("/sync/posting/what-is-today-is-not-over", test_today_is_future);
  g_test_add_func ("/sync/posting/participants-are-text", test_nobody_is_invited);
  g_test_add_func ("/sync/posting/a-report-takes-nobodys-time", test_report_is_free_time);
  return g_test_run ();
}
