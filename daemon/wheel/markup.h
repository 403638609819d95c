/* daemon/wheel/markup.h — HTML and SVG, written so that a text never becomes markup
 *
 * Everything is appended to a GString of the caller. Attributes are pairs of a name and a value,
 * ended by NULL; a pair whose value is NULL is left out, and the pairs go on behind it:
 *
 *   tn_markup_open (page, "li", "class", is_new ? "new" : NULL, NULL);
 *   tn_markup_add (page, "a", title, "href", address, NULL);
 *   tn_markup_close (page, "li");                        <li class="new"><a href="…">…</a></li>
 *
 * Tags and names are ours and written as they are; values and texts are people's and escaped. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void tn_markup_append_text (GString *markup, const char *text);
void tn_markup_open (GString *markup, const char *tag, ...) G_GNUC_NULL_TERMINATED;
void tn_markup_close (GString *markup, const char *tag);
void tn_markup_add (GString *markup, const char *tag, const char *text, ...) G_GNUC_NULL_TERMINATED;
void tn_markup_add_void (GString *markup, const char *tag, ...) G_GNUC_NULL_TERMINATED;
gboolean tn_markup_is_address (const char *address);

G_END_DECLS
