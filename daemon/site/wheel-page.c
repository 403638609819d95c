/* The year at a glance. Its dates stand as a table below, for those who do not see it. */
#include "site/wheel-page.h"

#include "model/catalogue.h"
#include "rules/holidays.h"
#include "site/frame.h"
#include "site/html.h"
#include "site/timetable.h"
#include "wheel/svg.h"

static TnSpan
get_span (int year)
{
  return tn_span_new (tn_date_new (year, 1, 1), tn_date_new (year + 1, 1, 1));
}

/* A part of the page and no picture beside it, so that its events are links. */
static void
draw (GString *html, const TnReader *reader, int year)
{
  g_autoptr (TnHolidays) holidays = tn_holidays_new_for (tn_plan_get_rulebook (reader->plan),
                                                         reader->collaboration, get_span (year));
  g_autoptr (GArray) spans = tn_holidays_list_spans (holidays);
  g_autoptr (TnLayout) layout = tn_layout_new (reader->plan, reader->collaboration, year,
                                               tn_plan_get_today (reader->plan), spans);
  g_autofree char *base = g_strconcat (reader->folder, "event/", NULL);
  g_autoptr (GString) picture = g_string_new (NULL);
  tn_svg_append (picture, layout, base);
  tn_html_add (html, "<div class=\"wheel\" role=\"region\" tabindex=\"0\" aria-label=\"%s\">\n",
               tn_say (reader->language, N_ ("Year wheel")));
  g_autofree char *clean = tn_html_clean (picture->str); /* letters that turn the text round */
  g_string_append (html, clean);
  tn_html_add (html, "</div>\n");
}

/* As part of a page: the wheel, and the way to the year. */
void
tn_wheel_page_add (GString *html, const TnReader *reader, int year)
{
  g_autofree char *title = g_strdup_printf (tn_say (reader->language, N_ ("The year %d")), year);
  g_autofree char *path = g_strdup_printf ("c/%s/wheel?year=%d", reader->collaboration->id, year);
  tn_html_add (html, "<h2>%s</h2>\n", title);
  draw (html, reader, year);
  tn_html_add (html, "<p>");
  tn_html_link (html, reader->folder, path, tn_say (reader->language, N_ ("Open the year wheel")));
  tn_html_add (html, "</p>\n");
}

TnWebPage *
tn_wheel_page_show (TnReader *reader)
{
  int year = tn_reader_get_year (reader);
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (GPtrArray) events = tn_timetable_list_events (reader, get_span (year), 0);
  g_autofree char *title = g_strdup_printf (tn_say (reader->language, N_ ("Year wheel %d")), year);
  tn_timetable_add_years (body, reader, "wheel", year);
  draw (body, reader, year);
  tn_timetable_add_events (body, reader, tn_say (reader->language, N_ ("The same as a table")),
                           events);
  return tn_frame_make (reader, 200, title, body);
}
