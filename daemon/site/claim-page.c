/* At first contact an entry that somebody made by hand may be an event of the plan. Whose calendar
 * it is says so; of a shared calendar, the council whose daemon keeps it. The entry's own words are
 * not shown: only its name in the calendar, and the event that it may be. */
#include "site/claim-page.h"

#include <string.h>

#include "base/error.h"
#include "model/catalogue.h"
#include "site/form.h"
#include "site/frame.h"
#include "site/html.h"
#include "site/outcome-page.h"
#include "site/wording.h"
#include "sync/claim.h"

#define PATH "claim"

typedef struct
{
  TnReader *reader; /* (owned) */
  char *hash;       /* (owned) (nullable) of the form */
  char *uid;        /* (owned) (nullable) of the event */
} Claim;

static void
claim_free (Claim *claim)
{
  tn_reader_free (claim->reader);
  g_free (claim->hash);
  g_free (claim->uid);
  g_free (claim);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Claim, claim_free)

static gboolean
is_own (const TnReader *reader, const TnCalendar *calendar)
{
  const char *home = tn_book_get_settings (tn_reader_get_book (reader))->council;
  return g_strcmp0 (calendar->shared ? home : calendar->council, reader->council) == 0;
}

static void
add_twin (GString *html, const TnReader *reader, const char *calendar, const TnChange *change)
{
  g_autofree char *query = g_uri_escape_string (change->item_id, NULL, FALSE);
  const TnOccurrence *occurrence = tn_plan_find_uid (reader->plan, change->uid, NULL);
  if (occurrence == NULL)
    return;
  tn_html_add (html, "<li><a href=\"%s" PATH "?calendar=%s&amp;item=%s\"><bdi>%s</bdi></a>",
               reader->folder, calendar, query, occurrence->title);
  tn_html_add (html, " <span class=\"hint\">%s: <code>%s</code></span></li>\n", calendar,
               change->item_id);
}

/**
 * tn_claim_page_list:
 *
 * The entries that wait in the calendars of the reader's council, as part of its page.
 */
void
tn_claim_page_list (GString *html, const TnReader *reader)
{
  GPtrArray *calendars = tn_book_get_settings (tn_reader_get_book (reader))->calendars;
  g_autoptr (GString) list = g_string_new (NULL);
  for (guint i = 0; i < calendars->len; i++)
    {
      const TnCalendar *calendar = g_ptr_array_index (calendars, i);
      const TnPassResult *result = tn_desk_get_result (reader->desk, calendar->id);
      for (guint j = 0; is_own (reader, calendar) && result != NULL && j < result->changes->len;
           j++)
        {
          const TnChange *change = g_ptr_array_index (result->changes, j);
          if (change->kind == TN_CHANGE_TWIN)
            add_twin (list, reader, calendar->id, change);
        }
    }
  if (list->len == 0)
    return;
  tn_html_add (html, "<h2>%s</h2>\n",
               tn_say (reader->language, N_ ("Entries that may be events of the plan")));
  tn_html_add (html, "<ul>\n");
  g_string_append_len (html, list->str, (gssize) list->len);
  tn_html_add (html, "</ul>\n");
}

/* Returns: (transfer none) (nullable): the twin that is asked about, if it is the reader's to judge
 */
static const TnChange *
find_twin (const TnReader *reader, const char *calendar, const char *item)
{
  const TnCalendar *found = calendar != NULL ? tn_settings_find_calendar (
                                tn_book_get_settings (tn_reader_get_book (reader)), calendar)
                                             : NULL;
  const TnPassResult *result = found != NULL && is_own (reader, found)
                                   ? tn_desk_get_result (reader->desk, calendar)
                                   : NULL;
  for (guint i = 0; result != NULL && item != NULL && i < result->changes->len; i++)
    {
      const TnChange *change = g_ptr_array_index (result->changes, i);
      if (change->kind == TN_CHANGE_TWIN && g_strcmp0 (change->item_id, item) == 0)
        return change;
    }
  return NULL;
}

static void
add_button (GString *html, const TnReader *reader, const char *calendar, const char *item,
            const char *answer, const char *text)
{
  tn_form_begin (html, reader, PATH);
  tn_form_hide (html, "calendar", calendar);
  tn_form_hide (html, "item", item);
  tn_form_hide (html, "answer", answer);
  tn_html_add (html, "<button type=\"submit\">%s</button>\n</form>\n", text);
}

static TnWebPage *
show_question (const TnReader *reader, const char *calendar, const TnChange *twin)
{
  TnLanguage language = reader->language;
  const TnOccurrence *occurrence = tn_plan_find_uid (reader->plan, twin->uid, NULL);
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char *when
      = occurrence != NULL ? tn_wording_dup_when (language, occurrence) : g_strdup ("");
  tn_html_add (body, "<dl class=\"card\"><dt>%s</dt><dd>%s: <code>%s</code></dd>",
               tn_say (language, N_ ("Entry")), calendar, twin->item_id);
  tn_html_add (body, "<dt>%s</dt><dd><bdi>%s</bdi>, %s</dd></dl>\n",
               tn_say (language, N_ ("Event of the plan")),
               occurrence != NULL ? occurrence->title : "–", when);
  tn_html_paragraph (
      body, tn_say (language,
                    N_ ("If the entry is this event, its date, time and place count as decided: "
                        "they go into the ledger, and the other calendars follow. If it is "
                        "something else, it is left alone and the event gets an entry of its "
                        "own.")));
  add_button (body, reader, calendar, twin->item_id, "it",
              tn_say (language, N_ ("The entry is this event")));
  add_button (body, reader, calendar, twin->item_id, "none",
              tn_say (language, N_ ("The entry is something else")));
  return tn_frame_make (reader, 200, tn_say (language, N_ ("Is it the same?")), body);
}

static TnWebPage *
finish (const Claim *claim, const char *outcome)
{
  tn_form_note (claim->reader, claim->uid, outcome,
                tn_reader_get_field (claim->reader, "calendar"));
  return tn_outcome_page_keep (claim->reader, claim->hash, PATH, outcome);
}

static void
on_claimed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Claim) claim = user_data;
  g_autoptr (GError) error = NULL;
  TnWebPage *page = tn_claim_finish (TN_BOOK (source), result, &error)
                        ? finish (claim, "claimed")
                        : tn_frame_make_error (claim->reader, error);
  tn_reader_answer (claim->reader, page);
}

/* Returns: (transfer full) (nullable): %NULL without an error when it is answered later, and owns
 *   @owned then */
static TnWebPage *
take (Claim **owned, const char *id, const TnChange *twin, GError **error)
{
  Claim *claim = *owned;
  TnReader *reader = claim->reader;
  TnBook *book = tn_reader_get_book (reader);
  g_autofree char *item = g_strdup (twin->item_id); /* the desk may forget its results */
  claim->uid = g_strdup (twin->uid);
  if (!tn_form_use_up (reader, claim->hash, PATH, "", error))
    return NULL;
  if (g_strcmp0 (tn_reader_get_field (reader, "answer"), "it") != 0)
    return tn_claim_none (book, id, item, error) ? finish (claim, "unclaimed") : NULL;
  TnProvider *provider = tn_desk_get_provider (reader->desk, id);
  if (provider == NULL)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_TEMPORARY, "calendar %s cannot be opened", id);
      return NULL;
    }
  const TnCalendar *calendar = tn_settings_find_calendar (tn_book_get_settings (book), id);
  tn_claim_async (book, provider, calendar, item, claim->uid, reader->stop, on_claimed,
                  g_steal_pointer (owned));
  return NULL;
}

static TnWebPage *
hand_in (Claim **owned, GError **error)
{
  TnReader *reader = (*owned)->reader;
  const char *calendar = tn_reader_get_field (reader, "calendar");
  TnFormState state = tn_form_check (reader, PATH, &(*owned)->hash);
  if (state != TN_FORM_GOOD)
    return tn_form_make_refusal (reader, state, (*owned)->hash);
  const TnChange *twin = find_twin (reader, calendar, tn_reader_get_field (reader, "item"));
  return twin != NULL ? take (owned, calendar, twin, error) : tn_frame_make_missing (reader);
}

/**
 * tn_claim_page_begin:
 * @reader: (transfer full): speaks for a council
 */
void
tn_claim_page_begin (TnReader *reader)
{
  g_autoptr (Claim) claim = g_new0 (Claim, 1);
  g_autoptr (GError) error = NULL;
  TnWebPage *page = NULL;
  const char *calendar = tn_reader_get_query (reader, "calendar");
  claim->reader = reader;
  if (tn_reader_is_post (reader))
    page = hand_in (&claim, &error);
  else
    {
      const TnChange *twin = find_twin (reader, calendar, tn_reader_get_query (reader, "item"));
      page = twin != NULL ? show_question (reader, calendar, twin) : tn_frame_make_missing (reader);
    }
  if (page == NULL && error != NULL)
    page = tn_frame_make_error (reader, error);
  if (page != NULL)
    tn_reader_answer (reader, page);
}
