/* News in words: what happened, who decides, what can be done. Neutral: nobody is blamed and
 * nothing is urgent in them. Of what a person typed only the wish itself is told, a date, a place
 * or a title, to who may answer it and to who wished it; what stands above the marker, and notes,
 * never (promise 11). */
#include "notice/telling.h"

#include <string.h>

#include "model/catalogue.h"
#include "sync/amend.h"
#include "sync/consent.h"

static const glong WISH_MOST_LETTERS = 120;

/**
 * tn_telling_make_safe:
 *
 * Returns: (transfer full): one line of @text, without what a header or a terminal would obey
 */
char *
tn_telling_make_safe (const char *text)
{
  GString *safe = g_string_new (NULL);
  glong n = 0;
  for (const char *at = text; *at != '\0' && n < WISH_MOST_LETTERS; at = g_utf8_next_char (at), n++)
    {
      gunichar letter = g_utf8_get_char (at);
      GUnicodeType type = g_unichar_type (letter);
      gboolean is_bad = type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT
                        || type == G_UNICODE_LINE_SEPARATOR
                        || type == G_UNICODE_PARAGRAPH_SEPARATOR;
      g_string_append_unichar (safe, is_bad ? ' ' : letter);
    }
  return g_strstrip (g_string_free (safe, FALSE));
}

static char *
format_day (TnLanguage language, TnDate date)
{
  g_autofree char *day = tn_word_format_day (language, date);
  /* Translators: a day and its ISO week: 18. maj 2027 (uge 20) */
  return g_strdup_printf (tn_say (language, N_ ("%s (week %d)")), day,
                          tn_date_get_week (date, NULL));
}

/**
 * tn_telling_format_when:
 *
 * Returns: (transfer full): `18. maj 2027 (uge 20)`, with times where it has them
 */
char *
tn_telling_format_when (TnLanguage language, const TnWhen *when)
{
  TnDate last = when->days.end - 1;
  g_autofree char *first_day = format_day (language, when->days.start);
  g_autofree char *last_day = format_day (language, last);
  g_autofree char *start = tn_word_format_clock (language, when->start_minute);
  g_autofree char *end = tn_word_format_clock (language, when->end_minute);
  if (when->all_day && last == when->days.start)
    return g_steal_pointer (&first_day);
  if (when->all_day)
    return g_strdup_printf (tn_say (language, N_ ("%s to %s")), first_day, last_day);
  if (last == when->days.start)
    return g_strdup_printf (tn_say (language, N_ ("%s, %s to %s")), first_day, start, end);
  return g_strdup_printf (tn_say (language, N_ ("%s, %s, to %s, %s")), first_day, start, last_day,
                          end);
}

/**
 * tn_telling_get_language:
 *
 * Returns: that of the collaboration that it is about; for what is about none, of the first
 */
TnLanguage
tn_telling_get_language (const TnTelling *telling, const TnRulebook *rulebook)
{
  if (telling->fact->occurrence != NULL)
    return telling->fact->occurrence->collaboration->language;
  const TnCollaboration *first = g_ptr_array_index (rulebook->collaborations, 0);
  return first->language;
}

/* What it is about, as it is called. */
static char *
dup_title (const TnFact *fact, TnLanguage language)
{
  if (fact->milestone != NULL)
    return tn_telling_make_safe (fact->milestone->title);
  if (fact->occurrence != NULL)
    return tn_telling_make_safe (fact->occurrence->title);
  return g_strdup (tn_say (language, N_ ("An event that was made in a calendar")));
}

static const char *
get_name (const TnFact *fact, const char *council)
{
  return fact->occurrence != NULL
             ? tn_collaboration_get_council_name (fact->occurrence->collaboration, council)
             : council;
}

/* Returns: (transfer full): names, or that there is nobody */
static char *
join_names (const TnFact *fact, char **councils, TnLanguage language)
{
  GString *names = g_string_new (NULL);
  for (guint i = 0; councils != NULL && councils[i] != NULL; i++)
    if (*councils[i] != '\0')
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                              get_name (fact, councils[i]));
  if (names->len == 0)
    g_string_append (names, tn_say (language, N_ ("nobody yet")));
  return g_string_free (names, FALSE);
}

typedef enum
{
  DATE_CONFIRMED,
  DATE_MOVED,
  DATE_CANCELLED,
  DATE_POSTPONED,
  DATE_HELD_AFTER_ALL
} DateNews;

static DateNews
judge_date (const TnTelling *telling, TnWhen *ret_old)
{
  g_autofree char *was = NULL;
  const TnOccurrence *occurrence = telling->fact->occurrence;
  *ret_old = occurrence->when;
  if (telling->before != NULL)
    tn_fact_parse_date_value (telling->before, &was, ret_old);
  if (occurrence->is_postponed)
    return DATE_POSTPONED;
  if (occurrence->status == TN_STATUS_CANCELLED)
    return DATE_CANCELLED;
  if (g_strcmp0 (was, "cancelled") == 0 || g_strcmp0 (was, "postponed") == 0)
    return DATE_HELD_AFTER_ALL;
  gboolean is_moved = g_strcmp0 (was, "open") != 0 && !tn_when_equal (ret_old, &occurrence->when);
  return is_moved ? DATE_MOVED : DATE_CONFIRMED;
}

static char *
head_date (const TnTelling *telling, TnLanguage language, const char *title)
{
  TnWhen old = { 0 };
  switch (judge_date (telling, &old))
    {
    case DATE_MOVED:
      return g_strdup_printf (tn_say (language, N_ ("%s: another date")), title);
    case DATE_CANCELLED:
      return g_strdup_printf (tn_say (language, N_ ("%s: cancelled")), title);
    case DATE_POSTPONED:
      return g_strdup_printf (tn_say (language, N_ ("%s: postponed")), title);
    case DATE_HELD_AFTER_ALL:
      return g_strdup_printf (tn_say (language, N_ ("%s: held after all")), title);
    case DATE_CONFIRMED:
    default:
      return g_strdup_printf (tn_say (language, N_ ("%s: the date is confirmed")), title);
    }
}

/* Who decided it last, as the ledger says; nobody when the rules did. */
static void
append_who_decided (GString *text, const TnFact *fact, const TnPlan *plan, TnLanguage language)
{
  const guint kinds
      = 1u << TN_DECISION_DATE | 1u << TN_DECISION_CANCEL | 1u << TN_DECISION_POSTPONE;
  const TnOccurrence *occurrence = fact->occurrence;
  const TnDecision *last = tn_ledger_find_last (
      tn_plan_get_ledger (plan), kinds, occurrence->collaboration->id, occurrence->series->id,
      occurrence->cycle_text, occurrence->site, NULL);
  if (last == NULL || last->by == NULL)
    return;
  g_autofree char *day = tn_word_format_day (language, last->on);
  g_string_append_printf (text, tn_say (language, N_ ("Decided by %s on %s.")),
                          get_name (fact, last->by), day);
  g_string_append_c (text, '\n');
}

static char *
tell_date (const TnTelling *telling, TnLanguage language, const char *title, const TnPlan *plan)
{
  const TnOccurrence *occurrence = telling->fact->occurrence;
  GString *text = g_string_new (NULL);
  TnWhen before = { 0 };
  DateNews news = judge_date (telling, &before);
  g_autofree char *old = tn_telling_format_when (language, &before);
  g_autofree char *new = tn_telling_format_when (language, &occurrence->when);
  gboolean is_firm = occurrence->status == TN_STATUS_CONFIRMED;
  if (news == DATE_MOVED)
    g_string_printf (text, tn_say (language, N_ ("%s was on %s and is now on %s.")), title, old,
                     new);
  else if (news == DATE_CANCELLED)
    g_string_printf (text, tn_say (language, N_ ("%s on %s is not held.")), title, old);
  else if (news == DATE_POSTPONED)
    g_string_printf (text, tn_say (language, N_ ("%s on %s is not held in this cycle.")), title,
                     old);
  else
    g_string_printf (text, tn_say (language, N_ ("%s is held on %s.")), title, new);
  g_string_append_c (text, '\n');
  if (news == DATE_MOVED || news == DATE_HELD_AFTER_ALL)
    g_string_append_printf (text, "%s.\n",
                            tn_word (language, is_firm ? TN_WORD_CONFIRMED : TN_WORD_PROPOSED));
  append_who_decided (text, telling->fact, plan, language);
  g_string_append (text,
                   tn_say (language, N_ ("The calendars that turnus keeps show it already; the "
                                         "attached file is for others.")));
  g_string_append_c (text, '\n');
  return g_string_free (text, FALSE);
}

/* A wish in words: what is wanted instead of what. */
static char *
describe_wish (const TnFact *fact, TnLanguage language, const TnPlan *plan, const char *title)
{
  const TnProposal *proposal = fact->proposal;
  TnWhen wanted = { 0 };
  TnWhen stands = { 0 };
  g_autofree char *new = tn_telling_make_safe (proposal->value);
  g_autofree char *old = tn_telling_make_safe (proposal->instead_of);
  g_autofree char *span = g_strndup (proposal->value, strcspn (proposal->value, " "));
  g_autofree char *other = g_strndup (proposal->instead_of, strcspn (proposal->instead_of, " "));
  if (proposal->kind == TN_PROPOSAL_DECISION)
    {
      g_autofree char *swap = tn_consent_dup_wish (plan, proposal);
      return g_strdup_printf (tn_say (language, N_ ("%s: that two turns are swapped (%s)")), title,
                              swap);
    }
  if (proposal->field == TN_FIELD_WHEN && tn_when_parse (span, &wanted, NULL)
      && tn_when_parse (other, &stands, NULL))
    {
      g_autofree char *to = tn_telling_format_when (language, &wanted);
      g_autofree char *from = tn_telling_format_when (language, &stands);
      return g_strdup_printf (tn_say (language, N_ ("%s: on %s instead of %s")), title, to, from);
    }
  if (proposal->field == TN_FIELD_WHERE || proposal->field == TN_FIELD_TITLE)
    return g_strdup_printf (tn_say (language, N_ ("%s: \"%s\" instead of \"%s\"")), title, new,
                            old);
  if (proposal->field == TN_FIELD_STATUS)
    return g_strdup_printf (tn_say (language, strcmp (new, "cancelled") == 0
                                                  ? N_ ("%s: that it is cancelled")
                                                  : N_ ("%s: that its status is another")),
                            title);
  return g_strdup_printf (
      tn_say (language, N_ ("%s: another description, which stands in the calendar")), title);
}

static char *
tell_answer (const TnTelling *telling, TnLanguage language, const char *title, const TnPlan *plan)
{
  const TnFact *fact = telling->fact;
  const TnProposal *proposal = fact->proposal;
  GString *text = g_string_new (NULL);
  g_autofree char *wish = describe_wish (fact, language, plan, title);
  g_autofree char *deciders = join_names (fact, fact->deciders, language);
  if (proposal->council != NULL)
    g_string_printf (text, tn_say (language, N_ ("%s proposes a change.")),
                     get_name (fact, proposal->council));
  else
    g_string_printf (text, "%s",
                     tn_say (language, N_ ("Somebody proposes a change in a shared calendar.")));
  g_string_append_printf (text, "\n%s\n", wish);
  g_string_append_printf (text, tn_say (language, N_ ("Who may decide it: %s.")), deciders);
  g_string_append (text, "\n");
  if (telling->link != NULL)
    g_string_append_printf (text, tn_say (language, N_ ("Accept or reject it here:\n%s")),
                            telling->link);
  else
    g_string_append_printf (
        text,
        tn_say (language, N_ ("Until it is decided nothing changes. Whoever looks after turnus "
                              "enters the answer: turnusctl proposals accept %.8s, or reject "
                              "%.8s.")),
        proposal->id, proposal->id);
  g_string_append_c (text, '\n');
  return g_string_free (text, FALSE);
}

static char *
head_wish (const TnFact *fact, TnLanguage language, const char *title)
{
  if (fact->proposal->state == TN_PROPOSAL_ACCEPTED)
    return g_strdup_printf (tn_say (language, N_ ("%s: your wish was accepted")), title);
  if (fact->proposal->state == TN_PROPOSAL_REJECTED)
    return g_strdup_printf (tn_say (language, N_ ("%s: your wish was not accepted")), title);
  return g_strdup_printf (tn_say (language, N_ ("%s: your wish waits for an answer")), title);
}

static char *
tell_wish (const TnTelling *telling, TnLanguage language, const char *title, const TnPlan *plan)
{
  const TnFact *fact = telling->fact;
  const TnProposal *proposal = fact->proposal;
  GString *text = g_string_new (NULL);
  g_autofree char *wish = describe_wish (fact, language, plan, title);
  g_autofree char *deciders = join_names (fact, fact->deciders, language);
  g_string_printf (text, "%s\n", wish);
  if (proposal->state == TN_PROPOSAL_OPEN)
    {
      g_string_append (text, tn_say (language, N_ ("It was put back in the calendar and is kept "
                                                   "until it is decided.")));
      g_string_append_c (text, '\n');
      g_string_append_printf (text, tn_say (language, N_ ("Who decides it, and was asked: %s.")),
                              deciders);
    }
  else if (proposal->answered_by != NULL)
    g_string_append_printf (text, tn_say (language, N_ ("Decided by %s.")),
                            get_name (fact, proposal->answered_by));
  g_string_append_c (text, '\n');
  return g_string_free (text, FALSE);
}

static char *
tell_duty (const TnTelling *telling, TnLanguage language, const char *title)
{
  const TnFact *fact = telling->fact;
  const TnOccurrence *occurrence = fact->occurrence;
  g_autofree char *due = format_day (language, fact->milestone->due);
  g_autofree char *when = tn_telling_format_when (language, &occurrence->when);
  g_autofree char *event = tn_telling_make_safe (occurrence->title);
  GString *text = g_string_new (NULL);
  g_string_printf (text, tn_say (language, N_ ("%s is due on %s.")), title, due);
  g_string_append_c (text, '\n');
  g_string_append_printf (text, tn_say (language, N_ ("It belongs to %s on %s, and is for %s.")),
                          event, when, get_name (fact, fact->council));
  g_string_append_c (text, '\n');
  g_string_append (text, tn_say (language, N_ ("When it is done, put a ✓ before its title in the "
                                               "calendar.")));
  g_string_append_c (text, '\n');
  return g_string_free (text, FALSE);
}

static char *
tell_turn (const TnTelling *telling, TnLanguage language, const char *title)
{
  const TnFact *fact = telling->fact;
  g_auto (GStrv) before = g_strsplit (telling->before != NULL ? telling->before : "", ",", -1);
  g_auto (GStrv) after = g_strsplit (fact->value, ",", -1);
  g_autofree char *old = join_names (fact, before, language);
  g_autofree char *new = join_names (fact, after, language);
  g_autofree char *when = tn_telling_format_when (language, &fact->occurrence->when);
  g_autofree char *sentence
      = g_strdup_printf (tn_say (language, N_ ("%s on %s. %s: %s, until now %s.")), title, when,
                         tn_word_for_role (language, fact->role), new, old);
  return g_strconcat (sentence, "\n", NULL);
}

static const char *
advise (const TnFact *fact, TnLanguage language)
{
  if (strcmp (fact->value, tn_health_to_string (TN_HEALTH_NEEDS_LOGIN)) == 0)
    return tn_say (language, N_ ("The server does not accept the login. Put the right password in "
                                 "its place, or log in anew with turnusctl calendars login."));
  if (strcmp (fact->value, tn_health_to_string (TN_HEALTH_READ_ONLY)) == 0)
    return tn_say (language, N_ ("It can be read and not be written. Give turnus the right to "
                                 "write there again; what is to be written waits."));
  if (strcmp (fact->value, tn_health_to_string (TN_HEALTH_ON_HOLD)) == 0)
    return tn_say (language, N_ ("It is on hold until somebody has looked at it; turnusctl status "
                                 "says why, and what goes on then."));
  return tn_say (language, N_ ("It has not been in step for a day; turnusctl status says why."));
}

static char *
tell_calendar (const TnFact *fact, TnLanguage language)
{
  return g_strdup_printf ("%s\n%s\n", advise (fact, language),
                          tn_say (language, N_ ("The other calendars go on.")));
}

static char *
tell_end (const TnFact *fact, TnLanguage language)
{
  g_autofree char *day = format_day (language, fact->end);
  g_autofree char *sentence = g_strdup_printf (
      tn_say (language, N_ ("What logs in to the calendar %s can be used until %s.")),
      fact->calendar, day);
  return g_strdup_printf ("%s\n%s.\n", sentence, tn_say (language, fact->advice));
}

/**
 * tn_telling_dup_headline:
 *
 * Returns: (transfer full): one line
 */
char *
tn_telling_dup_headline (const TnTelling *telling, const TnRulebook *rulebook)
{
  const TnFact *fact = telling->fact;
  TnLanguage language = tn_telling_get_language (telling, rulebook);
  g_autofree char *title = dup_title (fact, language);
  switch (fact->kind)
    {
    case TN_FACT_ANSWER:
      return g_strdup_printf (tn_say (language, N_ ("%s: an answer is wanted")), title);
    case TN_FACT_WISH:
      return head_wish (fact, language, title);
    case TN_FACT_DATE:
      return head_date (telling, language, title);
    case TN_FACT_TURN:
      return g_strdup_printf (tn_say (language, N_ ("%s: a turn has moved")), title);
    case TN_FACT_DUTY:
      {
        g_autofree char *due = tn_word_format_day (language, fact->milestone->due);
        return g_strdup_printf (tn_say (language, N_ ("%s: due on %s")), title, due);
      }
    case TN_FACT_CALENDAR:
      return g_strdup_printf (tn_say (language, N_ ("The calendar %s needs somebody")),
                              fact->calendar);
    case TN_FACT_END:
    default:
      return g_strdup_printf (tn_say (language, N_ ("The login of the calendar %s ends soon")),
                              fact->calendar);
    }
}

/**
 * tn_telling_dup_text:
 * @plan: that it was surveyed in
 *
 * Returns: (transfer full): lines
 */
char *
tn_telling_dup_text (const TnTelling *telling, const TnPlan *plan)
{
  const TnFact *fact = telling->fact;
  TnLanguage language = tn_telling_get_language (telling, tn_plan_get_rulebook (plan));
  g_autofree char *title = dup_title (fact, language);
  switch (fact->kind)
    {
    case TN_FACT_ANSWER:
      return tell_answer (telling, language, title, plan);
    case TN_FACT_WISH:
      return tell_wish (telling, language, title, plan);
    case TN_FACT_DATE:
      return tell_date (telling, language, title, plan);
    case TN_FACT_TURN:
      return tell_turn (telling, language, title);
    case TN_FACT_DUTY:
      return tell_duty (telling, language, title);
    case TN_FACT_CALENDAR:
      return tell_calendar (fact, language);
    case TN_FACT_END:
    default:
      return tell_end (fact, language);
    }
}
