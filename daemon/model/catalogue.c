/* One place through which every text for people goes. The English text is the key; a text that is
 * not translated is said in English. The language is that of who reads it, given with each call:
 * it is no property of the process. */
#include "model/catalogue.h"

#include "model/catalogues.h"

/**
 * tn_say:
 * @text: in English; static
 *
 * Returns: (transfer none): static
 */
const char *
tn_say (TnLanguage language, const char *text)
{
  return tn_say_in (language, NULL, text);
}

/**
 * tn_say_in:
 * @context: (nullable): tells two texts apart that are one word in English: `verb`
 * @text: in English; static
 *
 * Returns: (transfer none): static
 */
const char *
tn_say_in (TnLanguage language, const char *context, const char *text)
{
  const char *translation = tn_mo_file_find (&tn_catalogues[language], context, text, 0);
  return translation != NULL ? translation : text;
}

/**
 * tn_say_code:
 * @code: a word of answers and settings that programs rely on: `confirmed`, `needs login`
 *
 * Returns: (transfer none): the word for people; @code itself when it is a name and no word of ours
 */
const char *
tn_say_code (TnLanguage language, const char *code)
{
  return tn_say_in (language, "code", code);
}

/**
 * tn_say_count:
 * @one: in English, for a single one; static
 * @many: in English, for none or several; static
 *
 * One rule for all: English, Danish, Swedish and Norwegian alike have a form for one and another
 * for everything else. A test holds the catalogues to it.
 *
 * Returns: (transfer none): static
 */
const char *
tn_say_count (TnLanguage language, const char *one, const char *many, gulong n)
{
  guint form = n == 1 ? 0 : 1;
  const char *translation = tn_mo_file_find (&tn_catalogues[language], NULL, one, form);
  if (translation != NULL)
    return translation;
  return n == 1 ? one : many;
}
