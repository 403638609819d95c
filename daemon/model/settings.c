/* The settings as values; charter/settings.c reads them. */
#include "model/settings.h"

#include <string.h>

/**
 * tn_settings_new:
 *
 * Returns: (transfer full): settings without any calendar, to be filled in by their reader
 */
TnSettings *
tn_settings_new (void)
{
  TnSettings *settings = g_atomic_rc_box_new0 (TnSettings);
  settings->charters = g_new0 (char *, 1);
  settings->busy = g_new0 (char *, 1);
  settings->calendars = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_calendar_free);
  settings->publishers = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_publisher_free);
  settings->contacts = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_mailbox_free);
  return settings;
}

static void
settings_clear (TnSettings *settings)
{
  g_free (settings->path);
  g_free (settings->base_dir);
  g_free (settings->council);
  g_free (settings->include);
  g_strfreev (settings->charters);
  g_strfreev (settings->busy);
  g_free (settings->holiday_folder);
  g_clear_pointer (&settings->calendars, g_ptr_array_unref);
  g_clear_pointer (&settings->publishers, g_ptr_array_unref);
  tn_mail_unref (settings->mail);
  g_clear_pointer (&settings->contacts, g_ptr_array_unref);
  g_free (settings->state);
  g_free (settings->socket);
  g_free (settings->plugins);
}

TnSettings *
tn_settings_ref (const TnSettings *settings)
{
  return g_atomic_rc_box_acquire ((TnSettings *) settings);
}

void
tn_settings_unref (TnSettings *settings)
{
  if (settings != NULL)
    g_atomic_rc_box_release_full (settings, (GDestroyNotify) settings_clear);
}

/**
 * tn_settings_find_calendar:
 *
 * Returns: (transfer none) (nullable): the calendar @id
 */
const TnCalendar *
tn_settings_find_calendar (const TnSettings *settings, const char *id)
{
  for (guint i = 0; i < settings->calendars->len; i++)
    {
      const TnCalendar *calendar = g_ptr_array_index (settings->calendars, i);
      if (strcmp (calendar->id, id) == 0)
        return calendar;
    }
  return NULL;
}

/**
 * tn_settings_find_publisher:
 *
 * Returns: (transfer none) (nullable): the publisher @id
 */
const TnPublisher *
tn_settings_find_publisher (const TnSettings *settings, const char *id)
{
  for (guint i = 0; i < settings->publishers->len; i++)
    {
      const TnPublisher *publisher = g_ptr_array_index (settings->publishers, i);
      if (strcmp (publisher->id, id) == 0)
        return publisher;
    }
  return NULL;
}
