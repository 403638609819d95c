/* daemon/wheel/stroke.h — shapes of SVG, with numbers of a fixed precision */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
} TnNumber;

TnNumber tn_stroke_number (double value);
void tn_stroke_point (GString *path, char letter, double x, double y);
char *tn_stroke_sector (double from, double to, double inner, double outer);
void tn_stroke_add_path (GString *markup, const char *path, const char *fill, const char *stroke,
                         double width, const char *dashes);
void tn_stroke_add_circle (GString *markup, double x, double y, double radius, const char *fill,
                           const char *stroke, double width);

G_END_DECLS
