/* Sentences that were formed in English and are told to somebody who reads another language.
 *
 * The rules, the store and the answers on the control socket keep what they say in one language:
 * a reason does not depend on who reads it, and what was written down last year can be told to
 * everybody. So a sentence is recognised by its form, the one of tn_sentences that fits and says
 * most by itself, and its values are put into the translation; a value may be a sentence, too. What
 * fits no form stays English. */
#include "model/catalogue.h"

#include <string.h>

enum
{
  MAX_SLOTS = 12,
  MAX_DEPTH = 8,     /* of sentences in sentences */
  MAX_STEPS = 20000, /* of one comparison: more would be a text made to waste time */
  MAX_TEXT_BYTES = 8192
};

typedef struct
{
  const char *start;
  gsize length;
} Value;

typedef struct
{
  Value values[MAX_SLOTS];
  guint n_values;
  guint n_literal; /* bytes that the form says by itself */
  guint n_steps;
} Match;

/* A slot of printf: `%s`, `%.8s`, `%2$u`. */
typedef struct
{
  gsize length;
  guint place; /* 1 for the first, 0 when not said */
  gboolean is_number;
} Slot;

static gboolean
read_slot (const char *format, Slot *slot)
{
  if (format[0] != '%' || format[1] == '%' || format[1] == '\0')
    return FALSE;
  gsize length = 1;
  gsize digits = strspn (format + length, "0123456789");
  gboolean has_place = digits > 0 && format[length + digits] == '$';
  slot->place = has_place ? (guint) g_ascii_strtoull (format + length, NULL, 10) : 0;
  length += has_place ? digits + 1 : 0;
  length += strspn (format + length, "-+ #0123456789.*");
  length += strspn (format + length, "hlzjt");
  if (strchr ("sdiux", format[length]) == NULL || format[length] == '\0')
    return FALSE;
  slot->is_number = format[length] != 's';
  slot->length = length + 1;
  return TRUE;
}

static gboolean compare_form (Match *match, const char *form, const char *text);

static gboolean
take_value (Match *match, const Slot *slot, const char *form, const char *text)
{
  if (match->n_values == MAX_SLOTS)
    return FALSE;
  guint place = match->n_values;
  guint n_literal = match->n_literal;
  gsize most = slot->is_number ? strspn (text, "-0123456789") : strlen (text);
  for (gsize length = slot->is_number ? most : 0; length <= most; length++)
    {
      match->values[place] = (Value){ text, length };
      match->n_values = place + 1;
      match->n_literal = n_literal;
      if (slot->is_number && length == 0)
        return FALSE;
      if (compare_form (match, form + slot->length, text + length))
        return TRUE;
      if (match->n_steps >= MAX_STEPS)
        return FALSE;
    }
  return FALSE;
}

static gboolean
compare_form (Match *match, const char *form, const char *text)
{
  for (; *form != '\0'; form++, text++)
    {
      Slot slot;
      if (match->n_steps++ >= MAX_STEPS)
        return FALSE;
      if (read_slot (form, &slot))
        return take_value (match, &slot, form, text);
      if (form[0] == '%' && form[1] == '%')
        form++;
      if (*form != *text)
        return FALSE;
      match->n_literal++;
    }
  return *text == '\0';
}

static void append_told (GString *told, TnLanguage language, const Value *value, guint depth);

/* `tue, wed, thu`, `host`: days and roles are said word by word, names stay. */
static char *
tell_list (TnLanguage language, const char *text)
{
  g_auto (GStrv) items = g_strsplit (text, ", ", -1);
  GString *told = g_string_new (NULL);
  for (gsize i = 0; items[i] != NULL; i++)
    {
      const char *word = tn_say_in (language, "sentence", items[i]);
      g_string_append_printf (told, "%s%s", i > 0 ? ", " : "",
                              word != items[i] ? word : tn_say_code (language, items[i]));
    }
  return g_string_free (told, FALSE);
}

static char *
fill (TnLanguage language, const char *translation, const Match *match, guint depth)
{
  GString *told = g_string_new (NULL);
  guint n_taken = 0;
  for (const char *at = translation; *at != '\0';)
    {
      Slot slot;
      if (read_slot (at, &slot))
        {
          guint place = slot.place > 0 ? slot.place - 1 : n_taken++;
          if (place < match->n_values)
            append_told (told, language, &match->values[place], depth + 1);
          at += slot.length;
          continue;
        }
      at += at[0] == '%' && at[1] == '%' ? 1 : 0;
      g_string_append_c (told, *at++);
    }
  return g_string_free (told, FALSE);
}

static char *
tell (TnLanguage language, const char *text, guint depth)
{
  const char *best = NULL;
  Match best_match = { .n_literal = 0 };
  for (gsize i = 0; tn_sentences[i] != NULL; i++)
    {
      Match match = { .n_values = 0 };
      if (compare_form (&match, tn_sentences[i], text) && match.n_literal > best_match.n_literal)
        {
          best = tn_sentences[i];
          best_match = match;
        }
    }
  if (best == NULL)
    return tell_list (language, text);
  return fill (language, tn_say_in (language, "sentence", best), &best_match, depth);
}

static void
append_told (GString *told, TnLanguage language, const Value *value, guint depth)
{
  g_autofree char *text = g_strndup (value->start, value->length);
  g_autofree char *inner = depth < MAX_DEPTH ? tell (language, text, depth) : g_strdup (text);
  g_string_append (told, inner);
}

/**
 * tn_tell:
 * @sentence: in English, formed like one of tn_sentences
 *
 * Returns: (transfer full): the same in @language; @sentence itself when its form is not known
 */
char *
tn_tell (TnLanguage language, const char *sentence)
{
  if (language == TN_LANGUAGE_EN || strlen (sentence) > MAX_TEXT_BYTES)
    return g_strdup (sentence);
  return tell (language, sentence, 0);
}
