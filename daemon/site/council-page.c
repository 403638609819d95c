/* The page of those who speak for a council: what waits for its answer, entries that may be events,
 * and events about which it can decide. Whether it may is judged when it tries. */
#include "site/council-page.h"

#include "control/mention.h"
#include "control/petition.h"
#include "model/catalogue.h"
#include "model/identity.h"
#include "site/claim-page.h"
#include "site/decision-page.h"
#include "site/frame.h"
#include "site/html.h"
#include "site/timetable.h"
#include "site/wording.h"

static const guint MOST_EVENTS = 24;
static const int AHEAD_DAYS = 3 * 366;

static gboolean
may_answer (const TnReader *reader, const TnProposal *proposal)
{
  g_auto (GStrv) ids
      = tn_petition_list_deciders (tn_reader_get_book (reader), reader->plan, proposal);
  return proposal->state == TN_PROPOSAL_OPEN
         && g_strv_contains ((const char *const *) ids, reader->council);
}

static void
add_proposals (GString *html, const TnReader *reader)
{
  GPtrArray *all = tn_book_get_proposals (tn_reader_get_book (reader));
  guint n = 0;
  tn_html_add (html, "<h2>%s</h2>\n<ul>\n",
               tn_say (reader->language, N_ ("What waits for your answer")));
  for (guint i = 0; i < all->len; i++)
    {
      const TnProposal *proposal = g_ptr_array_index (all, i);
      if (!may_answer (reader, proposal))
        continue;
      const TnOccurrence *occurrence = tn_plan_find_uid (reader->plan, proposal->uid, NULL);
      g_autofree char *path = g_strconcat ("proposal/", proposal->id, NULL);
      tn_html_add (html, "<li>");
      tn_html_link (html, reader->folder, path,
                    occurrence != NULL ? occurrence->title : proposal->id);
      tn_html_add (html, "</li>\n");
      n++;
    }
  if (n == 0)
    tn_html_add (html, "<li>%s</li>\n", tn_say (reader->language, N_ ("Nothing.")));
  tn_html_add (html, "</ul>\n");
}

static void
add_events (GString *html, const TnReader *reader)
{
  TnDate today = tn_plan_get_today (reader->plan);
  GPtrArray *all = tn_plan_get_rulebook (reader->plan)->collaborations;
  tn_html_add (html, "<h2>%s</h2>\n<ul>\n",
               tn_say (reader->language, N_ ("Decide about an event")));
  for (guint i = 0; i < all->len; i++)
    {
      TnReader other = *reader;
      other.collaboration = g_ptr_array_index (all, i);
      g_autoptr (GPtrArray) events
          = tn_timetable_list_events (&other, tn_span_new (today, today + AHEAD_DAYS), MOST_EVENTS);
      for (guint j = 0; j < events->len; j++)
        {
          const TnOccurrence *occurrence = g_ptr_array_index (events, j);
          g_autofree char *reference = tn_occurrence_to_reference (occurrence);
          g_autofree char *when = tn_wording_dup_when (reader->language, occurrence);
          tn_html_add (html, "<li><a href=\"%sdecide?event=%s\"><bdi>%s</bdi></a>, %s</li>\n",
                       reader->folder, reference, occurrence->title, when);
        }
    }
  tn_html_add (html, "</ul>\n");
}

static void
add_leave (GString *html, const TnReader *reader)
{
  if (reader->token == NULL)
    return;
  tn_html_add (html,
               "<h2>%s</h2>\n<form method=\"post\" action=\"%ssign-out\" class=\"decision\">\n"
               "<input type=\"hidden\" name=\"everywhere\" value=\"yes\">\n"
               "<button type=\"submit\">%s</button>\n</form>\n",
               tn_say (reader->language, N_ ("Sessions of your council")), reader->folder,
               tn_say (reader->language, N_ ("Sign out everywhere")));
}

static TnWebPage *
show_event (TnReader *reader, const TnOccurrence *occurrence)
{
  tn_reader_choose (reader, occurrence->collaboration->id);
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char *when = tn_wording_dup_when (reader->language, occurrence);
  tn_html_add (body, "<p class=\"lead\">%s</p>\n<p>", when);
  tn_wording_add_event_link (body, reader, occurrence);
  tn_html_add (body, "</p>\n");
  tn_decision_page_list (body, reader, occurrence);
  return tn_frame_make (reader, 200, tn_say (reader->language, N_ ("What do you want to decide?")),
                        body);
}

/**
 * tn_council_page_show:
 *
 * Returns: (transfer full): with an event in the query, what can be decided about that
 */
TnWebPage *
tn_council_page_show (TnReader *reader)
{
  const char *reference = tn_reader_get_query (reader, "event");
  const TnOccurrence *occurrence
      = reference != NULL ? tn_mention_find_event (reader->plan, reference, NULL, NULL) : NULL;
  if (reference != NULL)
    return occurrence != NULL ? show_event (reader, occurrence) : tn_frame_make_missing (reader);
  g_autoptr (GString) body = g_string_new (NULL);
  add_proposals (body, reader);
  tn_claim_page_list (body, reader);
  add_events (body, reader);
  add_leave (body, reader);
  return tn_frame_make (reader, 200, tn_say (reader->language, N_ ("Decide")), body);
}
