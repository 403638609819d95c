/* One place through which every text for people goes. The English text is the key; a text that is
 * not translated is said in English. */
#include "model/catalogue.h"

/**
 * tn_say:
 * @text: in English; static
 *
 * Returns: (transfer none): static
 */
const char *
tn_say (TnLanguage language, const char *text)
{
  return text;
}

/**
 * tn_say_in:
 * @context: tells two texts apart that are one word in English: `verb`
 * @text: in English; static
 *
 * Returns: (transfer none): static
 */
const char *
tn_say_in (TnLanguage language, const char *context, const char *text)
{
  return text;
}

/**
 * tn_say_count:
 * @one: in English, for a single one; static
 * @many: in English, for none or several; static
 *
 * Returns: (transfer none): static
 */
const char *
tn_say_count (TnLanguage language, const char *one, const char *many, gulong n)
{
  return n == 1 ? one : many;
}
