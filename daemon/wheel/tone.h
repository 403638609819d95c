/* daemon/wheel/tone.h — how the rings of a wheel are told apart, in colour and in grey */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *tn_tone_get_colour (guint lane);
void tn_tone_append_patterns (GString *markup, const char *prefix, guint n_lanes);
char *tn_tone_dup_fill (const char *prefix, guint lane);

G_END_DECLS
