/* What stands over columns and behind events. The language is the collaboration's and never the
 * reader's: what is printed for a meeting is the same on every machine (promise 9). */
#include "wheel/caption.h"

static const char *const CAPTIONS[][TN_N_CAPTIONS] = {
  [TN_LANGUAGE_DA] = {
    [TN_CAPTION_PROGRAMME] = "Program",
    [TN_CAPTION_EDITION] = "Udgave",
    [TN_CAPTION_EVENTS] = "Møder og ture",
    [TN_CAPTION_DEADLINES] = "Frister",
    [TN_CAPTION_EVENT] = "Arrangement",
    [TN_CAPTION_DEADLINE] = "Frist",
    [TN_CAPTION_COLLABORATION] = "Samarbejde",
    [TN_CAPTION_TYPE] = "Art",
    [TN_CAPTION_WEEK] = "Uge",
    [TN_CAPTION_DATE] = "Dato",
    [TN_CAPTION_LAST_DAY] = "Sidste dag",
    [TN_CAPTION_WEEKDAY] = "Ugedag",
    [TN_CAPTION_TIME] = "Tid",
    [TN_CAPTION_WHAT] = "Hvad",
    [TN_CAPTION_WHO] = "Hvem",
    [TN_CAPTION_PLACE] = "Sted",
    [TN_CAPTION_THEME] = "Tema",
    [TN_CAPTION_STATUS] = "Status",
    [TN_CAPTION_BELONGS_TO] = "Hører til",
    [TN_CAPTION_NO_DATE] = "ingen dato endnu",
    [TN_CAPTION_NOTHING] = "Der er intet i dette år.",
    [TN_CAPTION_NOBODY] = "ingen",
    [TN_CAPTION_EACH_COUNCIL] = "hvert råd",
    [TN_CAPTION_STATUS_PROPOSED] = "foreslået",
    [TN_CAPTION_STATUS_CONFIRMED] = "bekræftet",
    [TN_CAPTION_STATUS_CANCELLED] = "aflyst",
    [TN_CAPTION_STATUS_POSTPONED] = "udsat",
    [TN_CAPTION_STATUS_UNPLACED] = "uden dato",
    [TN_CAPTION_STATUS_DONE] = "klaret",
    [TN_CAPTION_AND] = "og",
  },
  [TN_LANGUAGE_SV] = {
    [TN_CAPTION_PROGRAMME] = "Program",
    [TN_CAPTION_EDITION] = "Utgåva",
    [TN_CAPTION_EVENTS] = "Möten och resor",
    [TN_CAPTION_DEADLINES] = "Tidsfrister",
    [TN_CAPTION_EVENT] = "Arrangemang",
    [TN_CAPTION_DEADLINE] = "Tidsfrist",
    [TN_CAPTION_COLLABORATION] = "Samarbete",
    [TN_CAPTION_TYPE] = "Typ",
    [TN_CAPTION_WEEK] = "Vecka",
    [TN_CAPTION_DATE] = "Datum",
    [TN_CAPTION_LAST_DAY] = "Sista dag",
    [TN_CAPTION_WEEKDAY] = "Veckodag",
    [TN_CAPTION_TIME] = "Tid",
    [TN_CAPTION_WHAT] = "Vad",
    [TN_CAPTION_WHO] = "Vem",
    [TN_CAPTION_PLACE] = "Plats",
    [TN_CAPTION_THEME] = "Tema",
    [TN_CAPTION_STATUS] = "Status",
    [TN_CAPTION_BELONGS_TO] = "Hör till",
    [TN_CAPTION_NO_DATE] = "inget datum ännu",
    [TN_CAPTION_NOTHING] = "Det finns inget detta år.",
    [TN_CAPTION_NOBODY] = "ingen",
    [TN_CAPTION_EACH_COUNCIL] = "varje råd",
    [TN_CAPTION_STATUS_PROPOSED] = "föreslagen",
    [TN_CAPTION_STATUS_CONFIRMED] = "bekräftad",
    [TN_CAPTION_STATUS_CANCELLED] = "inställd",
    [TN_CAPTION_STATUS_POSTPONED] = "uppskjuten",
    [TN_CAPTION_STATUS_UNPLACED] = "utan datum",
    [TN_CAPTION_STATUS_DONE] = "klart",
    [TN_CAPTION_AND] = "och",
  },
  [TN_LANGUAGE_NB] = {
    [TN_CAPTION_PROGRAMME] = "Program",
    [TN_CAPTION_EDITION] = "Utgave",
    [TN_CAPTION_EVENTS] = "Møter og turer",
    [TN_CAPTION_DEADLINES] = "Frister",
    [TN_CAPTION_EVENT] = "Arrangement",
    [TN_CAPTION_DEADLINE] = "Frist",
    [TN_CAPTION_COLLABORATION] = "Samarbeid",
    [TN_CAPTION_TYPE] = "Type",
    [TN_CAPTION_WEEK] = "Uke",
    [TN_CAPTION_DATE] = "Dato",
    [TN_CAPTION_LAST_DAY] = "Siste dag",
    [TN_CAPTION_WEEKDAY] = "Ukedag",
    [TN_CAPTION_TIME] = "Tid",
    [TN_CAPTION_WHAT] = "Hva",
    [TN_CAPTION_WHO] = "Hvem",
    [TN_CAPTION_PLACE] = "Sted",
    [TN_CAPTION_THEME] = "Tema",
    [TN_CAPTION_STATUS] = "Status",
    [TN_CAPTION_BELONGS_TO] = "Hører til",
    [TN_CAPTION_NO_DATE] = "ingen dato ennå",
    [TN_CAPTION_NOTHING] = "Det er ingenting i dette året.",
    [TN_CAPTION_NOBODY] = "ingen",
    [TN_CAPTION_EACH_COUNCIL] = "hvert råd",
    [TN_CAPTION_STATUS_PROPOSED] = "foreslått",
    [TN_CAPTION_STATUS_CONFIRMED] = "bekreftet",
    [TN_CAPTION_STATUS_CANCELLED] = "avlyst",
    [TN_CAPTION_STATUS_POSTPONED] = "utsatt",
    [TN_CAPTION_STATUS_UNPLACED] = "uten dato",
    [TN_CAPTION_STATUS_DONE] = "gjort",
    [TN_CAPTION_AND] = "og",
  },
  [TN_LANGUAGE_EN] = {
    [TN_CAPTION_PROGRAMME] = "Programme",
    [TN_CAPTION_EDITION] = "Edition",
    [TN_CAPTION_EVENTS] = "Meetings and trips",
    [TN_CAPTION_DEADLINES] = "Deadlines",
    [TN_CAPTION_EVENT] = "Event",
    [TN_CAPTION_DEADLINE] = "Deadline",
    [TN_CAPTION_COLLABORATION] = "Collaboration",
    [TN_CAPTION_TYPE] = "Type",
    [TN_CAPTION_WEEK] = "Week",
    [TN_CAPTION_DATE] = "Date",
    [TN_CAPTION_LAST_DAY] = "Last day",
    [TN_CAPTION_WEEKDAY] = "Weekday",
    [TN_CAPTION_TIME] = "Time",
    [TN_CAPTION_WHAT] = "What",
    [TN_CAPTION_WHO] = "Who",
    [TN_CAPTION_PLACE] = "Place",
    [TN_CAPTION_THEME] = "Theme",
    [TN_CAPTION_STATUS] = "Status",
    [TN_CAPTION_BELONGS_TO] = "Belongs to",
    [TN_CAPTION_NO_DATE] = "no date yet",
    [TN_CAPTION_NOTHING] = "There is nothing in this year.",
    [TN_CAPTION_NOBODY] = "nobody",
    [TN_CAPTION_EACH_COUNCIL] = "each council",
    [TN_CAPTION_STATUS_PROPOSED] = "proposed",
    [TN_CAPTION_STATUS_CONFIRMED] = "confirmed",
    [TN_CAPTION_STATUS_CANCELLED] = "cancelled",
    [TN_CAPTION_STATUS_POSTPONED] = "put off",
    [TN_CAPTION_STATUS_UNPLACED] = "without a date",
    [TN_CAPTION_STATUS_DONE] = "done",
    [TN_CAPTION_AND] = "and",
  },
};

/**
 * tn_caption:
 *
 * Returns: (transfer none): static
 */
const char *
tn_caption (TnLanguage language, TnCaption caption)
{
  return CAPTIONS[language][caption];
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
