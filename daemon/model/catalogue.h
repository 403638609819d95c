/* daemon/model/catalogue.h — what the programs say, in the languages of the collaborations */
#pragma once

#include "model/words.h"

G_BEGIN_DECLS

/* Marks a text for the translators where it cannot be said yet, in a table for instance. */
#define N_(text) (text)
#define NC_(context, text) (text)

const char *tn_say (TnLanguage language, const char *text) G_GNUC_FORMAT (2);
const char *tn_say_in (TnLanguage language, const char *context, const char *text)
    G_GNUC_FORMAT (3);
const char *tn_say_count (TnLanguage language, const char *one, const char *many, gulong n)
    G_GNUC_FORMAT (2) G_GNUC_FORMAT (3);
/* All that tn_tell() recognises, by their form, and all that tn_say_code() knows; ended by %NULL.
 */
extern const char *const tn_sentences[];
extern const char *const tn_codes[];

const char *tn_say_code (TnLanguage language, const char *code);
char *tn_tell (TnLanguage language, const char *sentence);

G_END_DECLS
