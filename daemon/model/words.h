/* daemon/model/words.h — the trade's words in the languages of the collaborations */
#pragma once

#include "base/date.h"

G_BEGIN_DECLS

typedef enum
{
  TN_LANGUAGE_DA,
  TN_LANGUAGE_SV,
  TN_LANGUAGE_NB,
  TN_LANGUAGE_EN
} TnLanguage;

typedef enum
{
  TN_WORD_HOST,
  TN_WORD_ORGANISER,
  TN_WORD_VENUE,
  TN_WORD_SECRETARIAT,
  TN_WORD_PARTICIPANTS,
  TN_WORD_GUESTS,
  TN_WORD_COSTS,
  TN_WORD_DUTY,
  TN_WORD_THEME,
  TN_WORD_PROPOSED,  /* the date is a proposal of the rules */
  TN_WORD_CONFIRMED, /* the date is settled */
  TN_WORD_CANCELLED, /* before a title, with a colon: AFLYST */
  TN_WORD_POSTPONED,
  TN_WORD_PROPOSAL_WAITS, /* "Ændringsønske afventer %s" */
  TN_WORD_PUT_BACK,       /* "Sat tilbage efter sletning …" */
  TN_WORD_FOR,            /* "Frist for: %s" */
  TN_WORD_REFERENCE,
  TN_WORD_HOURS,        /* before the times of each day */
  TN_WORD_SEATS,        /* "Pladser: højst %s fra hvert råd" */
  TN_WORD_ROOM,         /* "Plads til %s råd i alt" */
  TN_WORD_AGENDA,       /* before the matters that were put off */
  TN_WORD_SINCE,        /* "siden %s" */
  TN_WORD_DEADLINES,    /* before the milestones */
  TN_WORD_EACH_COUNCIL, /* whose duty it is */
  TN_WORD_JOURNAL,      /* title of a page: "Beslutninger 2027: Odense" */
  TN_N_WORDS
} TnWord;

gboolean tn_language_from_string (const char *text, TnLanguage *ret_language);
const char *tn_language_to_string (TnLanguage language);
const char *tn_word (TnLanguage language, TnWord word);
const char *tn_word_for_role (TnLanguage language, const char *role);
const char *tn_word_for_group (TnLanguage language, const char *group);
const char *tn_word_for_month (TnLanguage language, int month);
char *tn_word_format_month_day (TnLanguage language, int month, int day);
char *tn_word_format_day (TnLanguage language, TnDate date);
char *tn_word_format_clock (TnLanguage language, int minute);
const char *tn_word_strip_cancelled (const char *title);

G_END_DECLS
