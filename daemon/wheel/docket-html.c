/* What a year asks of each council, as a part of a page. */
#include "wheel/docket.h"

#include "model/catalogue.h"
#include "wheel/caption.h"
#include "wheel/markup.h"

static void
append_list (GString *html, const char *heading, const GPtrArray *lines)
{
  if (lines->len == 0)
    return;
  tn_markup_add (html, "h3", heading, NULL);
  g_string_append (html, "\n<ul>\n");
  for (guint i = 0; i < lines->len; i++)
    {
      tn_markup_add (html, "li", g_ptr_array_index (lines, i), NULL);
      g_string_append_c (html, '\n');
    }
  g_string_append (html, "</ul>\n");
}

/**
 * tn_docket_append_html:
 * @html: the content of a page; see wheel/page.h
 *
 * A section with an <h1> of its own and an <h2> for each council.
 */
void
tn_docket_append_html (GString *html, const TnDocket *docket)
{
  TnLanguage language = docket->collaboration->language;
  tn_markup_open (html, "section", "class", "sheet", "lang", tn_language_to_string (language),
                  NULL);
  g_string_append (html, "\n<h1>");
  tn_markup_append_text (html, docket->name);
  g_string_append_c (html, ' ');
  tn_markup_add (html, "small", docket->heading, NULL);
  g_string_append (html, "</h1>\n");
  for (guint i = 0; i < docket->parts->len; i++)
    {
      const TnDocketPart *part = g_ptr_array_index (docket->parts, i);
      tn_markup_add (html, "h2", part->heading, NULL);
      g_string_append_c (html, '\n');
      if (part->roles->len + part->deadlines->len + part->decisions->len == 0)
        tn_markup_add (html, "p", tn_say (language, "nothing of its own"), NULL);
      append_list (html, tn_say (language, "Roles"), part->roles);
      append_list (html, tn_caption (language, TN_CAPTION_DEADLINES), part->deadlines);
      append_list (html, tn_say (language, "To be decided"), part->decisions);
    }
  g_string_append (html, "</section>\n");
}
