/* Logging through GLib's structured log, which writes to the journal where stderr is one. Control
 * characters never pass (hazard 108); titles, names and texts of people never come here at all
 * (promise 11): callers name calendars and UIDs. */
#include "base/log.h"

/* U+0080 to U+009F: among them a second spelling of ESC [, which terminals obey. */
static gboolean
is_c1 (const char *c)
{
  return (guchar) c[0] == 0xc2 && (guchar) c[1] >= 0x80 && (guchar) c[1] <= 0x9f;
}

/**
 * tn_log_make_safe:
 *
 * Returns: (transfer full): @text with control characters shown as `\xNN`
 */
char *
tn_log_make_safe (const char *text)
{
  GString *safe = g_string_new (NULL);
  for (const char *c = text; *c != '\0'; c++)
    {
      if (is_c1 (c))
        c++;
      else if ((guchar) *c >= ' ' && *c != 0x7f)
        {
          g_string_append_c (safe, *c);
          continue;
        }
      g_string_append_printf (safe, "\\x%02x", (guchar) *c);
    }
  return g_string_free (safe, FALSE);
}

static void
emit (GLogLevelFlags level, const char *message_id, const char *calendar, const char *format,
      va_list args)
{
  g_autofree char *text = g_strdup_vprintf (format, args);
  g_autofree char *safe = tn_log_make_safe (text);
  g_autofree char *place = calendar == NULL ? g_strdup ("") : g_strdup_printf ("%s: ", calendar);
  g_autofree char *message = g_strconcat (place, safe, NULL);
  const char *priority = (level & G_LOG_LEVEL_WARNING) != 0   ? "4"
                         : (level & G_LOG_LEVEL_MESSAGE) != 0 ? "5"
                         : (level & G_LOG_LEVEL_INFO) != 0    ? "6"
                                                              : "7";
  GLogField fields[5] = { { "PRIORITY", priority, -1 },
                          { "MESSAGE", message, -1 },
                          { "GLIB_DOMAIN", G_LOG_DOMAIN, -1 } };
  gsize n = 3;
  if (message_id != NULL)
    fields[n++] = (GLogField){ "MESSAGE_ID", message_id, -1 };
  if (calendar != NULL)
    fields[n++] = (GLogField){ "TURNUS_CALENDAR", calendar, -1 };
  g_log_structured_array (level, fields, n);
}

/**
 * tn_log_debug:
 *
 * For us; shown with `G_MESSAGES_DEBUG=turnus`.
 */
void
tn_log_debug (const char *format, ...)
{
  va_list args;
  va_start (args, format);
  emit (G_LOG_LEVEL_DEBUG, NULL, NULL, format, args);
  va_end (args);
}

/**
 * tn_log_info:
 * @calendar: (nullable): id of the calendar it is about
 *
 * For an administrator who looks.
 */
void
tn_log_info (const char *calendar, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  emit (G_LOG_LEVEL_INFO, NULL, calendar, format, args);
  va_end (args);
}

/**
 * tn_log_message:
 * @message_id: (nullable): one of `TN_MESSAGE_*`
 * @calendar: (nullable)
 *
 * For the journal of a good day.
 */
void
tn_log_message (const char *message_id, const char *calendar, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  emit (G_LOG_LEVEL_MESSAGE, message_id, calendar, format, args);
  va_end (args);
}

/**
 * tn_log_warning:
 * @message_id: (nullable): one of `TN_MESSAGE_*`
 * @calendar: (nullable)
 *
 * Someone should look.
 */
void
tn_log_warning (const char *message_id, const char *calendar, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  emit (G_LOG_LEVEL_WARNING, message_id, calendar, format, args);
  va_end (args);
}
