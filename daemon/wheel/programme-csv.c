/* A programme as CSV (RFC 4180): a header row, CRLF, every field quoted that needs it. Dates are
 * ISO 8601, which every spreadsheet takes for dates whatever its country is. */
#include "wheel/programme-writers.h"

#include "model/dates.h"
#include "base/paragraph.h"
#include "wheel/caption.h"

#include <string.h>

/* A spreadsheet takes what begins so for a formula, and titles come from people's calendars: with
 * an apostrophe before it, it is text. Source: OWASP, CSV injection. */
static gboolean
is_formula (const char *text)
{
  return text[0] != '\0' && strchr ("=+-@", text[0]) != NULL;
}

static void
append_field (GString *table, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "\"", -1);
  g_autofree char *doubled = g_strjoinv ("\"\"", parts);
  gboolean is_quoted = strpbrk (text, ",;\"\r\n") != NULL;
  const char *quote = is_quoted ? "\"" : "";
  if (table->len > 0 && table->str[table->len - 1] != '\n')
    g_string_append_c (table, ',');
  g_string_append_printf (table, "%s%s%s%s", quote, is_formula (text) ? "'" : "", doubled, quote);
}

static void
append_date (GString *table, TnDate date)
{
  g_autofree char *text = tn_date_to_string (date);
  append_field (table, text);
}

static void
append_header (GString *table, TnLanguage language)
{
  static const TnCaption headings[]
      = { TN_CAPTION_COLLABORATION, TN_CAPTION_TYPE,  TN_CAPTION_DATE,  TN_CAPTION_LAST_DAY,
          TN_CAPTION_WEEKDAY,       TN_CAPTION_WEEK,  TN_CAPTION_TIME,  TN_CAPTION_WHAT,
          TN_CAPTION_WHO,           TN_CAPTION_PLACE, TN_CAPTION_THEME, TN_CAPTION_STATUS,
          TN_CAPTION_BELONGS_TO };
  for (gsize i = 0; i < G_N_ELEMENTS (headings); i++)
    append_field (table, tn_caption (language, headings[i]));
  g_string_append (table, "\r\n");
}

static void
append_event (GString *table, const TnProgramme *programme, const TnProgrammeEvent *event)
{
  TnLanguage language = programme->collaboration->language;
  const TnOccurrence *occurrence = event->occurrence;
  g_autofree char *roles = g_strjoinv ("; ", event->roles);
  append_field (table, programme->name);
  append_field (table, tn_caption (language, TN_CAPTION_EVENT));
  if (occurrence->status != TN_STATUS_UNPLACED)
    {
      TnWeekday weekday = tn_date_get_weekday (occurrence->when.days.start);
      append_date (table, occurrence->when.days.start);
      append_date (table, occurrence->when.days.end - 1);
      append_field (table, tn_dates_get_weekday (language, weekday));
    }
  else
    g_string_append (table, ",,,");
  append_field (table, event->weeks);
  append_field (table, event->hours);
  append_field (table, event->title);
  append_field (table, roles);
  append_field (table, event->place);
  append_field (table, event->theme);
  append_field (table, event->status);
  append_field (table, "");
  g_string_append (table, "\r\n");
}

static void
append_deadline (GString *table, const TnProgramme *programme, const TnProgrammeDeadline *deadline)
{
  TnLanguage language = programme->collaboration->language;
  const TnMilestone *milestone = deadline->milestone;
  g_autofree char *title = tn_paragraph_clean (milestone->title);
  g_autofree char *event = tn_paragraph_clean (deadline->occurrence->title);
  append_field (table, programme->name);
  append_field (table, tn_caption (language, TN_CAPTION_DEADLINE));
  append_date (table, milestone->due);
  append_date (table, milestone->due);
  append_field (table, tn_dates_get_weekday (language, tn_date_get_weekday (milestone->due)));
  append_field (table, deadline->week);
  append_field (table, "");
  append_field (table, title);
  append_field (table, deadline->who);
  append_field (table, "");
  append_field (table, "");
  append_field (table, deadline->status);
  append_field (table, event);
  g_string_append (table, "\r\n");
}

/**
 * tn_programme_to_csv:
 * @programmes: (element-type TnProgramme)
 *
 * Returns: (transfer full): one table with the rows of all, its header in the language of the first
 */
char *
tn_programme_to_csv (const GPtrArray *programmes)
{
  GString *table = g_string_new (NULL);
  for (guint i = 0; i < programmes->len; i++)
    {
      const TnProgramme *programme = g_ptr_array_index (programmes, i);
      if (i == 0)
        append_header (table, programme->collaboration->language);
      for (guint j = 0; j < programme->events->len; j++)
        append_event (table, programme, g_ptr_array_index (programme->events, j));
      for (guint j = 0; j < programme->deadlines->len; j++)
        append_deadline (table, programme, g_ptr_array_index (programme->deadlines, j));
    }
  return g_string_free (table, FALSE);
}
