/* Whatever is put into a page through here is escaped; what is no letter, and what turns the
 * direction of writing round for the rest of the page, is left out (hazards of bidirectional text:
 * UAX 9, section 3.1). */
#include "site/html.h"

#include <string.h>

/* Controls but line breaks and tabs; LRE RLE PDF LRO RLO; LRI RLI FSI PDI; marks of direction. */
static gboolean
is_kept (gunichar letter)
{
  if (letter == '\n' || letter == '\t')
    return TRUE;
  return letter >= 0x20 && !(letter >= 0x7f && letter < 0xa0)
         && !(letter >= 0x202a && letter <= 0x202e) && !(letter >= 0x2066 && letter <= 0x2069)
         && letter != 0x200e && letter != 0x200f && letter != 0x061c && letter != 0xfeff;
}

/**
 * tn_html_clean:
 * @text: UTF-8; what is not is shown as U+FFFD
 *
 * Returns: (transfer full): @text without what nobody can see
 */
char *
tn_html_clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *clean = g_string_new (NULL);
  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    if (is_kept (g_utf8_get_char (at)))
      g_string_append_unichar (clean, g_utf8_get_char (at));
  return g_string_free (clean, FALSE);
}

/* GLib escapes what is no letter as `&#x1b;`, which HTML forbids. An ampersand of a text is `&amp;`
 * by now, so these are no others. */
static void
drop_controls (GString *markup)
{
  const char *start = NULL;
  while ((start = strstr (markup->str, "&#x")) != NULL)
    g_string_erase (markup, start - markup->str, strcspn (start, ";") + 1);
}

/**
 * tn_html_add:
 * @format: markup, with a `%s` for each text; these are escaped
 */
void
tn_html_add (GString *html, const char *format, ...)
{
  va_list texts;
  va_start (texts, format);
  g_autofree char *markup = g_markup_vprintf_escaped (format, texts);
  va_end (texts);
  g_autoptr (GString) kept = g_string_new (markup);
  drop_controls (kept);
  g_autofree char *clean = tn_html_clean (kept->str);
  g_string_append (html, clean);
}

void
tn_html_paragraph (GString *html, const char *text)
{
  tn_html_add (html, "<p>%s</p>\n", text);
}

/**
 * tn_html_link:
 * @folder: of the site
 * @path: below it, without a slash before it
 */
void
tn_html_link (GString *html, const char *folder, const char *path, const char *text)
{
  tn_html_add (html, "<a href=\"%s%s\">%s</a>", folder, path, text);
}

/**
 * tn_html_table:
 * @caption: what the table is about
 * @columns: (array zero-terminated=1): headings
 *
 * Begins a table that can be scrolled by keyboard where the window is too small for it.
 *
 * Source: WCAG 2.1, 1.3.1 and 2.1.1.
 */
void
tn_html_table (GString *html, const char *caption, const char *const *columns)
{
  tn_html_add (html,
               "<div class=\"sheet\" role=\"region\" tabindex=\"0\" aria-label=\"%s\">\n<table>\n"
               "<caption>%s</caption>\n<thead><tr>",
               caption, caption);
  for (guint i = 0; columns[i] != NULL; i++)
    tn_html_add (html, "<th scope=\"col\">%s</th>", columns[i]);
  tn_html_add (html, "</tr></thead>\n<tbody>\n");
}

void
tn_html_table_end (GString *html)
{
  tn_html_add (html, "</tbody>\n</table>\n</div>\n");
}
