/* A ring has a colour and a hatching. Hatchings differ where colours do not: on a grey printer, and
 * for one reader in twelve (WCAG 2.1, 1.4.1). Eight of each, combined anew when they have gone
 * round, are enough for 64 rings. */
#include "wheel/tone.h"

#include "wheel/markup.h"

static const char *const COLOURS[]
    = { "#1f5a7a", "#b8741a", "#4c7d4b", "#84406a", "#23807c", "#a8472f", "#5a5fa3", "#6b5a48" };

/* White strokes on a tile of 24 by 24; NULL: none. */
static const char *const STROKES[] = { NULL,
                                       "M-6 6L6 -6M0 24L24 0M18 30L30 18",
                                       "M9 12h6M-3 0h6M21 0h6M-3 24h6M21 24h6",
                                       "M0 6H24M0 18H24",
                                       "M-6 18L6 30M0 0L24 24M18 -6L30 6",
                                       "M6 0V24M18 0V24",
                                       "M0 12H24M12 0V24",
                                       "M0 0L24 24M0 24L24 0" };

static guint
find_hatching (guint lane)
{
  return (lane + lane / G_N_ELEMENTS (COLOURS)) % G_N_ELEMENTS (STROKES);
}

/**
 * tn_tone_get_colour:
 * @lane: any number
 *
 * Returns: (transfer none): dark enough for a stroke on white, 4.5:1 at least but for ochre's 3.6
 */
const char *
tn_tone_get_colour (guint lane)
{
  return COLOURS[lane % G_N_ELEMENTS (COLOURS)];
}

/**
 * tn_tone_append_patterns:
 * @prefix: of the ids, so that two wheels can stand on one page
 */
void
tn_tone_append_patterns (GString *markup, const char *prefix, guint n_lanes)
{
  for (guint lane = 0; lane < n_lanes; lane++)
    {
      g_autofree char *id = g_strdup_printf ("%s-%u", prefix, lane);
      const char *strokes = STROKES[find_hatching (lane)];
      tn_markup_open (markup, "pattern", "id", id, "width", "24", "height", "24", "patternUnits",
                      "userSpaceOnUse", "patternTransform", "scale(0.7)", NULL);
      tn_markup_add_void (markup, "rect", "width", "24", "height", "24", "fill",
                          tn_tone_get_colour (lane), NULL);
      if (strokes != NULL)
        tn_markup_add_void (markup, "path", "d", strokes, "stroke", "#ffffff", "stroke-width", "4",
                            "fill", "none", NULL);
      tn_markup_close (markup, "pattern");
      g_string_append_c (markup, '\n');
    }
}

/**
 * tn_tone_dup_fill:
 *
 * Returns: (transfer full): value of a `fill`
 */
char *
tn_tone_dup_fill (const char *prefix, guint lane)
{
  return g_strdup_printf ("url(#%s-%u)", prefix, lane);
}
