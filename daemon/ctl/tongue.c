/* Which language the one who types understands. The locale is asked for its language and nothing
 * else: dates, numbers and what counts as a letter are the same in all of them (promise 9). */
#include "ctl/tongue.h"

#include <string.h>

/* `da_DK.UTF-8`: only the language of it. Whoever reads one Norwegian reads the other. */
static gboolean
read_language (const char *locale, TnLanguage *ret_language)
{
  g_autofree char *name = g_strndup (locale, strcspn (locale, "_.@"));
  gboolean is_norwegian = strcmp (name, "no") == 0 || strcmp (name, "nn") == 0;
  return tn_language_from_string (is_norwegian ? "nb" : name, ret_language);
}

/* `sv:da`: the first of them that we speak. */
static gboolean
read_wishes (const char *list, TnLanguage *ret_language)
{
  g_auto (GStrv) wishes = g_strsplit (list, ":", -1);
  for (gsize i = 0; wishes[i] != NULL; i++)
    if (read_language (wishes[i], ret_language))
      return TRUE;
  return FALSE;
}

/**
 * tn_tongue_find:
 *
 * The locale need not be installed: a minimal system has none but C.UTF-8.
 *
 * Source: setlocale(3): LC_ALL, LC_MESSAGES, LANG, the first that is set; gettext(3): LANGUAGE goes
 * before it where it is not "C".
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
  if (locale == NULL || *locale == '\0' || strcmp (locale, "C") == 0)
    return language;
  const char *list = g_getenv ("LANGUAGE");
  if (list == NULL || !read_wishes (list, &language))
    read_language (locale, &language);
  return language;
}
