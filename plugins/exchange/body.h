/* plugins/exchange/body.h — what people and turnus wrote into the body of an item */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *ex_body_html_to_text (const char *html);
char *ex_body_tidy (const char *text);
gboolean ex_body_shares_text (const char *a, const char *b);
gboolean ex_body_shares_note (const char *a, const char *b);
char *ex_body_replace_note (const char *html, const char *description);

G_END_DECLS
