/* daemon/ical/marker.h — the line that parts a description into the person's text and ours */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void tn_marker_split (const char *description, char **ret_text, char **ret_note);
char *tn_marker_join (const char *text, const char *note);

G_END_DECLS
