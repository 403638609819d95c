/* Reasons are collected while the planner decides, not made up afterwards: what explains a date is
 * the step that chose it (promise 10). */
#include "model/reason.h"

TnOrigin
tn_origin_make (const char *file, int line)
{
  return (TnOrigin){ g_strdup (file), line };
}

TnOrigin
tn_origin_copy (const TnOrigin *origin)
{
  return tn_origin_make (origin->file, origin->line);
}

void
tn_origin_clear (TnOrigin *origin)
{
  g_clear_pointer (&origin->file, g_free);
}

/**
 * tn_origin_to_string:
 *
 * Returns: (transfer full): `7by.conf:23`
 */
char *
tn_origin_to_string (const TnOrigin *origin)
{
  if (origin->file == NULL)
    return g_strdup ("default");
  if (origin->line <= 0)
    return g_strdup (origin->file);
  return g_strdup_printf ("%s:%d", origin->file, origin->line);
}

/**
 * tn_reason_new:
 * @rule: which kind of rule spoke
 * @source: where that rule stands
 * @format: the sentence
 *
 * Returns: (transfer full): a reason
 */
TnReason *
tn_reason_new (const char *rule, const char *source, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  TnReason *reason = g_new0 (TnReason, 1);
  reason->rule = g_strdup (rule);
  reason->source = g_strdup (source);
  reason->text = g_strdup_vprintf (format, args);
  va_end (args);
  return reason;
}

TnReason *
tn_reason_copy (const TnReason *reason)
{
  return tn_reason_new (reason->rule, reason->source, "%s", reason->text);
}

void
tn_reason_free (TnReason *reason)
{
  if (reason == NULL)
    return;
  g_free (reason->rule);
  g_free (reason->source);
  g_free (reason->text);
  g_free (reason);
}
