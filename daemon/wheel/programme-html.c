/* A programme as one HTML file that needs nothing else: no script, no font, no picture from
 * anywhere. It is printed, so a page is A4 and its letters are as small as its rows need; on a
 * screen they are as large as its reader has them. Tables have headers with a scope, for those who
 * listen to them (WCAG 2.1, 1.3.1). */
#include "wheel/programme-writers.h"

#include "wheel/caption.h"
#include "wheel/letters.h"
#include "wheel/markup.h"
#include "wheel/page.h"

#include <math.h>

/* Lengths are in tenths of a point. A4 without its margins, and a tenth kept back, as fonts differ;
 * the largest and smallest letters; and what columns take of the width (tried with Chromium). */
static const guint PAGE_HEIGHT = 6900;
static const guint PAGE_WIDTH = 5100;
static const guint MOST = 100;
static const guint LEAST = 50;
static const guint STEP = 5;
static const guint EVENT_PERCENT = 20;
static const guint DEADLINE_PERCENT = 42;
static const guint WHO_PERCENT = 21;

static void
append_head (GString *html, TnLanguage language, TnCaption heading, const TnCaption *columns,
             guint n_columns)
{
  static const char *const classes[] = { "w", "d", NULL, "who" };
  tn_markup_add (html, "h2", tn_caption (language, heading), NULL);
  g_string_append (html, "\n<table>\n<thead><tr>");
  for (guint i = 0; i < n_columns; i++)
    tn_markup_add (html, "th", tn_caption (language, columns[i]), "scope", "col", "class",
                   i < 2 || n_columns == G_N_ELEMENTS (classes) ? classes[i] : NULL, NULL);
  g_string_append (html, "</tr></thead>\n<tbody>\n");
}

/* @index: of the line in its cell */
static void
append_line (GString *html, gsize index, const char *label, const char *text)
{
  if (text[0] == '\0')
    return;
  g_string_append (html, index > 0 ? "<br>" : "");
  tn_markup_append_text (html, label);
  tn_markup_append_text (html, text);
}

static void
append_event (GString *html, TnLanguage language, const TnProgrammeEvent *event)
{
  g_autofree char *theme = g_strdup_printf ("%s: ", tn_caption (language, TN_CAPTION_THEME));
  g_string_append (html, "<tr>");
  tn_markup_add (html, "td", event->weeks, NULL);
  tn_markup_open (html, "th", "scope", "row", NULL);
  tn_markup_append_text (html, event->days);
  append_line (html, 1, "", event->hours);
  g_string_append (html, "</th><td>");
  tn_markup_add (html, "span", event->title, "class", event->is_off ? "off" : NULL, NULL);
  append_line (html, 1, theme, event->theme);
  g_string_append (html, "</td><td>");
  for (gsize i = 0; event->roles[i] != NULL; i++)
    append_line (html, i, "", event->roles[i]);
  g_string_append (html, "</td>");
  tn_markup_add (html, "td", event->place, NULL);
  tn_markup_add (html, "td", event->status, NULL);
  g_string_append (html, "</tr>\n");
}

static void
append_deadline (GString *html, const TnProgrammeDeadline *deadline)
{
  g_string_append (html, "<tr>");
  tn_markup_add (html, "td", deadline->week, NULL);
  tn_markup_add (html, "th", deadline->day, "scope", "row", NULL);
  g_string_append (html, "<td>");
  tn_markup_append_text (html, deadline->title);
  append_line (html, 1, "", deadline->status);
  g_string_append (html, "</td>");
  tn_markup_add (html, "td", deadline->who, NULL);
  g_string_append (html, "</tr>\n");
}

static void
append_events (GString *html, const TnProgramme *programme)
{
  static const TnCaption columns[] = { TN_CAPTION_WEEK, TN_CAPTION_DATE,  TN_CAPTION_WHAT,
                                       TN_CAPTION_WHO,  TN_CAPTION_PLACE, TN_CAPTION_STATUS };
  TnLanguage language = programme->collaboration->language;
  if (programme->events->len == 0)
    return;
  append_head (html, language, TN_CAPTION_EVENTS, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < programme->events->len; i++)
    append_event (html, language, g_ptr_array_index (programme->events, i));
  g_string_append (html, "</tbody>\n</table>\n");
}

static void
append_deadlines (GString *html, const TnProgramme *programme)
{
  static const TnCaption columns[]
      = { TN_CAPTION_WEEK, TN_CAPTION_DATE, TN_CAPTION_WHAT, TN_CAPTION_WHO };
  if (programme->deadlines->len == 0)
    return;
  append_head (html, programme->collaboration->language, TN_CAPTION_DEADLINES, columns,
               G_N_ELEMENTS (columns));
  for (guint i = 0; i < programme->deadlines->len; i++)
    append_deadline (html, g_ptr_array_index (programme->deadlines, i));
  g_string_append (html, "</tbody>\n</table>\n");
}

/* As the widest font that a reader may have writes it, without the distance to the next column. */
static guint
count_lines (const char *text, guint percent, guint size)
{
  double width = PAGE_WIDTH * percent / 100.0 - 0.8 * size;
  return (guint) ceil (tn_letters_measure (text, size, FALSE) / width);
}

static guint
count_event_lines (const TnProgrammeEvent *event, guint size)
{
  guint n_date = count_lines (event->days, EVENT_PERCENT, size) + (event->hours[0] != '\0');
  guint n_title = count_lines (event->title, EVENT_PERCENT, size)
                  + count_lines (event->theme, EVENT_PERCENT, size);
  guint n_roles = 0;
  for (gsize i = 0; event->roles[i] != NULL; i++)
    n_roles += count_lines (event->roles[i], EVENT_PERCENT, size);
  return MAX (MAX (n_date, n_title), n_roles);
}

/* What stands above the rows is about twelve lines; a row has a third of one for itself, and a
 * stroke. */
static gboolean
fits (const TnProgramme *programme, guint size)
{
  guint n_rows = programme->events->len + programme->deadlines->len;
  guint n_lines = 12;
  for (guint i = 0; i < programme->events->len; i++)
    n_lines += count_event_lines (g_ptr_array_index (programme->events, i), size);
  for (guint i = 0; i < programme->deadlines->len; i++)
    {
      const TnProgrammeDeadline *deadline = g_ptr_array_index (programme->deadlines, i);
      guint n_what
          = count_lines (deadline->title, DEADLINE_PERCENT, size) + (deadline->status[0] != '\0');
      n_lines += MAX (n_what, count_lines (deadline->who, WHO_PERCENT, size));
    }
  return (n_lines * 13 + n_rows * 3) * size / 10 + n_rows * 8 <= PAGE_HEIGHT;
}

/* As large as fits; what would need smaller letters than one can read goes on to a second page. */
static guint
find_size (const TnProgramme *programme)
{
  guint size = MOST;
  while (size > LEAST && !fits (programme, size))
    size -= STEP;
  return size;
}

/**
 * tn_programme_append_html:
 * @html: the content of a page; see wheel/page.h
 *
 * A section with an <h1> of its own, which is an A4 page when printed.
 */
void
tn_programme_append_html (GString *html, const TnProgramme *programme)
{
  TnLanguage language = programme->collaboration->language;
  g_autofree char *class = g_strdup_printf ("sheet pt%u", find_size (programme));
  g_autofree char *heading = g_strdup_printf ("%s (%s)", programme->heading, programme->edition);
  tn_markup_open (html, "section", "class", class, "lang", tn_language_to_string (language), NULL);
  g_string_append (html, "\n<h1>");
  tn_markup_append_text (html, programme->name);
  g_string_append_c (html, ' ');
  tn_markup_add (html, "small", heading, NULL);
  g_string_append (html, "</h1>\n");
  if (programme->events->len == 0 && programme->deadlines->len == 0)
    tn_markup_add (html, "p", tn_caption (language, TN_CAPTION_NOTHING), NULL);
  append_events (html, programme);
  append_deadlines (html, programme);
  g_string_append (html, "</section>\n");
}

static char *
dup_title (const GPtrArray *programmes)
{
  GString *title = g_string_new (NULL);
  for (guint i = 0; i < programmes->len; i++)
    {
      const TnProgramme *programme = g_ptr_array_index (programmes, i);
      g_string_append_printf (title, "%s%s", i > 0 ? ", " : "", programme->name);
    }
  if (programmes->len > 0)
    g_string_append_printf (title, ": %s",
                            ((TnProgramme *) g_ptr_array_index (programmes, 0))->heading);
  return g_string_free (title, FALSE);
}

/**
 * tn_programme_to_html:
 * @programmes: (element-type TnProgramme)
 *
 * Returns: (transfer full): one file with a page for each
 */
char *
tn_programme_to_html (const GPtrArray *programmes)
{
  const TnProgramme *first = programmes->len > 0 ? g_ptr_array_index (programmes, 0) : NULL;
  g_autofree char *title = dup_title (programmes);
  g_autoptr (GString) content = g_string_new (NULL);
  for (guint i = 0; i < programmes->len; i++)
    tn_programme_append_html (content, g_ptr_array_index (programmes, i));
  TnPage page = { .language = first != NULL ? first->collaboration->language : TN_LANGUAGE_EN,
                  .title = title,
                  .has_heading = TRUE,
                  .content = content->str };
  return tn_page_to_html (&page);
}
