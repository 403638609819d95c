/* The words of design section 1 for texts that stand in events. They are the collaboration's, not
 * the reader's: everybody sees the same event, so they are a table here and no matter of locale. */
#include "model/words.h"

#include "base/text.h"

#include <string.h>

static const char *const LANGUAGES[] = { "da", "sv", "nb", "en" };

static const char *const WORDS[][TN_N_WORDS] = {
  { "Vært",
    "Arrangør",
    "Mødested",
    "Sekretariat",
    "Deltagere",
    "Gæster",
    "Udgifter",
    "Ansvarlig",
    "Tema",
    "Datoen er foreslået",
    "Datoen er bekræftet",
    "AFLYST",
    "Udsat",
    "Ændringsønske afventer %s",
    "Sat tilbage, fordi den var slettet her. Skal den aflyses?",
    "Hører til",
    "Reference",
    "Tider",
    "Pladser: højst %s fra hvert råd",
    "Plads til: %s råd i alt",
    "På dagsordenen",
    "siden %s",
    "Frister",
    "hvert råd",
    "Beslutninger" },
  { "Värd",
    "Sammankallande",
    "Plats",
    "Sekretariat",
    "Deltagare",
    "Gäster",
    "Kostnader",
    "Ansvarig",
    "Tema",
    "Datumet är föreslaget",
    "Datumet är bekräftat",
    "INSTÄLLD",
    "Uppskjuten",
    "Ändringsönskemål väntar på %s",
    "Återställd, eftersom den var raderad här. Ska den ställas in?",
    "Hör till",
    "Referens",
    "Tider",
    "Platser: högst %s från varje råd",
    "Plats för: %s råd i allt",
    "På dagordningen",
    "sedan %s",
    "Tidsfrister",
    "varje råd",
    "Beslut" },
  { "Vertskap",
    "Møteansvarlig",
    "Møtested",
    "Sekretariat",
    "Deltakere",
    "Gjester",
    "Kostnader",
    "Ansvarlig",
    "Tema",
    "Datoen er foreslått",
    "Datoen er bekreftet",
    "AVLYST",
    "Utsatt",
    "Endringsønske venter på %s",
    "Satt tilbake fordi den var slettet her. Skal den avlyses?",
    "Hører til",
    "Referanse",
    "Tider",
    "Plasser: høyst %s fra hvert råd",
    "Plass til: %s råd i alt",
    "På dagsordenen",
    "siden %s",
    "Frister",
    "hvert råd",
    "Vedtak" },
  { "Host",
    "Organiser",
    "Venue",
    "Secretariat",
    "Participants",
    "Guests",
    "Costs",
    "Duty of",
    "Theme",
    "The date is proposed",
    "The date is confirmed",
    "CANCELLED",
    "Postponed",
    "A proposed change waits for %s",
    "Put back, because it was deleted here. Is it to be cancelled?",
    "Belongs to",
    "Reference",
    "Times",
    "Seats: at most %s of each council",
    "Room for: %s councils in all",
    "On the agenda",
    "since %s",
    "Deadlines",
    "each council",
    "Decisions" },
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
  return WORDS[language][word];
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
      return WORDS[language][TN_WORD_HOST + i];
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
  static const char *const words[][G_N_ELEMENTS (groups)]
      = { { "formand", "næstformand", "medlemmer", "sekretær" },
          { "ordförande", "vice ordförande", "ledamöter", "sekreterare" },
          { "leder", "nestleder", "medlemmer", "sekretær" },
          { "chair", "vice-chair", "members", "secretary" } };
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    if (strcmp (groups[i], group) == 0)
      return words[language][i];
  return group;
}

static const char *const MONTHS[][12] = {
  { "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober",
    "november", "december" },
  { "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
    "oktober", "november", "december" },
  { "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober",
    "november", "desember" },
  { "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December" },
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
  return MONTHS[language][month - 1];
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
  gboolean has_point = language == TN_LANGUAGE_DA || language == TN_LANGUAGE_NB;
  return g_strdup_printf ("%d%s %s", day, has_point ? "." : "", MONTHS[language][month - 1]);
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
  return g_strdup_printf ("%02d%c%02d", minute / 60, language == TN_LANGUAGE_EN ? ':' : '.',
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
  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    {
      const char *rest = find_end (title, WORDS[i][TN_WORD_CANCELLED]);
      if (rest == NULL || g_unichar_isalnum (g_utf8_get_char (rest)))
        continue; /* AFLYSTE is another word */
      while (*rest != '\0' && is_separator (g_utf8_get_char (rest)))
        rest = g_utf8_next_char (rest);
      return rest;
    }
  return NULL;
}
