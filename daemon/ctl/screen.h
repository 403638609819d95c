/* daemon/ctl/screen.h — where an answer is seen: a terminal's window, or a file that has no end */
#pragma once

#include <glib.h>
#include <stdio.h>

G_BEGIN_DECLS

typedef struct
{
  gboolean is_terminal;
  gboolean has_colour;
  guint columns; /* of the window; 0 when there is none: nothing is cut then */
} TnScreen;

TnScreen tn_screen_look (FILE *file);
guint tn_screen_get_text_width (const TnScreen *screen);

G_END_DECLS
