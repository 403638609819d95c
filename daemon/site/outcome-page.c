/* The last page of a decision. It is got by GET, so it can be loaded again, and a form that is
 * handed in twice leads here, too: it says what came of it the first time. */
#include "site/outcome-page.h"

#include <string.h>

#include "base/log.h"
#include "model/catalogue.h"
#include "site/foresight.h"
#include "site/form.h"
#include "site/frame.h"
#include "site/html.h"

static const struct
{
  const char *word; /* first of what is kept */
  const char *title;
  const char *text;
} OUTCOMES[] = {
  { "decided", N_ ("It is decided"),
    N_ ("The decision stands in the ledger, with your council and the day.") },
  { "proposed", N_ ("It is proposed"),
    N_ ("It takes another council as well. That council has been asked; until it agrees, nothing "
        "changes.") },
  { "accepted", N_ ("It is accepted"),
    N_ ("The proposal is now a decision and stands in the ledger.") },
  { "rejected", N_ ("It is rejected"),
    N_ ("The proposal is answered with no. Nothing changes in the plan.") },
  { "claimed", N_ ("The entry is taken for the event"),
    N_ ("Its date, time and place count as decided.") },
  { "unclaimed", N_ ("The entry is something else"),
    N_ ("It is left alone, and the event gets an entry of its own.") },
};

static void
add_calendars (GString *html, const TnReader *reader)
{
  GPtrArray *calendars = tn_book_get_settings (tn_reader_get_book (reader))->calendars;
  tn_html_add (html, "<h2>%s</h2>\n<ul>\n",
               tn_say (reader->language, N_ ("What the calendars do now")));
  for (guint i = 0; i < calendars->len; i++)
    {
      const TnCalendar *calendar = g_ptr_array_index (calendars, i);
      g_autoptr (TnCalendarState) state
          = tn_store_load_calendar (tn_reader_get_store (reader), calendar->id, NULL);
      gboolean stands = state == NULL || state->hold != TN_HOLD_NONE;
      const char *text = calendar->mode == TN_MODE_OBSERVE
                             ? N_ ("is only looked at, and stays as it is")
                         : stands ? N_ ("stands still until somebody has looked at it")
                                  : N_ ("is brought into step now, within minutes");
      tn_html_add (html, "<li><strong>%s</strong>: %s</li>\n", calendar->id,
                   tn_say (reader->language, text));
    }
  tn_html_add (html, "</ul>\n<p>");
  tn_html_link (html, reader->folder, "health",
                tn_say (reader->language, N_ ("See how each calendar is")));
  tn_html_add (html, "</p>\n");
}

/* Nobody knows: the program ended between taking the form and keeping what came of it. */
static TnWebPage *
show_unknown (const TnReader *reader)
{
  return tn_frame_make_notice (
      reader, 200, tn_say (reader->language, N_ ("The form was handed in")),
      tn_say (
          reader->language,
          N_ ("What came of it was not kept, for nothing was decided or the program was stopped "
              "meanwhile. Look at the event: its page shows what holds. The form cannot be "
              "handed in again; open it anew if you need to.")));
}

/**
 * tn_outcome_page_lead:
 * @hash: of the form
 *
 * Returns: (transfer full): the way from the form to its outcome
 */
TnWebPage *
tn_outcome_page_lead (const TnReader *reader, const char *hash)
{
  g_autofree char *path = g_strconcat ("done/", hash, NULL);
  return tn_frame_redirect (reader, path);
}

/**
 * tn_outcome_page_keep:
 * @hash: of a form that was handed in, and is done
 * @path: of the form
 * @outcome: what came of it: a word that the last page knows, its number, and lines of effects
 *
 * The calendars are brought into step at once.
 *
 * Returns: (transfer full): the way to the last page
 */
TnWebPage *
tn_outcome_page_keep (const TnReader *reader, const char *hash, const char *path,
                      const char *outcome)
{
  g_autoptr (GError) error = NULL;
  tn_desk_wake (reader->desk);
  if (!tn_form_use_up (reader, hash, path, outcome, &error))
    tn_log_warning (NULL, NULL, "cannot keep what came of a form: %s", error->message);
  return tn_outcome_page_lead (reader, hash);
}

/**
 * tn_outcome_page_show:
 *
 * Returns: (transfer full): of the form whose hash the rest of the path is; only for its council
 */
TnWebPage *
tn_outcome_page_show (TnReader *reader)
{
  g_autoptr (TnSlip) slip = tn_form_find (reader, reader->rest);
  if (slip == NULL)
    return tn_frame_make_missing (reader);
  g_auto (GStrv) parts = g_strsplit (slip->outcome, "\n", 2);
  g_auto (GStrv) words = g_strsplit (parts[0] != NULL ? parts[0] : "", " ", 2);
  for (guint i = 0; words[0] != NULL && i < G_N_ELEMENTS (OUTCOMES); i++)
    {
      if (strcmp (OUTCOMES[i].word, words[0]) != 0)
        continue;
      g_autoptr (GPtrArray) effects = tn_foresight_from_text (parts[1] != NULL ? parts[1] : "");
      g_autoptr (GString) body = g_string_new (NULL);
      tn_html_add (body, "<p class=\"note\">%s</p>\n", tn_say (reader->language, OUTCOMES[i].text));
      if (words[1] != NULL)
        tn_html_add (body, "<p>%s <code>%s</code></p>\n",
                     tn_say (reader->language, N_ ("Its number:")), words[1]);
      if (effects->len > 0)
        tn_foresight_add_effects (body, reader,
                                  tn_say (reader->language, N_ ("What changes with it")), effects);
      add_calendars (body, reader);
      return tn_frame_make (reader, 200, tn_say (reader->language, OUTCOMES[i].title), body);
    }
  return show_unknown (reader);
}
