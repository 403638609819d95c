/* Phrases. The language is the collaboration's and never the reader's: what is printed for a
 * meeting is the same on every machine (promise 9), so it is given and no matter of locale. */
#include "ctl/phrases.h"

#include "model/catalogue.h"

#include <string.h>

/**
 * tn_phrase:
 *
 * Returns: (transfer none): @phrase with its slots unfilled
 */
const char *
tn_phrase (TnLanguage language, TnPhrase phrase)
{
  return tn_say_in (language, "charter", tn_phrase_texts[phrase]);
}

/* g_unichar_toupper() knows no locale, unlike g_utf8_strup(). */
static void
append_capital (GString *text, const char *value)
{
  if (*value == '\0')
    return;
  g_string_append_unichar (text, g_unichar_toupper (g_utf8_get_char (value)));
  g_string_append (text, g_utf8_next_char (value));
}

static void
append_slot (GString *text, const char *name, gsize length, GHashTable *values)
{
  g_autofree char *slot = g_strndup (name, length);
  gboolean is_capital = g_ascii_isupper (slot[0]);
  slot[0] = g_ascii_tolower (slot[0]);
  const char *value = g_hash_table_lookup (values, slot);
  g_assert (value != NULL); /* phrase and caller are both ours; a test fills each of them */
  if (is_capital)
    append_capital (text, value);
  else
    g_string_append (text, value);
}

/**
 * tn_phrase_fill:
 * @...: pairs of a slot's name and its value, then %NULL
 *
 * Returns: (transfer full): @phrase with its slots filled; values are not looked into for slots
 */
char *
tn_phrase_fill (TnLanguage language, TnPhrase phrase, ...)
{
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);
  va_list args;
  va_start (args, phrase);
  for (const char *name = va_arg (args, const char *); name != NULL;
       name = va_arg (args, const char *))
    {
      const char *value = va_arg (args, const char *);
      g_hash_table_insert (values, (gpointer) name, (gpointer) (value != NULL ? value : ""));
    }
  va_end (args);

  GString *text = g_string_new (NULL);
  for (const char *at = tn_phrase (language, phrase); *at != '\0';)
    {
      const char *end = *at == '{' ? strchr (at, '}') : NULL;
      if (end != NULL)
        append_slot (text, at + 1, (gsize) (end - at) - 1, values);
      else
        g_string_append_c (text, *at);
      at = end != NULL ? end + 1 : at + 1;
    }
  return g_string_free (text, FALSE);
}

/**
 * tn_phrase_join:
 * @last: the word before the last one: and, or
 * @words: (element-type utf8)
 *
 * Returns: (transfer full): `a, b og c`
 */
char *
tn_phrase_join (TnLanguage language, TnPhrase last, const GPtrArray *words)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < words->len; i++)
    {
      if (i > 0 && i + 1 == words->len)
        g_string_append_printf (text, " %s ", tn_phrase (language, last));
      else if (i > 0)
        g_string_append (text, ", ");
      g_string_append (text, g_ptr_array_index (words, i));
    }
  return g_string_free (text, FALSE);
}
