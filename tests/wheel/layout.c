/* tests/wheel/layout.c — where everything of a year wheel is */
#include "draft.h"
#include "geometry.h"

#include <math.h>
#include <string.h>

static const char LONG[] = "Sønderjyllands-Ældreråd-og-Seniorudvalg1"; /* 40 letters */

static void
assert_sound (const TnLayout *layout)
{
  g_autofree char *fault = geometry_dup_fault (layout);
  g_assert_cmpstr (fault, ==, NULL);
}

static guint
count_labels (const TnLayout *layout, gboolean is_deadline)
{
  guint n = 0;
  for (guint i = 0; i < layout->labels->len; i++)
    {
      const TnLabel *label = g_ptr_array_index (layout->labels, i);
      n += label->occurrence != NULL && label->is_deadline == is_deadline;
    }
  return n;
}

/* Each of @n_meetings is in its ring; @n_labels of them, and of their deadlines, have a text. */
static void
assert_full (guint n_meetings, guint n_series, const char *word, guint n_labels, guint n_deadlines)
{
  g_autoptr (Draft) draft = draft_new_full (n_meetings, n_series, word);
  g_autoptr (TnPlan) plan = draft_make_plan (draft, 2027);
  g_autoptr (TnLayout) layout
      = tn_layout_new (plan, draft->collaboration, 2027, tn_date_new (2027, 6, 1), NULL);

  assert_sound (layout);
  g_assert_cmpuint (layout->arcs->len, ==, n_meetings);
  g_assert_cmpuint (count_labels (layout, FALSE), ==, n_labels);
  g_assert_cmpuint (count_labels (layout, TRUE), ==, n_deadlines);
}

static void
test_empty (void)
{
  g_autoptr (Draft) draft = draft_new ("Tomt", TN_LANGUAGE_SV);
  draft_add_series (draft, "Möte {number}");
  g_autoptr (TnPlan) plan = draft_make_plan (draft, 2027);
  g_autoptr (TnLayout) layout
      = tn_layout_new (plan, draft->collaboration, 2027, TN_DATE_NONE, NULL);

  assert_sound (layout);
  g_assert_cmpuint (layout->arcs->len, ==, 0);
  g_assert_cmpuint (layout->labels->len, ==, 0);
  g_assert_cmpuint (layout->lanes->len, ==, 1);
  g_assert_cmpfloat (layout->today, <, 0);
}

static void
test_few (void)
{
  assert_full (4, 2, "Møde", 4, 8 - 1); /* one deadline is in the year before */
}

/* Deadlines are marks only where their texts would push those of the events away. */
static void
test_sixty (void)
{
  assert_full (60, 3, "Møde", 60, 0);
}

static void
test_long_names (void)
{
  g_assert_cmpint (g_utf8_strlen (LONG, -1), ==, 40);
  assert_full (4, 2, LONG, 4, 7);
  assert_full (60, 8, LONG, 60, 0);
}

/* A meeting on each day: those that find no room are counted. */
static void
test_crowd (void)
{
  g_autoptr (Draft) draft = draft_new_full (365, 30, LONG);
  g_autoptr (TnPlan) plan = draft_make_plan (draft, 2027);
  g_autoptr (TnLayout) layout
      = tn_layout_new (plan, draft->collaboration, 2027, TN_DATE_NONE, NULL);
  guint n_labels = count_labels (layout, FALSE);
  const TnLabel *last = g_ptr_array_index (layout->labels, layout->labels->len - 1);
  const TnInscription *line = g_ptr_array_index (last->lines, 0);

  assert_sound (layout);
  g_assert_cmpuint (layout->arcs->len, ==, 365);
  g_assert_cmpuint (n_labels, >, 100);
  g_assert_null (last->occurrence);
  g_assert_nonnull (strstr (line->text, "more, in the programme"));
}

typedef struct
{
  Draft *draft;     /* (owned) */
  TnSeries *series; /* (unowned) of the draft */
  TnPlan *plan;     /* (owned) (nullable) */
  TnLayout *layout; /* (owned) (nullable) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->draft = draft_new ("Prøve", TN_LANGUAGE_DA);
  fixture->series = draft_add_series (fixture->draft, "Møde {cycle}");
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  tn_layout_free (fixture->layout);
  g_clear_pointer (&fixture->plan, tn_plan_unref);
  draft_free (fixture->draft);
}

static TnLayout *
lay_out (Fixture *fixture, int year, TnDate today, const GArray *holidays)
{
  fixture->plan = draft_make_plan (fixture->draft, year);
  fixture->layout
      = tn_layout_new (fixture->plan, fixture->draft->collaboration, year, today, holidays);
  assert_sound (fixture->layout);
  return fixture->layout;
}

static const TnArc *
get_arc (const Fixture *fixture, guint index)
{
  return g_ptr_array_index (fixture->layout->arcs, index);
}

static void
test_angles (Fixture *fixture, gconstpointer unused)
{
  draft_add (fixture->draft, fixture->series, tn_date_new (2028, 7, 1), 1, "Juli");
  lay_out (fixture, 2028, tn_date_new (2028, 1, 1), NULL);
  const TnArc *arc = get_arc (fixture, 0);

  /* 1 July is day 182 of a leap year: half of 366 is before its middle. */
  g_assert_cmpfloat_with_epsilon ((arc->from + arc->to) / 2, 2 * G_PI * 182.5 / 366, 1e-9);
  g_assert_cmpfloat_with_epsilon (arc->to - arc->from, 2 * G_PI * 4 / 366, 1e-9);
  g_assert_cmpfloat_with_epsilon (fixture->layout->today, 2 * G_PI * 0.5 / 366, 1e-9);
  g_assert_cmpfloat_with_epsilon (fixture->layout->months[6], 2 * G_PI * 182 / 366, 1e-9);
}

static gboolean
has_inscription (const TnLayout *layout, const char *text)
{
  for (guint i = 0; i < layout->inscriptions->len; i++)
    if (strcmp (((TnInscription *) g_ptr_array_index (layout->inscriptions, i))->text, text) == 0)
      return TRUE;
  return FALSE;
}

/* 2026 has 53 weeks; 2027 begins in the last of them, which is not its own. */
static void
test_weeks (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (TnPlan) plan = draft_make_plan (fixture->draft, 2026);
  g_autoptr (TnLayout) long_year
      = tn_layout_new (plan, fixture->draft->collaboration, 2026, TN_DATE_NONE, NULL);
  g_autoptr (TnLayout) short_year
      = tn_layout_new (plan, fixture->draft->collaboration, 2027, TN_DATE_NONE, NULL);

  assert_sound (long_year);
  assert_sound (short_year);
  g_assert_true (has_inscription (long_year, "53"));
  g_assert_false (has_inscription (short_year, "53"));
  g_assert_true (has_inscription (short_year, "1"));
  g_assert_cmpuint (short_year->weeks->len, ==, 52);
}

static void
test_new_year (Fixture *fixture, gconstpointer unused)
{
  draft_add (fixture->draft, fixture->series, tn_date_new (2026, 12, 28), 7, "Nytår");
  draft_add (fixture->draft, fixture->series, tn_date_new (2027, 12, 31), 400, "Langt");
  lay_out (fixture, 2027, tn_date_new (2026, 12, 31), NULL);

  g_assert_cmpfloat (get_arc (fixture, 0)->from, ==, 0);
  g_assert_cmpfloat_with_epsilon (get_arc (fixture, 0)->to, 2 * G_PI * 3 / 365, 1e-9);
  g_assert_cmpfloat_with_epsilon (get_arc (fixture, 1)->to, 2 * G_PI, 1e-9);
  g_assert_cmpfloat (fixture->layout->today, <, 0);
}

/* Several places on one day: side by side in the ring, and none over another. */
static void
test_same_day (Fixture *fixture, gconstpointer unused)
{
  TnDate day = tn_date_new (2027, 3, 3);
  draft_add (fixture->draft, fixture->series, day, 1, "Tromsø");
  draft_add (fixture->draft, fixture->series, day, 1, "Oslo");
  draft_add (fixture->draft, fixture->series, day + 90, 1, "Bergen");
  lay_out (fixture, 2027, TN_DATE_NONE, NULL);

  g_assert_cmpfloat (get_arc (fixture, 0)->inner, >=, get_arc (fixture, 1)->outer);
  g_assert_cmpfloat (get_arc (fixture, 2)->outer - get_arc (fixture, 2)->inner, >,
                     get_arc (fixture, 0)->outer - get_arc (fixture, 0)->inner);
}

static void
test_undated (Fixture *fixture, gconstpointer unused)
{
  TnOccurrence *occurrence
      = draft_add (fixture->draft, fixture->series, tn_date_new (2027, 3, 3), 1, "Foråret");
  occurrence->status = TN_STATUS_UNPLACED;
  lay_out (fixture, 2027, TN_DATE_NONE, NULL);

  g_assert_cmpuint (fixture->layout->arcs->len, ==, 0);
  g_assert_nonnull (strstr (fixture->layout->description, "Foråret"));
}

static void
test_shades (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (TnHolidaySpan));
  TnHolidayRule *winter
      = tn_holiday_rule_new ("Vinterferie", TN_HOLIDAY_SCHOOL_BREAK, TN_DAY_WEEKS);
  TnHolidayRule *sport = tn_holiday_rule_new ("Sportlov", TN_HOLIDAY_SCHOOL_BREAK, TN_DAY_WEEKS);
  TnHolidayRule *eve = tn_holiday_rule_new ("Juleaften", TN_HOLIDAY_EVE, TN_DAY_FIXED);
  TnHolidayRule *day = tn_holiday_rule_new ("Juledag", TN_HOLIDAY_PUBLIC, TN_DAY_FIXED);
  TnDate start = tn_date_new (2027, 2, 8);
  TnHolidaySpan all[] = { { { start + 5, start + 12 }, sport },
                          { { start, start + 7 }, winter },
                          { { start + 300, start + 301 }, eve },
                          { { start + 301, start + 302 }, day } };
  g_array_append_vals (spans, all, G_N_ELEMENTS (all));
  lay_out (fixture, 2027, TN_DATE_NONE, spans);
  const TnShade *shade = g_ptr_array_index (fixture->layout->shades, 0);

  g_assert_cmpuint (fixture->layout->shades->len, ==, 2);
  g_assert_cmpstr (shade->title, ==, "Vinterferie, Sportlov");
  g_assert_cmpfloat_with_epsilon (shade->to - shade->from, 2 * G_PI * 12 / 365, 1e-9);
  tn_holiday_rule_free (winter);
  tn_holiday_rule_free (sport);
  tn_holiday_rule_free (eve);
  tn_holiday_rule_free (day);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/wheel/layout/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wheel/layout/empty-year-is-a-wheel-too", test_empty);
  g_test_add_func ("/wheel/layout/few-events-have-their-deadlines-beside-them", test_few);
  g_test_add_func ("/wheel/layout/sixty-meetings-have-a-text-each", test_sixty);
  g_test_add_func ("/wheel/layout/names-of-forty-letters-find-room", test_long_names);
  g_test_add_func ("/wheel/layout/what-finds-no-room-is-counted", test_crowd);
  ADD ("year-begins-at-the-top-and-each-day-has-its-share", test_angles);
  ADD ("weeks-are-those-of-the-iso-year", test_weeks);
  ADD ("what-reaches-over-new-year-ends-there", test_new_year);
  ADD ("what-is-at-one-time-lies-side-by-side", test_same_day);
  ADD ("what-has-no-date-is-told-in-words", test_undated);
  ADD ("breaks-of-many-areas-are-one-shade", test_shades);
  return g_test_run ();
}
