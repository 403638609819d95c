/* The table of hosts, as text of at most 78 columns and as HTML. As text, the rows of a role stand
 * together: a typewriter has no room for many columns. */
#include "wheel/hosts.h"

#include "base/paragraph.h"
#include "model/catalogue.h"
#include "wheel/caption.h"
#include "wheel/markup.h"

static const guint WIDTH = 78;

static void
append_column (GString *page, const TnHosts *hosts, guint index)
{
  const TnHostsColumn *column = g_ptr_array_index (hosts->columns, index);
  g_autofree char *heading = g_strdup_printf ("%s: %s", column->name, column->role_name);
  g_string_append_c (page, '\n');
  tn_paragraph_append (page, "", "", heading, WIDTH);
  for (guint i = 0; i < hosts->rows->len; i++)
    {
      const TnHostsRow *row = g_ptr_array_index (hosts->rows, i);
      g_autofree char *year = g_strdup_printf ("  %d  ", row->year);
      tn_paragraph_append (page, year, "        ",
                           row->cells[index][0] != '\0' ? row->cells[index] : "-", WIDTH);
    }
}

/**
 * tn_hosts_append_text:
 */
void
tn_hosts_append_text (GString *page, const TnHosts *hosts)
{
  g_autofree char *heading = g_strdup_printf ("%s - %s", hosts->name, hosts->heading);
  tn_paragraph_append (page, "", "", heading, WIDTH);
  for (guint i = 0; i < WIDTH; i++)
    g_string_append_c (page, '=');
  g_string_append_c (page, '\n');
  if (hosts->columns->len == 0)
    g_string_append_printf (
        page, "\n%s\n",
        tn_say (hosts->collaboration->language, "No series of this collaboration has a role."));
  for (guint i = 0; i < hosts->columns->len; i++)
    append_column (page, hosts, i);
}

static void
append_head (GString *html, const TnHosts *hosts)
{
  g_string_append (html, "<thead><tr>");
  tn_markup_add (html, "th", tn_say (hosts->collaboration->language, "Year"), "scope", "col",
                 "class", "w", NULL);
  for (guint i = 0; i < hosts->columns->len; i++)
    {
      const TnHostsColumn *column = g_ptr_array_index (hosts->columns, i);
      tn_markup_open (html, "th", "scope", "col", NULL);
      tn_markup_append_text (html, column->name);
      g_string_append (html, "<br>");
      tn_markup_append_text (html, column->role_name);
      tn_markup_close (html, "th");
    }
  g_string_append (html, "</tr></thead>\n");
}

/**
 * tn_hosts_append_html:
 *
 * A section with an <h2>, within a page of the caller's.
 */
void
tn_hosts_append_html (GString *html, const TnHosts *hosts)
{
  TnLanguage language = hosts->collaboration->language;
  tn_markup_open (html, "section", "class", "sheet", "lang", tn_language_to_string (language),
                  NULL);
  g_string_append_c (html, '\n');
  tn_markup_add (html, "h2", hosts->heading, NULL);
  if (hosts->columns->len == 0)
    tn_markup_add (html, "p", tn_say (language, "No series of this collaboration has a role."),
                   NULL);
  else
    {
      tn_markup_open (html, "div", "class", "scroll", "tabindex", "0", "role", "region",
                      "aria-label", hosts->heading, NULL);
      g_string_append (html, "\n<table>\n");
      append_head (html, hosts);
      g_string_append (html, "<tbody>\n");
      for (guint i = 0; i < hosts->rows->len; i++)
        {
          const TnHostsRow *row = g_ptr_array_index (hosts->rows, i);
          g_autofree char *year = g_strdup_printf ("%d", row->year);
          g_string_append (html, "<tr>");
          tn_markup_add (html, "th", year, "scope", "row", NULL);
          for (guint j = 0; j < hosts->columns->len; j++)
            tn_markup_add (html, "td", row->cells[j], NULL);
          g_string_append (html, "</tr>\n");
        }
      g_string_append (html, "</tbody>\n</table>\n</div>\n");
    }
  g_string_append (html, "</section>\n");
}
