/* daemon/wheel/letters.h — how much room a text takes, whatever font its reader has */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A line is so many times its letters' size high, of which so much is above the base line. */
#define TN_LETTERS_LINE 1.28
#define TN_LETTERS_ASCENT 0.96
#define TN_LETTERS_DESCENT 0.26

double tn_letters_measure (const char *text, double size, gboolean is_bold);
char *tn_letters_fit (const char *text, double size, gboolean is_bold, double width);
GPtrArray *tn_letters_wrap (const char *text, double size, gboolean is_bold, double width,
                            guint n_most);

G_END_DECLS
