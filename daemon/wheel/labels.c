/* The texts beside a wheel. They stand in two columns, in the order of the year, each as near to
 * its event as its neighbours let it; the more there are, the shorter and smaller they become. A
 * line leads from each to its event: out of the wheel, level until it is beside the wheel, and from
 * there aslant to its text. Levels and texts have the same order, so no two lines cross. */
#include "wheel/layout-parts.h"

#include "model/catalogue.h"
#include "wheel/caption.h"
#include "wheel/column.h"
#include "wheel/letters.h"

#include <math.h>
#include <string.h>

static const double TOP = 320;
static const double LOWEST = 2620;
static const double BREADTH = 814;  /* of a text */
static const double EDGE = 1064;    /* radius at which a line leaves the wheel */
static const double STRIP = 1072;   /* from the centre: between here … */
static const double TEXTS = 1150;   /* … and here a line goes aslant */
static const double SWATCH = 1170;  /* middle of the sign */
static const double WRITTEN = 1196; /* where a text begins */

/* How texts are written, from the best to the shortest. */
typedef struct
{
  double event_size;
  double deadline_size; /* 0: deadlines are marks only */
  gboolean is_short;    /* one line for each event */
} Style;

static const Style STYLES[] = {
  { 42, 34, FALSE }, { 36, 30, FALSE }, { 32, 27, FALSE }, { 29, 24, FALSE }, { 34, 0, FALSE },
  { 29, 0, FALSE },  { 36, 0, TRUE },   { 31, 0, TRUE },   { 26, 0, TRUE },   { 22, 0, TRUE },
};

/* What a label is about. */
typedef struct
{
  TnArc *arc;       /* (unowned) (nullable) */
  const TnDot *dot; /* (unowned) (nullable) */
  double angle;
  double radius;
} Subject;

void
tn_labels_free_label (gpointer pointer)
{
  TnLabel *label = pointer;
  g_ptr_array_unref (label->lines);
  g_free (label);
}

static TnLabel *
make_label (gboolean is_right)
{
  TnLabel *label = g_new0 (TnLabel, 1);
  label->is_right = is_right;
  label->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_inscription_free);
  return label;
}

/* Lines lie below the label's top, which is set later.
 *
 * Returns: %FALSE when @text had to be cut */
static gboolean
add_lines (TnLabel *label, const char *text, double size, gboolean is_bold, gboolean is_quiet,
           guint n_most)
{
  g_autoptr (GPtrArray) lines = tn_letters_wrap (text, size, is_bold, BREADTH, n_most);
  for (guint i = 0; i < lines->len; i++)
    {
      const char *line = g_ptr_array_index (lines, i);
      TnInscription *inscription
          = tn_inscription_new (line, TN_LAYOUT_CENTRE_X + (label->is_right ? WRITTEN : -WRITTEN),
                                label->height + TN_LETTERS_ASCENT * size, size,
                                label->is_right ? TN_ALIGN_START : TN_ALIGN_END);
      inscription->is_bold = is_bold;
      inscription->is_quiet = is_quiet;
      inscription->width = tn_letters_measure (line, size, is_bold);
      g_ptr_array_add (label->lines, inscription);
      label->height += TN_LETTERS_LINE * size;
    }
  return lines->len == 0
         || !g_str_has_suffix (g_ptr_array_index (lines, lines->len - 1), "\342\200\246");
}

static char *
dup_title (const TnProgrammeEvent *event)
{
  return event->is_off ? g_strdup_printf ("%s (%s)", event->title, event->status)
                       : g_strdup (event->title);
}

/* `Vært: Randers` says nothing new beside `Studietur 2020: Randers`. */
static char *
dup_new_roles (const TnProgrammeEvent *event)
{
  g_autoptr (GStrvBuilder) roles = g_strv_builder_new ();
  for (gsize i = 0; event->roles[i] != NULL; i++)
    {
      const char *names = strstr (event->roles[i], ": ");
      if (names == NULL || strstr (event->title, names + 2) == NULL)
        g_strv_builder_add (roles, event->roles[i]);
    }
  g_auto (GStrv) list = g_strv_builder_end (roles);
  return g_strjoinv ("; ", list);
}

static gboolean
add_short (TnLabel *label, TnLanguage language, const TnProgrammeEvent *event, double size)
{
  int year = 0;
  int month = 0;
  int day = 0;
  tn_date_get_ymd (event->occurrence->when.days.start, &year, &month, &day);
  g_autofree char *date = tn_word_format_month_day (language, month, day);
  g_autofree char *title = dup_title (event);
  g_autofree char *roles = dup_new_roles (event);
  g_autofree char *text = roles[0] != '\0' ? g_strdup_printf ("%s: %s (%s)", date, title, roles)
                                           : g_strdup_printf ("%s: %s", date, title);
  return add_lines (label, text, size, FALSE, FALSE, 1);
}

/* The number does not go alone to the next line: the blank before it is one that holds. */
static char *
dup_days (TnLanguage language, const TnProgrammeEvent *event)
{
  g_autofree char *days
      = g_strdup_printf (tn_say (language, "%s, week %s"), event->days, event->weeks);
  char *blank = strrchr (days, ' ');
  if (blank == NULL)
    return g_steal_pointer (&days);
  *blank = '\0';
  return g_strdup_printf ("%s\302\240%s", days, blank + 1);
}

static gboolean
add_long (TnLabel *label, TnLanguage language, const TnProgrammeEvent *event, double size)
{
  double small = size * 0.86;
  g_autofree char *title = dup_title (event);
  g_autofree char *roles = g_strjoinv ("; ", event->roles);
  g_autofree char *days = dup_days (language, event);
  g_autofree char *theme
      = g_strdup_printf ("%s: %s", tn_caption (language, TN_CAPTION_THEME), event->theme);
  gboolean is_whole = add_lines (label, days, size, TRUE, FALSE, 2);
  is_whole = add_lines (label, title, size, FALSE, FALSE, 3) && is_whole;
  add_lines (label, event->hours, small, FALSE, TRUE, 1);
  is_whole = add_lines (label, roles, small, FALSE, TRUE, 3) && is_whole;
  if (event->theme[0] != '\0' && strstr (event->title, event->theme) == NULL)
    is_whole = add_lines (label, theme, small, FALSE, TRUE, 2) && is_whole;
  return is_whole;
}

/* @is_whole: (inout): set to FALSE when the text of an event had to be cut */
static TnLabel *
write_label (const TnLayout *layout, const Subject *subject, const Style *style, gboolean *is_whole)
{
  TnLanguage language = layout->collaboration->language;
  TnLabel *label = make_label (subject->angle < G_PI);
  double size = subject->arc != NULL ? style->event_size : style->deadline_size;
  if (subject->arc != NULL)
    {
      label->occurrence = subject->arc->event->occurrence;
      label->lane = subject->arc->lane;
      if (!(style->is_short ? add_short : add_long) (label, language, subject->arc->event, size))
        *is_whole = FALSE;
    }
  else
    {
      label->occurrence = subject->dot->deadline->occurrence;
      label->is_deadline = TRUE;
      label->lane = subject->dot->lane;
      add_lines (label, subject->dot->title, size, FALSE, TRUE, 3);
    }
  label->height += size * (style->is_short ? 0.12 : 0.45); /* to the next one */
  return label;
}

/* From above: the year goes down on the right and up on the left. */
static int
compare_subjects (gconstpointer a, gconstpointer b)
{
  const Subject *one = a;
  const Subject *other = b;
  double way = one->angle < G_PI ? 1 : -1;
  if ((one->angle < G_PI) != (other->angle < G_PI))
    return one->angle < G_PI ? -1 : 1;
  if (one->angle != other->angle)
    return one->angle * way < other->angle * way ? -1 : 1;
  if ((one->arc != NULL) != (other->arc != NULL))
    return one->arc != NULL ? -1 : 1;
  return 0; /* sorting is stable, and both lists are sorted */
}

static GArray *
list_subjects (const TnLayout *layout, gboolean is_right, gboolean has_dots)
{
  GArray *subjects = g_array_new (FALSE, FALSE, sizeof (Subject));
  for (guint i = 0; i < layout->arcs->len; i++)
    {
      TnArc *arc = g_ptr_array_index (layout->arcs, i);
      Subject subject = { arc, NULL, (arc->from + arc->to) / 2, arc->outer };
      if ((subject.angle < G_PI) == is_right)
        g_array_append_val (subjects, subject);
    }
  for (guint i = 0; has_dots && i < layout->dots->len; i++)
    {
      const TnDot *dot = g_ptr_array_index (layout->dots, i);
      Subject subject = { NULL, dot, dot->angle, dot->radius };
      if ((subject.angle < G_PI) == is_right)
        g_array_append_val (subjects, subject);
    }
  g_array_sort (subjects, compare_subjects);
  return subjects;
}

static double
get_level (const Subject *subject)
{
  return TN_LAYOUT_CENTRE_Y - EDGE * cos (subject->angle);
}

/* The middle of the first line, at which the leading line ends. */
static double
get_hook (const TnLabel *label)
{
  const TnInscription *first = g_ptr_array_index (label->lines, 0);
  return label->top + first->size * (TN_LETTERS_ASCENT - 0.34);
}

static void
lead (TnLabel *label, const Subject *subject)
{
  double way = label->is_right ? 1 : -1;
  double level = get_level (subject);
  double x = sin (subject->angle);
  double y = -cos (subject->angle);
  double points[4][2] = {
    { TN_LAYOUT_CENTRE_X + subject->radius * x, TN_LAYOUT_CENTRE_Y + subject->radius * y },
    { TN_LAYOUT_CENTRE_X + EDGE * x, level },
    { TN_LAYOUT_CENTRE_X + way * STRIP, level },
    { TN_LAYOUT_CENTRE_X + way * TEXTS, get_hook (label) },
  };
  memcpy (label->leader, points, sizeof points);
}

static void
settle (TnLabel *label, double top)
{
  label->top = top;
  label->swatch_x = TN_LAYOUT_CENTRE_X + (label->is_right ? SWATCH : -SWATCH);
  label->swatch_y = get_hook (label);
  for (guint i = 0; i < label->lines->len; i++)
    ((TnInscription *) g_ptr_array_index (label->lines, i))->y += top;
}

/* Returns: (transfer full) (nullable) (element-type TnLabel): %NULL when there is no room, or texts
 * would be cut that may not be */
static GPtrArray *
write_side (const TnLayout *layout, const GArray *subjects, const Style *style, double bottom,
            gboolean may_cut)
{
  gboolean is_whole = TRUE;
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (tn_labels_free_label);
  g_autofree TnColumnBox *boxes = g_new0 (TnColumnBox, subjects->len + 1);
  for (guint i = 0; i < subjects->len; i++)
    {
      const Subject *subject = &g_array_index (subjects, Subject, i);
      TnLabel *label = write_label (layout, subject, style, &is_whole);
      boxes[i].height = label->height;
      boxes[i].wanted = get_level (subject) - get_hook (label);
      g_ptr_array_add (labels, label);
    }
  if ((!is_whole && !may_cut) || !tn_column_place (boxes, subjects->len, TOP, bottom))
    return NULL;
  for (guint i = 0; i < subjects->len; i++)
    {
      TnLabel *label = g_ptr_array_index (labels, i);
      settle (label, boxes[i].top);
      lead (label, &g_array_index (subjects, Subject, i));
    }
  return g_steal_pointer (&labels);
}

/* How many of the shortest labels a column holds, beside the line that counts the others. */
static guint
count_room (const Style *style, double bottom)
{
  double height = style->event_size * (TN_LETTERS_LINE + 0.12);
  return (guint) ((bottom - TOP) / height) - 1;
}

static void
add_rest (const TnLayout *layout, GPtrArray *labels, gboolean is_right, guint n_left,
          const Style *style, double bottom)
{
  TnLabel *label = make_label (is_right);
  g_autofree char *text = g_strdup_printf (tn_say_count (layout->collaboration->language,
                                                         "and %u more, in the programme",
                                                         "and %u more, in the programme", n_left),
                                           n_left);
  add_lines (label, text, style->event_size, FALSE, TRUE, 1);
  settle (label, bottom);
  g_ptr_array_add (labels, label);
}

static void
take (TnLayout *layout, GPtrArray *labels, const GArray *subjects)
{
  for (guint i = 0; i < subjects->len; i++)
    {
      const Subject *subject = &g_array_index (subjects, Subject, i);
      if (subject->arc != NULL)
        subject->arc->has_label = TRUE;
    }
  g_ptr_array_extend_and_steal (layout->labels, labels);
}

/* Where even the shortest do not fit: those that come first in the year, as far as there is room.
 */
static void
crowd (TnLayout *layout, gboolean is_right, double bottom)
{
  const Style *style = &STYLES[G_N_ELEMENTS (STYLES) - 1];
  g_autoptr (GArray) subjects = list_subjects (layout, is_right, FALSE);
  guint n_room = count_room (style, bottom);
  guint n_left = subjects->len > n_room ? subjects->len - n_room : 0;
  double line = style->event_size * (TN_LETTERS_LINE + 0.12);
  if (n_left > 0)
    g_array_remove_range (subjects, is_right ? n_room : 0, n_left);
  GPtrArray *labels
      = write_side (layout, subjects, style, n_left > 0 ? bottom - line : bottom, TRUE);
  if (n_left > 0)
    add_rest (layout, labels, is_right, n_left, style, bottom - line);
  take (layout, labels, subjects);
}

static gboolean
try_style (TnLayout *layout, const Style *style, double bottom, gboolean may_cut)
{
  g_autoptr (GArray) right = list_subjects (layout, TRUE, style->deadline_size > 0);
  g_autoptr (GArray) left = list_subjects (layout, FALSE, style->deadline_size > 0);
  g_autoptr (GPtrArray) right_labels = write_side (layout, right, style, bottom, may_cut);
  g_autoptr (GPtrArray) left_labels
      = right_labels != NULL ? write_side (layout, left, style, bottom, may_cut) : NULL;
  if (left_labels == NULL)
    return FALSE;
  take (layout, g_steal_pointer (&right_labels), right);
  take (layout, g_steal_pointer (&left_labels), left);
  return TRUE;
}

/**
 * tn_labels_fill:
 * @bottom: where the legend begins
 */
void
tn_labels_fill (TnLayout *layout, double bottom)
{
  double lowest = MIN (bottom - 20, LOWEST);
  for (guint may_cut = 0; may_cut < 2; may_cut++)
    for (guint i = 0; i < G_N_ELEMENTS (STYLES); i++)
      if (try_style (layout, &STYLES[i], lowest, may_cut == 1))
        return;
  crowd (layout, TRUE, lowest);
  crowd (layout, FALSE, lowest);
}
