/* How the calendars are, from what `status` goes by. What a server said, and where it stands, is
 * for those who run the program: here it says what is the matter and whose turn it is, and no more.
 */
#include "site/health-page.h"

#include "model/catalogue.h"
#include "site/frame.h"
#include "site/html.h"
#include "site/wording.h"
#include "sync/health.h"

typedef struct
{
  gboolean is_bad;
  const char *word;
  const char *advice; /* whole sentences; static */
} Verdict;

static const Verdict VERDICTS[TN_N_HEALTHS] = {
  [TN_HEALTH_OK] = { FALSE, N_ ("in step"), N_ ("Nothing is to be done.") },
  [TN_HEALTH_FAILING]
  = { TRUE, N_ ("not in step"),
      N_ ("It does not come into step by itself. Those who run the program find the cause with "
          "'turnusctl status'.") },
  [TN_HEALTH_DEGRADED] = { TRUE, N_ ("out of reach"),
                           N_ ("It cannot be reached, or is busy. It is tried again by itself.") },
  [TN_HEALTH_READ_ONLY] = { TRUE, N_ ("read only"),
                            N_ ("It can be read and not be written. Its owner must give the "
                                "program the right to write.") },
  [TN_HEALTH_NEEDS_LOGIN] = { TRUE, N_ ("needs a login"),
                              N_ ("Its server does not accept the login any more. Those who run "
                                  "the program must renew it.") },
  [TN_HEALTH_ON_HOLD]
  = { TRUE, N_ ("on hold"),
      N_ ("It is stopped until a person has looked. Those who run the program see with 'turnusctl "
          "status' why.") },
};

static const Verdict NEW
    = { FALSE, N_ ("new"), N_ ("It has not been read yet. That happens by itself.") };
static const Verdict REFUSED = {
  TRUE, N_ ("cannot be opened"),
  N_ ("Its settings or its plugin are at fault. Those who run the program see with 'turnusctl "
      "status' why.")
};

static const Verdict *
judge (const TnReader *reader, const TnCalendar *calendar, const TnCalendarState *state)
{
  const TnPassResult *result = tn_desk_get_result (reader->desk, calendar->id);
  if (tn_desk_get_refusal (reader->desk, calendar->id) != NULL || state == NULL)
    return &REFUSED;
  TnHealth health = result != NULL ? tn_health_judge (result) : state->health;
  if (health == TN_HEALTH_OK && result == NULL && state->last_good_us == 0)
    return &NEW;
  return &VERDICTS[health];
}

static guint
count_waiting (const TnReader *reader, const TnCalendar *calendar)
{
  const TnPassResult *result = tn_desk_get_result (reader->desk, calendar->id);
  guint n = 0;
  for (guint i = 0; result != NULL && i < result->changes->len; i++)
    {
      const TnChange *change = g_ptr_array_index (result->changes, i);
      n += change->is_held || change->kind == TN_CHANGE_TWIN || change->kind == TN_CHANGE_WAIT;
    }
  return n;
}

static char *
dup_owner (const TnReader *reader, const TnCalendar *calendar)
{
  if (calendar->shared)
    return g_strdup (tn_say (reader->language, N_ ("shared by all")));
  return g_strdup (
      calendar->council != NULL ? tn_reader_get_council_name (reader, calendar->council) : "–");
}

static void
add_advice (GString *html, const TnReader *reader, const TnCalendar *calendar,
            const Verdict *verdict)
{
  guint n = count_waiting (reader, calendar);
  tn_html_add (html, "<td>%s", tn_say (reader->language, verdict->advice));
  if (n > 0)
    {
      g_autofree char *text = g_strdup_printf (
          tn_say_count (reader->language, N_ ("%u entry waits for a person to look at it."),
                        N_ ("%u entries wait for a person to look at them."), n),
          n);
      tn_html_add (html, "<br>%s", text);
    }
  tn_html_add (html, "</td>");
}

static void
add_calendar (GString *html, const TnReader *reader, const TnCalendar *calendar)
{
  g_autoptr (TnCalendarState) state
      = tn_store_load_calendar (tn_reader_get_store (reader), calendar->id, NULL);
  const Verdict *verdict = judge (reader, calendar, state);
  g_autofree char *owner = dup_owner (reader, calendar);
  g_autofree char *good = state != NULL && state->last_good_us > 0
                              ? tn_wording_dup_time (reader, state->last_good_us)
                              : g_strdup (tn_say (reader->language, N_ ("never")));
  tn_html_add (html, "<tr><th scope=\"row\">%s</th><td><bdi>%s</bdi></td>", calendar->id, owner);
  tn_html_add (html,
               verdict->is_bad ? "<td><span class=\"state bad\">" : "<td><span class=\"state\">");
  tn_html_add (html, "%s</span></td><td>%s</td>", tn_say (reader->language, verdict->word), good);
  add_advice (html, reader, calendar, verdict);
  tn_html_add (html, "</tr>\n");
}

/**
 * tn_health_page_show:
 *
 * Returns: (transfer full): each calendar, with its state and what a person must do
 */
TnWebPage *
tn_health_page_show (TnReader *reader)
{
  TnLanguage language = reader->language;
  GPtrArray *calendars = tn_book_get_settings (tn_reader_get_book (reader))->calendars;
  g_autoptr (GString) body = g_string_new (NULL);
  const char *const columns[]
      = { tn_say (language, N_ ("Calendar")),   tn_say (language, N_ ("Whose")),
          tn_say (language, N_ ("State")),      tn_say (language, N_ ("Last in step")),
          tn_say (language, N_ ("What to do")), NULL };
  if (tn_book_has_new_rulebook (tn_reader_get_book (reader)))
    tn_html_add (
        body, "<p class=\"note\">%s</p>\n",
        tn_say (language, N_ ("A new edition of the charter or of the holidays waits. Those "
                              "who run the program look at it with 'turnusctl plan' and "
                              "put it in force.")));
  tn_html_table (body, tn_say (language, N_ ("How each calendar is")), columns);
  for (guint i = 0; i < calendars->len; i++)
    add_calendar (body, reader, g_ptr_array_index (calendars, i));
  tn_html_table_end (body);
  return tn_frame_make (reader, 200, tn_say (language, N_ ("Calendars")), body);
}
