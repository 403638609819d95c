/* The dial of a wheel: the year, its months, its ISO weeks, its holidays, and today's hand. */
#include "wheel/layout-parts.h"

#include "base/paragraph.h"
#include "wheel/letters.h"

#include <math.h>
#include <string.h>

/* Of the smallest dial; a larger one has larger letters, in the same measure. */
static const double YEAR_SIZE = 0.5;      /* of the hub's radius */
static const double MONTH_SIZE = 0.0662;  /* of the radius of the weeks, and at most … */
static const double MOST_MONTH_SIZE = 44; /* … this */
static const double WEEK_SIZE = 0.0456;
static const double MOST_WEEK_SIZE = 30;

void
tn_dial_free_shade (gpointer pointer)
{
  TnShade *shade = pointer;
  g_free (shade->title);
  g_free (shade);
}

/**
 * tn_dial_get_angle:
 *
 * Returns: where @date begins; a date out of the year is at its nearer end
 */
double
tn_dial_get_angle (const TnLayout *layout, TnDate date)
{
  TnDate day = CLAMP (date, layout->days.start, layout->days.end);
  return 2 * G_PI * (day - layout->days.start) / tn_span_get_days (layout->days);
}

/* Along the circle, to be read from the middle above and from outside below. The base line lies
 * so that the small letters' middle is on the circle. */
static void
add_round (TnLayout *layout, const char *text, double angle, double radius, double size)
{
  gboolean is_below = angle > G_PI / 2 && angle < 3 * G_PI / 2;
  double at = radius + (is_below ? 0.36 : -0.36) * size;
  TnInscription *inscription
      = tn_inscription_new (text, TN_LAYOUT_CENTRE_X + at * sin (angle),
                            TN_LAYOUT_CENTRE_Y - at * cos (angle), size, TN_ALIGN_MIDDLE);
  inscription->turn_deg = (is_below ? angle - G_PI : angle) * 180 / G_PI;
  g_ptr_array_add (layout->inscriptions, inscription);
}

static void
add_year (TnLayout *layout)
{
  double size = YEAR_SIZE * layout->hub;
  g_autofree char *text = g_strdup_printf ("%d", layout->year);
  g_ptr_array_add (layout->inscriptions,
                   tn_inscription_new (text, TN_LAYOUT_CENTRE_X, TN_LAYOUT_CENTRE_Y + 0.36 * size,
                                       size, TN_ALIGN_MIDDLE));
}

static void
add_months (TnLayout *layout)
{
  for (int month = 1; month <= 12; month++)
    layout->months[month - 1] = tn_dial_get_angle (layout, tn_date_new (layout->year, month, 1));
  layout->months[12] = 2 * G_PI;
  for (int month = 1; month <= 12; month++)
    add_round (layout, tn_word_for_month (layout->collaboration->language, month),
               (layout->months[month - 1] + layout->months[month]) / 2,
               (layout->hub + layout->months_rim) / 2,
               MIN (MONTH_SIZE * layout->weeks_rim, MOST_MONTH_SIZE));
}

/* A week is of the year in which its Thursday lies (ISO 8601). At both ends of a year that is four
 * days of it at least, and its number stands in their middle: in 2026 weeks 1 and 53 meet there. */
static void
add_week (TnLayout *layout, TnDate thursday)
{
  double from = tn_dial_get_angle (layout, thursday - 3);
  double to = tn_dial_get_angle (layout, thursday + 4);
  g_autofree char *week = g_strdup_printf ("%d", tn_date_get_week (thursday, NULL));
  add_round (layout, week, (from + to) / 2, (layout->months_rim + layout->weeks_rim) / 2,
             MIN (WEEK_SIZE * layout->weeks_rim, MOST_WEEK_SIZE));
}

static void
add_weeks (TnLayout *layout)
{
  for (TnDate date = layout->days.start; date < layout->days.end; date++)
    {
      double angle = tn_dial_get_angle (layout, date);
      if (tn_date_get_weekday (date) == TN_MONDAY)
        g_array_append_val (layout->weeks, angle);
      if (tn_date_get_weekday (date) == TN_THURSDAY)
        add_week (layout, date);
    }
}

static gboolean
find_shade (TnHolidayKind kind, TnShadeKind *ret_kind)
{
  *ret_kind = kind == TN_HOLIDAY_PUBLIC ? TN_SHADE_HOLIDAY : TN_SHADE_BREAK;
  return kind == TN_HOLIDAY_PUBLIC || kind == TN_HOLIDAY_SCHOOL_BREAK;
}

static void
join_title (TnShade *shade, const TnHolidayRule *rule)
{
  g_autofree char *name = tn_paragraph_clean (rule->name);
  g_auto (GStrv) names = g_strsplit (shade->title, ", ", -1);
  if (g_strv_contains ((const char *const *) names, name))
    return;
  g_autofree char *before = g_steal_pointer (&shade->title);
  shade->title = g_strdup_printf ("%s, %s", before, name);
}

/* Breaks of many areas lie over each other, and are one shade. */
static void
add_shade (TnLayout *layout, const TnHolidaySpan *holiday, TnShadeKind kind)
{
  double from = tn_dial_get_angle (layout, holiday->days.start);
  double to = tn_dial_get_angle (layout, holiday->days.end);
  TnShade *last = layout->shades->len > 0
                      ? g_ptr_array_index (layout->shades, layout->shades->len - 1)
                      : NULL;
  if (from >= to)
    return;
  if (last != NULL && last->kind == kind && from <= last->to)
    {
      last->to = MAX (last->to, to);
      join_title (last, holiday->rule);
      return;
    }
  TnShade *shade = g_new0 (TnShade, 1);
  shade->kind = kind;
  shade->from = from;
  shade->to = to;
  shade->title = tn_paragraph_clean (holiday->rule->name);
  g_ptr_array_add (layout->shades, shade);
}

static int
compare_starts (gconstpointer a, gconstpointer b)
{
  const TnHolidaySpan *one = a;
  const TnHolidaySpan *other = b;
  return (one->days.start > other->days.start) - (one->days.start < other->days.start);
}

static void
add_shades (TnLayout *layout, const GArray *holidays)
{
  g_autoptr (GArray) sorted = g_array_new (FALSE, FALSE, sizeof (TnHolidaySpan));
  if (holidays != NULL && holidays->len > 0)
    g_array_append_vals (sorted, holidays->data, holidays->len);
  g_array_sort (sorted, compare_starts); /* is stable */
  for (guint pass = TN_SHADE_BREAK; pass <= TN_SHADE_HOLIDAY; pass++)
    for (guint i = 0; i < sorted->len; i++)
      {
        const TnHolidaySpan *holiday = &g_array_index (sorted, TnHolidaySpan, i);
        TnShadeKind kind = TN_SHADE_BREAK;
        if (find_shade (holiday->rule->kind, &kind) && kind == pass)
          add_shade (layout, holiday, kind);
      }
}

/**
 * tn_dial_fill:
 * @today: %TN_DATE_NONE for none
 * @holidays: (nullable) (element-type TnHolidaySpan)
 */
void
tn_dial_fill (TnLayout *layout, TnDate today, const GArray *holidays)
{
  add_year (layout);
  add_months (layout);
  add_weeks (layout);
  add_shades (layout, holidays);
  layout->today
      = tn_span_contains (layout->days, today)
            ? (tn_dial_get_angle (layout, today) + tn_dial_get_angle (layout, today + 1)) / 2
            : -1;
}
