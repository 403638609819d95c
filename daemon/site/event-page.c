/* One event. Why it is as it is comes from the planner's own reasons, so it is never another story
 * than the one that `turnusctl explain` tells (promise 10). */
#include "site/event-page.h"

#include "control/mention.h"
#include "model/catalogue.h"
#include "site/chronicle.h"
#include "site/frame.h"
#include "site/html.h"
#include "site/wording.h"

static void
add_fact (GString *html, const char *name, const char *text)
{
  if (text != NULL && *text != '\0')
    tn_html_add (html, "<dt>%s</dt><dd><bdi>%s</bdi></dd>\n", name, text);
}

static void
add_facts (GString *html, const TnReader *reader, const TnOccurrence *occurrence)
{
  TnLanguage language = reader->language;
  g_autofree char *when = tn_wording_dup_when (language, occurrence);
  g_autofree char *reference = tn_occurrence_to_reference (occurrence);
  tn_html_add (html, "<dl class=\"card\">\n");
  add_fact (html, tn_say (language, N_ ("When")), when);
  add_fact (html, tn_say (language, N_ ("State")), tn_wording_get_status (language, occurrence));
  for (guint i = 0; i < occurrence->turns->len; i++)
    {
      const TnTurn *turn = g_ptr_array_index (occurrence->turns, i);
      g_autofree char *names = tn_wording_dup_councils (occurrence->collaboration, turn->councils);
      add_fact (html, tn_word_for_role (language, turn->rule->name), names);
    }
  add_fact (html, tn_say (language, N_ ("Where")), occurrence->place);
  add_fact (html, tn_word (language, TN_WORD_THEME), occurrence->theme);
  add_fact (html, tn_word (language, TN_WORD_REFERENCE), reference);
  tn_html_add (html, "</dl>\n");
}

static void
add_milestone (GString *html, const TnReader *reader, const TnOccurrence *occurrence,
               const TnMilestone *milestone)
{
  g_autofree char *names = tn_wording_dup_councils (occurrence->collaboration, milestone->councils);
  g_autofree char *when = milestone->due != TN_DATE_NONE
                              ? tn_wording_dup_day (reader->language, milestone->due)
                              : g_strdup (tn_say (reader->language, N_ ("no date yet")));
  tn_html_add (html,
               "<tr><td>%s</td><th scope=\"row\"><bdi>%s</bdi></th><td><bdi>%s</bdi></td>"
               "<td>%s</td></tr>\n",
               when, milestone->title, names,
               milestone->done ? tn_say (reader->language, N_ ("done"))
                               : tn_say (reader->language, N_ ("open")));
}

static void
add_milestones (GString *html, const TnReader *reader, const TnOccurrence *occurrence)
{
  TnLanguage language = reader->language;
  const char *const columns[]
      = { tn_say (language, N_ ("Due")), tn_say (language, N_ ("Deadline")),
          tn_say (language, N_ ("Whose duty")), tn_say (language, N_ ("State")), NULL };
  if (occurrence->milestones->len == 0)
    return;
  tn_html_table (html, tn_say (language, N_ ("Deadlines")), columns);
  for (guint i = 0; i < occurrence->milestones->len; i++)
    add_milestone (html, reader, occurrence, g_ptr_array_index (occurrence->milestones, i));
  tn_html_table_end (html);
}

/* @heading: may be the charter's own word for a role */
static void
add_reasons (GString *html, const TnReader *reader, const TnOccurrence *occurrence,
             const char *heading, const GPtrArray *reasons)
{
  if (reasons->len == 0)
    return;
  tn_html_add (html, "<h3><bdi>%s</bdi></h3>\n<ul>\n", heading);
  for (guint i = 0; i < reasons->len; i++)
    {
      const TnReason *reason = g_ptr_array_index (reasons, i);
      g_autofree char *safe = tn_chronicle_dup_safe (reader, occurrence, reason->text);
      g_autofree char *text = tn_tell (reader->language, safe);
      tn_html_add (html, "<li><bdi>%s</bdi> <code>%s</code></li>\n", text, reason->source);
    }
  tn_html_add (html, "</ul>\n");
}

static void
add_explanation (GString *html, const TnReader *reader, const TnOccurrence *occurrence)
{
  TnLanguage language = reader->language;
  tn_html_add (html, "<h2>%s</h2>\n", tn_say (language, N_ ("Why it is so")));
  add_reasons (html, reader, occurrence, tn_say (language, N_ ("Date")), occurrence->reasons);
  for (guint i = 0; i < occurrence->turns->len; i++)
    {
      const TnTurn *turn = g_ptr_array_index (occurrence->turns, i);
      add_reasons (html, reader, occurrence, tn_word_for_role (language, turn->rule->name),
                   turn->reasons);
    }
}

static void
add_actions (GString *html, const TnReader *reader, const TnOccurrence *occurrence)
{
  g_autofree char *reference = tn_occurrence_to_reference (occurrence);
  if (!reader->premises->decides)
    return;
  tn_html_add (html, "<p><a href=\"%sdecide?event=%s\">%s</a></p>\n", reader->folder, reference,
               tn_say (reader->language, N_ ("Decide something about this event")));
}

/**
 * tn_event_page_show:
 *
 * Returns: (transfer full): of the event that the rest of the path names
 */
TnWebPage *
tn_event_page_show (TnReader *reader)
{
  const TnOccurrence *occurrence = tn_mention_find_event (reader->plan, reader->rest, NULL, NULL);
  if (occurrence == NULL)
    return tn_frame_make_missing (reader);
  tn_reader_choose (reader, occurrence->collaboration->id);
  g_autoptr (GString) body = g_string_new (NULL);
  add_facts (body, reader, occurrence);
  add_actions (body, reader, occurrence);
  add_milestones (body, reader, occurrence);
  add_explanation (body, reader, occurrence);
  tn_html_add (body, "<h2>%s</h2>\n", tn_say (reader->language, N_ ("What became of it")));
  tn_chronicle_add_decisions (body, reader, occurrence);
  tn_chronicle_add_steps (body, reader, occurrence);
  return tn_frame_make (reader, 200, occurrence->title, body);
}
