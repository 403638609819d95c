/* The few shapes of which all answers are made: what does not apply is null and not left out, so
 * that a reader need not guess. */
#include "control/sheet.h"

/**
 * tn_sheet_text:
 * @text: (nullable)
 */
void
tn_sheet_text (JsonBuilder *sheet, const char *name, const char *text)
{
  json_builder_set_member_name (sheet, name);
  if (text == NULL)
    json_builder_add_null_value (sheet);
  else
    json_builder_add_string_value (sheet, text);
}

void
tn_sheet_number (JsonBuilder *sheet, const char *name, gint64 number)
{
  json_builder_set_member_name (sheet, name);
  json_builder_add_int_value (sheet, number);
}

void
tn_sheet_flag (JsonBuilder *sheet, const char *name, gboolean flag)
{
  json_builder_set_member_name (sheet, name);
  json_builder_add_boolean_value (sheet, flag);
}

void
tn_sheet_nothing (JsonBuilder *sheet, const char *name)
{
  tn_sheet_text (sheet, name, NULL);
}

/**
 * tn_sheet_date:
 * @date: null is written for %TN_DATE_NONE
 */
void
tn_sheet_date (JsonBuilder *sheet, const char *name, TnDate date)
{
  g_autofree char *text = date != TN_DATE_NONE ? tn_date_to_string (date) : NULL;
  tn_sheet_text (sheet, name, text);
}

/**
 * tn_sheet_time:
 * @at_us: UTC microseconds since 1970; null is written for 0
 */
void
tn_sheet_time (JsonBuilder *sheet, const char *name, gint64 at_us)
{
  g_autoptr (GDateTime) time
      = at_us != 0 ? g_date_time_new_from_unix_utc (at_us / G_USEC_PER_SEC) : NULL;
  g_autofree char *text = time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : NULL;
  tn_sheet_text (sheet, name, text);
}

/**
 * tn_sheet_list:
 *
 * Begins an array; json_builder_end_array() ends it.
 */
void
tn_sheet_list (JsonBuilder *sheet, const char *name)
{
  json_builder_set_member_name (sheet, name);
  json_builder_begin_array (sheet);
}

/**
 * tn_sheet_to_text:
 *
 * Returns: (transfer full): what was written; @sheet is empty again
 */
char *
tn_sheet_to_text (JsonBuilder *sheet)
{
  g_autoptr (JsonNode) root = json_builder_get_root (sheet);
  json_builder_reset (sheet);
  return json_to_string (root, FALSE);
}
