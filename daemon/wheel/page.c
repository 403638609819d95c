/* The frame of a page. What pages look like is in stylesheet.c. */
#include "wheel/page.h"

#include "model/catalogue.h"
#include "wheel/markup.h"
#include "wheel/stylesheet.h"

static void
append_head (GString *html, const TnPage *page)
{
  g_autofree char *title = page->site != NULL && page->site[0] != '\0'
                               ? g_strdup_printf ("%s - %s", page->title, page->site)
                               : g_strdup (page->title);
  g_string_append (html, "<head>\n<meta charset=\"utf-8\">\n"
                         "<meta name=\"viewport\" content=\"width=device-width\">\n"
                         "<meta name=\"color-scheme\" content=\"light dark\">\n");
  tn_markup_add (html, "title", title, NULL);
  if (page->stylesheet != NULL)
    {
      g_string_append_c (html, '\n');
      tn_markup_add_void (html, "link", "rel", "stylesheet", "href", page->stylesheet, NULL);
    }
  else
    g_string_append_printf (html, "\n<style>\n%s</style>", tn_page_get_stylesheet ());
  g_string_append (html, "\n</head>\n");
}

/* A link of the settings that is none is shown as text: it is an error of a person, and others
 * shall see what was meant. */
static void
append_link (GString *html, const TnPageLink *link)
{
  tn_markup_open (html, "li", NULL);
  if (tn_markup_is_address (link->address))
    tn_markup_add (html, "a", link->text, "href", link->address, "aria-current",
                   link->is_here ? "page" : NULL, NULL);
  else
    tn_markup_append_text (html, link->text);
  tn_markup_close (html, "li");
  g_string_append_c (html, '\n');
}

static void
append_links (GString *html, const char *name, const TnPageLink *links)
{
  tn_markup_open (html, "nav", "aria-label", name, NULL);
  g_string_append (html, "\n<ul>\n");
  for (; links->text != NULL; links++)
    append_link (html, links);
  g_string_append (html, "</ul>\n</nav>\n");
}

static gboolean
has_links (const TnPageLink *links)
{
  return links != NULL && links->text != NULL;
}

static void
append_header (GString *html, const TnPage *page)
{
  if (page->site == NULL && !has_links (page->ways))
    return;
  g_string_append (html, "<header>\n");
  if (page->site != NULL)
    {
      tn_markup_open (html, "p", "class", "site", NULL);
      if (tn_markup_is_address (page->home))
        tn_markup_add (html, "a", page->site, "href", page->home, NULL);
      else
        tn_markup_append_text (html, page->site);
      g_string_append (html, "</p>\n");
    }
  if (has_links (page->ways))
    append_links (html, tn_say (page->language, "Pages"), page->ways);
  g_string_append (html, "</header>\n");
}

/**
 * tn_page_to_html:
 *
 * Source: WCAG 2.1, 1.3.1 (landmarks), 2.4.1 (a way past what is on each page), 2.4.2, 3.1.1.
 *
 * Returns: (transfer full): a whole document
 */
char *
tn_page_to_html (const TnPage *page)
{
  GString *html = g_string_new ("<!DOCTYPE html>\n");
  tn_markup_open (html, "html", "lang", tn_language_to_string (page->language), NULL);
  g_string_append_c (html, '\n');
  append_head (html, page);
  g_string_append (html, "<body>\n");
  if (has_links (page->ways))
    {
      tn_markup_add (html, "a", tn_say (page->language, "Go to the content"), "class", "skip",
                     "href", "#content", NULL);
      g_string_append_c (html, '\n');
    }
  append_header (html, page);
  g_string_append (html, "<main id=\"content\" tabindex=\"-1\">\n");
  if (!page->has_heading)
    {
      tn_markup_add (html, "h1", page->title, NULL);
      g_string_append_c (html, '\n');
    }
  g_string_append_printf (html, "%s</main>\n", page->content);
  if (has_links (page->footer))
    {
      g_string_append (html, "<footer>\n");
      append_links (html, tn_say (page->language, "About these pages"), page->footer);
      g_string_append (html, "</footer>\n");
    }
  g_string_append (html, "</body>\n</html>\n");
  return g_string_free (html, FALSE);
}

/**
 * tn_page_get_stylesheet:
 *
 * Returns: (transfer none): the sheet of all pages, static: its digest can be an ETag
 */
const char *
tn_page_get_stylesheet (void)
{
  return TN_STYLESHEET;
}
