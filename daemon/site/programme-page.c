/* A year of a collaboration: the same dates as on the printed page of `turnusctl programme`. */
#include "site/programme-page.h"

#include "model/catalogue.h"
#include "site/frame.h"
#include "site/timetable.h"

/**
 * tn_programme_page_show:
 *
 * Returns: (transfer full): the year that the query names, of the collaboration that is read about
 */
TnWebPage *
tn_programme_page_show (TnReader *reader)
{
  int year = tn_reader_get_year (reader);
  TnSpan span = tn_span_new (tn_date_new (year, 1, 1), tn_date_new (year + 1, 1, 1));
  g_autoptr (GPtrArray) events = tn_timetable_list_events (reader, span, 0);
  g_autoptr (GPtrArray) duties = tn_timetable_list_duties (reader, span, 0);
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char *title = g_strdup_printf (tn_say (reader->language, N_ ("Programme %d")), year);
  tn_timetable_add_years (body, reader, "programme", year);
  tn_timetable_add_events (body, reader, tn_say (reader->language, N_ ("Events")), events);
  tn_timetable_add_duties (body, reader, tn_say (reader->language, N_ ("Deadlines")), duties);
  return tn_frame_make (reader, 200, title, body);
}
