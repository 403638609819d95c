/* The legend of a wheel: what its signs mean, in rows below it, and what has no date yet. */
#include "wheel/layout-parts.h"

#include "model/catalogue.h"
#include "wheel/caption.h"
#include "wheel/letters.h"

static const double LEFT = 90;
static const double RIGHT = 4110;
static const double LAST_ROW = 2880; /* base line */
static const double ROW = 46;
static const guint MOST_ROWS = 6; /* more would reach into the wheel */
static const double SIZE = 28;
static const double SIGN = 44;  /* with the distance to its text */
static const double SPACE = 48; /* to the next sign */
static const double WIDEST = 620;

/* The beginning of a row of its own, so that rings and signs are not mixed up. */
typedef struct
{
  guint row;
  double x;
} Place;

static void
add_text (TnLayout *layout, const char *text, double x, guint row)
{
  g_ptr_array_add (layout->inscriptions,
                   tn_inscription_new (text, x, row * ROW, SIZE, TN_ALIGN_START));
}

/* Rows are counted from above here, and moved to where they end at the bottom afterwards. */
static void
add_item (TnLayout *layout, Place *place, TnLegendKind kind, guint lane, const char *text)
{
  g_autofree char *fitting = tn_letters_fit (text, SIZE, FALSE, WIDEST);
  double width = SIGN + tn_letters_measure (fitting, SIZE, FALSE);
  if (place->x + width > RIGHT)
    {
      place->row++;
      place->x = LEFT;
    }
  TnLegendSign sign = { kind, lane, place->x + 15, place->row * ROW - 0.34 * SIZE };
  g_array_append_val (layout->signs, sign);
  add_text (layout, fitting, place->x + SIGN, place->row);
  place->x += width + SPACE;
}

static gboolean
has_dots (const TnLayout *layout)
{
  return layout->dots->len > 0;
}

static gboolean
has_shade (const TnLayout *layout, TnShadeKind kind)
{
  for (guint i = 0; i < layout->shades->len; i++)
    if (((TnShade *) g_ptr_array_index (layout->shades, i))->kind == kind)
      return TRUE;
  return FALSE;
}

static gboolean
has_state (const TnLayout *layout, TnArcState state)
{
  for (guint i = 0; i < layout->arcs->len; i++)
    if (((TnArc *) g_ptr_array_index (layout->arcs, i))->state == state)
      return TRUE;
  return FALSE;
}

static void
add_signs (TnLayout *layout, Place *place)
{
  TnLanguage language = layout->collaboration->language;
  if (has_state (layout, TN_ARC_CONFIRMED))
    add_item (layout, place, TN_LEGEND_CONFIRMED, 0, tn_say (language, "The date is settled"));
  if (has_state (layout, TN_ARC_PROPOSED))
    add_item (layout, place, TN_LEGEND_PROPOSED, 0, tn_say (language, "The date is proposed"));
  if (has_state (layout, TN_ARC_OFF))
    add_item (layout, place, TN_LEGEND_OFF, 0, tn_say (language, "Cancelled or put off"));
  if (has_dots (layout))
    add_item (layout, place, TN_LEGEND_DOT, 0, tn_caption (language, TN_CAPTION_DEADLINE));
  if (has_shade (layout, TN_SHADE_HOLIDAY))
    add_item (layout, place, TN_LEGEND_HOLIDAY, 0, tn_say (language, "Public holiday"));
  if (has_shade (layout, TN_SHADE_BREAK))
    add_item (layout, place, TN_LEGEND_BREAK, 0, tn_say (language, "School break"));
  if (layout->today >= 0)
    add_item (layout, place, TN_LEGEND_TODAY, 0, tn_say (language, "Today"));
}

static void
add_lane_items (TnLayout *layout, Place *place, guint n_most_rows)
{
  TnLanguage language = layout->collaboration->language;
  if (layout->lanes->len == 0)
    return;
  const char *heading = tn_say (language, "The rings from outside in:");
  add_text (layout, heading, place->x, place->row);
  place->x += tn_letters_measure (heading, SIZE, FALSE) + SPACE;
  for (guint i = 0; i < layout->lanes->len; i++)
    {
      const TnLane *lane = g_ptr_array_index (layout->lanes, i);
      if (place->row + 1 >= n_most_rows && place->x + SIGN + 2 * WIDEST > RIGHT
          && i + 1 < layout->lanes->len)
        {
          add_text (layout, "\342\200\246", place->x, place->row);
          break;
        }
      add_item (layout, place, TN_LEGEND_LANE, i, lane->name);
    }
  place->row++;
  place->x = LEFT;
}

static gboolean
add_undated (TnLayout *layout, guint row)
{
  TnLanguage language = layout->collaboration->language;
  g_autoptr (GPtrArray) titles = g_ptr_array_new ();
  for (guint i = 0; i < layout->programme->events->len; i++)
    {
      const TnProgrammeEvent *event = g_ptr_array_index (layout->programme->events, i);
      if (event->occurrence->status == TN_STATUS_UNPLACED)
        g_ptr_array_add (titles, event->title);
    }
  if (titles->len == 0)
    return FALSE;
  g_ptr_array_add (titles, NULL);
  g_autofree char *list = g_strjoinv ("; ", (char **) titles->pdata);
  g_autofree char *text = g_strdup_printf (tn_say (language, "Without a date: %s"), list);
  g_autofree char *fitting = tn_letters_fit (text, SIZE, FALSE, RIGHT - LEFT);
  add_text (layout, fitting, LEFT, row);
  return TRUE;
}

/**
 * tn_legend_fill:
 *
 * Returns: where the legend begins; what is above it may reach so far down
 */
double
tn_legend_fill (TnLayout *layout)
{
  guint first_inscription = layout->inscriptions->len;
  Place place = { 0, LEFT };
  if (add_undated (layout, 0))
    place.row++;
  add_lane_items (layout, &place, MOST_ROWS - 2);
  add_signs (layout, &place);
  double shift = LAST_ROW - place.row * ROW;
  for (guint i = first_inscription; i < layout->inscriptions->len; i++)
    ((TnInscription *) g_ptr_array_index (layout->inscriptions, i))->y += shift;
  for (guint i = 0; i < layout->signs->len; i++)
    g_array_index (layout->signs, TnLegendSign, i).y += shift;
  return shift - TN_LETTERS_ASCENT * SIZE;
}
