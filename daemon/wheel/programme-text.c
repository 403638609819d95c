/* A programme as text: at most 80 columns wide, as a terminal and a typewriter font on A4 have. */
#include "wheel/programme-writers.h"

#include "base/paragraph.h"
#include "wheel/caption.h"

#include <string.h>

static const guint WIDTH = 78;
static const guint WEEK_WIDTH = 7; /* `52-1` and two blanks; `Vecka` */
static const guint DAY_WIDTH = 23; /* `onsdag 24. september` */

static void
append_padded (GString *page, const char *text, guint width)
{
  guint used = tn_paragraph_measure (text);
  g_string_append_printf (page, "%s%*s", text, used < width ? (int) (width - used) : 0, "");
}

static const char *
get_line (const GPtrArray *lines, guint index)
{
  return index < lines->len ? g_ptr_array_index (lines, index) : "";
}

static void
trim_end (GString *page)
{
  while (page->len > 0 && page->str[page->len - 1] == ' ')
    g_string_truncate (page, page->len - 1);
}

/* Three columns, each on as many lines as it needs. */
static void
append_row (GString *page, const char *week, const GPtrArray *days, const GPtrArray *texts)
{
  for (guint i = 0; i < MAX (days->len, texts->len); i++)
    {
      append_padded (page, i == 0 ? week : "", WEEK_WIDTH);
      append_padded (page, get_line (days, i), DAY_WIDTH);
      g_string_append (page, get_line (texts, i));
      trim_end (page);
      g_string_append_c (page, '\n');
    }
}

static void
add_lines (GPtrArray *lines, const char *text, guint width)
{
  if (text[0] == '\0')
    return;
  g_autoptr (GPtrArray) more = tn_paragraph_wrap (text, width);
  g_ptr_array_extend_and_steal (lines, g_steal_pointer (&more));
}

static void
append_event (GString *page, TnLanguage language, const TnProgrammeEvent *event)
{
  guint text_width = WIDTH - WEEK_WIDTH - DAY_WIDTH;
  g_autoptr (GPtrArray) days = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *roles = g_strjoinv ("; ", event->roles);
  g_autofree char *title = g_strdup_printf ("%s (%s)", event->title, event->status);
  g_autofree char *place
      = g_strdup_printf ("%s: %s", tn_caption (language, TN_CAPTION_PLACE), event->place);
  g_autofree char *theme
      = g_strdup_printf ("%s: %s", tn_caption (language, TN_CAPTION_THEME), event->theme);
  add_lines (days, event->days, DAY_WIDTH - 2);
  add_lines (days, event->hours, DAY_WIDTH - 2);
  add_lines (texts, title, text_width);
  add_lines (texts, roles, text_width);
  if (event->place[0] != '\0' && strstr (roles, event->place) == NULL)
    add_lines (texts, place, text_width); /* mostly the host's own city */
  add_lines (texts, event->theme[0] != '\0' ? theme : "", text_width);
  append_row (page, event->weeks, days, texts);
}

static void
append_deadline (GString *page, const TnProgrammeDeadline *deadline)
{
  g_autoptr (GPtrArray) days = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text
      = g_strdup_printf ("%s (%s)%s%s", deadline->title, deadline->who,
                         deadline->status[0] != '\0' ? " - " : "", deadline->status);
  add_lines (days, deadline->day, DAY_WIDTH - 2);
  add_lines (texts, text, WIDTH - WEEK_WIDTH - DAY_WIDTH);
  append_row (page, deadline->week, days, texts);
}

static void
append_rule (GString *page, char stroke)
{
  for (guint i = 0; i < WIDTH; i++)
    g_string_append_c (page, stroke);
  g_string_append_c (page, '\n');
}

static void
append_heading (GString *page, TnLanguage language, TnCaption heading)
{
  g_string_append_printf (page, "\n%s\n", tn_caption (language, heading));
  append_rule (page, '-');
  append_padded (page, tn_caption (language, TN_CAPTION_WEEK), WEEK_WIDTH);
  append_padded (page, tn_caption (language, TN_CAPTION_DATE), DAY_WIDTH);
  g_string_append_printf (page, "%s\n", tn_caption (language, TN_CAPTION_WHAT));
}

static void
append_page (GString *page, const TnProgramme *programme)
{
  TnLanguage language = programme->collaboration->language;
  g_autofree char *heading
      = g_strdup_printf ("%s - %s (%s)", programme->name, programme->heading, programme->edition);
  tn_paragraph_append (page, "", "", heading, WIDTH);
  append_rule (page, '=');
  if (programme->events->len == 0 && programme->deadlines->len == 0)
    g_string_append_printf (page, "\n%s\n", tn_caption (language, TN_CAPTION_NOTHING));
  if (programme->events->len > 0)
    append_heading (page, language, TN_CAPTION_EVENTS);
  for (guint i = 0; i < programme->events->len; i++)
    append_event (page, language, g_ptr_array_index (programme->events, i));
  if (programme->deadlines->len > 0)
    append_heading (page, language, TN_CAPTION_DEADLINES);
  for (guint i = 0; i < programme->deadlines->len; i++)
    append_deadline (page, g_ptr_array_index (programme->deadlines, i));
}

/**
 * tn_programme_to_text:
 * @programmes: (element-type TnProgramme)
 *
 * Returns: (transfer full): a page for each, parted by form feeds, as printers know them
 */
char *
tn_programme_to_text (const GPtrArray *programmes)
{
  GString *page = g_string_new (NULL);
  for (guint i = 0; i < programmes->len; i++)
    {
      g_string_append (page, i > 0 ? "\f" : "");
      append_page (page, g_ptr_array_index (programmes, i));
    }
  return g_string_free (page, FALSE);
}
