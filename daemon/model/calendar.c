/* Calendars as the settings describe them. A provider's own settings travel as text to the plugin,
 * which alone knows what they mean. */
#include "model/calendar.h"

const char *
tn_mode_to_string (TnMode mode)
{
  static const char *const words[] = { "observe", "ask", "write" };
  return words[mode];
}

/**
 * tn_calendar_new:
 *
 * Returns: (transfer full): a calendar with the defaults of design sections 5 and 8
 */
TnCalendar *
tn_calendar_new (const char *id, const char *provider)
{
  TnCalendar *calendar = g_new0 (TnCalendar, 1);
  calendar->id = g_strdup (id);
  calendar->provider = g_strdup (provider);
  calendar->mode = TN_MODE_ASK;
  calendar->interval_s = 15 * 60;
  calendar->collaborations = g_new0 (char *, 1);
  calendar->series = g_new0 (char *, 1);
  calendar->roles = g_new0 (char *, 1);
  calendar->brake_removals = 2;
  calendar->brake_percent = 10;
  calendar->options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return calendar;
}

void
tn_calendar_free (TnCalendar *calendar)
{
  if (calendar == NULL)
    return;
  g_free (calendar->id);
  g_free (calendar->provider);
  g_free (calendar->council);
  g_strfreev (calendar->collaborations);
  g_strfreev (calendar->series);
  g_strfreev (calendar->roles);
  g_free (calendar->adopt);
  g_hash_table_unref (calendar->options);
  tn_account_unref (calendar->account);
  tn_origin_clear (&calendar->origin);
  g_free (calendar);
}
