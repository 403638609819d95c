/* daemon/site/html.h — texts put into a page, so that they stay texts */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void tn_html_add (GString *html, const char *format, ...) G_GNUC_PRINTF (2, 3);
void tn_html_paragraph (GString *html, const char *text);
void tn_html_link (GString *html, const char *folder, const char *path, const char *text);
void tn_html_table (GString *html, const char *caption, const char *const *columns);
void tn_html_table_end (GString *html);
char *tn_html_clean (const char *text);

G_END_DECLS
