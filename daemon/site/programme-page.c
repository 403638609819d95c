/* A year of a collaboration: the same dates as on the printed page of `turnusctl programme`. */
#include "site/programme-page.h"

#include "model/catalogue.h"
#include "site/frame.h"
#include "site/html.h"
#include "site/timetable.h"

static void
add_year (GString *html, const TnReader *reader, int year, const char *text)
{
  tn_html_add (html, "<li><a href=\"%sc/%s/programme?year=", reader->premises->folder,
               reader->collaboration->id);
  g_string_append_printf (html, "%d", year);
  tn_html_add (html, "\">%s</a></li>\n", text);
}

static void
add_years (GString *html, const TnReader *reader, int year)
{
  g_autofree char *before = g_strdup_printf ("← %d", year - 1);
  g_autofree char *after = g_strdup_printf ("%d →", year + 1);
  tn_html_add (html, "<ul class=\"years\">\n");
  add_year (html, reader, year - 1, before);
  add_year (html, reader, year + 1, after);
  tn_html_add (html, "</ul>\n");
}

TnWebPage *
tn_programme_page_show (TnReader *reader)
{
  int year = tn_reader_get_year (reader);
  TnSpan span = tn_span_new (tn_date_new (year, 1, 1), tn_date_new (year + 1, 1, 1));
  g_autoptr (GPtrArray) events = tn_timetable_list_events (reader, span, 0);
  g_autoptr (GPtrArray) duties = tn_timetable_list_duties (reader, span, 0);
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char *title = g_strdup_printf (tn_say (reader->language, N_ ("Programme %d")), year);
  add_years (body, reader, year);
  tn_timetable_add_events (body, reader, tn_say (reader->language, N_ ("Events")), events);
  tn_timetable_add_duties (body, reader, tn_say (reader->language, N_ ("Deadlines")), duties);
  return tn_frame_make (reader, 200, title, body);
}
