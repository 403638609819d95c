/* What is due in the year to come. */
#include "site/deadlines-page.h"

#include "model/catalogue.h"
#include "site/frame.h"
#include "site/html.h"
#include "site/timetable.h"

static const int BACK_DAYS = 14; /* what was due last week is still to be done, or to be marked */
static const int AHEAD_DAYS = 366;

TnWebPage *
tn_deadlines_page_show (TnReader *reader)
{
  TnDate today = tn_plan_get_today (reader->plan);
  TnSpan span = tn_span_new (today - BACK_DAYS, today + AHEAD_DAYS);
  g_autoptr (GPtrArray) duties = tn_timetable_list_duties (reader, span, 0);
  g_autoptr (GString) body = g_string_new (NULL);
  tn_html_paragraph (body,
                     tn_say (reader->language,
                             N_ ("What is due in the next twelve months, and whose duty it is.")));
  tn_timetable_add_duties (body, reader, tn_say (reader->language, N_ ("Deadlines")), duties);
  return tn_frame_make (reader, 200, tn_say (reader->language, N_ ("Next deadlines")), body);
}
