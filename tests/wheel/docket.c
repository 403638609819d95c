/* tests/wheel/docket.c — what a year asks of each council */
#include "draft.h"
#include "wheel/docket.h"

#include <string.h>

typedef struct
{
  Draft *draft;     /* (owned) */
  TnSeries *series; /* (unowned) of the draft */
  TnPlan *plan;     /* (owned) (nullable) */
  TnDocket *docket; /* (owned) (nullable) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->draft = draft_new ("7-by", TN_LANGUAGE_EN);
  fixture->series = draft_add_series (fixture->draft, "Trip {cycle}");
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  tn_docket_free (fixture->docket);
  g_clear_pointer (&fixture->plan, tn_plan_unref);
  draft_free (fixture->draft);
}

static TnOccurrence *
add (Fixture *fixture, int month, const char *title, const char *council)
{
  TnOccurrence *occurrence
      = draft_add (fixture->draft, fixture->series, tn_date_new (2027, month, 3), 1, title);
  if (council != NULL)
    draft_give_role (fixture->draft, occurrence, council);
  return occurrence;
}

static void
make (Fixture *fixture)
{
  const GPtrArray *councils = fixture->draft->collaboration->councils;
  for (guint i = 0; i < councils->len; i++)
    {
      TnCouncil *council = g_ptr_array_index (councils, i);
      TnSpan always = TN_SPAN_ALWAYS;
      g_array_append_val (council->memberships, always);
    }
  fixture->plan = draft_make_plan (fixture->draft, 2027);
  fixture->docket = tn_docket_new (fixture->plan, fixture->draft->collaboration, 2027);
}

static const TnDocketPart *
get_part (const Fixture *fixture, guint index)
{
  return g_ptr_array_index (fixture->docket->parts, index);
}

static void
test_own (Fixture *fixture, gconstpointer unused)
{
  add (fixture, 3, "Trip 1", "Odense");
  add (fixture, 5, "Trip 2", "Aarhus");
  make (fixture);
  const TnDocketPart *odense = get_part (fixture, 0);

  g_assert_cmpuint (fixture->docket->parts->len, ==, 3);
  g_assert_cmpstr (odense->heading, ==, "Odense");
  g_assert_cmpuint (odense->roles->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (odense->roles, 0), ==,
                   "Host: Trip 1, Wednesday 3 March (proposed)");
  g_assert_cmpuint (odense->decisions->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (odense->decisions, 0), ==,
                   "Trip 1: confirm the date, Wednesday 3 March, or move it.");
}

static void
test_settled (Fixture *fixture, gconstpointer unused)
{
  add (fixture, 3, "Trip 1", "Odense")->status = TN_STATUS_CONFIRMED;
  add (fixture, 5, "Trip 2", "Odense")->is_postponed = TRUE;
  make (fixture);

  g_assert_cmpuint (get_part (fixture, 0)->roles->len, ==, 1);
  g_assert_cmpuint (get_part (fixture, 0)->decisions->len, ==, 0);
}

static void
test_undated (Fixture *fixture, gconstpointer unused)
{
  add (fixture, 3, "Trip 1", "Odense")->status = TN_STATUS_UNPLACED;
  make (fixture);
  g_assert_cmpstr (g_ptr_array_index (get_part (fixture, 0)->decisions, 0), ==,
                   "Trip 1: a date must be found.");
}

/* What each council has to do is told once, and what is done is told to nobody. */
static void
test_all (Fixture *fixture, gconstpointer unused)
{
  TnOccurrence *occurrence = add (fixture, 3, "Trip 1", "Odense");
  draft_add_deadline (occurrence, tn_date_new (2027, 2, 1), "Sign up");
  draft_add_deadline (occurrence, tn_date_new (2027, 1, 4), "Agree")->done = TRUE;
  add (fixture, 5, "Trip 2", NULL);
  make (fixture);
  const TnDocketPart *all = get_part (fixture, 1);

  g_assert_cmpuint (get_part (fixture, 0)->deadlines->len, ==, 0);
  g_assert_cmpstr (all->heading, ==, "All councils");
  g_assert_cmpuint (all->deadlines->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (all->deadlines, 0), ==, "Monday 1 February: Sign up: Trip 1");
  g_assert_cmpstr (g_ptr_array_index (all->decisions, 0), ==,
                   "Trip 2: confirm the date, Monday 3 May, or move it.");
}

static void
test_writers (Fixture *fixture, gconstpointer unused)
{
  add (fixture, 3, "<Trip>", "Odense");
  make (fixture);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) html = g_string_new (NULL);
  tn_docket_append_text (text, fixture->docket);
  tn_docket_append_html (html, fixture->docket);

  g_assert_nonnull (strstr (text->str, "\nOdense\n  Roles\n  - Host: <Trip>, "));
  g_assert_nonnull (strstr (text->str, "\nAll councils\n  nothing of its own\n"));
  g_assert_nonnull (strstr (html->str, "<h2>Odense</h2>\n<h3>Roles</h3>"));
  g_assert_nonnull (strstr (html->str, "<li>Host: &lt;Trip&gt;, "));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/wheel/docket/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("each-council-finds-what-is-its-own", test_own);
  ADD ("settled-dates-wait-for-nobody", test_settled);
  ADD ("missing-date-waits-for-the-host", test_undated);
  ADD ("what-is-of-all-is-told-once", test_all);
  ADD ("is-written-as-text-and-html", test_writers);
  return g_test_run ();
}
