/* The words of design section 1 for texts that stand in events. They are the collaboration's, not
 * the reader's: everybody sees the same event, so the language is given and no matter of locale. */
#include "model/words.h"

#include "base/text.h"
#include "model/catalogue.h"

#include <string.h>

static const char *const LANGUAGES[] = { "da", "sv", "nb", "en" };

/* They stand in events, so they are of one meaning wherever else the English word is used. */
static const char *const WORDS[TN_N_WORDS] = {
  [TN_WORD_HOST] = NC_ ("event", "Host"),
  [TN_WORD_ORGANISER] = NC_ ("event", "Organiser"),
  [TN_WORD_VENUE] = NC_ ("event", "Venue"),
  [TN_WORD_SECRETARIAT] = NC_ ("event", "Secretariat"),
  [TN_WORD_PARTICIPANTS] = NC_ ("event", "Participants"),
  [TN_WORD_GUESTS] = NC_ ("event", "Guests"),
  [TN_WORD_COSTS] = NC_ ("event", "Costs"),
  [TN_WORD_DUTY] = NC_ ("event", "Duty of"),
  [TN_WORD_THEME] = NC_ ("event", "Theme"),
  [TN_WORD_PROPOSED] = NC_ ("event", "The date is proposed"),
  [TN_WORD_CONFIRMED] = NC_ ("event", "The date is confirmed"),
  [TN_WORD_CANCELLED] = NC_ ("event", "CANCELLED"),
  [TN_WORD_POSTPONED] = NC_ ("event", "Postponed"),
  [TN_WORD_PROPOSAL_WAITS] = NC_ ("event", "A proposed change waits for %s"),
  [TN_WORD_PUT_BACK]
  = NC_ ("event", "Put back, because it was deleted here. Is it to be cancelled?"),
  [TN_WORD_FOR] = NC_ ("event", "Belongs to"),
  [TN_WORD_REFERENCE] = NC_ ("event", "Reference"),
  [TN_WORD_HOURS] = NC_ ("event", "Times"),
  [TN_WORD_SEATS] = NC_ ("event", "Seats: at most %s of each council"),
  [TN_WORD_ROOM] = NC_ ("event", "Room for: %s councils in all"),
  [TN_WORD_AGENDA] = NC_ ("event", "On the agenda"),
  [TN_WORD_SINCE] = NC_ ("event", "since %s"),
  [TN_WORD_DEADLINES] = NC_ ("event", "Deadlines"),
  [TN_WORD_EACH_COUNCIL] = NC_ ("event", "each council"),
  [TN_WORD_JOURNAL] = NC_ ("event", "Decisions"),
};

gboolean
tn_language_from_string (const char *text, TnLanguage *ret_language)
{
  guint index = 0;
  if (!tn_text_find (LANGUAGES, G_N_ELEMENTS (LANGUAGES), text, &index))
    return FALSE;
  *ret_language = (TnLanguage) index;
  return TRUE;
}

const char *
tn_language_to_string (TnLanguage language)
{
  return LANGUAGES[language];
}

/**
 * tn_word:
 *
 * Source: design section 1, the table of texts for people.
 */
const char *
tn_word (TnLanguage language, TnWord word)
{
  return tn_say_in (language, "event", WORDS[word]);
}

/**
 * tn_word_for_role:
 *
 * Returns: what people call the role; a role of the charter's own is called as the charter calls it
 */
const char *
tn_word_for_role (TnLanguage language, const char *role)
{
  static const char *const roles[] = { "host", "organiser", "venue", "secretariat" };
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (strcmp (roles[i], role) == 0)
      return tn_word (language, (TnWord) (TN_WORD_HOST + i));
  return role;
}

/**
 * tn_word_for_group:
 *
 * Returns: what people call those who take part; a group of the charter's own keeps its name
 */
const char *
tn_word_for_group (TnLanguage language, const char *group)
{
  static const char *const groups[] = { "chair", "vice-chair", "member", "secretary" };
  static const char *const words[] = { NC_ ("group", "chair"), NC_ ("group", "vice-chair"),
                                       NC_ ("group", "members"), NC_ ("group", "secretary") };
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    if (strcmp (groups[i], group) == 0)
      return tn_say_in (language, "group", words[i]);
  return group;
}

static const char *const MONTHS[] = {
  NC_ ("month", "January"), NC_ ("month", "February"), NC_ ("month", "March"),
  NC_ ("month", "April"),   NC_ ("month", "May"),      NC_ ("month", "June"),
  NC_ ("month", "July"),    NC_ ("month", "August"),   NC_ ("month", "September"),
  NC_ ("month", "October"), NC_ ("month", "November"), NC_ ("month", "December"),
};

/**
 * tn_word_for_month:
 * @month: 1 to 12
 *
 * Returns: (transfer none): `maj`
 */
const char *
tn_word_for_month (TnLanguage language, int month)
{
  return tn_say_in (language, "month", MONTHS[month - 1]);
}

/**
 * tn_word_format_month_day:
 *
 * As the language councils advise: a point behind the day in Danish and Norwegian, none else.
 *
 * Returns: (transfer full): `18. maj`, sv `18 maj`, en `18 May`
 */
char *
tn_word_format_month_day (TnLanguage language, int month, int day)
{
  return g_strdup_printf (tn_say_in (language, "day and month", "%d %s"), day,
                          tn_word_for_month (language, month));
}

/**
 * tn_word_format_day:
 *
 * Returns: (transfer full): `18. maj 2027`
 */
char *
tn_word_format_day (TnLanguage language, TnDate date)
{
  int year = 0;
  int month = 0;
  int day = 0;
  tn_date_get_ymd (date, &year, &month, &day);
  g_autofree char *month_day = tn_word_format_month_day (language, month, day);
  return g_strdup_printf ("%s %d", month_day, year);
}

/**
 * tn_word_format_clock:
 * @minute: of the day
 *
 * Returns: (transfer full): `10.00`, en `10:00`
 */
char *
tn_word_format_clock (TnLanguage language, int minute)
{
  return g_strdup_printf (tn_say_in (language, "hour and minute", "%02d:%02d"), minute / 60,
                          minute % 60);
}

static char *
fold (const char *text, gsize bytes)
{
  g_autofree char *part = g_strndup (text, bytes);
  g_autofree char *composed = g_utf8_normalize (part, -1, G_NORMALIZE_NFC);
  return composed != NULL ? g_utf8_casefold (composed, -1) : g_strdup ("");
}

/* Where @word ends at the beginning of @title; NULL when it does not stand there. Letters with dots
 * may be written as two (a Mac writes Ä so): the title is composed as far as the word may reach. */
static const char *
find_end (const char *title, const char *word)
{
  g_autofree char *wanted = fold (word, strlen (word));
  glong letters = 2 * g_utf8_strlen (word, -1);
  const char *end = title;
  for (glong i = 0; i < letters && *end != '\0'; i++)
    {
      end = g_utf8_next_char (end);
      g_autofree char *so_far = fold (title, (gsize) (end - title));
      if (strcmp (so_far, wanted) == 0 && !g_unichar_ismark (g_utf8_get_char (end)))
        return end;
    }
  return NULL;
}

static gboolean
is_separator (gunichar letter)
{
  return letter == ':' || letter == '-' || letter == 0x2013 || letter == 0x2014
         || g_unichar_isspace (letter);
}

/**
 * tn_word_strip_cancelled:
 *
 * Source: design section 7: a title that begins with AFLYST, INSTÄLLD, AVLYST or CANCELLED, in any
 * case, whatever the collaboration's language.
 *
 * Returns: (nullable): what follows the word and its colon in @title; %NULL when it does not begin
 * so
 */
const char *
tn_word_strip_cancelled (const char *title)
{
  for (guint i = 0; i < G_N_ELEMENTS (LANGUAGES); i++)
    {
      const char *rest = find_end (title, tn_word ((TnLanguage) i, TN_WORD_CANCELLED));
      if (rest == NULL || g_unichar_isalnum (g_utf8_get_char (rest)))
        continue; /* AFLYSTE is another word */
      while (*rest != '\0' && is_separator (g_utf8_get_char (rest)))
        rest = g_utf8_next_char (rest);
      return rest;
    }
  return NULL;
}
