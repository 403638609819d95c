/* Reads the room of each text from a layout and looks whether two of them share any. A text is a
 * rectangle that may be turned; two convex shapes are apart when there is a line between them, and
 * then one along a side of either is enough (separating axis theorem). */
#include "geometry.h"

#include "wheel/layout-parts.h"

#include <math.h>

typedef struct
{
  const char *text;
  double corners[4][2];
  guint n_corners; /* 2: a line */
} Shape;

/* Less than a hundredth of a millimetre is rounding. */
static const double HAIR = 0.1;

static gboolean
is_apart_along (const Shape *one, const Shape *other, double x, double y)
{
  double low[2] = { G_MAXDOUBLE, G_MAXDOUBLE };
  double high[2] = { -G_MAXDOUBLE, -G_MAXDOUBLE };
  const Shape *shapes[] = { one, other };
  for (guint i = 0; i < 2; i++)
    for (guint j = 0; j < shapes[i]->n_corners; j++)
      {
        double at = shapes[i]->corners[j][0] * x + shapes[i]->corners[j][1] * y;
        low[i] = MIN (low[i], at);
        high[i] = MAX (high[i], at);
      }
  return high[0] <= low[1] + HAIR || high[1] <= low[0] + HAIR;
}

static gboolean
is_apart (const Shape *one, const Shape *other)
{
  const Shape *shapes[] = { one, other };
  for (guint i = 0; i < 2; i++)
    for (guint j = 0; j < shapes[i]->n_corners; j++)
      {
        const double *from = shapes[i]->corners[j];
        const double *to = shapes[i]->corners[(j + 1) % shapes[i]->n_corners];
        double x = from[1] - to[1];
        double y = to[0] - from[0];
        double length = sqrt (x * x + y * y);
        if (length > 0 && is_apart_along (one, other, x / length, y / length))
          return TRUE;
      }
  return FALSE;
}

static void
add_text (GArray *shapes, const TnInscription *inscription)
{
  Shape shape = { .text = inscription->text, .n_corners = 4 };
  tn_inscription_get_corners (inscription, shape.corners);
  g_array_append_val (shapes, shape);
}

static GArray *
list_texts (const TnLayout *layout)
{
  GArray *shapes = g_array_new (FALSE, FALSE, sizeof (Shape));
  for (guint i = 0; i < layout->inscriptions->len; i++)
    add_text (shapes, g_ptr_array_index (layout->inscriptions, i));
  for (guint i = 0; i < layout->labels->len; i++)
    {
      const TnLabel *label = g_ptr_array_index (layout->labels, i);
      for (guint j = 0; j < label->lines->len; j++)
        add_text (shapes, g_ptr_array_index (label->lines, j));
    }
  return shapes;
}

static gboolean
is_on_paper (const Shape *shape)
{
  for (guint i = 0; i < shape->n_corners; i++)
    if (shape->corners[i][0] < 50 || shape->corners[i][0] > TN_LAYOUT_WIDTH - 50
        || shape->corners[i][1] < 50 || shape->corners[i][1] > TN_LAYOUT_HEIGHT - 50)
      return FALSE;
  return TRUE;
}

/* Rings must be free of texts: that is where the events are. */
static gboolean
is_in_rings (const TnLayout *layout, const Shape *shape)
{
  for (guint i = 0; i < shape->n_corners; i++)
    {
      double distance = hypot (shape->corners[i][0] - TN_LAYOUT_CENTRE_X,
                               shape->corners[i][1] - TN_LAYOUT_CENTRE_Y);
      if (distance > layout->weeks_rim && distance < TN_LAYOUT_RIM)
        return TRUE;
    }
  return FALSE;
}

static char *
find_text_fault (const TnLayout *layout, const GArray *texts)
{
  for (guint i = 0; i < texts->len; i++)
    {
      const Shape *shape = &g_array_index (texts, Shape, i);
      if (!is_on_paper (shape))
        return g_strdup_printf ("'%s' is not on the paper", shape->text);
      if (is_in_rings (layout, shape))
        return g_strdup_printf ("'%s' is in the rings", shape->text);
      for (guint j = i + 1; j < texts->len; j++)
        if (!is_apart (shape, &g_array_index (texts, Shape, j)))
          return g_strdup_printf ("'%s' is over '%s'", shape->text,
                                  g_array_index (texts, Shape, j).text);
    }
  return NULL;
}

static GArray *
list_leaders (const TnLayout *layout)
{
  GArray *leaders = g_array_new (FALSE, FALSE, sizeof (Shape));
  for (guint i = 0; i < layout->labels->len; i++)
    {
      const TnLabel *label = g_ptr_array_index (layout->labels, i);
      for (guint j = 0; label->occurrence != NULL && j < 3; j++)
        {
          Shape shape = { .text = "a leading line", .n_corners = 2 };
          shape.corners[0][0] = label->leader[j][0];
          shape.corners[0][1] = label->leader[j][1];
          shape.corners[1][0] = label->leader[j + 1][0];
          shape.corners[1][1] = label->leader[j + 1][1];
          g_array_append_val (leaders, shape);
        }
    }
  return leaders;
}

static char *
find_leader_fault (const GArray *texts, const GArray *leaders)
{
  for (guint i = 0; i < leaders->len; i++)
    for (guint j = 0; j < texts->len; j++)
      if (!is_apart (&g_array_index (leaders, Shape, i), &g_array_index (texts, Shape, j)))
        return g_strdup_printf ("a line leads through '%s'", g_array_index (texts, Shape, j).text);
  return NULL;
}

/* On which side of the line from @a to @b, as an area. */
static double
get_side (const double *a, const double *b, const double *point)
{
  return (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]);
}

/* Lines that only touch, as those of one day do, do not cross. */
static gboolean
is_crossing (const Shape *one, const Shape *other)
{
  const double *a = one->corners[0];
  const double *b = one->corners[1];
  const double *c = other->corners[0];
  const double *d = other->corners[1];
  double speck = 1e-3;
  return get_side (a, b, c) * get_side (a, b, d) < -speck
         && get_side (c, d, a) * get_side (c, d, b) < -speck;
}

static char *
find_crossing (const GArray *leaders)
{
  for (guint i = 0; i < leaders->len; i++)
    for (guint j = i + 1; j < leaders->len; j++)
      if (is_crossing (&g_array_index (leaders, Shape, i), &g_array_index (leaders, Shape, j)))
        return g_strdup_printf ("lines %u and %u cross", i, j);
  return NULL;
}

/* Returns: (transfer full) (nullable): what is wrong; NULL when nothing is */
char *
geometry_dup_fault (const TnLayout *layout)
{
  g_autoptr (GArray) texts = list_texts (layout);
  g_autoptr (GArray) leaders = list_leaders (layout);
  char *fault = find_text_fault (layout, texts);
  if (fault == NULL)
    fault = find_leader_fault (texts, leaders);
  return fault != NULL ? fault : find_crossing (leaders);
}
