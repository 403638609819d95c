/* Shapes. A number has one digit behind its point, a hundredth of a millimetre: more would differ
 * between machines, and nobody sees it. The point is a point in each locale. */
#include "wheel/stroke.h"

#include "wheel/layout.h"
#include "wheel/markup.h"

#include <math.h>
#include <string.h>

/**
 * tn_stroke_number:
 *
 * Returns: `12.5`, `12`
 */
TnNumber
tn_stroke_number (double value)
{
  TnNumber number;
  double tenths = floor (value * 10 + 0.5);
  g_ascii_formatd (number.text, sizeof number.text, "%.1f", (tenths == 0 ? 0 : tenths) / 10);
  gsize length = strlen (number.text);
  if (length > 2 && strcmp (number.text + length - 2, ".0") == 0)
    number.text[length - 2] = '\0';
  return number;
}

/**
 * tn_stroke_point:
 * @letter: of the path: `M`, `L`
 */
void
tn_stroke_point (GString *path, char letter, double x, double y)
{
  TnNumber x_text = tn_stroke_number (x);
  TnNumber y_text = tn_stroke_number (y);
  g_string_append_printf (path, "%c%s %s", letter, x_text.text, y_text.text);
}

static void
append_arc (GString *path, double radius, double angle, gboolean is_long, gboolean is_clockwise)
{
  TnNumber radius_text = tn_stroke_number (radius);
  TnNumber x = tn_stroke_number (TN_LAYOUT_CENTRE_X + radius * sin (angle));
  TnNumber y = tn_stroke_number (TN_LAYOUT_CENTRE_Y - radius * cos (angle));
  g_string_append_printf (path, "A%s %s 0 %d %d %s %s", radius_text.text, radius_text.text,
                          is_long ? 1 : 0, is_clockwise ? 1 : 0, x.text, y.text);
}

/**
 * tn_stroke_sector:
 * @from: angle
 * @to: angle, after @from; a whole circle is closed but for a hair, as an arc cannot end where it
 *   begins
 *
 * Returns: (transfer full): a path around the part of a ring
 */
char *
tn_stroke_sector (double from, double to, double inner, double outer)
{
  double end = MIN (to, from + 2 * G_PI - 0.001);
  gboolean is_long = end - from > G_PI;
  g_autoptr (GString) path = g_string_new (NULL);
  tn_stroke_point (path, 'M', TN_LAYOUT_CENTRE_X + outer * sin (from),
                   TN_LAYOUT_CENTRE_Y - outer * cos (from));
  append_arc (path, outer, end, is_long, TRUE);
  tn_stroke_point (path, 'L', TN_LAYOUT_CENTRE_X + inner * sin (end),
                   TN_LAYOUT_CENTRE_Y - inner * cos (end));
  append_arc (path, inner, from, is_long, FALSE);
  g_string_append_c (path, 'Z');
  return g_strdup (path->str);
}

/**
 * tn_stroke_add_path:
 * @stroke: (nullable)
 * @dashes: (nullable)
 */
void
tn_stroke_add_path (GString *markup, const char *path, const char *fill, const char *stroke,
                    double width, const char *dashes)
{
  TnNumber width_text = tn_stroke_number (width);
  tn_markup_add_void (markup, "path", "d", path, "fill", fill, "stroke", stroke, "stroke-width",
                      stroke != NULL ? width_text.text : NULL, "stroke-dasharray", dashes, NULL);
}

/**
 * tn_stroke_add_circle:
 * @stroke: (nullable)
 */
void
tn_stroke_add_circle (GString *markup, double x, double y, double radius, const char *fill,
                      const char *stroke, double width)
{
  TnNumber x_text = tn_stroke_number (x);
  TnNumber y_text = tn_stroke_number (y);
  TnNumber radius_text = tn_stroke_number (radius);
  TnNumber width_text = tn_stroke_number (width);
  tn_markup_add_void (markup, "circle", "cx", x_text.text, "cy", y_text.text, "r", radius_text.text,
                      "fill", fill, "stroke", stroke, "stroke-width",
                      stroke != NULL ? width_text.text : NULL, NULL);
}
