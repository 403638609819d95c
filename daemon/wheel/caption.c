/* What stands over columns and behind events. The language is the collaboration's and never the
 * reader's: what is printed for a meeting is the same on every machine (promise 9). */
#include "wheel/caption.h"

#include "model/catalogue.h"

static const char *const CAPTIONS[TN_N_CAPTIONS] = {
  [TN_CAPTION_PROGRAMME] = NC_ ("programme", "Programme"),
  [TN_CAPTION_EDITION] = NC_ ("programme", "Edition"),
  [TN_CAPTION_EVENTS] = NC_ ("programme", "Meetings and trips"),
  [TN_CAPTION_DEADLINES] = NC_ ("programme", "Deadlines"),
  [TN_CAPTION_EVENT] = NC_ ("programme", "Event"),
  [TN_CAPTION_DEADLINE] = NC_ ("programme", "Deadline"),
  [TN_CAPTION_COLLABORATION] = NC_ ("programme", "Collaboration"),
  [TN_CAPTION_TYPE] = NC_ ("programme", "Type"),
  [TN_CAPTION_WEEK] = NC_ ("programme", "Week"),
  [TN_CAPTION_DATE] = NC_ ("programme", "Date"),
  [TN_CAPTION_LAST_DAY] = NC_ ("programme", "Last day"),
  [TN_CAPTION_WEEKDAY] = NC_ ("programme", "Weekday"),
  [TN_CAPTION_TIME] = NC_ ("programme", "Time"),
  [TN_CAPTION_WHAT] = NC_ ("programme", "What"),
  [TN_CAPTION_WHO] = NC_ ("programme", "Who"),
  [TN_CAPTION_PLACE] = NC_ ("programme", "Place"),
  [TN_CAPTION_THEME] = NC_ ("programme", "Theme"),
  [TN_CAPTION_STATUS] = NC_ ("programme", "Status"),
  [TN_CAPTION_BELONGS_TO] = NC_ ("programme", "Belongs to"),
  [TN_CAPTION_NO_DATE] = NC_ ("programme", "no date yet"),
  [TN_CAPTION_NOTHING] = NC_ ("programme", "There is nothing in this year."),
  [TN_CAPTION_NOBODY] = NC_ ("programme", "nobody"),
  [TN_CAPTION_EACH_COUNCIL] = NC_ ("programme", "each council"),
  [TN_CAPTION_STATUS_PROPOSED] = NC_ ("programme", "proposed"),
  [TN_CAPTION_STATUS_CONFIRMED] = NC_ ("programme", "confirmed"),
  [TN_CAPTION_STATUS_CANCELLED] = NC_ ("programme", "cancelled"),
  [TN_CAPTION_STATUS_POSTPONED] = NC_ ("programme", "put off"),
  [TN_CAPTION_STATUS_UNPLACED] = NC_ ("programme", "without a date"),
  [TN_CAPTION_STATUS_DONE] = NC_ ("programme", "done"),
  [TN_CAPTION_AND] = NC_ ("programme", "and"),
};

/**
 * tn_caption:
 *
 * Returns: (transfer none): static
 */
const char *
tn_caption (TnLanguage language, TnCaption caption)
{
  return tn_say_in (language, "programme", CAPTIONS[caption]);
}

/**
 * tn_caption_join:
 * @words: (element-type utf8)
 *
 * Returns: (transfer full): `a, b og c`
 */
char *
tn_caption_join (TnLanguage language, const GPtrArray *words)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < words->len; i++)
    {
      if (i > 0 && i + 1 == words->len)
        g_string_append_printf (text, " %s ", tn_caption (language, TN_CAPTION_AND));
      else if (i > 0)
        g_string_append (text, ", ");
      g_string_append (text, g_ptr_array_index (words, i));
    }
  return g_string_free (text, FALSE);
}
