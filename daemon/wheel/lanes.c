/* The rings of a wheel, one for each series, and what lies in them. */
#include "wheel/layout-parts.h"

#include "base/paragraph.h"
#include "model/catalogue.h"
#include "model/dates.h"
#include "model/series-name.h"
#include "wheel/caption.h"
#include "wheel/programme.h"

#include <string.h>

/* A day is 2.8 mm on the outermost ring and a millimetre and a half on an inner one: an event is
 * drawn as broad as this, unless its neighbour is nearer. */
static const int LEAST_DAYS = 4;
static const double LEAST_WEEKS = 482;  /* radius of the weeks when there are many rings */
static const double MOST_BREADTH = 190; /* of a ring when there are few */
static const double GAP = 0.12;         /* between two rings, of a ring's breadth */

void
tn_lanes_free_lane (gpointer pointer)
{
  TnLane *lane = pointer;
  g_free (lane->name);
  g_free (lane);
}

void
tn_lanes_free_arc (gpointer pointer)
{
  TnArc *arc = pointer;
  g_free (arc->title);
  g_free (arc);
}

void
tn_lanes_free_dot (gpointer pointer)
{
  TnDot *dot = pointer;
  g_free (dot->title);
  g_free (dot);
}

/* Series that are held or due in the year; an empty year has the rings of all. */
static gboolean
is_shown (const TnProgramme *programme, const TnSeries *series)
{
  gboolean is_empty = programme->events->len == 0 && programme->deadlines->len == 0;
  for (guint i = 0; i < programme->events->len; i++)
    if (((TnProgrammeEvent *) g_ptr_array_index (programme->events, i))->occurrence->series
        == series)
      return TRUE;
  for (guint i = 0; i < programme->deadlines->len; i++)
    if (((TnProgrammeDeadline *) g_ptr_array_index (programme->deadlines, i))->occurrence->series
        == series)
      return TRUE;
  return is_empty;
}

static void
add_lanes (TnLayout *layout, const TnProgramme *programme)
{
  const GPtrArray *series = layout->collaboration->series;
  for (guint i = 0; i < series->len; i++)
    {
      const TnSeries *one = g_ptr_array_index (series, i);
      if (!is_shown (programme, one))
        continue;
      TnLane *lane = g_new0 (TnLane, 1);
      lane->series = one;
      lane->name = tn_series_dup_name (one);
      if (lane->name[0] == '\0')
        {
          g_free (lane->name);
          lane->name = g_strdup (one->id);
        }
      g_ptr_array_add (layout->lanes, lane);
    }
  guint n_lanes = MAX (layout->lanes->len, 1);
  double breadth = MIN ((TN_LAYOUT_RIM - LEAST_WEEKS) / n_lanes, MOST_BREADTH);
  layout->weeks_rim = TN_LAYOUT_RIM - breadth * n_lanes;
  double scale = MIN (layout->weeks_rim / LEAST_WEEKS, 1.4);
  layout->months_rim = layout->weeks_rim - 62 * scale;
  layout->hub = layout->months_rim - 120 * scale;
  for (guint i = 0; i < layout->lanes->len; i++)
    {
      TnLane *lane = g_ptr_array_index (layout->lanes, i);
      lane->outer = TN_LAYOUT_RIM - i * breadth;
      lane->inner = lane->outer - breadth;
    }
}

static guint
find_lane (const TnLayout *layout, const TnSeries *series)
{
  guint lane = 0;
  while (((TnLane *) g_ptr_array_index (layout->lanes, lane))->series != series)
    lane++;
  return lane;
}

static char *
format_event (const TnProgrammeEvent *event)
{
  g_autofree char *roles = g_strjoinv ("; ", event->roles);
  g_autoptr (GString) text = g_string_new (event->days);
  if (event->hours[0] != '\0')
    g_string_append_printf (text, " %s", event->hours);
  g_string_append_printf (text, ": %s", event->title);
  if (roles[0] != '\0')
    g_string_append_printf (text, " (%s)", roles);
  if (event->theme[0] != '\0')
    g_string_append_printf (text, ". %s", event->theme);
  g_string_append_printf (text, ". %s", event->status);
  return g_strdup (text->str);
}

static void
add_arc (TnLayout *layout, const TnProgrammeEvent *event)
{
  const TnOccurrence *occurrence = event->occurrence;
  TnSpan days = occurrence->when.days;
  int spare = MAX (LEAST_DAYS - tn_span_get_days (days), 0);
  double day = 2 * G_PI / tn_span_get_days (layout->days);
  TnArc *arc = g_new0 (TnArc, 1);
  arc->event = event;
  arc->lane = find_lane (layout, occurrence->series);
  arc->from = tn_dial_get_angle (layout, days.start) - day * spare / 2;
  arc->to = tn_dial_get_angle (layout, days.end) + day * spare / 2;
  if (arc->from < 0) /* in the year before */
    {
      arc->to -= arc->from;
      arc->from = 0;
    }
  if (arc->to > 2 * G_PI)
    {
      arc->from = MAX (arc->from - (arc->to - 2 * G_PI), 0);
      arc->to = 2 * G_PI;
    }
  arc->state = event->is_off                               ? TN_ARC_OFF
               : occurrence->status == TN_STATUS_CONFIRMED ? TN_ARC_CONFIRMED
                                                           : TN_ARC_PROPOSED;
  arc->title = format_event (event);
  g_ptr_array_add (layout->arcs, arc);
}

static int
compare_arcs (gconstpointer a, gconstpointer b)
{
  const TnArc *one = *(TnArc *const *) a;
  const TnArc *other = *(TnArc *const *) b;
  TnDate one_day = one->event->occurrence->when.days.start;
  TnDate other_day = other->event->occurrence->when.days.start;
  if (one->lane != other->lane)
    return one->lane < other->lane ? -1 : 1;
  return one_day != other_day ? (one_day > other_day) - (one_day < other_day)
                              : strcmp (one->event->occurrence->uid, other->event->occurrence->uid);
}

/* Those from @first on, which lie over each other as a chain, share the ring's breadth: each takes
 * the first part that is free again. */
static void
share_breadth (TnLayout *layout, guint first, guint end)
{
  g_autoptr (GArray) free_from = g_array_new (FALSE, TRUE, sizeof (double));
  g_autofree guint *parts = g_new0 (guint, end - first);
  for (guint i = first; i < end; i++)
    {
      const TnArc *arc = g_ptr_array_index (layout->arcs, i);
      guint part = 0;
      while (part < free_from->len && g_array_index (free_from, double, part) > arc->from)
        part++;
      if (part == free_from->len)
        g_array_set_size (free_from, part + 1);
      g_array_index (free_from, double, part) = arc->to;
      parts[i - first] = part;
    }
  for (guint i = first; i < end; i++)
    {
      TnArc *arc = g_ptr_array_index (layout->arcs, i);
      const TnLane *lane = g_ptr_array_index (layout->lanes, arc->lane);
      double gap = (lane->outer - lane->inner) * GAP;
      double breadth = (lane->outer - lane->inner - 2 * gap) / free_from->len;
      arc->outer = lane->outer - gap - parts[i - first] * breadth;
      arc->inner = arc->outer - breadth * (free_from->len > 1 ? 0.94 : 1);
    }
}

static void
place_arcs (TnLayout *layout)
{
  g_ptr_array_sort (layout->arcs, compare_arcs);
  guint first = 0;
  double end = 0;
  for (guint i = 0; i < layout->arcs->len; i++)
    {
      const TnArc *arc = g_ptr_array_index (layout->arcs, i);
      const TnArc *before = g_ptr_array_index (layout->arcs, first);
      if (i > first && (arc->lane != before->lane || arc->from >= end))
        {
          share_breadth (layout, first, i);
          first = i;
        }
      end = i == first ? arc->to : MAX (end, arc->to);
    }
  if (layout->arcs->len > 0)
    share_breadth (layout, first, layout->arcs->len);
}

static void
add_dot (TnLayout *layout, const TnProgrammeDeadline *deadline)
{
  TnDot *dot = g_new0 (TnDot, 1);
  dot->deadline = deadline;
  dot->lane = find_lane (layout, deadline->occurrence->series);
  const TnLane *lane = g_ptr_array_index (layout->lanes, dot->lane);
  dot->angle = (tn_dial_get_angle (layout, deadline->milestone->due)
                + tn_dial_get_angle (layout, deadline->milestone->due + 1))
               / 2;
  dot->radius = (lane->inner + lane->outer) / 2;
  dot->title = g_strdup_printf ("%s: %s (%s)", deadline->day, deadline->title, deadline->who);
  g_ptr_array_add (layout->dots, dot);
}

static char *
describe (const TnLayout *layout, const TnProgramme *programme)
{
  TnLanguage language = layout->collaboration->language;
  gboolean is_empty = programme->events->len == 0 && programme->deadlines->len == 0;
  g_autoptr (GString) text
      = g_string_new (is_empty ? tn_caption (language, TN_CAPTION_NOTHING)
                               : tn_say (language, "All dates of the wheel, in order."));
  for (guint i = 0; i < programme->events->len; i++)
    {
      g_autofree char *line = format_event (g_ptr_array_index (programme->events, i));
      g_string_append_printf (text, "\n%s.", line);
    }
  for (guint i = 0; i < layout->dots->len; i++)
    g_string_append_printf (text, "\n%s.", ((TnDot *) g_ptr_array_index (layout->dots, i))->title);
  return g_strdup (text->str);
}

/**
 * tn_lanes_fill:
 *
 * Rings, events and deadlines of the year, and the description that tells them in words.
 */
void
tn_lanes_fill (TnLayout *layout)
{
  const TnProgramme *programme = layout->programme;
  add_lanes (layout, programme);
  for (guint i = 0; i < programme->events->len; i++)
    {
      const TnProgrammeEvent *event = g_ptr_array_index (programme->events, i);
      if (event->occurrence->status != TN_STATUS_UNPLACED)
        add_arc (layout, event);
    }
  place_arcs (layout);
  for (guint i = 0; i < programme->deadlines->len; i++)
    add_dot (layout, g_ptr_array_index (programme->deadlines, i));
  layout->description = describe (layout, programme);
}
