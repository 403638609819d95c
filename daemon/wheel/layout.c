/* A year wheel is laid out part by part; this file only calls the others. */
#include "wheel/layout.h"

#include "wheel/layout-parts.h"

#include "model/catalogue.h"
#include "wheel/letters.h"

static const double MARGIN = 90;
static const double NAME_SIZE = 84;
static const double HEADING_SIZE = 42;

void
tn_layout_free (TnLayout *layout)
{
  if (layout == NULL)
    return;
  g_free (layout->title);
  g_free (layout->description);
  g_array_unref (layout->weeks);
  g_array_unref (layout->signs);
  g_ptr_array_unref (layout->lanes);
  g_ptr_array_unref (layout->shades);
  g_ptr_array_unref (layout->arcs);
  g_ptr_array_unref (layout->dots);
  g_ptr_array_unref (layout->labels);
  g_ptr_array_unref (layout->inscriptions);
  tn_programme_free (layout->programme);
  g_free (layout);
}

static TnInscription *
add_line (TnLayout *layout, const char *text, double y, double size, gboolean is_bold)
{
  g_autofree char *fitting = tn_letters_fit (text, size, is_bold, TN_LAYOUT_WIDTH - 2 * MARGIN);
  TnInscription *inscription = tn_inscription_new (fitting, MARGIN, y, size, TN_ALIGN_START);
  inscription->is_bold = is_bold;
  inscription->width = tn_letters_measure (fitting, size, is_bold);
  g_ptr_array_add (layout->inscriptions, inscription);
  return inscription;
}

static void
add_headings (TnLayout *layout)
{
  const TnProgramme *programme = layout->programme;
  g_autofree char *heading
      = g_strdup_printf (tn_say (layout->collaboration->language, "Year wheel %d"), layout->year);
  g_autofree char *below = g_strdup_printf ("%s (%s)", heading, programme->edition);
  add_line (layout, programme->name, 165, NAME_SIZE, TRUE);
  add_line (layout, below, 232, HEADING_SIZE, FALSE);
  layout->title = g_strdup_printf ("%s - %s", programme->name, heading);
}

/**
 * tn_layout_new:
 * @plan: that covers @year, and what has deadlines in it; outlives the result
 * @collaboration: one of @plan's rulebook
 * @year: 1 to 9998
 * @today: where the hand is; %TN_DATE_NONE, or a day of another year, for none
 * @holidays: (nullable) (element-type TnHolidaySpan): that are shaded
 *
 * Texts never lie over each other, whatever the plan: those of events stand in two columns beside
 * the wheel, shorter and smaller the more they are; where even so there is no room for all, the
 * last line of a column says how many are left out.
 *
 * Returns: (transfer full)
 */
TnLayout *
tn_layout_new (const TnPlan *plan, const TnCollaboration *collaboration, int year, TnDate today,
               const GArray *holidays)
{
  g_return_val_if_fail (plan != NULL && collaboration != NULL, NULL);

  TnLayout *layout = g_new0 (TnLayout, 1);
  layout->collaboration = collaboration;
  layout->year = year;
  layout->days = tn_span_new (tn_date_new (year, 1, 1), tn_date_new (year, 12, 31) + 1);
  layout->programme = tn_programme_new (plan, collaboration, year);
  layout->weeks = g_array_new (FALSE, FALSE, sizeof (double));
  layout->signs = g_array_new (FALSE, FALSE, sizeof (TnLegendSign));
  layout->lanes = g_ptr_array_new_with_free_func (tn_lanes_free_lane);
  layout->shades = g_ptr_array_new_with_free_func (tn_dial_free_shade);
  layout->arcs = g_ptr_array_new_with_free_func (tn_lanes_free_arc);
  layout->dots = g_ptr_array_new_with_free_func (tn_lanes_free_dot);
  layout->labels = g_ptr_array_new_with_free_func (tn_labels_free_label);
  layout->inscriptions = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_inscription_free);
  add_headings (layout);
  tn_lanes_fill (layout);
  tn_dial_fill (layout, today, holidays);
  tn_labels_fill (layout, tn_legend_fill (layout));
  return layout;
}
