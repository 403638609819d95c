/* tests/wheel/hosts.c — who hosts when, years ahead */
#include "draft.h"
#include "wheel/hosts.h"

#include <string.h>

typedef struct
{
  Draft *draft;     /* (owned) */
  TnSeries *series; /* (unowned) of the draft */
  TnPlan *plan;     /* (owned) (nullable) */
  TnHosts *hosts;   /* (owned) (nullable) */
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
  tn_hosts_free (fixture->hosts);
  g_clear_pointer (&fixture->plan, tn_plan_unref);
  draft_free (fixture->draft);
}

static TnOccurrence *
add (Fixture *fixture, int year, int month, const char *council)
{
  TnOccurrence *occurrence
      = draft_add (fixture->draft, fixture->series, tn_date_new (year, month, 3), 1, "Trip");
  draft_give_role (fixture->draft, occurrence, council);
  return occurrence;
}

static const char *
get_cell (const Fixture *fixture, guint row, guint column)
{
  return ((const TnHostsRow *) g_ptr_array_index (fixture->hosts->rows, row))->cells[column];
}

static void
make (Fixture *fixture)
{
  fixture->plan = draft_make_plan (fixture->draft, 2027);
  fixture->hosts = tn_hosts_new (fixture->plan, fixture->draft->collaboration, 2027, 3);
}

/* A council that hosts twice in a year is named once. */
static void
test_rows (Fixture *fixture, gconstpointer unused)
{
  add (fixture, 2027, 3, "Odense");
  add (fixture, 2028, 3, "Aarhus");
  add (fixture, 2028, 6, "Odense");
  add (fixture, 2028, 9, "Aarhus");
  make (fixture);

  g_assert_cmpstr (fixture->hosts->heading, ==, "Who hosts when, 2027 to 2029");
  g_assert_cmpuint (fixture->hosts->rows->len, ==, 3);
  g_assert_cmpuint (fixture->hosts->columns->len, ==, 1);
  g_assert_cmpstr (get_cell (fixture, 0, 0), ==, "Odense");
  g_assert_cmpstr (get_cell (fixture, 1, 0), ==, "Aarhus, Odense");
  g_assert_cmpstr (get_cell (fixture, 2, 0), ==, "");
}

static void
test_off (Fixture *fixture, gconstpointer unused)
{
  add (fixture, 2027, 3, "Odense")->is_postponed = TRUE;
  add (fixture, 2028, 3, "Aarhus")->status = TN_STATUS_CANCELLED;
  make (fixture);
  g_assert_cmpstr (get_cell (fixture, 0, 0), ==, "Odense (put off)");
  g_assert_cmpstr (get_cell (fixture, 1, 0), ==, "Aarhus (cancelled)");
}

static void
test_writers (Fixture *fixture, gconstpointer unused)
{
  add (fixture, 2027, 3, "<Odense>");
  make (fixture);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) html = g_string_new (NULL);
  tn_hosts_append_text (text, fixture->hosts);
  tn_hosts_append_html (html, fixture->hosts);

  g_assert_nonnull (strstr (text->str, "\nTrip: Host\n  2027  <Odense>\n  2028  -\n"));
  g_assert_nonnull (strstr (html->str, "<th scope=\"col\">Trip<br>Host</th>"));
  g_assert_nonnull (strstr (html->str, "<tr><th scope=\"row\">2027</th><td>&lt;Odense&gt;</td>"));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/wheel/hosts/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("each-year-has-its-hosts", test_rows);
  ADD ("what-is-off-is-told", test_off);
  ADD ("is-written-as-text-and-html", test_writers);
  return g_test_run ();
}
