/* Markup. Texts come from charters, calendars and settings, all of which people write: here and
 * nowhere else they become HTML or SVG, so that none is forgotten to be escaped. */
#include "wheel/markup.h"

#include <string.h>

/* What XML 1.0 cannot say even as a reference (2.2, Char), and g_markup_escape_text() would. */
static gboolean
is_sayable (gunichar letter)
{
  return letter == '\t' || letter == '\n'
         || (letter >= 0x20 && letter != 0x7f && !(letter >= 0x80 && letter < 0xa0)
             && letter != 0xfffe && letter != 0xffff);
}

static const char *
find_reference (gunichar letter)
{
  switch (letter)
    {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return NULL;
    }
}

/**
 * tn_markup_append_text:
 * @text: (nullable): any bytes; what is no UTF-8 is shown as the replacement character
 *
 * Appends @text so that it is read as text, in an element as well as in a quoted attribute. Control
 * characters are left out.
 *
 * Source: XML 1.0 2.2 and 2.4; HTML 13.1.2.3.
 */
void
tn_markup_append_text (GString *markup, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);
      const char *reference = find_reference (letter);
      if (reference != NULL)
        g_string_append (markup, reference);
      else if (is_sayable (letter))
        g_string_append_unichar (markup, letter);
    }
}

static void
append_tag (GString *markup, const char *tag, va_list pairs)
{
  g_string_append_printf (markup, "<%s", tag);
  for (const char *name = va_arg (pairs, const char *); name != NULL;
       name = va_arg (pairs, const char *))
    {
      const char *value = va_arg (pairs, const char *);
      if (value == NULL)
        continue;
      g_string_append_printf (markup, " %s=\"", name);
      tn_markup_append_text (markup, value);
      g_string_append_c (markup, '"');
    }
}

/**
 * tn_markup_open:
 * @...: names and values, then %NULL
 */
void
tn_markup_open (GString *markup, const char *tag, ...)
{
  va_list pairs;
  va_start (pairs, tag);
  append_tag (markup, tag, pairs);
  va_end (pairs);
  g_string_append_c (markup, '>');
}

void
tn_markup_close (GString *markup, const char *tag)
{
  g_string_append_printf (markup, "</%s>", tag);
}

/**
 * tn_markup_add:
 * @text: (nullable)
 * @...: names and values, then %NULL
 *
 * A whole element that holds nothing but @text.
 */
void
tn_markup_add (GString *markup, const char *tag, const char *text, ...)
{
  va_list pairs;
  va_start (pairs, text);
  append_tag (markup, tag, pairs);
  va_end (pairs);
  g_string_append_c (markup, '>');
  tn_markup_append_text (markup, text);
  tn_markup_close (markup, tag);
}

/**
 * tn_markup_add_void:
 * @...: names and values, then %NULL
 *
 * An element that holds nothing: `<br/>`, which HTML and SVG both read.
 */
void
tn_markup_add_void (GString *markup, const char *tag, ...)
{
  va_list pairs;
  va_start (pairs, tag);
  append_tag (markup, tag, pairs);
  va_end (pairs);
  g_string_append (markup, "/>");
}

/**
 * tn_markup_is_address:
 * @address: (nullable)
 *
 * Returns: %TRUE when @address may be a link's: of the web, of mail, of a telephone, or without a
 *   scheme; never `javascript:`
 */
gboolean
tn_markup_is_address (const char *address)
{
  static const char *const schemes[] = { "https:", "http:", "mailto:", "tel:", "webcal:" };
  if (address == NULL || address[0] == '\0' || !g_utf8_validate (address, -1, NULL))
    return FALSE;
  for (const char *c = address; *c != '\0'; c++)
    if ((guchar) *c <= 0x20
        || *c == 0x7f) /* readers take these out before they look for a scheme */
      return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_ascii_strncasecmp (address, schemes[i], strlen (schemes[i])) == 0)
      return TRUE;
  return address[strcspn (address, ":/?#")] != ':';
}
