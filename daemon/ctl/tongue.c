/* Which language the one who types understands. The locale is asked for its language and nothing
 * else: dates, numbers and what counts as a letter are the same in all of them (promise 9). */
#include "ctl/tongue.h"

#include <string.h>

/**
 * tn_tongue_find:
 *
 * Source: setlocale(3): LC_ALL, LC_MESSAGES, LANG, the first that is set.
 * Returns: English when the locale's language is none of ours
 */
TnLanguage
tn_tongue_find (void)
{
  static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
  const char *locale = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (names) && (locale == NULL || *locale == '\0'); i++)
    locale = g_getenv (names[i]);
  TnLanguage language = TN_LANGUAGE_EN;
  if (locale == NULL)
    return language;
  g_autofree char *name = g_strndup (locale, strcspn (locale, "_.@"));
  if (strcmp (name, "no") == 0)
    return TN_LANGUAGE_NB;
  tn_language_from_string (name, &language);
  return language;
}
