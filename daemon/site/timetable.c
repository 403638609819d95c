/* Tables of events and deadlines of the collaboration that is read about, by date. */
#include "site/timetable.h"

#include <string.h>

#include "model/catalogue.h"
#include "model/dates.h"
#include "site/html.h"
#include "site/wording.h"

static int
compare_events (gconstpointer a, gconstpointer b)
{
  const TnOccurrence *one = *(TnOccurrence *const *) a;
  const TnOccurrence *two = *(TnOccurrence *const *) b;
  return one->when.days.start != two->when.days.start
             ? (one->when.days.start < two->when.days.start ? -1 : 1)
             : strcmp (one->key, two->key);
}

static int
compare_duties (gconstpointer a, gconstpointer b)
{
  const TnDuty *one = *(TnDuty *const *) a;
  const TnDuty *two = *(TnDuty *const *) b;
  return one->milestone->due != two->milestone->due
             ? (one->milestone->due < two->milestone->due ? -1 : 1)
             : strcmp (one->milestone->key, two->milestone->key);
}

/**
 * tn_timetable_list_events:
 * @span: those that touch it
 * @most: 0: all
 *
 * Returns: (transfer container) (element-type TnOccurrence): by date
 */
GPtrArray *
tn_timetable_list_events (const TnReader *reader, TnSpan span, guint most)
{
  GPtrArray *events = g_ptr_array_new ();
  for (guint i = 0; i < tn_plan_get_size (reader->plan); i++)
    {
      const TnOccurrence *occurrence = tn_plan_get (reader->plan, i);
      if (occurrence->collaboration == reader->collaboration
          && occurrence->status != TN_STATUS_UNPLACED && occurrence->when.days.start < span.end
          && occurrence->when.days.end > span.start)
        g_ptr_array_add (events, (gpointer) occurrence);
    }
  g_ptr_array_sort (events, compare_events);
  if (most > 0 && events->len > most)
    g_ptr_array_set_size (events, (int) most);
  return events;
}

static void
list_duties_of (GPtrArray *duties, const TnOccurrence *occurrence, TnSpan span)
{
  gboolean is_off = occurrence->status == TN_STATUS_CANCELLED || occurrence->is_postponed;
  for (guint i = 0; !is_off && i < occurrence->milestones->len; i++)
    {
      const TnMilestone *milestone = g_ptr_array_index (occurrence->milestones, i);
      if (milestone->due == TN_DATE_NONE || milestone->due < span.start
          || milestone->due >= span.end)
        continue;
      TnDuty *duty = g_new0 (TnDuty, 1);
      duty->occurrence = occurrence;
      duty->milestone = milestone;
      g_ptr_array_add (duties, duty);
    }
}

/**
 * tn_timetable_list_duties:
 * @span: of their days
 * @most: 0: all
 *
 * Returns: (transfer full) (element-type TnDuty): by date
 */
GPtrArray *
tn_timetable_list_duties (const TnReader *reader, TnSpan span, guint most)
{
  GPtrArray *duties = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < tn_plan_get_size (reader->plan); i++)
    {
      const TnOccurrence *occurrence = tn_plan_get (reader->plan, i);
      if (occurrence->collaboration == reader->collaboration)
        list_duties_of (duties, occurrence, span);
    }
  g_ptr_array_sort (duties, compare_duties);
  if (most > 0 && duties->len > most)
    g_ptr_array_set_size (duties, (int) most);
  return duties;
}

static void
add_roles (GString *html, const TnOccurrence *occurrence)
{
  TnLanguage language = occurrence->collaboration->language;
  for (guint i = 0; i < occurrence->turns->len; i++)
    {
      const TnTurn *turn = g_ptr_array_index (occurrence->turns, i);
      g_autofree char *names = tn_wording_dup_councils (occurrence->collaboration, turn->councils);
      tn_html_add (html, i > 0 ? "<br>" : "");
      tn_html_add (html, "<bdi>%s</bdi>: <bdi>%s</bdi>",
                   tn_word_for_role (language, turn->rule->name), names);
    }
}

static gboolean
is_off (const TnOccurrence *occurrence)
{
  return occurrence->status == TN_STATUS_CANCELLED || occurrence->is_postponed;
}

static void
add_event (GString *html, const TnReader *reader, const TnOccurrence *occurrence)
{
  g_autofree char *when = tn_wording_dup_when (reader->language, occurrence);
  tn_html_add (html, "<tr><td>");
  tn_wording_add_time (html, occurrence->when.days.start, when);
  tn_html_add (html, is_off (occurrence) ? "</td><th scope=\"row\" class=\"off\">"
                                         : "</td><th scope=\"row\">");
  tn_wording_add_event_link (html, reader, occurrence);
  tn_html_add (html, "</th><td>");
  add_roles (html, occurrence);
  tn_html_add (html, "</td><td><bdi>%s</bdi></td>",
               occurrence->place != NULL ? occurrence->place : "");
  tn_html_add (html, is_off (occurrence) ? "<td><span class=\"state bad\">"
                                         : "<td><span class=\"state\">");
  tn_html_add (html, "%s</span></td></tr>\n", tn_wording_get_status (reader->language, occurrence));
}

/**
 * tn_timetable_add_events:
 * @events: (element-type TnOccurrence)
 */
void
tn_timetable_add_events (GString *html, const TnReader *reader, const char *caption,
                         GPtrArray *events)
{
  TnLanguage language = reader->language;
  const char *const columns[] = { tn_say (language, N_ ("When")),  tn_say (language, N_ ("What")),
                                  tn_say (language, N_ ("Who")),   tn_say (language, N_ ("Where")),
                                  tn_say (language, N_ ("State")), NULL };
  tn_html_table (html, caption, columns);
  for (guint i = 0; i < events->len; i++)
    add_event (html, reader, g_ptr_array_index (events, i));
  if (events->len == 0)
    tn_html_add (html, "<tr><td colspan=\"5\">%s</td></tr>\n",
                 tn_say (language, N_ ("There is nothing in this time.")));
  tn_html_table_end (html);
}

static void
add_duty (GString *html, const TnReader *reader, const TnDuty *duty)
{
  const TnMilestone *milestone = duty->milestone;
  const char *by = strcmp (milestone->by, "council") == 0
                       ? tn_word (reader->language, TN_WORD_EACH_COUNCIL)
                       : tn_word_for_role (reader->language, milestone->by);
  g_autofree char *when = tn_wording_dup_day (reader->language, milestone->due);
  g_autofree char *names
      = tn_wording_dup_councils (duty->occurrence->collaboration, milestone->councils);
  tn_html_add (html, "<tr><td>");
  tn_wording_add_time (html, milestone->due, when);
  tn_html_add (html, "</td><th scope=\"row\"><bdi>%s</bdi></th><td>", milestone->title);
  tn_wording_add_event_link (html, reader, duty->occurrence);
  tn_html_add (html, "</td><td><bdi>%s</bdi>: <bdi>%s</bdi></td>", by, names);
  tn_html_add (html, "<td>%s</td></tr>\n",
               milestone->done ? tn_say (reader->language, N_ ("done"))
               : milestone->due < tn_plan_get_today (reader->plan)
                   ? tn_say (reader->language, N_ ("past"))
                   : tn_say (reader->language, N_ ("open")));
}

/**
 * tn_timetable_add_duties:
 * @duties: (element-type TnDuty)
 */
void
tn_timetable_add_duties (GString *html, const TnReader *reader, const char *caption,
                         GPtrArray *duties)
{
  TnLanguage language = reader->language;
  const char *const columns[]
      = { tn_say (language, N_ ("Due")),        tn_say (language, N_ ("Deadline")),
          tn_say (language, N_ ("Belongs to")), tn_say (language, N_ ("Whose duty")),
          tn_say (language, N_ ("State")),      NULL };
  tn_html_table (html, caption, columns);
  for (guint i = 0; i < duties->len; i++)
    add_duty (html, reader, g_ptr_array_index (duties, i));
  if (duties->len == 0)
    tn_html_add (html, "<tr><td colspan=\"5\">%s</td></tr>\n",
                 tn_say (language, N_ ("There is nothing in this time.")));
  tn_html_table_end (html);
}

static void
add_year (GString *html, const TnReader *reader, const char *page, int year, const char *text)
{
  tn_html_add (html, "<li><a href=\"%sc/%s/%s?year=", reader->folder, reader->collaboration->id,
               page);
  g_string_append_printf (html, "%d\">", year);
  tn_html_add (html, "%s</a></li>\n", text);
}

/**
 * tn_timetable_add_years:
 * @page: its name: `programme`
 *
 * The ways to the same page of the years around @year.
 */
void
tn_timetable_add_years (GString *html, const TnReader *reader, const char *page, int year)
{
  g_autofree char *before = g_strdup_printf ("← %d", year - 1);
  g_autofree char *after = g_strdup_printf ("%d →", year + 1);
  tn_html_add (html, "<ul class=\"years\">\n");
  add_year (html, reader, page, year - 1, before);
  add_year (html, reader, page, year + 1, after);
  tn_html_add (html, "</ul>\n");
}
