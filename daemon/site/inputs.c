/* The inputs of a form, each with its label; how they are carried to the next step, and how they
 * become the fields of a request. Only these are taken: what else is handed in means nothing. */
#include "site/inputs.h"

#include <string.h>

#include "control/mention.h"
#include "model/catalogue.h"
#include "site/form.h"
#include "site/html.h"
#include "site/wording.h"

/* Names in the form, whatever it is about. */
static const char *const NAMES[] = { "event", "other_cycle", "value", "milestone", "minutes" };

static void
add_label (GString *html, const char *id, const char *text, const char *hint)
{
  tn_html_add (html, "<label for=\"%s\">%s", id, text);
  if (hint != NULL)
    tn_html_add (html, " <span class=\"hint\">%s</span>", hint);
  tn_html_add (html, "</label>\n");
}

static void
add_radio (GString *html, const char *value, const char *text, gboolean is_first)
{
  tn_html_add (html, "<label><input type=\"radio\" name=\"value\" value=\"%s\"", value);
  tn_html_add (html, is_first ? " checked>" : ">");
  tn_html_add (html, "%s</label>\n", text);
}

static void
add_choice (GString *html, const TnReader *reader, TnInputs inputs)
{
  TnLanguage language = reader->language;
  tn_html_add (html, "<fieldset><legend>%s</legend>\n", tn_say (language, N_ ("How")));
  if ((inputs & TN_INPUT_KEPT) != 0)
    {
      add_radio (html, "kept",
                 tn_say (language, N_ ("The council keeps its turn for the next cycle")), TRUE);
      add_radio (html, "used", tn_say (language, N_ ("The council has used its turn")), FALSE);
      add_radio (html, "no", tn_say (language, N_ ("It is held after all")), FALSE);
    }
  else
    {
      add_radio (html, "yes", tn_say (language, N_ ("Yes")), TRUE);
      add_radio (html, "no", tn_say (language, N_ ("No, take it back")), FALSE);
    }
  tn_html_add (html, "</fieldset>\n");
}

static void
add_cycles (GString *html, const TnReader *reader, const TnOccurrence *occurrence)
{
  add_label (html, "other_cycle", tn_say (reader->language, N_ ("Swap with the turn of")), NULL);
  tn_html_add (html, "<select id=\"other_cycle\" name=\"other_cycle\" required>\n");
  for (guint i = 0; i < tn_plan_get_size (reader->plan); i++)
    {
      const TnOccurrence *other = tn_plan_get (reader->plan, i);
      gboolean is_past = other->status != TN_STATUS_UNPLACED
                         && other->when.days.end <= tn_plan_get_today (reader->plan);
      if (other->series == occurrence->series && other != occurrence && !is_past
          && g_strcmp0 (other->site, occurrence->site) == 0)
        tn_html_add (html, "<option value=\"%s\">%s</option>\n", other->cycle_text, other->title);
    }
  tn_html_add (html, "</select>\n");
}

static void
add_milestones (GString *html, const TnReader *reader, const TnOccurrence *occurrence)
{
  add_label (html, "milestone", tn_say (reader->language, N_ ("Duty")), NULL);
  tn_html_add (html, "<select id=\"milestone\" name=\"milestone\" required>\n");
  for (guint i = 0; i < occurrence->milestones->len; i++)
    {
      const TnMilestone *milestone = g_ptr_array_index (occurrence->milestones, i);
      tn_html_add (html, "<option value=\"%s\">%s</option>\n", milestone->id, milestone->title);
    }
  tn_html_add (html, "</select>\n");
}

static void
add_day (GString *html, const TnReader *reader, const TnOccurrence *occurrence)
{
  g_autofree char *day = occurrence->status != TN_STATUS_UNPLACED
                             ? tn_date_to_string (occurrence->when.days.start)
                             : g_strdup ("");
  add_label (html, "value", tn_say (reader->language, N_ ("New date (first day)")),
             tn_say (reader->language, N_ ("year-month-day, for instance 2027-05-20")));
  tn_html_add (html, "<input id=\"value\" name=\"value\" type=\"date\" required value=\"%s\">\n",
               day);
}

/**
 * tn_inputs_add:
 *
 * Writes the inputs of a form that is begun.
 */
void
tn_inputs_add (GString *html, const TnReader *reader, const TnOccurrence *occurrence,
               TnInputs inputs)
{
  g_autofree char *reference = tn_occurrence_to_reference (occurrence);
  tn_form_hide (html, "event", reference);
  if ((inputs & TN_INPUT_DAY) != 0)
    add_day (html, reader, occurrence);
  if ((inputs & TN_INPUT_OTHER) != 0)
    add_cycles (html, reader, occurrence);
  if ((inputs & TN_INPUT_MILESTONE) != 0)
    add_milestones (html, reader, occurrence);
  if ((inputs & (TN_INPUT_KEPT | TN_INPUT_YES_NO)) != 0)
    add_choice (html, reader, inputs);
  if ((inputs & TN_INPUT_TEXT) != 0)
    {
      add_label (html, "value", tn_say (reader->language, N_ ("Theme")), NULL);
      tn_html_add (html,
                   "<input id=\"value\" name=\"value\" required maxlength=\"200\" "
                   "value=\"%s\">\n",
                   occurrence->theme != NULL ? occurrence->theme : "");
    }
  add_label (html, "minutes", tn_say (reader->language, N_ ("Minuted in (may stay empty)")),
             tn_say (reader->language,
                     N_ ("for instance: meeting of 3 March, item 4. No names of people.")));
  tn_html_add (html, "<input id=\"minutes\" name=\"minutes\" maxlength=\"200\">\n");
}

/* What was handed in, for the next step of the same form. */
void
tn_inputs_carry (GString *html, const TnReader *reader, TnInputs inputs)
{
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      const char *text = tn_reader_get_field (reader, NAMES[i]);
      if (text != NULL)
        tn_form_hide (html, NAMES[i], text);
    }
}

static void
take (const TnReader *reader, const char *name, GVariantBuilder *fields)
{
  const char *text = tn_reader_get_field (reader, name);
  if (text != NULL)
    g_variant_builder_add (fields, "{ss}", name, text);
}

/* A turn is that of a series and cycle, not of an event. */
static void
take_turn (const TnReader *reader, GVariantBuilder *fields)
{
  const char *reference = tn_reader_get_field (reader, "event");
  const TnOccurrence *occurrence
      = reference != NULL ? tn_mention_find_event (reader->plan, reference, NULL, NULL) : NULL;
  if (occurrence == NULL)
    return;
  g_autofree char *series
      = g_strconcat (occurrence->collaboration->id, "/", occurrence->series->id, NULL);
  g_variant_builder_add (fields, "{ss}", "series", series);
  g_variant_builder_add (fields, "{ss}", "cycle", occurrence->cycle_text);
  if (occurrence->site != NULL)
    g_variant_builder_add (fields, "{ss}", "site", occurrence->site);
}

/**
 * tn_inputs_take:
 * @fields: `a{ss}` of a request
 */
void
tn_inputs_take (const TnReader *reader, TnInputs inputs, GVariantBuilder *fields)
{
  if ((inputs & TN_INPUT_EVENT) != 0)
    take (reader, "event", fields);
  if ((inputs & TN_INPUT_TURN) != 0)
    take_turn (reader, fields);
  if ((inputs & TN_INPUT_OTHER) != 0)
    take (reader, "other_cycle", fields);
  if ((inputs & TN_INPUT_MILESTONE) != 0)
    take (reader, "milestone", fields);
  if ((inputs & (TN_INPUT_DAY | TN_INPUT_KEPT | TN_INPUT_YES_NO | TN_INPUT_TEXT)) != 0)
    take (reader, "value", fields);
  take (reader, "minutes", fields);
}
