/* The year at a glance. Its dates stand as a table below, for those who do not see it. */
#include "site/wheel-page.h"

#include "model/catalogue.h"
#include "site/frame.h"
#include "site/html.h"
#include "site/timetable.h"

static TnSpan
get_span (int year)
{
  return tn_span_new (tn_date_new (year, 1, 1), tn_date_new (year + 1, 1, 1));
}

/* How many events each month has: what a wheel shows at first sight. */
static void
add_months (GString *html, const TnReader *reader, int year)
{
  tn_html_add (html, "<ol class=\"months\">\n");
  for (int month = 1; month <= 12; month++)
    {
      TnDate start = tn_date_new (year, month, 1);
      TnSpan span = tn_span_new (start, tn_date_add_months (start, 1));
      g_autoptr (GPtrArray) events = tn_timetable_list_events (reader, span, 0);
      tn_html_add (html, "<li><span class=\"month\">%s</span>",
                   tn_word_for_month (reader->language, month));
      for (guint i = 0; i < events->len; i++)
        {
          const TnOccurrence *occurrence = g_ptr_array_index (events, i);
          tn_html_add (html, " <span class=\"state\"><bdi>%s</bdi></span>", occurrence->title);
        }
      tn_html_add (html, "</li>\n");
    }
  tn_html_add (html, "</ol>\n");
}

/* As part of a page: the year, and the way to the whole of it. */
void
tn_wheel_page_add (GString *html, const TnReader *reader, int year)
{
  g_autofree char *title = g_strdup_printf (tn_say (reader->language, N_ ("The year %d")), year);
  g_autofree char *path = g_strdup_printf ("c/%s/wheel?year=%d", reader->collaboration->id, year);
  tn_html_add (html, "<h2>%s</h2>\n", title);
  add_months (html, reader, year);
  tn_html_add (html, "<p>");
  tn_html_link (html, reader->premises->folder, path,
                tn_say (reader->language, N_ ("Open the year wheel")));
  tn_html_add (html, "</p>\n");
}

TnWebPage *
tn_wheel_page_show (TnReader *reader)
{
  int year = tn_reader_get_year (reader);
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (GPtrArray) events = tn_timetable_list_events (reader, get_span (year), 0);
  g_autofree char *title = g_strdup_printf (tn_say (reader->language, N_ ("Year wheel %d")), year);
  add_months (body, reader, year);
  tn_timetable_add_events (body, reader, tn_say (reader->language, N_ ("The same as a table")),
                           events);
  return tn_frame_make (reader, 200, title, body);
}
