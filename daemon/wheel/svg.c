/* A layout as SVG 1.1: sorted, numbers of a fixed precision, no time stamp, so that the same plan
 * is the same file. Paint is in attributes and never in a style, which a strict policy would
 * forbid. */
#include "wheel/svg.h"

#include "wheel/markup.h"
#include "wheel/stroke.h"
#include "wheel/tone.h"

#include <math.h>
#include <string.h>

static const char INK[] = "#1b1f24";
static const char QUIET[] = "#4a5059";
static const char LINE[] = "#c3c8ce";
static const char FAINT[] = "#f6f7f8";
static const char PAPER[] = "#ffffff";
static const char HAND[] = "#8a1f11";
static const char BREAK[] = "#f0e8d6";
static const char HOLIDAY[] = "#d3bf96";
static const char SIGN[] = "#5c636b";
static const char FONTS[] = "Liberation Sans, Arial, Helvetica, DejaVu Sans, sans-serif";

/* What is written, and how its ids and links begin. */
typedef struct
{
  GString *markup; /* (unowned) */
  const TnLayout *layout;
  const char *base; /* (nullable) */
  const char *prefix;
  gboolean is_file; /* else a part of a page */
} Drawing;

static void
end_line (Drawing *drawing)
{
  g_string_append_c (drawing->markup, '\n');
}

static void
add_circle (Drawing *drawing, double radius, const char *fill, const char *stroke, double width)
{
  tn_stroke_add_circle (drawing->markup, TN_LAYOUT_CENTRE_X, TN_LAYOUT_CENTRE_Y, radius, fill,
                        stroke, width);
  end_line (drawing);
}

static void
append_spoke (GString *path, double angle, double inner, double outer)
{
  tn_stroke_point (path, 'M', TN_LAYOUT_CENTRE_X + inner * sin (angle),
                   TN_LAYOUT_CENTRE_Y - inner * cos (angle));
  tn_stroke_point (path, 'L', TN_LAYOUT_CENTRE_X + outer * sin (angle),
                   TN_LAYOUT_CENTRE_Y - outer * cos (angle));
}

static void
open_link (Drawing *drawing, const TnOccurrence *occurrence, gboolean is_second)
{
  if (drawing->base == NULL || occurrence == NULL)
    return;
  g_autofree char *reference = tn_occurrence_to_reference (occurrence);
  g_autofree char *escaped = g_uri_escape_string (reference, "/", TRUE);
  g_autofree char *address = g_strconcat (drawing->base, escaped, NULL);
  tn_markup_open (drawing->markup, "a", "href", address, "tabindex", is_second ? "-1" : NULL,
                  "aria-hidden", is_second ? "true" : NULL, NULL);
}

static void
close_link (Drawing *drawing, const TnOccurrence *occurrence)
{
  if (drawing->base != NULL && occurrence != NULL)
    tn_markup_close (drawing->markup, "a");
}

static void
add_rings (Drawing *drawing)
{
  const TnLayout *layout = drawing->layout;
  add_circle (drawing, TN_LAYOUT_RIM, PAPER, NULL, 0);
  for (guint i = 0; i < layout->lanes->len; i++)
    {
      const TnLane *lane = g_ptr_array_index (layout->lanes, i);
      add_circle (drawing, lane->outer, i % 2 == 0 ? FAINT : PAPER, NULL, 0);
    }
  for (guint i = 0; i < layout->shades->len; i++)
    {
      const TnShade *shade = g_ptr_array_index (layout->shades, i);
      g_autofree char *path
          = tn_stroke_sector (shade->from, shade->to, layout->weeks_rim, TN_LAYOUT_RIM);
      tn_markup_open (drawing->markup, "path", "d", path, "fill",
                      shade->kind == TN_SHADE_BREAK ? BREAK : HOLIDAY, NULL);
      tn_markup_add (drawing->markup, "title", shade->title, NULL);
      tn_markup_close (drawing->markup, "path");
      end_line (drawing);
    }
  for (guint i = 0; i < layout->lanes->len; i++)
    add_circle (drawing, ((TnLane *) g_ptr_array_index (layout->lanes, i))->outer, "none", LINE, 2);
}

static void
add_dial (Drawing *drawing)
{
  const TnLayout *layout = drawing->layout;
  g_autoptr (GString) weeks = g_string_new (NULL);
  g_autoptr (GString) months = g_string_new (NULL);
  for (guint i = 0; i < layout->weeks->len; i++)
    append_spoke (weeks, g_array_index (layout->weeks, double, i), layout->months_rim,
                  layout->weeks_rim);
  for (guint i = 0; i < 12; i++)
    {
      append_spoke (months, layout->months[i], layout->hub, layout->months_rim);
      append_spoke (months, layout->months[i], layout->weeks_rim, TN_LAYOUT_RIM);
    }
  add_circle (drawing, layout->weeks_rim, PAPER, NULL, 0);
  add_circle (drawing, layout->months_rim, FAINT, NULL, 0);
  add_circle (drawing, layout->hub, PAPER, NULL, 0);
  tn_stroke_add_path (drawing->markup, weeks->str, "none", LINE, 2, NULL);
  end_line (drawing);
  tn_stroke_add_path (drawing->markup, months->str, "none", "#9aa1a9", 2.5, NULL);
  end_line (drawing);
  add_circle (drawing, layout->hub, "none", SIGN, 3);
  add_circle (drawing, layout->months_rim, "none", LINE, 2);
  add_circle (drawing, layout->weeks_rim, "none", SIGN, 3);
  add_circle (drawing, TN_LAYOUT_RIM, "none", SIGN, 4);
}

static void
add_leaders (Drawing *drawing)
{
  const TnLayout *layout = drawing->layout;
  for (guint i = 0; i < layout->labels->len; i++)
    {
      const TnLabel *label = g_ptr_array_index (layout->labels, i);
      g_autoptr (GString) path = g_string_new (NULL);
      if (label->occurrence == NULL)
        continue;
      for (guint j = 0; j < G_N_ELEMENTS (label->leader); j++)
        tn_stroke_point (path, j == 0 ? 'M' : 'L', label->leader[j][0], label->leader[j][1]);
      tn_stroke_add_path (drawing->markup, path->str, "none", "#878e96", label->is_deadline ? 2 : 3,
                          label->is_deadline ? "3 7" : NULL);
      end_line (drawing);
    }
}

/* A settled date is full, a proposed one pale with a broken line around it, and one that is off is
 * crossed out. */
static void
paint (Drawing *drawing, const char *path, TnArcState state, const char *fill, const char *colour)
{
  switch (state)
    {
    case TN_ARC_CONFIRMED:
      tn_stroke_add_path (drawing->markup, path, fill, colour, 5, NULL);
      break;
    case TN_ARC_PROPOSED:
      tn_stroke_add_path (drawing->markup, path, PAPER, NULL, 0, NULL);
      tn_markup_add_void (drawing->markup, "path", "d", path, "fill", fill, "fill-opacity", "0.5",
                          "stroke", colour, "stroke-width", "5", "stroke-dasharray", "14 7", NULL);
      break;
    default:
      tn_stroke_add_path (drawing->markup, path, PAPER, colour, 4, "4 8");
      break;
    }
}

static void
add_cross (Drawing *drawing, const TnArc *arc)
{
  g_autoptr (GString) path = g_string_new (NULL);
  for (guint i = 0; i < 2; i++)
    {
      double inner = i == 0 ? arc->from : arc->to;
      double outer = i == 0 ? arc->to : arc->from;
      tn_stroke_point (path, 'M', TN_LAYOUT_CENTRE_X + arc->inner * sin (inner),
                       TN_LAYOUT_CENTRE_Y - arc->inner * cos (inner));
      tn_stroke_point (path, 'L', TN_LAYOUT_CENTRE_X + arc->outer * sin (outer),
                       TN_LAYOUT_CENTRE_Y - arc->outer * cos (outer));
    }
  tn_stroke_add_path (drawing->markup, path->str, "none", tn_tone_get_colour (arc->lane), 4, NULL);
}

static void
add_arcs (Drawing *drawing)
{
  const TnLayout *layout = drawing->layout;
  for (guint i = 0; i < layout->arcs->len; i++)
    {
      const TnArc *arc = g_ptr_array_index (layout->arcs, i);
      g_autofree char *path = tn_stroke_sector (arc->from, arc->to, arc->inner, arc->outer);
      g_autofree char *fill = tn_tone_dup_fill (drawing->prefix, arc->lane);
      open_link (drawing, arc->event->occurrence, arc->has_label);
      tn_markup_open (drawing->markup, "g", NULL);
      tn_markup_add (drawing->markup, "title", arc->title, NULL);
      paint (drawing, path, arc->state, fill, tn_tone_get_colour (arc->lane));
      if (arc->state == TN_ARC_OFF)
        add_cross (drawing, arc);
      tn_markup_close (drawing->markup, "g");
      close_link (drawing, arc->event->occurrence);
      end_line (drawing);
    }
}

/* What is done is full. */
static void
add_dot (Drawing *drawing, double x, double y, double radius, const char *colour, gboolean is_done,
         const char *title)
{
  tn_markup_open (drawing->markup, "g", NULL);
  if (title != NULL)
    tn_markup_add (drawing->markup, "title", title, NULL);
  tn_stroke_add_circle (drawing->markup, x, y, radius, is_done ? colour : PAPER, colour,
                        radius * 0.45);
  tn_markup_close (drawing->markup, "g");
  end_line (drawing);
}

static void
add_dots (Drawing *drawing)
{
  const TnLayout *layout = drawing->layout;
  for (guint i = 0; i < layout->dots->len; i++)
    {
      const TnDot *dot = g_ptr_array_index (layout->dots, i);
      const TnLane *lane = g_ptr_array_index (layout->lanes, dot->lane);
      add_dot (drawing, TN_LAYOUT_CENTRE_X + dot->radius * sin (dot->angle),
               TN_LAYOUT_CENTRE_Y - dot->radius * cos (dot->angle),
               MIN (12, (lane->outer - lane->inner) * 0.25), tn_tone_get_colour (dot->lane),
               dot->deadline->milestone->done, dot->title);
    }
}

static void
add_hand (Drawing *drawing)
{
  const TnLayout *layout = drawing->layout;
  double angle = layout->today;
  if (angle < 0)
    return;
  g_autoptr (GString) path = g_string_new (NULL);
  append_spoke (path, angle, layout->weeks_rim, TN_LAYOUT_RIM + 14);
  tn_stroke_add_path (drawing->markup, path->str, "none", HAND, 6, NULL);
  tn_stroke_add_circle (drawing->markup, TN_LAYOUT_CENTRE_X + layout->weeks_rim * sin (angle),
                        TN_LAYOUT_CENTRE_Y - layout->weeks_rim * cos (angle), 11, HAND, NULL, 0);
  end_line (drawing);
}

static void
add_inscription (Drawing *drawing, const TnInscription *inscription)
{
  static const char *const anchors[]
      = { [TN_ALIGN_START] = NULL, [TN_ALIGN_MIDDLE] = "middle", [TN_ALIGN_END] = "end" };
  TnNumber x = tn_stroke_number (inscription->x);
  TnNumber y = tn_stroke_number (inscription->y);
  TnNumber size = tn_stroke_number (inscription->size);
  TnNumber turn = tn_stroke_number (inscription->turn_deg);
  g_autofree char *transform = inscription->turn_deg != 0
                                   ? g_strdup_printf ("rotate(%s %s %s)", turn.text, x.text, y.text)
                                   : NULL;
  tn_markup_add (drawing->markup, "text", inscription->text, "x", x.text, "y", y.text, "font-size",
                 size.text, "font-weight", inscription->is_bold ? "bold" : NULL, "text-anchor",
                 anchors[inscription->align], "fill", inscription->is_quiet ? QUIET : NULL,
                 "transform", transform, NULL);
}

static void
add_rectangle (Drawing *drawing, double x, double y, double width, double height, TnArcState state,
               const char *fill, const char *colour)
{
  g_autoptr (GString) path = g_string_new (NULL);
  tn_stroke_point (path, 'M', x - width / 2, y - height / 2);
  tn_stroke_point (path, 'L', x + width / 2, y - height / 2);
  tn_stroke_point (path, 'L', x + width / 2, y + height / 2);
  tn_stroke_point (path, 'L', x - width / 2, y + height / 2);
  g_string_append_c (path, 'Z');
  paint (drawing, path->str, state, fill, colour);
  if (state == TN_ARC_OFF)
    {
      g_string_assign (path, "");
      tn_stroke_point (path, 'M', x - width / 2, y - height / 2);
      tn_stroke_point (path, 'L', x + width / 2, y + height / 2);
      tn_stroke_point (path, 'M', x - width / 2, y + height / 2);
      tn_stroke_point (path, 'L', x + width / 2, y - height / 2);
      tn_stroke_add_path (drawing->markup, path->str, "none", colour, 4, NULL);
    }
}

static void
add_labels (Drawing *drawing)
{
  const TnLayout *layout = drawing->layout;
  for (guint i = 0; i < layout->labels->len; i++)
    {
      const TnLabel *label = g_ptr_array_index (layout->labels, i);
      g_autofree char *fill = tn_tone_dup_fill (drawing->prefix, label->lane);
      const char *colour = tn_tone_get_colour (label->lane);
      open_link (drawing, label->occurrence, FALSE);
      if (label->occurrence != NULL && label->is_deadline)
        add_dot (drawing, label->swatch_x, label->swatch_y, 9, colour, FALSE, NULL);
      else if (label->occurrence != NULL)
        add_rectangle (drawing, label->swatch_x, label->swatch_y, 26, 26, TN_ARC_CONFIRMED, fill,
                       colour);
      for (guint j = 0; j < label->lines->len; j++)
        add_inscription (drawing, g_ptr_array_index (label->lines, j));
      close_link (drawing, label->occurrence);
      end_line (drawing);
    }
}

static void
add_sign (Drawing *drawing, const TnLegendSign *sign)
{
  g_autofree char *fill = tn_tone_dup_fill (drawing->prefix, sign->lane);
  g_autoptr (GString) path = g_string_new (NULL);
  switch (sign->kind)
    {
    case TN_LEGEND_LANE:
      add_rectangle (drawing, sign->x, sign->y, 30, 30, TN_ARC_CONFIRMED, fill,
                     tn_tone_get_colour (sign->lane));
      break;
    case TN_LEGEND_CONFIRMED:
      add_rectangle (drawing, sign->x, sign->y, 30, 30, TN_ARC_CONFIRMED, SIGN, SIGN);
      break;
    case TN_LEGEND_PROPOSED:
      add_rectangle (drawing, sign->x, sign->y, 30, 30, TN_ARC_PROPOSED, SIGN, SIGN);
      break;
    case TN_LEGEND_OFF:
      add_rectangle (drawing, sign->x, sign->y, 30, 30, TN_ARC_OFF, PAPER, SIGN);
      break;
    case TN_LEGEND_DOT:
      add_dot (drawing, sign->x, sign->y, 11, SIGN, FALSE, NULL);
      break;
    case TN_LEGEND_HOLIDAY:
      add_rectangle (drawing, sign->x, sign->y, 30, 30, TN_ARC_CONFIRMED, HOLIDAY, HOLIDAY);
      break;
    case TN_LEGEND_BREAK:
      add_rectangle (drawing, sign->x, sign->y, 30, 30, TN_ARC_CONFIRMED, BREAK, BREAK);
      break;
    case TN_LEGEND_TODAY:
      tn_stroke_point (path, 'M', sign->x - 17, sign->y);
      tn_stroke_point (path, 'L', sign->x + 17, sign->y);
      tn_stroke_add_path (drawing->markup, path->str, "none", HAND, 6, NULL);
      break;
    default:
      break;
    }
  end_line (drawing);
}

static void
open_picture (Drawing *drawing)
{
  g_autofree char *names = g_strdup_printf ("%s-title %s-desc", drawing->prefix, drawing->prefix);
  g_autofree char *title_id = g_strdup_printf ("%s-title", drawing->prefix);
  g_autofree char *desc_id = g_strdup_printf ("%s-desc", drawing->prefix);
  const TnLayout *layout = drawing->layout;
  tn_markup_open (drawing->markup, "svg", "xmlns", "http://www.w3.org/2000/svg", "width", "420mm",
                  "height", "297mm", "viewBox", "0 0 4200 2970", "role",
                  drawing->base != NULL ? "group" : "img", "aria-labelledby", names, "lang",
                  tn_language_to_string (layout->collaboration->language), "font-family", FONTS,
                  "fill", INK, NULL);
  end_line (drawing);
  tn_markup_add (drawing->markup, "title", layout->title, "id", title_id, NULL);
  end_line (drawing);
  tn_markup_add (drawing->markup, "desc", layout->description, "id", desc_id, NULL);
  end_line (drawing);
  if (drawing->is_file)
    g_string_append (drawing->markup, "<style>@page { size: A3 landscape; margin: 0; }</style>\n");
  g_string_append (drawing->markup, "<defs>\n");
  tn_tone_append_patterns (drawing->markup, drawing->prefix, layout->lanes->len);
  g_string_append (drawing->markup, "</defs>\n");
  tn_markup_add_void (drawing->markup, "rect", "width", "4200", "height", "2970", "fill", PAPER,
                      NULL);
  end_line (drawing);
}

static void
draw (GString *markup, const TnLayout *layout, const char *base, gboolean is_file)
{
  g_autofree char *prefix
      = g_strdup_printf ("wheel-%s-%d", layout->collaboration->id, layout->year);
  Drawing drawing = { markup, layout, base, prefix, is_file };
  open_picture (&drawing);
  add_rings (&drawing);
  add_dial (&drawing);
  add_leaders (&drawing);
  add_arcs (&drawing);
  add_dots (&drawing);
  add_hand (&drawing);
  for (guint i = 0; i < layout->inscriptions->len; i++)
    {
      add_inscription (&drawing, g_ptr_array_index (layout->inscriptions, i));
      end_line (&drawing);
    }
  add_labels (&drawing);
  for (guint i = 0; i < layout->signs->len; i++)
    add_sign (&drawing, &g_array_index (layout->signs, TnLegendSign, i));
  g_string_append (markup, "</svg>\n");
}

/**
 * tn_svg_append:
 * @base: (nullable): what the addresses of events begin with
 *
 * Appends an <svg> element, for a page of the caller's.
 */
void
tn_svg_append (GString *markup, const TnLayout *layout, const char *base)
{
  draw (markup, layout, base, FALSE);
}

/**
 * tn_svg_from_layout:
 * @base: (nullable): what the addresses of events begin with
 *
 * Returns: (transfer full): a whole file, which browsers print on A3
 */
char *
tn_svg_from_layout (const TnLayout *layout, const char *base)
{
  GString *file = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  draw (file, layout, base, TRUE);
  return g_string_free (file, FALSE);
}
