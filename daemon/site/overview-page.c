/* The first page: what comes next, what is due next, and the year at a glance. */
#include "site/overview-page.h"

#include "model/catalogue.h"
#include "site/frame.h"
#include "site/html.h"
#include "site/timetable.h"
#include "site/wheel-page.h"

static const guint MOST = 6;
static const int AHEAD_DAYS = 3 * 366;

static TnWebPage *
show_all (const TnReader *reader)
{
  GPtrArray *all = tn_plan_get_rulebook (reader->plan)->collaborations;
  g_autoptr (GString) body = g_string_new (NULL);
  tn_html_add (body, "<ul>\n");
  for (guint i = 0; i < all->len; i++)
    {
      const TnCollaboration *collaboration = g_ptr_array_index (all, i);
      tn_html_add (body, "<li><a lang=\"%s\" href=\"%sc/%s\"><bdi>%s</bdi></a></li>\n",
                   tn_language_to_string (collaboration->language), reader->folder,
                   collaboration->id, collaboration->name);
    }
  tn_html_add (body, "</ul>\n");
  return tn_frame_make (reader, 200, tn_say (reader->language, N_ ("Collaborations")), body);
}

/**
 * tn_overview_page_show:
 *
 * Returns: (transfer full): of the collaboration that is read about; a list of all where none is
 */
TnWebPage *
tn_overview_page_show (TnReader *reader)
{
  if (reader->collaboration == NULL)
    return show_all (reader);
  TnDate today = tn_plan_get_today (reader->plan);
  TnSpan ahead = tn_span_new (today, today + AHEAD_DAYS);
  g_autoptr (GPtrArray) events = tn_timetable_list_events (reader, ahead, MOST);
  g_autoptr (GPtrArray) duties = tn_timetable_list_duties (reader, ahead, MOST);
  g_autoptr (GString) body = g_string_new (NULL);
  tn_timetable_add_events (body, reader, tn_say (reader->language, N_ ("Next events")), events);
  tn_timetable_add_duties (body, reader, tn_say (reader->language, N_ ("Next deadlines")), duties);
  TnDate next = events->len > 0
                    ? ((const TnOccurrence *) g_ptr_array_index (events, 0))->when.days.start
                    : today;
  tn_wheel_page_add (body, reader, tn_date_get_year (MAX (next, today)));
  return tn_frame_make (reader, 200, reader->collaboration->name, body);
}
