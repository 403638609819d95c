/* The turns of each rotation, so far ahead that every council sees its own. */
#include "site/hosts-page.h"

#include "model/catalogue.h"
#include "model/series-name.h"
#include "rules/planner.h"
#include "rules/roster.h"
#include "site/frame.h"
#include "site/html.h"
#include "site/wording.h"

static const int YEARS_AHEAD = 10;
static const int YEARS_BACK = 2;

static gboolean
is_shown (const TnRosterRow *row, int year)
{
  TnCycle cycle = { 0 };
  return tn_cycle_parse (row->cycle, &cycle, NULL) && cycle.year >= year - YEARS_BACK
         && cycle.year <= year + YEARS_AHEAD;
}

static void
add_row (GString *html, const TnReader *reader, const TnPlan *plan, const TnSeries *series,
         const TnRosterRow *row)
{
  const TnOccurrence *occurrence
      = tn_plan_find (plan, reader->collaboration->id, series->id, row->cycle, NULL);
  const TnOccurrence *known
      = tn_plan_find (reader->plan, reader->collaboration->id, series->id, row->cycle, NULL);
  g_autofree char *when = occurrence != NULL && row->status != TN_TURN_SKIPPED
                              ? tn_wording_dup_when (reader->language, occurrence)
                              : g_strdup ("");
  TnCycle cycle = { 0 };
  gboolean is_now = tn_cycle_parse (row->cycle, &cycle, NULL)
                    && cycle.year == tn_date_get_year (tn_plan_get_today (plan));
  tn_html_add (html, is_now ? "<tr class=\"now\"><th scope=\"row\">" : "<tr><th scope=\"row\">");
  if (known != NULL)
    {
      g_autofree char *path = tn_wording_dup_event_path (known);
      tn_html_link (html, reader->folder, path, row->cycle);
    }
  else
    tn_html_add (html, "%s", row->cycle);
  tn_html_add (html, "</th><td><bdi>%s</bdi></td>",
               row->council != NULL
                   ? tn_collaboration_get_council_name (reader->collaboration, row->council)
                   : tn_say (reader->language, N_ ("nobody")));
  tn_html_add (html, "<td>%s</td><td>%s</td></tr>\n", when,
               tn_wording_get_turn (reader->language, row->status));
}

static void
add_fairness (GString *html, const TnReader *reader, const TnRoster *roster)
{
  TnLanguage language = reader->language;
  const char *const columns[]
      = { tn_say (language, N_ ("Council")), tn_say (language, N_ ("Held so far")),
          tn_say (language, N_ ("Years since")), tn_say (language, N_ ("Next turn")), NULL };
  tn_html_table (html, tn_say (language, N_ ("How the turns are shared")), columns);
  for (guint i = 0; i < roster->fairness->len; i++)
    {
      const TnFairness *fairness = g_ptr_array_index (roster->fairness, i);
      g_autofree char *held = g_strdup_printf ("%d", fairness->n_held);
      g_autofree char *since = fairness->years_since >= 0
                                   ? g_strdup_printf ("%d", fairness->years_since)
                                   : g_strdup ("–");
      tn_html_add (html,
                   "<tr><th scope=\"row\"><bdi>%s</bdi></th><td class=\"n\">%s</td>"
                   "<td class=\"n\">%s</td><td>%s</td></tr>\n",
                   tn_collaboration_get_council_name (reader->collaboration, fairness->council),
                   held, since, fairness->next != NULL ? fairness->next : "–");
    }
  tn_html_table_end (html);
}

static void
add_ring (GString *html, const TnReader *reader, const TnPlan *plan, const TnSeries *series,
          const TnRoleRule *role)
{
  TnLanguage language = reader->language;
  g_autoptr (TnRoster) roster
      = tn_roster_new (plan, reader->collaboration->id, series->id, role->name, NULL);
  if (roster == NULL)
    return;
  const char *const columns[]
      = { tn_say (language, N_ ("Cycle")), tn_word_for_role (language, role->name),
          tn_say (language, N_ ("When")), tn_say (language, N_ ("State")), NULL };
  g_autofree char *name = tn_series_dup_name (series);
  g_autofree char *caption
      = g_strdup_printf ("%s: %s", name, tn_word_for_role (language, role->name));
  int year = tn_date_get_year (tn_plan_get_today (plan));
  tn_html_table (html, caption, columns);
  for (guint i = 0; i < roster->rows->len; i++)
    if (is_shown (g_ptr_array_index (roster->rows, i), year))
      add_row (html, reader, plan, series, g_ptr_array_index (roster->rows, i));
  tn_html_table_end (html);
  add_fairness (html, reader, roster);
}

/* Since when there are turns. */
static TnDate
find_start (const TnReader *reader, TnDate start)
{
  GPtrArray *all = reader->collaboration->series;
  for (guint i = 0; i < all->len; i++)
    {
      const TnSeries *series = g_ptr_array_index (all, i);
      start = MIN (start, tn_cycle_get_span (&series->first).start);
    }
  return start;
}

/* The book's plan is of what is published; a rotation is asked about from its first turn on, and
 * for longer. */
static TnPlan *
make_plan (const TnReader *reader)
{
  TnDate today = tn_plan_get_today (reader->plan);
  TnSpan span = tn_plan_get_span (reader->plan);
  span.start = find_start (reader, span.start);
  span.end = MAX (span.end, tn_date_new (tn_date_get_year (today) + YEARS_AHEAD + 1, 1, 1));
  return tn_planner_plan (tn_plan_get_rulebook (reader->plan), tn_plan_get_ledger (reader->plan),
                          span, today);
}

/**
 * tn_hosts_page_show:
 *
 * Returns: (transfer full): the rotations of the collaboration that is read about
 */
TnWebPage *
tn_hosts_page_show (TnReader *reader)
{
  g_autoptr (TnPlan) plan = make_plan (reader);
  g_autoptr (GString) body = g_string_new (NULL);
  GPtrArray *all = reader->collaboration->series;
  tn_html_paragraph (body, tn_say (reader->language,
                                   N_ ("Who has which turn in the next ten years, as the charter "
                                       "and the decisions so far say. A date of years ahead is a "
                                       "proposal of the rules.")));
  for (guint i = 0; i < all->len; i++)
    {
      const TnSeries *series = g_ptr_array_index (all, i);
      for (guint j = 0; j < series->roles->len; j++)
        {
          const TnRoleRule *role = g_ptr_array_index (series->roles, j);
          if (role->kind == TN_ROLE_RING)
            add_ring (body, reader, plan, series, role);
        }
    }
  return tn_frame_make (reader, 200, tn_say (reader->language, N_ ("Who hosts when")), body);
}
