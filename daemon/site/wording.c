/* Words of the pages, in the language of the collaboration: dates as people write them, with the
 * ISO week, by which councils plan. */
#include "site/wording.h"

#include <string.h>

#include "model/catalogue.h"
#include "model/dates.h"
#include "site/html.h"

static char *
add_week (TnLanguage language, const char *text, const TnWhen *when)
{
  g_autofree char *weeks = tn_dates_format_weeks (when);
  return g_strdup_printf (tn_say (language, N_ ("%s (week %s)")), text, weeks);
}

static char *
format_when (TnLanguage language, const TnWhen *when)
{
  g_autofree char *text = tn_dates_format_when (language, when);
  return add_week (language, text, when);
}

/* Returns: (transfer full): `tirsdag den 18. maj 2027 (uge 20)`, or that there is no date */
char *
tn_wording_dup_when (TnLanguage language, const TnOccurrence *occurrence)
{
  return occurrence->status == TN_STATUS_UNPLACED ? g_strdup (tn_say (language, N_ ("no date yet")))
                                                  : format_when (language, &occurrence->when);
}

/* Returns: (transfer full): `tirsdag den 23. marts 2027 (uge 12)` */
char *
tn_wording_dup_day (TnLanguage language, TnDate date)
{
  const TnWhen when = tn_when_new_days (date, 1);
  return format_when (language, &when);
}

/**
 * tn_wording_dup_time:
 * @at_us: UTC microseconds since 1970
 *
 * Returns: (transfer full): as a clock on the wall of the collaboration shows it
 */
char *
tn_wording_dup_time (const TnReader *reader, gint64 at_us)
{
  GPtrArray *all = tn_plan_get_rulebook (reader->plan)->collaborations;
  const TnCollaboration *of = reader->collaboration;
  if (of == NULL && all->len > 0)
    of = g_ptr_array_index (all, 0);
  TnLocalTime local = { .date = tn_plan_get_today (reader->plan) };
  if (of != NULL)
    local = tn_zone_to_local (of->zone, at_us / G_USEC_PER_SEC);
  g_autofree char *day = tn_word_format_day (reader->language, local.date);
  g_autofree char *clock = tn_dates_format_minute (reader->language, local.second / 60);
  return g_strdup_printf ("%s %s", day, clock);
}

/* Returns: (transfer full): names, or that there is nobody */
char *
tn_wording_dup_councils (const TnCollaboration *collaboration, char **councils)
{
  GString *names = g_string_new (NULL);
  for (gsize i = 0; councils[i] != NULL; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            tn_collaboration_get_council_name (collaboration, councils[i]));
  if (names->len == 0)
    g_string_append (names, tn_say (collaboration->language, N_ ("nobody")));
  return g_string_free (names, FALSE);
}

const char *
tn_wording_get_status (TnLanguage language, const TnOccurrence *occurrence)
{
  static const char *const words[] = { [TN_STATUS_PROPOSED] = N_ ("proposed"),
                                       [TN_STATUS_CONFIRMED] = N_ ("confirmed"),
                                       [TN_STATUS_CANCELLED] = N_ ("cancelled"),
                                       [TN_STATUS_UNPLACED] = N_ ("without a date") };
  return tn_say (language, occurrence->is_postponed ? N_ ("put off") : words[occurrence->status]);
}

const char *
tn_wording_get_turn (TnLanguage language, TnTurnStatus status)
{
  static const char *const words[] = { [TN_TURN_HELD] = N_ ("held"),
                                       [TN_TURN_PLANNED] = N_ ("planned"),
                                       [TN_TURN_POSTPONED] = N_ ("put off"),
                                       [TN_TURN_SKIPPED] = N_ ("lost its turn"),
                                       [TN_TURN_SWAPPED] = N_ ("swapped") };
  return tn_say (language, words[status]);
}

/**
 * tn_wording_get_kind:
 *
 * Returns: (transfer none): what was decided, without by whom and what
 */
const char *
tn_wording_get_kind (TnLanguage language, TnDecisionKind kind)
{
  static const char *const words[TN_N_DECISIONS]
      = { [TN_DECISION_DATE] = N_ ("The date was set"),
          [TN_DECISION_CANCEL] = N_ ("It was cancelled, or taken up again"),
          [TN_DECISION_SWAP] = N_ ("Two councils swapped their turns"),
          [TN_DECISION_SKIP] = N_ ("A council lost its turn"),
          [TN_DECISION_POSTPONE] = N_ ("It was put off, or taken up again"),
          [TN_DECISION_SET] = N_ ("The one who has the turn was named"),
          [TN_DECISION_INSERT] = N_ ("A council joined the rotation"),
          [TN_DECISION_JOIN] = N_ ("A council became a member"),
          [TN_DECISION_LEAVE] = N_ ("A council left"),
          [TN_DECISION_THEME] = N_ ("The theme was set"),
          [TN_DECISION_TITLE] = N_ ("The title was changed"),
          [TN_DECISION_WHERE] = N_ ("The place was set"),
          [TN_DECISION_TEXT] = N_ ("The description was changed"),
          [TN_DECISION_DUE] = N_ ("A deadline was moved"),
          [TN_DECISION_DONE] = N_ ("A duty was marked as done, or as not done"),
          [TN_DECISION_PLACED] = N_ ("The rules chose the date") };
  return tn_say (language, words[kind]);
}

/* Returns: (transfer full): a date or a span in words; any other value as it is */
char *
tn_wording_dup_value (TnLanguage language, const char *value)
{
  TnWhen when = { 0 };
  if (value == NULL || *value == '\0')
    return g_strdup ("–");
  return tn_when_parse (value, &when, NULL) ? format_when (language, &when) : g_strdup (value);
}

/* Returns: (transfer full): of its page, below the site's folder */
char *
tn_wording_dup_event_path (const TnOccurrence *occurrence)
{
  g_autofree char *reference = tn_occurrence_to_reference (occurrence);
  return g_strconcat ("event/", reference, NULL);
}

void
tn_wording_add_event_link (GString *html, const TnReader *reader, const TnOccurrence *occurrence)
{
  g_autofree char *path = tn_wording_dup_event_path (occurrence);
  tn_html_add (html, "<a href=\"%s%s\"><bdi>%s</bdi></a>", reader->folder, path, occurrence->title);
}

/* A date that programs can read, too. */
void
tn_wording_add_time (GString *html, TnDate day, const char *text)
{
  g_autofree char *machine = tn_date_to_string (day);
  tn_html_add (html, "<time datetime=\"%s\">%s</time>", machine, text);
}
